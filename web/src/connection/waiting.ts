// The requests that wait for their answers, by `msg_id`.
import type { Frame } from './encoding';

export type Outcome =
  | { kind: 'reply' | 'error'; frame: Frame; ms: number }
  | { kind: 'lost'; message: string };

/** After this long nobody waits any more; the server's own limit is the same. */
const TIMEOUT_MS = 30_000;

interface Request {
  begin: number;
  quiet: boolean;
  timer: ReturnType<typeof setTimeout>;
  settle: (outcome: Outcome) => void;
}

export class Waiting {
  readonly #requests = new Map<string, Request>();
  #count = 0;

  /** A new request's id, and what becomes of it. */
  begin(quiet: boolean): { msg_id: string; outcome: Promise<Outcome> } {
    this.#count += 1;
    const msg_id = `page-${this.#count}`;
    const outcome = new Promise<Outcome>((settle) => {
      const timer = setTimeout(() => {
        this.#requests.delete(msg_id);
        settle({ kind: 'lost', message: `no answer within ${TIMEOUT_MS / 1000} s` });
      }, TIMEOUT_MS);
      this.#requests.set(msg_id, { begin: performance.now(), quiet, timer, settle });
    });
    return { msg_id, outcome };
  }

  /** Gives a frame to whoever waits for it. Returns whether that request was a quiet one. */
  answer(frame: Frame): boolean {
    const msg_id = String(frame.value.msg_id);
    const request = this.#requests.get(msg_id);
    if (request === undefined) return false;
    this.#requests.delete(msg_id);
    clearTimeout(request.timer);
    const kind = frame.value.type === 'error' ? 'error' : 'reply';
    request.settle({ kind, frame, ms: performance.now() - request.begin });
    return request.quiet;
  }

  /** No answer comes any more. */
  end(message: string): void {
    for (const { timer, settle } of this.#requests.values()) {
      clearTimeout(timer);
      settle({ kind: 'lost', message });
    }
    this.#requests.clear();
  }
}
