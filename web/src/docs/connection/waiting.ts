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
    const msg_id = this.#whose(frame);
    const request = msg_id === undefined ? undefined : this.#requests.get(msg_id);
    if (msg_id === undefined || request === undefined) return false;
    this.#requests.delete(msg_id);
    clearTimeout(request.timer);
    const kind = frame.value.type === 'error' ? 'error' : 'reply';
    request.settle({ kind, frame, ms: performance.now() - request.begin });
    return request.quiet;
  }

  /**
   * A request that could not be understood is answered by an `error` that does not know whose it is. If
   * there is one that it can be of, it is that one's.
   */
  #whose({ value }: Frame): string | undefined {
    const msg_id = String(value.msg_id);
    if (value.type !== 'error' || this.#requests.has(msg_id)) return msg_id;
    const asked = [...this.#requests].filter(([, { quiet }]) => !quiet);
    return asked.length === 1 ? asked[0]?.[0] : undefined;
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
