// Requests and their answers: each gets a `msg_id`, which its answer repeats.

import type { Clock } from './clock.ts';
import { type ContractTable, type ErrorPayload, type WireFrame } from './contract.ts';
import {
  ConnectionLostError,
  InvalidAnswerError,
  InvalidFrameError,
  RequestError,
  RequestTimeoutError,
} from './errors.ts';
import type { Validator } from './validate.ts';

/** What a request may be given. */
export interface RequestOptions {
  /** How long to wait for the answer, in milliseconds; waiting for the connection is part of it. */
  readonly timeout?: number;
  /** Gives the request up. The promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Takes frames to a server. */
export type Link = (text: string) => void;

/** Called once, with the frame of the answer or why there is none. */
export type Settle = (error: Error | undefined, answer?: WireFrame) => void;

interface Pending {
  readonly type: string;
  readonly text: string;
  readonly settle: Settle;
  sent: boolean;
}

/** The requests that wait for their answers. */
export class Exchange {
  readonly #contract: ContractTable;
  readonly #validator: Validator;
  readonly #clock: Clock;
  readonly #timeout: number;
  readonly #pending = new Map<string, Pending>();
  readonly #replies: ReadonlyMap<string, string>;
  #link: Link | undefined;
  #number = 0;
  /** The server's `max_frame_bytes`. */
  maxFrameBytes = Infinity;

  constructor(contract: ContractTable, validator: Validator, clock: Clock, timeout = 10_000) {
    this.#contract = contract;
    this.#validator = validator;
    this.#clock = clock;
    this.#timeout = timeout;
    this.#replies = new Map(Object.values(contract.requests).map(({ type, reply }) => [type, reply]));
  }

  /** Frames can be sent from now on. What has been waiting follows with `release`. */
  opened(link: Link): void {
    this.#link = link;
  }

  /** Sends what has been waiting. */
  release(): void {
    const link = this.#link;
    if (!link) return;
    for (const pending of [...this.#pending.values()]) {
      if (!pending.sent) this.#send(pending, link);
    }
  }

  /** The connection is lost: what was sent will not be answered, the rest waits for another one. */
  lost(): void {
    this.#link = undefined;
    for (const pending of [...this.#pending.values()]) {
      if (pending.sent) pending.settle(new ConnectionLostError(pending.type));
    }
  }

  /** There will be no connection any more. */
  closed(error: Error): void {
    this.#link = undefined;
    for (const pending of [...this.#pending.values()]) pending.settle(error);
  }

  /**
   * Asks. `settle` is called in the same turn as the answer arrives, before any later frame.
   * `link` is for what precedes everything else on a connection.
   */
  ask(type: string, payload: unknown, settle: Settle, options: RequestOptions = {}, link?: Link): () => void {
    const id = String(++this.#number);
    const frame = { type, msg_id: id, payload };
    const text = JSON.stringify(frame);
    const problem = this.#problem(frame, text);
    if (problem) {
      settle(problem);
      return () => undefined;
    }
    const { timeout = this.#timeout, signal } = options;
    const give = (up: Error): void => this.#pending.get(id)?.settle(up);
    const aborted = (): void => give(signal?.reason as Error);
    const stop = this.#clock.after(timeout, () => give(new RequestTimeoutError(type, timeout)));
    const pending: Pending = {
      type,
      text,
      sent: false,
      settle: (error, answer) => {
        if (!this.#pending.delete(id)) return;
        stop();
        signal?.removeEventListener('abort', aborted);
        settle(error, answer);
      },
    };
    this.#pending.set(id, pending);
    signal?.addEventListener('abort', aborted, { once: true });
    const open = link ?? this.#link;
    if (signal?.aborted) aborted();
    else if (open) this.#send(pending, open);
    return () => {
      this.#pending.delete(id);
      stop();
      signal?.removeEventListener('abort', aborted);
    };
  }

  /** The answer as a promise of its payload. */
  request(type: string, payload: unknown, options?: RequestOptions): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const settle: Settle = (error, answer) => (error ? reject(error) : resolve(answer?.payload));
      this.ask(type, payload, settle, options);
    });
  }

  /** Whether a frame answers a request that waits; with a `problem`, it cannot be used. */
  answered(frame: WireFrame, problem?: InvalidAnswerError): boolean {
    const pending = frame.msg_id === undefined ? undefined : this.#pending.get(frame.msg_id);
    if (!pending?.sent) return false;
    const expected = this.#replies.get(pending.type);
    if (problem) pending.settle(problem);
    else if (frame.type === 'error') pending.settle(new RequestError(frame.payload as ErrorPayload));
    else if (expected !== undefined && frame.type !== expected) {
      pending.settle(new InvalidAnswerError(`${pending.type} was answered by ${frame.type}`));
    } else pending.settle(undefined, frame);
    return true;
  }

  /** Whether a frame answers a request of before, for which nobody waits any more. */
  asked(frame: WireFrame): boolean {
    const number = /^[1-9]\d*$/.test(frame.msg_id ?? '') ? Number(frame.msg_id) : Infinity;
    return number <= this.#number;
  }

  #send(pending: Pending, link: Link): void {
    pending.sent = true;
    try {
      link(pending.text);
    } catch {
      // A socket that is closing. Its end will be told, and with it the requests that were sent.
    }
  }

  #problem(frame: WireFrame, text: string): InvalidFrameError | undefined {
    if (!this.#contract.messages[frame.type]) {
      const details = [{ pointer: '/type', message: `the contract has no message ${JSON.stringify(frame.type)}` }];
      return new InvalidFrameError('there is no such request', details);
    }
    const violations = this.#validator.frame(frame);
    if (violations.length > 0) {
      return new InvalidFrameError(`${frame.type} does not satisfy the contract`, violations);
    }
    // Only what might be too long in UTF-8 is measured.
    if (text.length * 3 > this.maxFrameBytes && bytes(text) > this.maxFrameBytes) {
      return new InvalidFrameError(`${frame.type} is larger than the server takes: ${this.maxFrameBytes} bytes`, []);
    }
    return undefined;
  }
}

/** How long a text is in UTF-8. */
export function bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
