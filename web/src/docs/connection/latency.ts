// The round trip to the server, measured by the contract's `ping`: a browser cannot send the
// WebSocket's own.
import type { Outcome } from './waiting';

const INTERVAL_MS = 5_000;

export class Latency {
  readonly #ping: (() => Promise<Outcome>) | undefined;
  readonly #measured: (ms: number) => void;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** `ping` is missing where the contract has none; then nothing is measured. */
  constructor(ping: (() => Promise<Outcome>) | undefined, measured: (ms: number) => void) {
    this.#ping = ping;
    this.#measured = measured;
  }

  start(): void {
    void this.#measure();
    this.#timer = setInterval(() => void this.#measure(), INTERVAL_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #measure(): Promise<void> {
    // A hidden page's timers are late, and nobody looks.
    if (this.#ping === undefined || document.hidden) return;
    const outcome = await this.#ping();
    if (outcome.kind === 'reply') this.#measured(outcome.ms);
  }
}
