// Puts the parts together: what `connect` of the generated part gives.

import type { BackoffOptions } from './backoff.ts';
import { systemClock, type Clock } from './clock.ts';
import { Connection, type ConnectionState, type TokenSource } from './connection.ts';
import { type ContractTable, isObject, type ResetPayload, type WireFrame } from './contract.ts';
import { Emitter, type Observable, type Unsubscribe } from './emitter.ts';
import { ClosedError, InvalidAnswerError, InvalidFrameError } from './errors.ts';
import { malformed } from './incoming.ts';
import { Offline, type OfflineOptions } from './offline.ts';
import { Exchange, type Link, type RequestOptions } from './requests.ts';
import { socketAddress, socketClass, type SocketClass } from './socket.ts';
import type { Target, TopicOptions } from './subscription.ts';
import { Subscriptions } from './subscriptions.ts';
import { topicName, topicOf, type ItemOf, type Topic, type TopicHost } from './topic.ts';
import { Validator } from './validate.ts';

declare global {
  // As TypeScript's own library has them from es2026 on, so that older ones take these types, too.
  interface SymbolConstructor {
    readonly asyncDispose: unique symbol;
  }
}

/** How to connect. */
export interface ConnectOptions {
  /** The token, or how to get one: called for each connection, and when one is about to expire. */
  readonly token?: string | TokenSource;
  /** The class of WebSockets, where the platform has none: that of the package `ws`. */
  readonly WebSocket?: SocketClass;
  /** How long requests wait for their answers, in milliseconds, unless they say otherwise. Default 10,000. */
  readonly timeout?: number;
  readonly backoff?: BackoffOptions;
  /** Whether frames of the server are checked against the contract, too. Default false. */
  readonly validateIncoming?: boolean;
  /** A frame of the server was not understood, or breaks the contract where that is checked. */
  readonly onInvalidFrame?: (error: InvalidAnswerError, data: unknown) => void;
  /** What has gone wrong in the background. Default `console.error`. */
  readonly onError?: (error: unknown) => void;
  /** Plays the contract's examples where there is no server. */
  readonly offline?: boolean | OfflineOptions;
  /** Whether to wait with the connection for the first request or subscription. Default false. */
  readonly lazy?: boolean;
  /** For tests. */
  readonly clock?: Clock;
}

/** What the client has counted. */
export interface Counters {
  /** Frames of a type that this contract does not have; they are ignored. */
  readonly unknownTypes: number;
  /** Frames that were not understood, or that break the contract where that is checked. */
  readonly invalidFrames: number;
  /** Gaps that nothing had announced; they were repaired. */
  readonly gaps: number;
  /** Updates that had come before; they were dropped. */
  readonly duplicates: number;
  /** Connections after the first. */
  readonly reconnects: number;
}

/** Frames by wire type, as the generated part lists them. */
export type FrameMap = Record<string, { readonly payload: unknown }>;

/** Requests by wire type: payload and result. */
export type RequestMap = Record<string, { readonly payload: unknown; readonly result: unknown }>;

/** What every client has beside the methods of its contract. */
export interface BaseClient<Pushes, Requests> {
  /** What the connection is doing, as an observable. */
  readonly connection: Observable<ConnectionState> & { readonly state: ConnectionState };
  readonly counters: Counters;
  /** Listens to frames that belong to no topic and answer no request. */
  on<Type extends keyof Pushes & string>(
    type: Type,
    listener: (payload: PayloadOf<Pushes[Type]>, frame: Pushes[Type]) => void,
  ): Unsubscribe;
  /** A request by its wire type. */
  request<Type extends keyof Requests & string>(
    type: Type,
    payload: PayloadOf<Requests[Type]>,
    options?: RequestOptions,
  ): Promise<ResultOf<Requests[Type]>>;
  /** Connects, if the option `lazy` has kept it from that so far. */
  open(): void;
  /** Ends all subscriptions, fails what waits for an answer, and closes the connection for good. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** The payload of a frame or request. */
export type PayloadOf<Entry> = Entry extends { readonly payload: infer Payload } ? Payload : never;

/** The result of a request. */
export type ResultOf<Entry> = Entry extends { readonly result: infer Result } ? Result : never;

/** A client of a contract, with a method for each request and each family of topics. */
export function createClient(contract: ContractTable, url: string | URL, options: ConnectOptions = {}): object {
  const client = new ContractClient(contract, url, options);
  const methods: Record<string, unknown> = {};
  for (const [method, { type }] of Object.entries(contract.requests)) {
    methods[method] = (payload?: unknown, settings?: RequestOptions) => client.request(type, payload ?? {}, settings);
  }
  for (const [method, family] of Object.entries(contract.families)) {
    methods[method] = (params?: unknown, settings?: TopicOptions) => client.topic(family, params ?? {}, settings);
  }
  return Object.assign(client, methods);
}

/** How many clients there have been. */
let clients = 0;

class ContractClient implements BaseClient<FrameMap, RequestMap>, TopicHost {
  readonly id = ++clients;
  readonly connection: Connection;
  readonly #contract: ContractTable;
  readonly #options: ConnectOptions;
  readonly #clock: Clock;
  readonly #validator: Validator;
  readonly #requests: Exchange;
  readonly #subscriptions: Subscriptions;
  readonly #pushes = new Map<string, Emitter<[any, any]>>();
  readonly #topicFrames = new Map<string, 'update' | 'snapshot'>();
  readonly #play: OfflineOptions | undefined;
  #offline: Offline | undefined;
  #closed: Error | undefined;
  #opened = 0;
  #unknownTypes = 0;
  #invalidFrames = 0;

