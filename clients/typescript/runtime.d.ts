/** Where the client gets time and chance from. */
export interface Clock {
    /** Milliseconds that never run backwards. */
    now(): number;
    /** Calls `action` after so many milliseconds; the answer takes that back. */
    after(milliseconds: number, action: () => void): () => void;
    /** Uniform in [0, 1). */
    random(): number;
}
/** How long to wait between attempts to connect. */
export interface BackoffOptions {
    /** The first wait is at most so long, in milliseconds; each further one twice as long. Default 500. */
    readonly base?: number;
    /** No wait is longer than this, unless the server asks for it. Default 30,000. */
    readonly cap?: number;
}
/** A schema of the contract: the subset of JSON Schema (draft-07) that contracts consist of. */
interface Schema {
    readonly $ref?: string;
    readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
    readonly const?: string;
    readonly enum?: readonly string[];
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly required?: readonly string[];
    readonly items?: Schema;
    readonly minItems?: number;
    readonly maxItems?: number;
    readonly uniqueItems?: boolean;
    readonly minLength?: number;
    readonly maxLength?: number;
    readonly pattern?: string;
    readonly format?: string;
    readonly minimum?: number;
    readonly maximum?: number;
    readonly exclusiveMinimum?: number;
    readonly exclusiveMaximum?: number;
}
/** A message: the name of its frame's schema, and whole frames as examples. */
interface MessageEntry {
    readonly frame: string;
    readonly examples: readonly WireFrame[];
}
/** A request that a client may make. */
interface RequestEntry {
    readonly type: string;
    readonly reply: string;
}
/** What happens to a subscriber that reads too slowly. */
type Delivery = 'lossless' | 'window' | 'latest' | 'delta';
/** A family of topics. Message names are wire types. */
interface FamilyEntry {
    readonly name: string;
    readonly pattern: string;
    readonly parameters: readonly TopicParameter[];
    readonly delivery: Delivery;
    /** JSON Pointer into an update's payload to what the update replaces. */
    readonly key?: string;
    readonly subscribe: string;
    readonly unsubscribe: string;
    readonly update: string;
    readonly snapshot?: string;
}
/** A parameter of a topic: its place in the subscribe's payload, and its value when left out. */
interface TopicParameter {
    readonly name: string;
    readonly path: readonly string[];
    readonly default?: string;
}
/** A contract, as far as a client needs it. Messages by wire type, the others by their methods. */
export interface ContractTable {
    readonly title: string;
    readonly version: string;
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly messages: Readonly<Record<string, MessageEntry>>;
    readonly requests: Readonly<Record<string, RequestEntry>>;
    readonly families: Readonly<Record<string, FamilyEntry>>;
}
/**
 * Types of the contract that the runtime's own types refer to. Empty here: the generated part adds
 * members, such as `errorCode`.
 */
