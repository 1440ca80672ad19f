// A WebSocket that brings frames to the charts of a page. It is the cheap way for many: where it cannot be opened, the page hands frames over by calls.

/** The server counts with the same number. */
const acknowledgedTogether = 8;
const mostTries = 5;
const pauseMs = 1000;

/** @param {string} path @param {(message: any) => void} take @returns {{ close(): void }} */
export function feed(path, take) {
  let tries = 0;
  let closed = false;
  let timer = 0;
  let socket = /** @type {WebSocket | null} */ (null);

  function open() {
    let taken = 0;
    const address = new URL(path, document.baseURI);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    const mine = (socket = new WebSocket(address));
    mine.onopen = () => (tries = 0);
    mine.onmessage = (event) => {
      if (closed) return;
      take(JSON.parse(event.data));
      if (++taken % acknowledgedTogether === 0) mine.send("");
    };
    mine.onclose = () => {
      if (!closed && ++tries < mostTries) timer = window.setTimeout(open, pauseMs * tries);
    };
  }

  open();
  return {
    close() {
      closed = true;
      window.clearTimeout(timer);
      socket?.close();
    },
  };
}