  constructor(contract: ContractTable, url: string | URL, options: ConnectOptions) {
    this.#contract = contract;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#validator = new Validator(contract);
    this.#requests = new Exchange(contract, this.#validator, this.#clock, options.timeout);
    this.#subscriptions = new Subscriptions(contract, this.#requests, this.#clock, options.backoff);
    for (const { update, snapshot } of Object.values(contract.families)) {
      this.#topicFrames.set(update, 'update');
      if (snapshot !== undefined) this.#topicFrames.set(snapshot, 'snapshot');
    }
    const { token, offline } = options;
    if (offline) this.#play = offline === true ? {} : offline;
    this.connection = new Connection({
      contract,
      url: this.#play?.when === 'always' ? String(url) : socketAddress(url),
      socket: () => socketClass(options.WebSocket),
      token: typeof token === 'string' ? () => token : token,
      clock: this.#clock,
      backoff: options.backoff,
      requests: this.#requests,
      opened: (link) => this.#open(link),
      lost: () => this.#lost(),
      ended: (error) => this.#ended(error),
      received: (data) => this.#read(data),
      failed: (error) => this.failed(error),
    });
    if (Symbol.asyncDispose) this[Symbol.asyncDispose] = () => this.close();
    if (!options.lazy) this.open();
  }

  declare [Symbol.asyncDispose]: () => Promise<void>;