export interface ContractTypes {
}
/** The codes of the contract's errors. */
export type ErrorCodeOf<Types> = Types extends {
    errorCode: infer Code extends string;
} ? Code : string;
/** Any frame. */
export interface WireFrame {
    readonly type: string;
    readonly msg_id?: string;
    readonly direction?: string;
    readonly timestamp?: string;
    readonly topic?: string;
    readonly seq?: number;
    readonly payload: unknown;
}
/** A place in a topic's stream: `seq` of an update within `epoch`, one life of the stream. */
export interface Position {
    readonly epoch: string;
    readonly seq: number;
}
/** Why missed updates cannot be had. */
type RecoveryReason = 'epoch_changed' | 'out_of_retention' | 'ahead_of_stream';
/** The payload of `error`. */
interface ErrorPayload {
    readonly severity: 'validation_error' | 'business_logic_error' | 'system_error';
    readonly code: ErrorCodeOf<ContractTypes>;
    readonly message: string;
    readonly request_type?: string;
    readonly retryable: boolean;
    readonly retry_after_ms?: number;
    readonly details: readonly Violation[];
}
/** One violation of a schema, with its place in the frame (JSON Pointer, empty for the whole). */
export interface Violation {
    readonly pointer: string;
    readonly message: string;
}
/** Takes back what it was given for. Calling it again does nothing. */
export type Unsubscribe = () => void;
/** A value that changes, in the form that `useSyncExternalStore` wants. */
export interface Observable<Value> {
    /** The value now: the same object until it changes. */
    getSnapshot(): Value;
    /** Calls `listener` after each change. */
    onChange(listener: () => void): Unsubscribe;
}
/** What every error of this client is. */
export declare abstract class TickwireError extends Error {
    abstract readonly kind: 'error' | 'timeout' | 'connection_lost' | 'invalid' | 'invalid_answer' | 'closed' | 'revoked' | 'overflow';
    constructor(message: string, options?: ErrorOptions);
}
/** The server refused a request or a topic, and says why. */
export declare class RequestError extends TickwireError {
    readonly kind = "error";
    /** For programs. */
    readonly code: ErrorCodeOf<ContractTypes>;
    readonly severity: ErrorPayload['severity'];
    /** Whether the same request may succeed later. */
    readonly retryable: boolean;
    /** How long to wait before, in milliseconds, where the server says so. */
    readonly retryAfter: number | undefined;
    /** Every violation, with pointers into the request's frame. */
    readonly details: readonly Violation[];
    readonly requestType: string | undefined;
    constructor(payload: ErrorPayload);
}
/** No answer came in time. The server may have done what was asked. */
export declare class RequestTimeoutError extends TickwireError {
    readonly kind = "timeout";
    constructor(type: string, milliseconds: number);
}
/** The connection was lost before the answer came. The server may have done what was asked. */
export declare class ConnectionLostError extends TickwireError {
    readonly kind = "connection_lost";
    constructor(type: string);
}
/** A frame of ours breaks the contract. It was not sent. */
export declare class InvalidFrameError extends TickwireError {
    readonly kind = "invalid";
    /** Every violation, with the pointers that the server would give. */
    readonly details: readonly Violation[];
    constructor(message: string, details: readonly Violation[]);
}
/** A frame of the server was not understood, or breaks the contract where that is checked. */
export declare class InvalidAnswerError extends TickwireError {
    readonly kind = "invalid_answer";
    readonly details: readonly Violation[];
    constructor(message: string, details?: readonly Violation[]);
}
/** The client is closed: by `close()`, or since the server's close code means that it has to stop. */
export declare class ClosedError extends TickwireError {
    readonly kind = "closed";
    /** The close code, where the server closed. */
    readonly code: number | undefined;
    constructor(message: string, code?: number, cause?: unknown);
}
/** A topic is not permitted any more: the token was replaced by one that may do less. */
export declare class RevokedError extends TickwireError {
    readonly kind = "revoked";
}
/** An iterator was read too slowly, and its class of delivery does not allow to leave updates out. */
export declare class OverflowError extends TickwireError {
    readonly kind = "overflow";
    constructor(topic: string, size: number);
}
/** Checks frames of one contract. */
export declare class Validator {
    #private;
    constructor(contract: ContractTable);
    /** What a frame breaks; nothing where it is right, and where its type is not of the contract. */
    frame(frame: {
        readonly type: string;
    }): Violation[];
}
/** What a request may be given. */
export interface RequestOptions {
    /** How long to wait for the answer, in milliseconds; waiting for the connection is part of it. */
    readonly timeout?: number;
    /** Gives the request up. The promise is rejected with the signal's reason. */
    readonly signal?: AbortSignal;
}
/** What is needed of a WebSocket. The browsers', Node's (from 22) and that of the package `ws` have it. */
export interface SocketLike {
    readonly protocol: string;
    send(data: string): void;
    close(code?: number, reason?: string): void;
    onopen: ((event: any) => void) | null;
    onmessage: ((event: any) => void) | null;
    onclose: ((event: any) => void) | null;
    onerror: ((event: any) => void) | null;
}
/** A class of WebSockets. */
export type SocketClass = new (url: string, protocols: string[]) => SocketLike;
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
export type ConnectionState = {
    readonly state: 'idle';
} | {
    readonly state: 'connecting';
    readonly attempt: number;
} | {
    readonly state: 'open';
} | ({
    readonly state: 'waiting';
    readonly attempt: number;
    readonly delay: number;
} & End) | ({
    readonly state: 'closed';
    readonly error?: Error;
} & End) | {
    readonly state: 'offline';
};
/** How a connection ended: its close code, or the status of a refused handshake, where they are known. */
interface End {
    readonly code?: number;
    readonly reason?: string;
    readonly status?: number;
}
/** What a subscriber must know beside the updates. */
export type Notice = 
/** The stream was broken; the subscription goes on. `restarted`: it began anew, what is held is over. */
{
    readonly type: 'notice';
    readonly notice: 'reset';
    readonly reason: 'overflow' | 'restarted';
    readonly message: string;
    /** With `overflow`, the first and the last update that are missing. */
    readonly from?: number;
    readonly to?: number;
}
/** The updates that were missed cannot be had: what is held has a hole, start over. */
 | {
    readonly type: 'notice';
    readonly notice: 'not_recovered';
    readonly reason: RecoveryReason | 'gap';
}
/** The topic is refused for now; the client asks again after `delay` milliseconds. */
 | {
    readonly type: 'notice';
    readonly notice: 'retrying';
    readonly delay: number;
    readonly error: Error;
};
/** Whether a notice says that what was received before does not count any more. */
export declare function startsOver(notice: Notice): boolean;
/**
 * What is known of a topic.
 *
 * - `idle`: nobody is subscribed
 * - `subscribing`: asked for, or waiting for a connection for the first time
 * - `live`: updates come
 * - `stale`: the connection is lost, `data` may be old
 * - `ended`: the topic has ended, or the client is closed; `error` says why, if that was not asked for
 * - `refused`: the server said no, see `error`
 */
