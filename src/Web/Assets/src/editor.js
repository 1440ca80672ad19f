// A plain text area that behaves: line numbers, marked lines, Tab indents (after Escape it moves the focus again), Enter keeps the indentation.

/**
 * @param {HTMLTextAreaElement} area
 * @param {HTMLElement} gutter
 * @param {{ indent: number }} options
 */
export function attach(area, gutter, options) {
  const unit = " ".repeat(options.indent);
  let marked = new Map();
  let drawn = "";
  let escaped = false;

  function draw() {
    const lines = area.value.split("\n").length;
    const state = `${lines}:${[...marked.keys()].join()}`;
    if (state !== drawn) {
      drawn = state;
      gutter.replaceChildren(...Array.from({ length: lines }, (_, index) => {
        const number = document.createElement("span");
        number.textContent = String(index + 1);
        const message = marked.get(index + 1);
        if (message) {
          number.className = "wrong";
          number.title = message;
        }
        return number;
      }));
    }
    gutter.scrollTop = area.scrollTop;
  }

  /** @param {string} text */
  function insert(text) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (area.readOnly) return;
    if (event.key === "Escape") {
      escaped = true;
      return;
    }
    if (event.key === "Tab" && !event.shiftKey && !escaped && !event.ctrlKey && !event.altKey) {
      event.preventDefault();
      insert(unit);
    } else if (event.key === "Enter" && !event.isComposing) {
      const before = area.value.slice(0, area.selectionStart);
      const line = before.slice(before.lastIndexOf("\n") + 1);
      const indentation = /^ */.exec(line)[0] + (/:\s*$/.test(line) ? unit : "");
      if (indentation) {
        event.preventDefault();
        insert(`\n${indentation}`);
      }
    }
    escaped = false;
  }

  area.addEventListener("input", draw);
  area.addEventListener("scroll", draw);
  area.addEventListener("keydown", onKey);
  const resized = new ResizeObserver(draw);
  resized.observe(area);
  draw();

  return {
    /** @param {{ line: number, message: string }[]} errors */
    mark(errors) {
      marked = new Map(errors.map((error) => [error.line, error.message]));
      draw();
    },
    redraw: draw,
    /** @param {number} line from 1 @param {number} column from 1 */
    goTo(line, column) {
      const lines = area.value.split("\n");
      const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0) + Math.max(0, column - 1);
      area.focus();
      area.setSelectionRange(start, start);
      const height = parseFloat(getComputedStyle(area).lineHeight) || 20;
      area.scrollTop = Math.max(0, (line - 4) * height);
    },
    dispose() {
      resized.disconnect();
      area.removeEventListener("input", draw);
      area.removeEventListener("scroll", draw);
      area.removeEventListener("keydown", onKey);
    },
  };
}
