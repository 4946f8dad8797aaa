// When to connect again: what a close code means, and for how long to wait.

import type { Clock } from './clock.ts';

/** How long to wait between attempts to connect. */
export interface BackoffOptions {
  /** The first wait is at most so long, in milliseconds; each further one twice as long. Default 500. */
  readonly base?: number;
  /** No wait is longer than this, unless the server asks for it. Default 30,000. */
  readonly cap?: number;
}

/**
 * What to do after a connection has ended: stop for good, connect again after a wait (`reconnect`),
 * at once (`now`), after at least a second (`back_off`).
 */
export type Verdict = 'stop' | 'reconnect' | 'now' | 'back_off';

const VERDICTS: Readonly<Record<number, Verdict>> = {
  1000: 'stop', // done
  1001: 'stop', // done
  1002: 'stop', // WebSocket protocol error
  1007: 'stop', // text is not UTF-8
  1009: 'stop', // message too large
  1011: 'reconnect', // internal error
  1012: 'reconnect', // restarting
  4400: 'stop', // too many invalid frames
  4401: 'stop', // not authenticated
  4403: 'stop', // forbidden
  4406: 'stop', // no common subprotocol
  4408: 'reconnect', // silent past the heartbeat
  4410: 'reconnect', // reached its maximum age
  4429: 'back_off', // rate limit
  4430: 'back_off', // connection limit
  4440: 'reconnect', // the token expired; every attempt asks for a new one
  4450: 'now', // slow consumer
};

/** The verdict of a close code; `undefined`, like 1006, is a connection that was lost without one. */
export function verdict(code: number | undefined): Verdict {
  return VERDICTS[code ?? 1006] ?? 'reconnect';
}

/** Whether a status of the handshake means that another attempt would end alike. */
export function refusesForGood(status: number | undefined): boolean {
  return status === 401 || status === 403;
}

/** The least wait of `back_off`. */
const LEAST_BACK_OFF = 1000;

/** Full-jitter exponential backoff. */
export class Backoff {
  readonly #clock: Clock;
  readonly #base: number;
  readonly #cap: number;
  #attempt = 0;

  constructor(clock: Clock, { base = 500, cap = 30_000 }: BackoffOptions = {}) {
    this.#clock = clock;
    this.#base = base;
    this.#cap = cap;
  }

  /** The number of the next attempt, 1 for the first one after a connection that stayed up. */
  get attempt(): number {
    return this.#attempt + 1;
  }

  /** A connection has ended that was open for so long. One that outlived every wait worked. */
  opened(milliseconds: number): void {
    if (milliseconds >= this.#cap) this.reset();
  }

  reset(): void {
    this.#attempt = 0;
  }

  /**
   * How long to wait before the next attempt, never less than `atLeast`. Where something asks for a
   * wait, the jitter comes on top: all who were told the same would come back at the same time.
   */
  next(after: Exclude<Verdict, 'stop'>, atLeast = 0): number {
    const attempt = this.#attempt++;
    const floor = after === 'back_off' ? Math.max(LEAST_BACK_OFF, atLeast) : atLeast;
    if (after === 'now' && attempt === 0) return floor;
    return floor + this.#clock.random() * Math.min(this.#cap, this.#base * 2 ** attempt);
  }
}
