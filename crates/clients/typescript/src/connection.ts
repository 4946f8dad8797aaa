// One connection after another: opening, authenticating, noticing silence, and when to try again.

import { Backoff, refusesForGood, verdict, type BackoffOptions, type Verdict } from './backoff.ts';
import type { Clock } from './clock.ts';
import type { ContractTable } from './contract.ts';
import { Emitter, type Observable, type Unsubscribe } from './emitter.ts';
import { ClosedError, RequestError } from './errors.ts';
import type { Exchange, Link } from './requests.ts';
import { handshakeStatus, SUBPROTOCOL, type SocketClass, type SocketLike } from './socket.ts';

/** Gives the token of the user, anew at each call. */
export type TokenSource = () => string | Promise<string>;

/**
 * What the connection is doing.
 *
 * - `idle`: nothing yet, see the option `lazy`
 * - `connecting`: an attempt is made; `attempt` is 1 for the first one after a connection that stayed up
 * - `open`: requests can be sent
 * - `waiting`: it was lost, or could not be made; the next attempt follows after `delay` milliseconds
 * - `closed`: it is over; `error` says why, unless it was `close()`
 * - `offline`: there is no server, examples are played, see the option `offline`
 */
export type ConnectionState =
  | { readonly state: 'idle' }
  | { readonly state: 'connecting'; readonly attempt: number }
  | { readonly state: 'open' }
  | ({ readonly state: 'waiting'; readonly attempt: number; readonly delay: number } & End)
  | ({ readonly state: 'closed'; readonly error?: Error } & End)
  | { readonly state: 'offline' };

/** How a connection ended: its close code, or the status of a refused handshake, where they are known. */
interface End {
  readonly code?: number;
  readonly reason?: string;
  readonly status?: number;
}

/** What a connection is made of. */
export interface ConnectionParts {
  readonly url: string;
  readonly socket: () => SocketClass;
  readonly token: TokenSource | undefined;
  readonly contract: ContractTable;
  readonly clock: Clock;
  readonly backoff: BackoffOptions | undefined;
  readonly requests: Exchange;
  /** Frames can be sent. */
  readonly opened: (link: Link) => void;
  /** They cannot any more. */
  readonly lost: () => void;
  /** There will be no further connection. */
  readonly ended: (error: Error | undefined) => void;
  readonly received: (data: unknown) => void;
  /** A token could not be had, or was refused, while the connection lives. */
  readonly failed: (error: unknown) => void;
}

/** How long to stay away from a server that takes no token for now and does not say how long. */
const BUSY = 1000;

/** A handshake that takes longer has failed. */
const HANDSHAKE = 15_000;

/** When `welcome` does not say otherwise, as in a contract without it. */
const HEARTBEAT = 30_000;

