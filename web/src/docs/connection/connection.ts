// The page's one connection: opens when something is to be sent, gives each request its answer, and
// keeps what came. It never reconnects by itself: who tries the server wants to see it close.
import type { Api } from '../contract/api';
import { request } from '../contract/api';
import { isNode, type Node } from '../contract/reference';
import { incoming, outgoing, SUBPROTOCOLS, type Frame, type Subprotocol } from './encoding';
import { FrameLog } from './frame-log';
import { Latency } from './latency';
import { Signal } from '../../shared/signal';
import { after } from './subscriptions';
import { Waiting, type Outcome } from './waiting';

export type State = 'closed' | 'connecting' | 'authenticating' | 'open';

export interface Status {
  state: State;
  /** Asked for now or at the next connect. */
  protocol: Subprotocol;
  /** How the last connection ended. */
  ended: { code: number; reason: string; opened: boolean } | undefined;
  /** What the server said to the token; nothing where none was given. */
  authentication: Outcome | undefined;
  /** Round trip of the newest ping, in milliseconds. */
  latency: number | undefined;
  subscriptions: readonly string[];
}

/** Whose payload is a token, which a copy of the log must not carry along. */
const WITH_TOKEN = new Set(['auth', 'auth.refresh']);

export class Connection {
  readonly signal = new Signal();
  readonly log = new FrameLog();
  /** Empty: none is sent. */
  token = '';
  readonly #url: string;
  readonly #api: Api;
  readonly #waiting = new Waiting();
  readonly #latency: Latency;
  #socket: WebSocket | undefined;
  #ready: Promise<void> | undefined;
  #status: Status = {
    state: 'closed',
    protocol: SUBPROTOCOLS[0],
    ended: undefined,
    authentication: undefined,
    latency: undefined,
    subscriptions: [],
  };

  constructor(url: string, api: Api) {
    this.#url = url;
    this.#api = api;
    this.#latency = new Latency(
      request(api, 'ping') ? () => this.#exchange('ping', '{}', 'quiet') : undefined,
      (latency) => this.#change({ latency }),
    );
  }

  get status(): Status {
    return this.#status;
  }

  /** Takes effect at the next connect. */
  use(protocol: Subprotocol): void {
    this.#change({ protocol });
  }

  /** Resolves when requests may be sent; rejects when no connection comes about. */
  connect(): Promise<void> {
    this.#ready ??= this.#open();
    return this.#ready;
  }

  close(): void {
    this.#socket?.close(1000);
  }

  /** Sends a request, after connecting where that is needed. `payload` is JSON. */
  async request(type: string, payload: string): Promise<Outcome> {
    try {
      await this.connect();
    } catch (error) {
      return { kind: 'lost', message: (error as Error).message };
    }
    return this.#exchange(type, payload, WITH_TOKEN.has(type) ? 'quiet' : 'logged');
  }

  async #open(): Promise<void> {
    const { protocol } = this.#status;
    this.#change({ state: 'connecting', authentication: undefined, latency: undefined, subscriptions: [] });
    const socket = new WebSocket(this.#url, protocol);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    let opened = false;
    socket.onmessage = ({ data }) => this.#receive(incoming(data as string | ArrayBuffer));
    await new Promise<void>((resolve, reject) => {
      socket.onopen = () => {
        opened = true;
        resolve();
      };
      socket.onclose = ({ code, reason }) => {
        this.#closed({ code, reason, opened });
        reject(new Error('there is no connection'));
      };
    });
    await this.#authenticate();
    if (this.#socket !== socket) throw new Error('the connection ended');
    this.#change({ state: 'open' });
    this.#latency.start();
  }

  /** Where the contract has `auth`, a token goes before everything else. */
  async #authenticate(): Promise<void> {
    if (this.token === '' || request(this.#api, 'auth') === undefined) return;
    this.#change({ state: 'authenticating' });
    const authentication = await this.#exchange('auth', JSON.stringify({ token: this.token }), 'quiet');
    this.#change({ authentication });
  }

  /** `quiet`: not in the log, where the page's own pings would drown the rest. */
  #exchange(type: string, payload: string, how: 'logged' | 'quiet'): Promise<Outcome> {
    const { msg_id, outcome } = this.#waiting.begin(how === 'quiet');
    const { data, frame } = outgoing(this.#status.protocol, { type, msg_id, payload });
    this.#socket?.send(data);
    if (how === 'logged') this.log.push('out', frame);
    return outcome;
  }

  #receive(frame: Frame): void {
    const quiet = this.#waiting.answer(frame);
    if (!quiet) this.log.push('in', frame);
    const subscriptions = after(this.#status.subscriptions, frame.value);
    if (subscriptions !== this.#status.subscriptions) this.#change({ subscriptions });
  }

  #closed(ended: NonNullable<Status['ended']>): void {
    this.#socket = undefined;
    this.#ready = undefined;
    this.#latency.stop();
    this.#waiting.end(`the connection ended (${ended.code})`);
    this.#change({ state: 'closed', ended, latency: undefined, subscriptions: [] });
  }

  #change(change: Partial<Status>): void {
    this.#status = { ...this.#status, ...change };
    this.signal.notify();
  }
}

/** Where the WebSocket is, beside the page: `…/ws/asyncapi` belongs to `…/ws`. */
export function socketUrl(page: string): string {
  const url = new URL('.', page);
  url.protocol = url.protocol.replace('http', 'ws');
  url.pathname = url.pathname.replace(/\/$/, '');
  return url.href;
}

/** The `code` and `message` of an `error` frame's payload. */
export function errorOf(frame: Node): { code: string; message: string } {
  const payload = isNode(frame.payload) ? frame.payload : {};
  return { code: String(payload.code ?? 'error'), message: String(payload.message ?? '') };
}
