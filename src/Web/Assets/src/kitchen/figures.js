// What stands in a kitchen. Each figure has its origin at its feet, and shows a state by its attribute data-state alone (the style sheet says how).
import { circle, el, group, path, rect } from "./svg.js";

/** What is above the head of somebody who waits: a pan for a place at the stove, a clock for an answer, a padlock, or dots. */
function bubble() {
  return group("bubble", 15, -62,
    path("bubble-line", "M-11 8 q0 -19 11 -19 h4 q11 0 11 10 q0 10 -11 10 h-7 l-6 6 z"),
    group("for-stove", 2, 0, path("ink", "M-5 -3 h7 v2 q0 3 -3.5 3 t-3.5 -3 z M2 -2.5 h4.5"), path("ink", "M-3 -5.5 q1.5 -1.5 0 -3 M0 -5.5 q1.5 -1.5 0 -3")),
    group("for-oven", 2, -1, circle("ink", 0, 0, 5), path("ink", "M0 -3 v3 h2.5")),
    group("for-lock", 2, -1, rect("ink", -4, -1, 8, 6, 1), path("ink", "M-2.5 -1 v-2 a2.5 2.5 0 0 1 5 0 v2")),
    group("for-unknown", 2, 0, circle("dot-ink", -4, 0, 1.3), circle("dot-ink", 0, 0, 1.3), circle("dot-ink", 4, 0, 1.3)));
}

/** A chef, 30 wide and 60 high, and with a bubble 80. */
export function chef() {
  return el("g", { class: "chef" },
    el("ellipse", { class: "shadow", cx: 0, cy: 0, rx: 12, ry: 3 }),
    path("trousers", "M-7 -16 h14 l-1 15 h-5 l-1 -11 l-1 11 h-5 z"),
    path("jacket", "M-9 -34 q9 -5 18 0 l1 19 h-20 z"),
    path("seam", "M-3 -32 v14 M3 -32 v14"),
    path("scarf", "M-5 -35 q5 3 10 0 l-2 4 h-6 z"),
    circle("face", 0, -41, 6.5),
    path("smile", "M-2.5 -39 q2.5 2 5 0"),
    circle("eye", -2.3, -42, 0.9), circle("eye", 2.3, -42, 0.9),
    path("hat", "M-6.5 -46 v-5 q-5 -1 -4 -5.500 q1 -4.500 6 -3.500 q4.500 -4 9 0 q5 -1 6 3.500 q1 4.500 -4 5.500 v5 q-6.500 2 -13 0 z"),
    path("arms arms-down", "M-9 -31 q-4 6 -3 13 M9 -31 q4 6 3 13"),
    path("arms arms-up", "M-9 -31 q-6 -1 -5 -8 M9 -31 q7 0 9 -6"),
    path("arms arms-crossed", "M-9 -30 q1 8 9 6 M9 -30 q-1 8 -9 6"),
    group("plate", 16, -38, el("ellipse", { class: "china", cx: 0, cy: 0, rx: 9, ry: 2.6 }), path("food", "M-5 -1 q5 -7 10 0 z")),
    group("pan", 17, -36, path("steel-dark", "M-7 -3 h12 v3 q0 3 -6 3 t-6 -3 z M5 -2 l6 -2 v2 l-6 2 z"), path("steam", "M-4 -6 q3 -3 0 -6 q-2 -3 1 -5 M1 -6 q3 -3 0 -6 q-2 -3 1 -5")),
    bubble());
}

/** A stove with one burner, 54 wide and 44 high. */
export function stove() {
  return el("g", { class: "stove" },
    rect("steel", -27, -36, 54, 36, 3), rect("steel-line", -21, -24, 42, 18, 2), rect("steel-dark", -29, -40, 58, 5, 1.5),
    circle("knob", -16, -30, 2), circle("knob", -8, -30, 2),
    path("flame", "M-8 -41 q-5 -6 0 -11 q1 4 3 4 q-1 -7 5 -11 q-1 6 3 8 q2 -2 2 -4 q5 7 0 14 z"));
}

/** The oven, for what waits for an answer, 66 wide and 70 high. */
export function oven() {
  return el("g", { class: "oven" },
    rect("steel", -33, -70, 66, 70, 4), rect("glass", -25, -50, 50, 30, 3), path("glow-bars", "M-21 -28 h42 M-21 -36 h42"),
    rect("steel-dark", -22, -57, 44, 3, 1.5), circle("knob", -20, -63, 2.4), circle("knob", -11, -63, 2.4), circle("ink", 18, -62, 4), path("ink", "M18 -64.500 v2.500 h2"));
}

/** A pot, 34 wide and 30 high: one task of an event loop. */
export function pot() {
  return el("g", { class: "pot" },
    path("pot-flame", "M-11 2 q-4 -7 1 -12 q0 4 3 4 q1 -7 5 -9 q0 7 4 8 q3 -1 3 -5 q7 8 2 14 z"),
    rect("pot-body", -12, -23, 24, 15, 3), path("pot-line", "M-12 -18 h-4 M12 -18 h4"),
    group("lid", 0, -24, rect("pot-lid", -13, -3, 26, 4, 2), circle("pot-lid", 0, -4.500, 2)),
    path("steam", "M-5 -31 q3 -2 0 -5 M1 -31 q3 -2 0 -5"),
    group("tick", 0, -15, circle("ink", 0, 0, 4.500), path("ink", "M0 -2.500 v2.500 h2")));
}

/** A kitchen of its own, 112 wide and 118 high. */
export function house() {
  return el("g", { class: "house" },
    path("roof", "M-60 -88 L0 -118 L60 -88 z"), rect("wall", -56, -88, 112, 88), rect("floor", -56, -12, 112, 12),
    path("tiles", "M-56 -70 h112 M-56 -52 h112 M-28 -88 v36 M0 -88 v36 M28 -88 v36"),
    path("scaffold", "M-56 -88 V0 M56 -88 V0 M-56 -60 H56 M-56 -30 H56 M-56 -60 L56 -30 M-56 -30 L56 -60"));
}

/** A plate on its way. */
export const plate = () => el("g", { class: "carried" }, el("ellipse", { class: "china", cx: 0, cy: 0, rx: 9, ry: 2.8 }), path("food", "M-5 -1 q5 -7 10 0 z"));
