// What arrives, in order, for one who waits for it.

/** A queue whose reader may come before the values do. */
export class Queue {
  #values = [];
  #waiting = null;
  #failure = null;

  push(value) {
    this.#values.push(value);
    this.#wake();
  }

  /** Whoever waits is told, and whoever will. */
  fail(error) {
    this.#failure ??= error;
    this.#wake();
  }

  /** The next value; fails after `patience` milliseconds, saying what was awaited. */
  async next(patience, what) {
    const deadline = performance.now() + patience;
    for (;;) {
      if (this.#values.length) return this.#values.shift();
      if (this.#failure) throw this.#failure;
      const left = deadline - performance.now();
      if (left <= 0) throw new Error(`${what} did not come`);
      await new Promise((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#waiting = () => { clearTimeout(timer); resolve(); };
      });
      this.#waiting = null;
    }
  }

  /** What nobody has taken. */
  drain() {
    return this.#values.splice(0);
  }

  #wake() {
    this.#waiting?.();
  }
}
