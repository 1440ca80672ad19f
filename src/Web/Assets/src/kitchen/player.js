// The moment that kitchen and timeline show: the newest while it follows a trial that runs, else wherever the reader put it, and onwards while it plays.
import { number } from "../charts/palette.js";

/** Pictures a second while it plays. */
const perSecond = 10;

/** @param {HTMLElement} root with the controls, marked with data-player @param {() => number} end milliseconds that are known @param {() => void} onMove */
export function player(root, end, onMove) {
  const part = (name) => root.querySelector(`[data-player="${name}"]`);
  const [play, scrub, speed, clock, follow] = ["play", "scrub", "speed", "clock", "live"].map(part);
  let at = 0;
  let live = false;
  let follows = true;
  let timer = 0;
  let last = 0;

  const seconds = (ms) => `${number(Math.round(ms / 10) / 100)} s`;

  function show() {
    if (scrub) {
      scrub.max = String(Math.round(end()));
      scrub.value = String(Math.round(at));
      scrub.setAttribute("aria-valuetext", `${seconds(at)} of ${seconds(end())}`);
    }
    if (clock) clock.textContent = `${seconds(at)} of ${seconds(end())}`;
    if (play) {
      const word = timer ? "Pause" : "Play";
      if (play.textContent !== word) play.textContent = word;
    }
    if (follow) {
      follow.hidden = !live;
      follow.setAttribute("aria-pressed", String(follows));
    }
    onMove();
  }

  function move(to) {
    at = Math.min(Math.max(0, to), end());
    show();
  }

  function stop() {
    clearInterval(timer);
    timer = 0;
  }

  function step() {
    const now = performance.now();
    const passed = (now - last) * Number(speed?.value ?? 1);
    last = now;
    // Nothing is drawn where nobody looks, and the replay waits.
    if (document.hidden) return;
    if (at + passed >= end()) stop();
    move(at + passed);
  }

  function start() {
    if (at >= end()) at = 0;
    follows = false;
    last = performance.now();
    timer = setInterval(step, 1000 / perSecond);
    show();
  }

  const onPlay = () => {
    if (timer) stop();
    else start();
    show();
  };
  const onScrub = () => {
    follows = false;
    stop();
    move(Number(scrub.value));
  };
  const onFollow = () => {
    stop();
    follows = true;
    move(end());
  };
  play?.addEventListener("click", onPlay);
  scrub?.addEventListener("input", onScrub);
  follow?.addEventListener("click", onFollow);

  return {
    get at() {
      return at;
    },
    get playing() {
      return timer !== 0;
    },
    get follows() {
      return live && follows;
    },
    /** Milliseconds that one picture of the replay stands for. */
    get stride() {
      return (1000 / perSecond) * Number(speed?.value ?? 1);
    },
    /** The reader chose a moment. @param {number} ms */
    seek(ms) {
      follows = false;
      move(ms);
    },
    /** More of the trial is known. */
    grow() {
      if (live && follows && !timer) at = end();
      show();
    },
    /** Another trial, or it has ended. @param {boolean} isLive @param {boolean} isOther */
    use(isLive, isOther) {
      const ended = live && !isLive;
      live = isLive;
      if (isOther) {
        stop();
        follows = true;
        // Of what is over the middle says more than the first moment, where nothing is done yet.
        at = live ? end() : end() / 2;
      } else if (ended && follows && !timer) {
        at = end() / 2;
      }
      show();
    },
    dispose() {
      stop();
      play?.removeEventListener("click", onPlay);
      scrub?.removeEventListener("input", onScrub);
      follow?.removeEventListener("click", onFollow);
    },
  };
}