/** Keeps a connection open. */
export class Connection implements Observable<ConnectionState> {
  readonly #parts: ConnectionParts;
  readonly #backoff: Backoff;
  readonly #changed = new Emitter<[]>();
  #state: ConnectionState = { state: 'idle' };
  #socket: SocketLike | undefined;
  #timers: Unsubscribe[] = [];
  #openedAt: number | undefined;
  #heardAt = 0;
  #heartbeat = HEARTBEAT;
  #awaited = new Set<'welcome' | 'auth'>();
  /** The next attempt is not made before, in the clock's time: an `error` said so. */
  #notBefore = 0;
  /** How long a server that shuts down wants to be left alone, in milliseconds. */
  #reconnectAfter = 0;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    this.#backoff = new Backoff(parts.clock, parts.backoff);
  }

  /** What the connection is doing now. */
  get state(): ConnectionState {
    return this.#state;
  }

  /** The same as `state`; the same object until it changes. */
  readonly getSnapshot = (): ConnectionState => this.#state;

  /** Calls `listener` after each change of the state. */
  readonly onChange = (listener: () => void): Unsubscribe => this.#changed.add(listener);

  /** Begins, unless it has begun before. */
  start(): void {
    if (this.#state.state === 'idle') void this.#attempt();
  }

  /** Plays without a server from now on. */
  offline(link: Link): void {
    this.#set({ state: 'offline' });
    this.#parts.opened(link);
  }

  /** Ends it for good; `error` says why, if the user did not ask for it. */
  close(error?: Error, end: End = {}): void {
    if (this.#state.state === 'closed') return;
    const socket = this.#detach();
    this.#set({ state: 'closed', ...end, ...(error && { error }) });
    this.#parts.ended(error);
    closeQuietly(socket);
  }

  /** `welcome` came. */
  welcomed(heartbeat: number | undefined): void {
    if (heartbeat !== undefined && heartbeat > 0) this.#heartbeat = heartbeat;
    this.#has('welcome');
  }

  /** An `error` that answers no request asks for a pause. */
  pause(milliseconds: number): void {
    this.#notBefore = Math.max(this.#notBefore, this.#parts.clock.now() + milliseconds);
  }

  /** The server is about to stop: how long after that the next attempt makes sense. */
  shutdown(reconnectAfter: number): void {
    this.#reconnectAfter = reconnectAfter;
  }

  /** The token expires soon. */
  async refresh(): Promise<void> {
    const { token, requests, failed } = this.#parts;
    if (!token) return;
    const socket = this.#socket;
    try {
      const fresh = await token();
      if (this.#socket !== socket || !socket) return;
      requests.ask('auth.refresh', { token: fresh }, (error) => {
        // Refused for now: the old token is as good as it was.
        const forGood = error && 'code' in error && !(error instanceof RequestError && error.retryable);
        if (forGood && this.#socket === socket) this.close(error);
        else if (error) failed(error);
      });
    } catch (error) {
      // The connection lives until the old token expires (4440), and then asks again.
      failed(error);
    }
  }

  async #attempt(): Promise<void> {
    this.#set({ state: 'connecting', attempt: this.#backoff.attempt });
    const state = this.#state;
    const { token, contract, url, socket, failed } = this.#parts;
    const authenticates = token !== undefined && contract.messages['auth'] !== undefined;
    let credential: string | undefined;
    if (authenticates) {
      try {
        credential = await token();
      } catch (error) {
        failed(error);
        if (this.#state === state) this.#wait('reconnect');
        return;
      }
      if (this.#state !== state) return;
    }
    this.#awaited = new Set();
    if (authenticates) this.#awaited.add('auth');
    if (contract.messages['welcome']) this.#awaited.add('welcome');
    this.#open(new (socket())(url, [SUBPROTOCOL]), credential);
  }

  #open(socket: SocketLike, credential: string | undefined): void {
    const { clock, requests } = this.#parts;
    this.#socket = socket;
    this.#openedAt = undefined;
    this.#after(HANDSHAKE, () => this.#lose({}));
    let status: number | undefined;
    socket.onopen = () => {
      this.#heardAt = clock.now();
      if (credential !== undefined) {
        const link: Link = (text) => socket.send(text);
        const settle = (error?: Error): void => {
          if (this.#socket !== socket) return;
          if (!error) this.#has('auth');
          else if (error instanceof RequestError && error.retryable) {
            // Too many at the moment, by which the token is no worse: another connection may do.
            this.pause(error.retryAfter ?? BUSY);
            this.#lose({});
          } else if ('code' in error) this.close(error);
          else this.#lose({});
        };
        requests.ask('auth', { token: credential }, settle, {}, link);
      }
      this.#has();
    };
    socket.onmessage = (event: { data: unknown }) => {
      this.#heardAt = clock.now();
      this.#parts.received(event.data);
    };
    socket.onerror = (event: unknown) => {
      status ??= handshakeStatus(event);
    };
    socket.onclose = (event: { code: number; reason: string }) => {
      const code = event.code === 1006 ? {} : { code: event.code, reason: event.reason };
      this.#lose({ ...code, ...(status !== undefined && { status }) });
    };
  }

  /** One of the things has come that an open connection needs; with the last one it is open. */
  #has(what?: 'welcome' | 'auth'): void {
    if (what) this.#awaited.delete(what);
    const socket = this.#socket;
    if (this.#awaited.size > 0 || !socket || this.#openedAt !== undefined) return;
    const { clock, opened } = this.#parts;
    this.#stopTimers();
    this.#openedAt = clock.now();
    this.#set({ state: 'open' });
    if (this.#socket !== socket) return;
    opened((text) => socket.send(text));
    this.#watch();
  }

  /** After two heartbeats of silence it asks; after a third one nobody is there. */
  #watch(): void {
    const { clock, contract, requests } = this.#parts;
    if (!contract.messages['ping']) return;
    const silence = clock.now() - this.#heardAt;
    const due = 2 * this.#heartbeat - silence;
    if (due > 0) {
      this.#after(due, () => this.#watch());
      return;
    }
    const asked = this.#heardAt;
    requests.ask('ping', {}, () => undefined, { timeout: this.#heartbeat });
    this.#after(this.#heartbeat, () => {
      if (this.#heardAt === asked) this.#lose({});
      else this.#watch();
    });
  }

  /** The connection has ended without our doing. */
  #lose(end: End): void {
    const { clock, lost } = this.#parts;
    const socket = this.#detach();
    if (this.#openedAt !== undefined) this.#backoff.opened(clock.now() - this.#openedAt);
    this.#openedAt = undefined;
    const after = verdict(end.code);
    if (after === 'stop' || refusesForGood(end.status)) {
      const how = end.code !== undefined ? `by ${end.code} ${end.reason ?? ''}` : `by HTTP status ${end.status}`;
      lost();
      this.close(new ClosedError(`the server closed the connection ${how}`.trimEnd(), end.code), end);
    } else {
      this.#wait(after, end);
    }
    closeQuietly(socket);
  }

  #wait(after: Exclude<Verdict, 'stop'>, end: End = {}): void {
    const { clock, lost } = this.#parts;
    const attempt = this.#backoff.attempt;
    const delay = this.#backoff.next(after, Math.max(this.#reconnectAfter, this.#notBefore - clock.now()));
    this.#reconnectAfter = 0;
    this.#set({ state: 'waiting', attempt, delay, ...end });
    this.#after(delay, () => void this.#attempt());
    lost();
  }

  #after(milliseconds: number, action: () => void): void {
    this.#stopTimers();
    this.#timers.push(this.#parts.clock.after(milliseconds, action));
  }

  #stopTimers(): void {
    for (const stop of this.#timers.splice(0)) stop();
  }

  #detach(): SocketLike | undefined {
    this.#stopTimers();
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      // Stays, since `ws` throws an error that nobody listens to.
      socket.onerror = () => undefined;
    }
    return socket;
  }

  #set(state: ConnectionState): void {
    this.#state = state;
    this.#changed.emit();
  }
}

function closeQuietly(socket: SocketLike | undefined): void {
  try {
    socket?.close(1000);
  } catch {
    // It was closed before.
  }
}
