/** Handing the arrivals of an open load to workers, each as soon as one is free. */

/** `give(worker, arrival)` hands one over; `ended(worker)` is to be called when its task has ended or is lost. Calls `over` once there is nothing left. */
export class Arrived {
  #arrivals;
  #give;
  #over;
  #free;
  #waiting = [];
  #taken = 0;
  #busy = 0;
  #hasAll = false;

  constructor(arrivals, port, workers, give, over) {
    this.#arrivals = arrivals;
    this.#give = give;
    this.#over = over;
    this.#free = Array.from({ length: workers }, (_, position) => workers - 1 - position);
    port.on('message', (arrival) => {
      if (arrival.index < 0) {
        this.#hasAll = true;
        port.close();
      } else {
        this.#waiting.push(arrival);
      }
      this.#handOut();
    });
  }

  ended(worker) {
    this.#arrivals.end();
    this.#busy--;
    this.#free.push(worker);
    this.#handOut();
  }

  #handOut() {
    while (this.#free.length > 0 && this.#taken < this.#waiting.length) {
      const arrival = this.#waiting[this.#taken++];
      if (this.#taken === this.#waiting.length) {
        this.#waiting = [];
        this.#taken = 0;
      }
      this.#busy++;
      this.#give(this.#free.pop(), arrival);
    }
    if (this.#hasAll && this.#busy === 0 && this.#waiting.length === 0) {
      this.#hasAll = false;
      this.#over();
    }
  }
}
