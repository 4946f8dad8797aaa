// Bars in the order of their times: history, and what comes live, which overlap.

export interface Bar {
  /** Unix milliseconds of its open. */
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** So many are kept; then the oldest `TRIM` go. A replay makes a day of them each minute. */
export const MOST = 20_000;
export const TRIM = 5_000;

export class Bars {
  #bars: Bar[] = [];

  get all(): readonly Bar[] {
    return this.#bars;
  }

  get first(): Bar | undefined {
    return this.#bars[0];
  }

  get last(): Bar | undefined {
    return this.#bars[this.#bars.length - 1];
  }

  get hasRoom(): boolean {
    return this.#bars.length < MOST;
  }

  /** History as it was asked for, and what has come live since. Of two bars of a time the live one counts. */
  replace(history: readonly Bar[], live: readonly Bar[]): void {
    const byTime = new Map<number, Bar>();
    for (const bar of [...history, ...live]) byTime.set(bar.time, bar);
    this.#bars = [...byTime.values()].sort((a, b) => a.time - b.time);
  }

  /** Older history in front. */
  prepend(older: readonly Bar[]): void {
    const first = this.first;
    this.#bars = [...older.filter(({ time }) => first === undefined || time < first.time), ...this.#bars];
  }

  /**
   * One that came live. `end`: it is the last one or comes after it; `inside`: it is an earlier one;
   * `trimmed`: the oldest had to go.
   */
  put(bar: Bar): 'end' | 'inside' | 'trimmed' {
    const last = this.last;
    if (last !== undefined && bar.time <= last.time) {
      let at = this.#bars.length - 1;
      while (at > 0 && (this.#bars[at] as Bar).time > bar.time) at -= 1;
      const found = this.#bars[at] as Bar;
      if (found.time === bar.time) this.#bars[at] = bar;
      else this.#bars.splice(found.time < bar.time ? at + 1 : at, 0, bar);
      return bar.time === last.time ? 'end' : 'inside';
    }
    this.#bars.push(bar);
    if (this.#bars.length <= MOST) return 'end';
    this.#bars.splice(0, TRIM);
    return 'trimmed';
  }
}