  get counters(): Counters {
    return {
      unknownTypes: this.#unknownTypes,
      invalidFrames: this.#invalidFrames,
      ...this.#subscriptions.counters,
      reconnects: Math.max(0, this.#opened - 1),
    };
  }

  open(): void {
    if (this.connection.state.state !== 'idle') return;
    if (this.#play?.when === 'always') {
      this.#offline = this.#player(this.#play);
      this.connection.offline(this.#offline.link);
    } else {
      // Without a WebSocket this throws at once, where the mistake is.
      socketClass(this.#options.WebSocket);
      this.connection.start();
    }
  }

  on(type: string, listener: (payload: any, frame: any) => void): Unsubscribe {
    let listeners = this.#pushes.get(type);
    if (!listeners) this.#pushes.set(type, (listeners = new Emitter()));
    return listeners.add(listener);
  }

  request(type: string, payload: unknown, options?: RequestOptions): Promise<unknown> {
    if (this.#closed) return Promise.reject(this.#closed);
    this.open();
    return this.#requests.request(type, payload, options);
  }

  /** A topic of a family; throws where the parameters break the contract. */
  topic(family: Target['family'], params: unknown, options: TopicOptions = {}): Topic<unknown> {
    const payload = isObject(params) ? params : {};
    const violations = this.#validator.frame({ type: family.subscribe, ...{ payload: { ...payload, ...options } } });
    if (violations.length > 0) {
      throw new InvalidFrameError(`${family.subscribe} does not satisfy the contract`, violations);
    }
    return topicOf(this, { family, params: payload, options, topic: topicName(family, payload) });
  }

  join(target: Target, item: ItemOf, enter: Parameters<TopicHost['join']>[2]): Unsubscribe {
    if (!this.#closed) this.open();
    const leave = this.#subscriptions.join(target, item, enter);
    // A closed client tells it as it told the others when it was closed.
    if (this.#closed) this.#subscriptions.closed(this.#closed);
    return leave;
  }

  find(topic: string): ReturnType<TopicHost['find']> {
    return this.#subscriptions.find(topic);
  }

  failed(error: unknown): void {
    (this.#options.onError ?? console.error)(error);
  }

  async close(): Promise<void> {
    this.connection.close();
  }

  #open(link: Link): void {
    if (this.#offline && this.connection.state.state === 'open') {
      this.#offline.stop();
      this.#offline = undefined;
      this.#subscriptions.lost();
      this.#requests.lost();
      this.#subscriptions.forget('live updates replace what was played offline');
    }
    this.#opened += 1;
    this.#requests.opened(link);
    this.#subscriptions.opened();
    this.#requests.release();
  }

  #lost(): void {
    if (this.#offline) return;
    this.#subscriptions.lost();
    this.#requests.lost();
    // Only until the first connection: afterwards examples would mix with what is real.
    if (!this.#play || this.#opened > 0 || this.connection.state.state === 'closed') return;
    this.#offline = this.#player(this.#play);
    this.#requests.opened(this.#offline.link);
    this.#subscriptions.opened();
    this.#requests.release();
  }

  #ended(error: Error | undefined): void {
    // A refused token is the cause; it is not what the server said to these requests.
    this.#closed =
      error instanceof ClosedError ? error : new ClosedError(error?.message ?? 'the client is closed', undefined, error);
    this.#offline?.stop();
    this.#offline = undefined;
    this.#requests.closed(this.#closed);
    this.#subscriptions.closed(error && this.#closed);
  }

  #player(play: OfflineOptions): Offline {
    return new Offline(this.#contract, play, this.#clock, (frame) => this.#received(frame, frame));
  }

  #read(data: unknown): void {
    let frame: unknown;
    try {
      frame = JSON.parse(data as string);
    } catch {
      this.#invalid(new InvalidAnswerError('the server sent no JSON'), data);
      return;
    }
    if (isObject(frame) && typeof frame['type'] === 'string') this.#received(frame as unknown as WireFrame, data);
    else this.#invalid(new InvalidAnswerError('the server sent JSON that is no frame'), data);
  }

  #received(frame: WireFrame, data: unknown): void {
    const { type } = frame;
    if (!this.#contract.messages[type]) {
      this.#unknownTypes += 1;
      return;
    }
    const kind = this.#topicFrames.get(type);
    const violations = this.#options.validateIncoming ? this.#validator.frame(frame) : malformed(frame, kind);
    const problem =
      violations.length > 0 ? new InvalidAnswerError(`${type} of the server is invalid`, violations) : undefined;
    if (problem) this.#invalid(problem, data);
    if (kind) {
      const { topic, seq } = frame;
      if (topic !== undefined && Number.isInteger(seq)) {
        this.#subscriptions.received({ ...frame, topic, seq: seq as number }, kind === 'snapshot', !problem);
      }
    } else if (!this.#requests.answered(frame, problem) && !problem && !this.#requests.asked(frame)) {
      this.#pushed(frame);
    }
  }

  #invalid(error: InvalidAnswerError, data: unknown): void {
    this.#invalidFrames += 1;
    this.#options.onInvalidFrame?.(error, data);
  }

  /** A frame that nobody asked for: what it means to the client itself, and then who listens. */
  #pushed(frame: WireFrame): void {
    const payload = frame.payload as Record<string, unknown>;
    switch (frame.type) {
      case 'welcome': {
        const limits = payload['limits'] as { max_frame_bytes?: number } | undefined;
        this.#requests.maxFrameBytes = limits?.max_frame_bytes ?? Infinity;
        this.connection.welcomed(payload['heartbeat_interval_ms'] as number | undefined);
        break;
      }
      case 'topic.reset':
        this.#subscriptions.reset(frame.payload as ResetPayload);
        break;
      case 'shutdown':
        this.connection.shutdown(Number(payload['reconnect_after_ms']) || 0);
        break;
      case 'error':
        this.connection.pause(Number(payload['retry_after_ms']) || 0);
        break;
      case 'token.expiring':
        void this.connection.refresh();
        break;
    }
    this.#pushes.get(frame.type)?.emit(frame.payload, frame);
  }
}