export interface TopicState<Item> {
    readonly status: 'idle' | 'subscribing' | 'live' | 'stale' | 'ended' | 'refused';
    /** The newest item. */
    readonly data: Item | undefined;
    /** Where to resume from, see the option `since`. */
    readonly position: Position | undefined;
    /** The newest notice. */
    readonly notice: Notice | undefined;
    readonly error: Error | undefined;
}
/** Where the updates should begin. */
export interface TopicOptions {
    /** So many of the newest updates come first, as far as they are kept. */
    readonly history?: number;
    /** Resume from a position, such as that of `state.position` from before a reload. */
    readonly since?: Position;
}
/** What a callback may hear beside the items. */
export interface TopicHandlers {
    /** The stream was broken, or the topic is refused for now. */
    readonly notice?: (notice: Notice) => void;
    /**
     * The subscription is over: the topic has ended, or the client was closed; or, with an error, the
     * server refused it or closed for good. Without this handler such an error goes to `onError`.
     */
    readonly end?: (error: Error | undefined) => void;
}
/** How an iterator is read. */
export interface IterationOptions {
    /** At most so many wait for the loop, 1024 by default. */
    readonly buffer?: number;
}
/**
 * A topic. Nothing is sent until somebody subscribes, in one of three ways; all who do share one
 * subscription, which ends with the last of them.
 *
 * An item is the payload of an update. In families whose updates are changes (`delivery: delta`) it
 * is the whole frame, whose `type` tells a snapshot, which replaces the state, from a change.
 */
export interface Topic<Item, Frame extends WireFrame = WireFrame> extends AsyncIterable<Item, undefined>, Observable<TopicState<Item>> {
    /** As it is on the wire, such as `bars:AAPL:1`. */
    readonly name: string;
    /** The same for topics of the same client that are subscribed to alike, another one for others. */
    readonly key: string;
    /** What is known of it while somebody is subscribed. The same object until it changes. */
    readonly state: TopicState<Item>;
    /** Calls `update` with each item. */
    subscribe(update: (item: Item, frame: Frame) => void, handlers?: TopicHandlers): Unsubscribe;
    /** Subscribes, and calls `listener` after each change of `state`. */
    onChange(listener: () => void): Unsubscribe;
    /** Frames and notices in their order; `type` tells them apart. A `break` ends the subscription. */
    events(options?: IterationOptions): AsyncIterableIterator<Frame | Notice, undefined>;
    /** Items, as `for await (const item of topic)` has them, with a buffer of another size. */
    items(options?: IterationOptions): AsyncIterableIterator<Item, undefined>;
}
/** What is played, and when. */
export interface OfflineOptions {
    /**
     * `until_open`: from the first attempt to connect that fails until one succeeds. `always`: no
     * connection is made. Default `until_open`.
     */
    readonly when?: 'until_open' | 'always';
    /** Milliseconds between two updates of a topic. Default 1000. */
    readonly interval?: number;
    /** The next frame of a topic, or nothing for now; `n` counts from 0. Instead of the examples. */
    readonly update?: (topic: OfflineTopic, n: number) => OfflineFrame | undefined;
    /** The payload of the answer to a request. `undefined` means the example's. */
    readonly answer?: (type: string, payload: unknown) => unknown;
}
/** A topic that is played. */
export interface OfflineTopic {
    readonly name: string;
    /** The name of its family. */
    readonly family: string;
    readonly params: Readonly<Record<string, unknown>>;
}
/** A frame that is played: an update, unless its wire type says otherwise. */
export interface OfflineFrame {
    readonly type?: string;
    readonly payload: unknown;
}
declare global {
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
export type FrameMap = Record<string, {
    readonly payload: unknown;
}>;
/** Requests by wire type: payload and result. */
export type RequestMap = Record<string, {
    readonly payload: unknown;
    readonly result: unknown;
}>;
/** What every client has beside the methods of its contract. */
export interface BaseClient<Pushes, Requests> {
    /** What the connection is doing, as an observable. */
    readonly connection: Observable<ConnectionState> & {
        readonly state: ConnectionState;
    };
    readonly counters: Counters;
    /** Listens to frames that belong to no topic and answer no request. */
    on<Type extends keyof Pushes & string>(type: Type, listener: (payload: PayloadOf<Pushes[Type]>, frame: Pushes[Type]) => void): Unsubscribe;
    /** A request by its wire type. */
    request<Type extends keyof Requests & string>(type: Type, payload: PayloadOf<Requests[Type]>, options?: RequestOptions): Promise<ResultOf<Requests[Type]>>;
    /** Connects, if the option `lazy` has kept it from that so far. */
    open(): void;
    /** Ends all subscriptions, fails what waits for an answer, and closes the connection for good. */
    close(): Promise<void>;
    [Symbol.asyncDispose](): Promise<void>;
}
/** The payload of a frame or request. */
export type PayloadOf<Entry> = Entry extends {
    readonly payload: infer Payload;
} ? Payload : never;
/** The result of a request. */
export type ResultOf<Entry> = Entry extends {
    readonly result: infer Result;
} ? Result : never;
/** A client of a contract, with a method for each request and each family of topics. */
export declare function createClient(contract: ContractTable, url: string | URL, options?: ConnectOptions): object;
export {};
