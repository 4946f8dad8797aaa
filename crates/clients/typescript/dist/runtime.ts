// The runtime of Tickwire's TypeScript clients: the same for every contract. Not edited by hand.

// ---------------------------------------------------------------------------------- clock.ts
// Time and chance, so that tests can have their own.

/** Where the client gets time and chance from. */
export interface Clock {
  /** Milliseconds that never run backwards. */
  now(): number;
  /** Calls `action` after so many milliseconds; the answer takes that back. */
  after(milliseconds: number, action: () => void): () => void;
  /** Uniform in [0, 1). */
  random(): number;
}

/** The clock of the machine. */
const systemClock: Clock = {
  now: () => performance.now(),
  after(milliseconds, action) {
    const timer = setTimeout(action, milliseconds);
    return () => clearTimeout(timer);
  },
  random: Math.random,
};

// -------------------------------------------------------------------------------- backoff.ts
// When to connect again: what a close code means, and for how long to wait.


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
type Verdict = 'stop' | 'reconnect' | 'now' | 'back_off';

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
function verdict(code: number | undefined): Verdict {
  return VERDICTS[code ?? 1006] ?? 'reconnect';
}

/** Whether a status of the handshake means that another attempt would end alike. */
function refusesForGood(status: number | undefined): boolean {
  return status === 401 || status === 403;
}

/** The least wait of `back_off`. */
const LEAST_BACK_OFF = 1000;

/** Full-jitter exponential backoff. */
class Backoff {
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

// ------------------------------------------------------------------------------- contract.ts
// What the generated part of a client tells the runtime about its contract, and the frames that the
// runtime itself reads and writes. Their shapes are the same in every contract that has them.

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
export interface ContractTypes {}

/** The codes of the contract's errors. */
export type ErrorCodeOf<Types> = Types extends { errorCode: infer Code extends string } ? Code : string;

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

/** What came of subscribing to one topic. */
interface SubscribeAnswer {
  readonly topic: string;
  readonly status: 'subscribed' | 'already_subscribed' | 'refused';
  readonly message: string;
  readonly epoch?: string;
  readonly seq?: number;
  readonly recovered?: boolean;
  readonly reason?: RecoveryReason;
  readonly error?: { readonly code: ErrorCodeOf<ContractTypes>; readonly retryable: boolean };
}

/** Why missed updates cannot be had. */
type RecoveryReason = 'epoch_changed' | 'out_of_retention' | 'ahead_of_stream';

/** The payload of `topic.reset`. */
interface ResetPayload extends Position {
  readonly topic: string;
  readonly reason: 'overflow' | 'restarted' | 'ended' | 'revoked';
  readonly message: string;
  readonly from?: number;
  readonly to?: number;
}

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

/** Whether a value is an object with members, as every frame and payload is. */
function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** How many topics one batch `subscribe` may carry: what its schema says. */
function batchSize(contract: ContractTable): number {
  const follow = (schema: Schema | undefined): Schema | undefined =>
    schema?.$ref === undefined ? schema : contract.schemas[schema.$ref];
  const frame = follow({ $ref: contract.messages['subscribe']?.frame ?? '' });
  const payload = follow(frame?.properties?.['payload']);
  const limit = (name: string): number => follow(payload?.properties?.[name])?.maxItems ?? Infinity;
  return Math.min(limit('topics'), limit('options'));
}

// -------------------------------------------------------------------------------- emitter.ts
// Listeners, and values that can be observed.

/** Takes back what it was given for. Calling it again does nothing. */
export type Unsubscribe = () => void;

/** A value that changes, in the form that `useSyncExternalStore` wants. */
export interface Observable<Value> {
  /** The value now: the same object until it changes. */
  getSnapshot(): Value;
  /** Calls `listener` after each change. */
  onChange(listener: () => void): Unsubscribe;
}

/** Listeners that are called in the order in which they came. */
class Emitter<Arguments extends unknown[]> {
  readonly #listeners = new Set<{ readonly call: (...values: Arguments) => void }>();

  get size(): number {
    return this.#listeners.size;
  }

  add(call: (...values: Arguments) => void): Unsubscribe {
    // An object of its own, since the same function may listen twice.
    const listener = { call };
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  emit(...values: Arguments): void {
    for (const listener of [...this.#listeners]) {
      // One that another has just taken back is not called any more.
      if (this.#listeners.has(listener)) guarded(() => listener.call(...values));
    }
  }
}

/** Calls a function of the user's. What it throws goes where errors of event listeners go. */
function guarded(call: () => void): void {
  try {
    call();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

// --------------------------------------------------------------------------------- errors.ts
// What can go wrong, one class each. `kind` tells them apart where `instanceof` cannot, as across
// two copies of this module.


/** What every error of this client is. */
export abstract class TickwireError extends Error {
  abstract readonly kind:
    | 'error'
    | 'timeout'
    | 'connection_lost'
    | 'invalid'
    | 'invalid_answer'
    | 'closed'
    | 'revoked'
    | 'overflow';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The server refused a request or a topic, and says why. */
export class RequestError extends TickwireError {
  readonly kind = 'error';
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

  constructor(payload: ErrorPayload) {
    super(payload.message);
    this.code = payload.code;
    this.severity = payload.severity;
    this.retryable = payload.retryable;
    this.retryAfter = payload.retry_after_ms;
    this.details = payload.details;
    this.requestType = payload.request_type;
  }
}

/** No answer came in time. The server may have done what was asked. */
export class RequestTimeoutError extends TickwireError {
  readonly kind = 'timeout';

  constructor(type: string, milliseconds: number) {
    super(`no answer to ${type} within ${milliseconds} ms`);
  }
}

/** The connection was lost before the answer came. The server may have done what was asked. */
export class ConnectionLostError extends TickwireError {
  readonly kind = 'connection_lost';

  constructor(type: string) {
    super(`the connection was lost before the answer to ${type}`);
  }
}

/** A frame of ours breaks the contract. It was not sent. */
export class InvalidFrameError extends TickwireError {
  readonly kind = 'invalid';
  /** Every violation, with the pointers that the server would give. */
  readonly details: readonly Violation[];

  constructor(message: string, details: readonly Violation[]) {
    super(told(message, details));
    this.details = details;
  }
}

/** A frame of the server was not understood, or breaks the contract where that is checked. */
export class InvalidAnswerError extends TickwireError {
  readonly kind = 'invalid_answer';
  readonly details: readonly Violation[];

  constructor(message: string, details: readonly Violation[] = []) {
    super(told(message, details));
    this.details = details;
  }
}

function told(message: string, details: readonly Violation[]): string {
  const places = details.map((detail) => `${detail.pointer || 'the frame'}: ${detail.message}`);
  return [message, ...places].join('; ');
}

/** The client is closed: by `close()`, or since the server's close code means that it has to stop. */
export class ClosedError extends TickwireError {
  readonly kind = 'closed';
  /** The close code, where the server closed. */
  readonly code: number | undefined;

  constructor(message: string, code?: number, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

/** A topic is not permitted any more: the token was replaced by one that may do less. */
export class RevokedError extends TickwireError {
  readonly kind = 'revoked';
}

/** An iterator was read too slowly, and its class of delivery does not allow to leave updates out. */
export class OverflowError extends TickwireError {
  readonly kind = 'overflow';

  constructor(topic: string, size: number) {
    super(`${topic}: more than ${size} updates wait for the iterator`);
  }
}

// -------------------------------------------------------------------------------- formats.ts
// The formats that a contract may name. What the server refuses is refused here; where the standards
// leave room, the server decides.

/** Whether a text has a format; one that is not known (`int64`) says nothing about texts. */
function hasFormat(format: string, text: string): boolean {
  return FORMATS[format]?.(text) ?? true;
}

const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  'date-time': isDateTime,
  date: isDate,
  uuid: (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text),
  uri: (text) => /^[a-z][a-z0-9+.-]*:[^\s"<>\\^`{|}]*$/i.test(text),
  email: (text) => /^[^\s@]+@[^\s@]+$/.test(text),
  ipv4: isIpv4,
  ipv6: isIpv6,
};

function isDate(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!parts) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && day >= 1 && day <= days;
}

/** RFC 3339; a second 60 only where a leap second can be, at the end of a day in UTC. */
function isDateTime(text: string): boolean {
  const parts = /^(.{10})T(\d{2}):(\d{2}):(\d{2})(\.\d+)?(Z|([+-])(\d{2}):(\d{2}))$/i.exec(text);
  if (!parts || !isDate(parts[1] ?? '')) return false;
  const [hour, minute, second] = [Number(parts[2]), Number(parts[3]), Number(parts[4])];
  const [hours, minutes] = [Number(parts[8] ?? 0), Number(parts[9] ?? 0)];
  if (hour > 23 || minute > 59 || second > 60 || hours > 23 || minutes > 59) return false;
  if (second < 60) return true;
  const offset = (hours * 60 + minutes) * (parts[7] === '-' ? -1 : 1);
  return (hour * 60 + minute - offset + 2 * 1440) % 1440 === 1439;
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
}

function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1);
  let count = groups.length;
  if (last?.includes('.')) {
    if (!isIpv4(last)) return false;
    groups.pop();
    count += 1;
  }
  const complete = halves.length === 2 ? count < 8 : count === 8;
  return complete && groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group));
}

// ------------------------------------------------------------------------------- validate.ts
// Checks values against the contract's schemas. An interpreter, so that it needs no `eval` and works
// under a strict Content-Security-Policy. It points to the same places as the server does.


/** As many violations as the server lists. */
const MOST = 32;

/** Checks frames of one contract. */
export class Validator {
  readonly #contract: ContractTable;
  readonly #patterns = new Map<string, RegExp>();

  constructor(contract: ContractTable) {
    this.#contract = contract;
  }

  /** What a frame breaks; nothing where it is right, and where its type is not of the contract. */
  frame(frame: { readonly type: string }): Violation[] {
    const message = this.#contract.messages[frame.type];
    const violations: Violation[] = [];
    if (message) this.#check({ $ref: message.frame }, frame, '', violations);
    return violations;
  }

  #check(schema: Schema, value: unknown, pointer: string, found: Violation[]): void {
    if (found.length >= MOST) return;
    if (schema.$ref !== undefined) {
      const target = this.#contract.schemas[schema.$ref];
      if (target) this.#check(target, value, pointer, found);
      return;
    }
    const say = (message: string): void => void found.push({ pointer, message });
    if (schema.type !== undefined && !isOf(schema.type, value)) {
      say(`${shown(value)} is not of type "${schema.type}"`);
    } else if (schema.const !== undefined && value !== schema.const) {
      say(`${shown(schema.const)} was expected`);
    } else if (schema.enum && !schema.enum.includes(value as string)) {
      say(`${shown(value)} is not one of ${schema.enum.map(shown).join(', ')}`);
    } else if (typeof value === 'string') {
      this.#string(schema, value, say);
    } else if (typeof value === 'number') {
      number(schema, value, say);
    } else if (Array.isArray(value)) {
      this.#array(schema, value, pointer, found, say);
    } else if (schema.type === 'object' && isObject(value)) {
      this.#object(schema, value, pointer, found, say);
    }
  }

  #string(schema: Schema, value: string, say: (message: string) => void): void {
    // Characters, as JSON Schema counts them, not UTF-16 units.
    const length = [...value].length;
    if (schema.minLength !== undefined && length < schema.minLength) {
      say(`${shown(value)} is shorter than ${count(schema.minLength, 'character')}`);
    }
    if (schema.maxLength !== undefined && length > schema.maxLength) {
      say(`${shown(value)} is longer than ${count(schema.maxLength, 'character')}`);
    }
    if (schema.pattern !== undefined && !this.#pattern(schema.pattern).test(value)) {
      say(`${shown(value)} does not match "${schema.pattern}"`);
    }
    if (schema.format !== undefined && !hasFormat(schema.format, value)) {
      say(`${shown(value)} is not a "${schema.format}"`);
    }
  }

  #array(
    schema: Schema,
    value: readonly unknown[],
    pointer: string,
    found: Violation[],
    say: (message: string) => void,
  ): void {
    if (schema.minItems !== undefined && value.length < schema.minItems) {
      say(`the list has less than ${count(schema.minItems, 'item')}`);
    }
    if (schema.maxItems !== undefined && value.length > schema.maxItems) {
      say(`the list has more than ${count(schema.maxItems, 'item')}`);
    }
    if (schema.uniqueItems && new Set(value.map(canonical)).size < value.length) {
      say('the list has an item twice');
    }
    const { items } = schema;
    if (items) value.forEach((item, index) => this.#check(items, item, `${pointer}/${index}`, found));
  }

  #object(
    schema: Schema,
    value: Record<string, unknown>,
    pointer: string,
    found: Violation[],
    say: (message: string) => void,
  ): void {
    const properties = schema.properties ?? {};
    // A member that is undefined is not written into JSON, so it is not there.
    const there = (name: string): boolean => Object.hasOwn(value, name) && value[name] !== undefined;
    for (const name of schema.required ?? []) {
      if (!there(name)) say(`"${name}" is a required property`);
    }
    for (const name of Object.keys(value).filter(there)) {
      const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (property) this.#check(property, value[name], `${pointer}/${escaped(name)}`, found);
      else say(`Additional properties are not allowed ('${name}' was unexpected)`);
    }
  }

  #pattern(source: string): RegExp {
    let pattern = this.#patterns.get(source);
    if (!pattern) {
      pattern = new RegExp(source);
      this.#patterns.set(source, pattern);
    }
    return pattern;
  }
}

function number(schema: Schema, value: number, say: (message: string) => void): void {
  if (schema.minimum !== undefined && value < schema.minimum) {
    say(`${value} is less than the minimum of ${schema.minimum}`);
  }
  if (schema.maximum !== undefined && value > schema.maximum) {
    say(`${value} is greater than the maximum of ${schema.maximum}`);
  }
  if (schema.exclusiveMinimum !== undefined && value <= schema.exclusiveMinimum) {
    say(`${value} is less than or equal to the minimum of ${schema.exclusiveMinimum}`);
  }
  if (schema.exclusiveMaximum !== undefined && value >= schema.exclusiveMaximum) {
    say(`${value} is greater than or equal to the maximum of ${schema.exclusiveMaximum}`);
  }
}

function isOf(type: NonNullable<Schema['type']>, value: unknown): boolean {
  switch (type) {
    case 'object':
      return isObject(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      // JSON has neither NaN nor infinities.
      return Number.isFinite(value);
    default:
      return typeof value === type;
  }
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The same text for equal values: the order of members means nothing. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    isObject(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}

// ------------------------------------------------------------------------------- requests.ts
// Requests and their answers: each gets a `msg_id`, which its answer repeats.


/** What a request may be given. */
export interface RequestOptions {
  /** How long to wait for the answer, in milliseconds; waiting for the connection is part of it. */
  readonly timeout?: number;
  /** Gives the request up. The promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Takes frames to a server. */
type Link = (text: string) => void;

/** Called once, with the frame of the answer or why there is none. */
type Settle = (error: Error | undefined, answer?: WireFrame) => void;

interface Pending {
  readonly type: string;
  readonly text: string;
  readonly settle: Settle;
  sent: boolean;
}

/** The requests that wait for their answers. */
class Exchange {
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
function bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

// --------------------------------------------------------------------------------- socket.ts
// The WebSocket that is used, and the little of it that is needed.

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

/** Frames are text messages of JSON. */
const SUBPROTOCOL = 'tickwire.v1.json';

/** The class to use: the one that was given, or else the platform's. */
function socketClass(given: SocketClass | undefined): SocketClass {
  const found = given ?? (globalThis as { WebSocket?: SocketClass }).WebSocket;
  if (found) return found;
  throw new TypeError(
    'there is no WebSocket here (Node has one from version 22): ' +
      "npm install ws, import WebSocket from 'ws', and pass it as the option WebSocket",
  );
}

/**
 * The HTTP status of a handshake that was refused. Only `ws` tells it, in its error's message; by
 * the standard a program may not know.
 */
function handshakeStatus(event: unknown): number | undefined {
  const message = (event as { message?: unknown }).message;
  const status = typeof message === 'string' ? /Unexpected server response: (\d{3})/.exec(message) : null;
  return status ? Number(status[1]) : undefined;
}

/** The address of the WebSocket: `http` means `ws`, and in a browser a path is enough. */
function socketAddress(url: string | URL): string {
  const base = (globalThis as { location?: { href: string } }).location?.href;
  const address = new URL(url, base);
  if (address.protocol === 'http:') address.protocol = 'ws:';
  if (address.protocol === 'https:') address.protocol = 'wss:';
  return address.href;
}

// ----------------------------------------------------------------------------- connection.ts
// One connection after another: opening, authenticating, noticing silence, and when to try again.


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
interface ConnectionParts {
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
class Connection implements Observable<ConnectionState> {
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

// ------------------------------------------------------------------------------- incoming.ts
// The least that must be right in a frame of the server for the client to go on with it. The rest is
// checked only on demand, so that a newer server may add to what it sends.


/** What a frame lacks that the client itself relies on. */
function malformed(frame: WireFrame, kind: 'update' | 'snapshot' | undefined): Violation[] {
  const { payload } = frame;
  if (!isObject(payload)) return [{ pointer: '/payload', message: 'an object is expected' }];
  const wrong: Violation[] = [];
  const need = (pointer: string, right: boolean): void => {
    if (!right) wrong.push({ pointer, message: 'it is missing, or of another type' });
  };
  const isText = (value: unknown): boolean => typeof value === 'string';
  if (kind) {
    need('/topic', isText(frame.topic));
    need('/seq', Number.isInteger(frame.seq));
  } else if (frame.type === 'topic.reset') {
    for (const name of ['topic', 'reason', 'epoch']) need(`/payload/${name}`, isText(payload[name]));
    need('/payload/seq', Number.isInteger(payload['seq']));
  } else if (frame.type === 'error') {
    for (const name of ['code', 'message']) need(`/payload/${name}`, isText(payload[name]));
    need('/payload/details', Array.isArray(payload['details']));
  }
  return wrong;
}

// --------------------------------------------------------------------------------- stream.ts
// A bounded buffer between updates that come when they come and a `for await` that takes its time.

/** How a stream is read, and what happens when it is full. */
interface StreamOptions {
  /** At most so many values wait. */
  readonly size: number;
  /** Full, the newest of each key is kept; or else this is how the stream ends. */
  readonly full: 'keep_newest' | (() => Error);
  /** Nobody reads any more: called once. */
  readonly done: () => void;
}

interface Waiting<Value> {
  resolve(result: IteratorResult<Value, undefined>): void;
  reject(error: Error): void;
}

/** Values for one reader. */
class Stream<Value> implements AsyncIterableIterator<Value, undefined> {
  readonly #options: StreamOptions;
  readonly #buffer: { readonly value: Value; readonly key: string | undefined }[] = [];
  readonly #waiting: Waiting<Value>[] = [];
  #end: { error: Error | undefined } | undefined;

  constructor(options: StreamOptions) {
    this.#options = options;
  }

  /** A value with a `key` may give way to a newer one of the same key. */
  push(value: Value, key?: string): void {
    if (this.#end) return;
    const reader = this.#waiting.shift();
    if (reader) {
      reader.resolve({ done: false, value });
      return;
    }
    const { size, full } = this.#options;
    if (this.#buffer.length >= size) {
      if (full !== 'keep_newest') {
        this.end(full());
        return;
      }
      // An older value of the same key, or else the oldest that may give way.
      let index = this.#buffer.findIndex((entry) => key !== undefined && entry.key === key);
      if (index < 0) index = this.#buffer.findIndex((entry) => entry.key !== undefined);
      this.#buffer.splice(Math.max(0, index), 1);
    }
    this.#buffer.push({ value, key });
  }

  /** Nothing comes after what waits; then the reader gets the error, if there is one. */
  end(error: Error | undefined): void {
    if (this.#end) return;
    this.#end = { error };
    this.#options.done();
    const [first, ...others] = this.#waiting.splice(0);
    if (first && error) {
      this.#end.error = undefined;
      first.reject(error);
    } else {
      first?.resolve({ done: true, value: undefined });
    }
    for (const reader of others) reader.resolve({ done: true, value: undefined });
  }

  next(): Promise<IteratorResult<Value, undefined>> {
    const entry = this.#buffer.shift();
    if (entry) return Promise.resolve({ done: false, value: entry.value });
    if (!this.#end) return new Promise((resolve, reject) => void this.#waiting.push({ resolve, reject }));
    const { error } = this.#end;
    this.#end.error = undefined;
    return error ? Promise.reject(error) : Promise.resolve({ done: true, value: undefined });
  }

  /** The reader leaves: what a `break` does. */
  return(): Promise<IteratorResult<Value, undefined>> {
    this.#buffer.length = 0;
    this.end(undefined);
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

// --------------------------------------------------------------------------- subscription.ts
// One topic, as all its subscribers share it: position, state, and who listens.


/** What a subscriber must know beside the updates. */
export type Notice =
  /** The stream was broken; the subscription goes on. `restarted`: it began anew, what is held is over. */
  | {
      readonly type: 'notice';
      readonly notice: 'reset';
      readonly reason: 'overflow' | 'restarted';
      readonly message: string;
      /** With `overflow`, the first and the last update that are missing. */
      readonly from?: number;
      readonly to?: number;
    }
  /** The updates that were missed cannot be had: what is held has a hole, start over. */
  | { readonly type: 'notice'; readonly notice: 'not_recovered'; readonly reason: RecoveryReason | 'gap' }
  /** The topic is refused for now; the client asks again after `delay` milliseconds. */
  | { readonly type: 'notice'; readonly notice: 'retrying'; readonly delay: number; readonly error: Error };

/** Whether a notice says that what was received before does not count any more. */
export function startsOver(notice: Notice): boolean {
  return notice.notice === 'not_recovered' || (notice.notice === 'reset' && notice.reason === 'restarted');
}

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

/** A topic that nobody is subscribed to. */
const IDLE: TopicState<never> = {
  status: 'idle',
  data: undefined,
  position: undefined,
  notice: undefined,
  error: undefined,
};

/** Who listens to a topic. */
interface TopicListener {
  update(frame: WireFrame): void;
  notice?(notice: Notice): void;
  /** Over: ended or closed, or with an error. Called once, and nothing after it. */
  end?(error: Error | undefined): void;
}

/** Where the updates should begin. */
export interface TopicOptions {
  /** So many of the newest updates come first, as far as they are kept. */
  readonly history?: number;
  /** Resume from a position, such as that of `state.position` from before a reload. */
  readonly since?: Position;
}

/** What identifies a topic, and how to ask for it. */
interface Target {
  readonly topic: string;
  readonly family: FamilyEntry;
  readonly params: Readonly<Record<string, unknown>>;
  readonly options: TopicOptions;
}

/** How far a subscription is: to be asked for, asked for, live, asked again later, over. */
type Stage = 'waiting' | 'asked' | 'live' | 'paused' | 'over';

/** What to do with a frame of a topic. */
type Reception = 'deliver' | 'duplicate' | 'gap' | 'ignore';

/** One topic on the wire. */
class Subscription {
  readonly target: Target;
  /** Turns a frame into what subscribers get. */
  readonly #item: (frame: WireFrame) => unknown;
  readonly #listeners = new Set<TopicListener>();
  readonly #changed = new Emitter<[]>();
  state: TopicState<unknown> = { ...IDLE, status: 'subscribing' };
  stage: Stage = 'waiting';
  /** Counts what was asked, so that a late answer to an earlier question is told apart. */
  asked = 0;
  /** Takes back what is planned: another attempt. */
  cancel: Unsubscribe = () => undefined;
  #epoch: string | undefined;
  #seq: number | undefined;
  #repairing = false;

  constructor(target: Target, item: (frame: WireFrame) => unknown) {
    this.target = target;
    this.#item = item;
    this.#epoch = target.options.since?.epoch;
    this.#seq = target.options.since?.seq;
  }

  get empty(): boolean {
    return this.#listeners.size === 0 && this.#changed.size === 0;
  }

  /** Where to resume from. */
  get position(): Position | undefined {
    if (this.#epoch === undefined || this.#seq === undefined) return undefined;
    return { epoch: this.#epoch, seq: this.#seq };
  }

  listen(listener: TopicListener): Unsubscribe {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  watch(changed: () => void): Unsubscribe {
    return this.#changed.add(changed);
  }

  /** What is held does not count any more: the next subscribe begins without a position. */
  forget(): void {
    this.#epoch = this.#seq = undefined;
  }

  /** The server has subscribed us; the updates of before, if `resumed`, follow. */
  live(epoch: string | undefined, seq: number | undefined, resumed: boolean): void {
    const { family, options } = this.target;
    this.stage = 'live';
    this.#epoch = epoch;
    if (!resumed) {
      // What comes first is a snapshot or history, of which the first `seq` is not known.
      const open = family.delivery === 'delta' || (options.history ?? 0) > 0;
      this.#seq = open ? undefined : seq;
    }
    this.#set({ status: 'live', error: undefined, position: this.position });
  }

  /** What a frame of this `seq` is, after the position. */
  receive(seq: number, snapshot: boolean): Reception {
    if (this.stage !== 'live') return 'ignore';
    const last = this.#seq;
    if (last !== undefined && seq <= last) return 'duplicate';
    // In class `latest` a step above 1 is conflation; a snapshot stands for all before it.
    const gapless = this.target.family.delivery !== 'latest' && !snapshot;
    if (gapless && last !== undefined && seq > last + 1) {
      if (!this.#repairing) {
        this.#repairing = true;
        return 'gap';
      }
      this.notify({ type: 'notice', notice: 'not_recovered', reason: 'gap' });
    }
    this.#repairing = false;
    this.#seq = seq;
    return 'deliver';
  }

  deliver(frame: WireFrame): void {
    this.#set({ data: this.#item(frame), position: this.position });
    for (const listener of [...this.#listeners]) {
      if (this.#listeners.has(listener)) guarded(() => listener.update(frame));
    }
  }

  /** The stream is whole again from this position on. */
  reset(position: Position, notice: Notice & { notice: 'reset' }): void {
    this.#epoch = position.epoch;
    const restarted = notice.reason === 'restarted';
    this.#seq = restarted && this.target.family.delivery === 'delta' ? undefined : position.seq;
    this.notify(notice);
  }

  notify(notice: Notice): void {
    this.#set({ notice });
    for (const listener of [...this.#listeners]) guarded(() => listener.notice?.(notice));
  }

  /** The connection is lost. */
  interrupt(): void {
    this.cancel();
    this.stage = 'waiting';
    if (this.state.status === 'live') this.#set({ status: 'stale' });
  }

  end(status: 'ended' | 'refused', error?: Error): void {
    this.cancel();
    this.stage = 'over';
    this.#set({ status, error });
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) guarded(() => listener.end?.(error));
  }

  #set(change: Partial<TopicState<unknown>>): void {
    this.state = { ...this.state, ...change };
    this.#changed.emit();
  }
}

// ---------------------------------------------------------------------------------- topic.ts
// A topic as the user has it: a callback, an async iterator, or an observable state.


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
export interface Topic<Item, Frame extends WireFrame = WireFrame>
  extends AsyncIterable<Item, undefined>, Observable<TopicState<Item>> {
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

/** What a topic needs of its client. */
interface TopicHost {
  /** Tells clients of one program apart. */
  readonly id: number;
  join(target: Target, item: ItemOf, enter: (subscription: Subscription) => Unsubscribe): Unsubscribe;
  find(topic: string): Subscription | undefined;
  failed(error: unknown): void;
}

/** Turns a frame into an item. */
type ItemOf = (frame: WireFrame) => unknown;

const BUFFER = 1024;

/** Makes a topic of a family. Its parameters have been checked. */
function topicOf(host: TopicHost, target: Target): Topic<unknown> {
  const { family, topic: name } = target;
  const item: ItemOf = family.snapshot === undefined ? (frame) => frame.payload : (frame) => frame;
  // What this handle has seen end stays visible: nobody shares it any more.
  let over: Subscription | undefined;

  const enter = (act: (subscription: Subscription) => Unsubscribe): Unsubscribe => {
    let joined: Subscription | undefined;
    return host.join(target, item, (subscription) => {
      joined = subscription;
      const leave = act(subscription);
      return () => {
        over = joined?.stage === 'over' ? joined : undefined;
        leave();
      };
    });
  };

  const stream = <Value>(
    options: IterationOptions,
    value: (frame: WireFrame) => Value,
    notice?: (notice: Notice) => Value,
  ): Stream<Value> => {
    const size = options.buffer ?? BUFFER;
    let leave: Unsubscribe = () => undefined;
    const values = new Stream<Value>({
      size,
      full: family.delivery === 'latest' ? 'keep_newest' : () => new OverflowError(name, size),
      done: () => leave(),
    });
    leave = enter((subscription) =>
      subscription.listen({
        update: (frame) => values.push(value(frame), keyOf(family, frame)),
        ...(notice && { notice: (told: Notice) => values.push(notice(told)) }),
        end: (error) => values.end(error),
      }),
    );
    return values;
  };

  const getSnapshot = (): TopicState<unknown> => {
    const current = host.find(name);
    if (current) over = undefined;
    return (current ?? over)?.state ?? IDLE;
  };

  return {
    name,
    key: JSON.stringify([host.id, name, target.options]),
    get state() {
      return getSnapshot();
    },
    getSnapshot,
    onChange: (listener) =>
      enter((subscription) =>
        subscription.watch(() => {
          if (subscription.stage === 'over') over = subscription;
          listener();
        }),
      ),
    subscribe: (update, { notice, end } = {}) =>
      enter((subscription) =>
        subscription.listen({
          update: (frame) => update(item(frame), frame),
          ...(notice && { notice }),
          end: end ?? ((error) => error && host.failed(error)),
        }),
      ),
    events: (options = {}) => stream<WireFrame | Notice>(options, (frame) => frame, (notice) => notice),
    items: (options = {}) => stream(options, item),
    [Symbol.asyncIterator]: () => stream({}, item),
  };
}

/** What an update replaces, in class `latest`. */
function keyOf(family: FamilyEntry, frame: WireFrame): string {
  const parts = family.key?.split('/').slice(1) ?? [];
  const names = parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  return JSON.stringify(at(frame.payload, names)) ?? '';
}

/** The topic that a family's parameters name. */
function topicName(family: FamilyEntry, params: unknown): string {
  const values = new Map<string, string>();
  for (const { name, path, default: fallback } of family.parameters) {
    const value = at(params, path) ?? fallback;
    if (typeof value !== 'string') {
      const details = [{ pointer: `/payload/${path.join('/')}`, message: `a topic of ${family.name} needs it` }];
      throw new InvalidFrameError(`${family.subscribe} does not satisfy the contract`, details);
    }
    values.set(name, value);
  }
  return family.pattern.replace(/\{([^}]+)\}/g, (_, name: string) => values.get(name) ?? '');
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), value);
}

// -------------------------------------------------------------------------------- offline.ts
// Plays a contract without a server, for demonstrations and for the time before there is one: it
// answers requests and fills topics from the contract's examples, or from functions of the user.


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

interface Playing {
  readonly topic: OfflineTopic;
  readonly family: FamilyEntry;
  seq: number;
  n: number;
  stop: Unsubscribe;
}

const EPOCH = 'offline';

/** Stands in for a server. */
class Offline {
  readonly #contract: ContractTable;
  readonly #options: OfflineOptions;
  readonly #clock: Clock;
  readonly #receive: (frame: WireFrame) => void;
  readonly #playing = new Map<string, Playing>();
  #stopped = false;

  constructor(contract: ContractTable, options: OfflineOptions, clock: Clock, receive: (frame: WireFrame) => void) {
    this.#contract = contract;
    this.#options = options;
    this.#clock = clock;
    this.#receive = receive;
  }

  /** Takes a frame of the client. The answer comes in a later turn, as from a socket. */
  readonly link = (text: string): void => {
    const frame = JSON.parse(text) as WireFrame;
    queueMicrotask(() => {
      if (!this.#stopped) void this.#answer(frame);
    });
  };

  stop(): void {
    this.#stopped = true;
    for (const playing of this.#playing.values()) playing.stop();
    this.#playing.clear();
  }

  async #answer(request: WireFrame): Promise<void> {
    const payload = isObject(request.payload) ? request.payload : {};
    const families = Object.values(this.#contract.families);
    const joined = families.find((family) => family.subscribe === request.type);
    const left = families.find((family) => family.unsubscribe === request.type);
    const topics = Array.isArray(payload['topics']) ? (payload['topics'] as string[]) : [];
    if (joined) this.#reply(request, `${request.type}.response`, this.#join(topicName(joined, payload)));
    else if (left) this.#reply(request, `${request.type}.response`, this.#leave(topicName(left, payload)));
    else if (request.type === 'subscribe') {
      this.#reply(request, 'subscription_confirmed', { results: topics.map((topic) => this.#join(topic)) });
    } else if (request.type === 'unsubscribe') {
      this.#reply(request, 'unsubscription_confirmed', { results: topics.map((topic) => this.#leave(topic)) });
    } else {
      const own = await this.#options.answer?.(request.type, request.payload);
      const example = own === undefined ? this.#example(request) : own;
      if (example !== undefined) this.#reply(request, this.#replyType(request.type), example);
      else this.#reply(request, 'error', unavailable(request.type));
    }
  }

  #replyType(type: string): string {
    return Object.values(this.#contract.requests).find((entry) => entry.type === type)?.reply ?? `${type}.response`;
  }

  /** The answer of the example that asks the same, or else the first one. */
  #example(request: WireFrame): unknown {
    const asked = this.#contract.messages[request.type]?.examples ?? [];
    const answers = this.#contract.messages[this.#replyType(request.type)]?.examples ?? [];
    const same = asked.find((example) => JSON.stringify(example.payload) === JSON.stringify(request.payload));
    return (answers.find((answer) => same && answer.msg_id === same.msg_id) ?? answers[0])?.payload;
  }

  #join(name: string): unknown {
    const found = this.#topic(name);
    if (!found) {
      const error = { code: 'invalid_topic', retryable: false };
      return { topic: name, status: 'refused', message: 'no such topic', error };
    }
    let playing = this.#playing.get(name);
    const status = playing ? 'already_subscribed' : 'subscribed';
    if (!playing) {
      playing = { ...found, seq: 0, n: 0, stop: () => undefined };
      this.#playing.set(name, playing);
      this.#next(playing, 0);
    }
    return { topic: name, status, message: 'played offline', epoch: EPOCH, seq: playing.seq };
  }

  #leave(name: string): unknown {
    const playing = this.#playing.get(name);
    playing?.stop();
    this.#playing.delete(name);
    return { topic: name, status: playing ? 'unsubscribed' : 'not_subscribed', message: 'played offline' };
  }

  #next(playing: Playing, delay: number): void {
    playing.stop = this.#clock.after(delay, () => {
      const { topic, family } = playing;
      const frame = this.#options.update
        ? this.#options.update(topic, playing.n)
        : this.#played(topic, family, playing.n);
      playing.n += 1;
      if (frame) {
        const seq = (playing.seq += 1);
        this.#send({ type: family.update, ...frame, topic: topic.name, seq, msg_id: `${topic.name}/${seq}` });
      }
      this.#next(playing, this.#options.interval ?? 1000);
    });
  }

  /** The examples of a family in turn, a snapshot first, with the topic's own parameters. */
  #played(topic: OfflineTopic, family: FamilyEntry, n: number): OfflineFrame | undefined {
    const examples = (type: string | undefined): readonly WireFrame[] =>
      (type === undefined ? undefined : this.#contract.messages[type])?.examples ?? [];
    const snapshots = examples(family.snapshot).slice(0, 1);
    const updates = examples(family.update);
    const example = snapshots[n] ?? updates[(n - snapshots.length) % updates.length];
    if (!example) return undefined;
    const payload = isObject(example.payload) ? { ...example.payload } : example.payload;
    if (isObject(payload)) {
      for (const [name, value] of Object.entries(topic.params)) {
        if (typeof payload[name] === typeof value) payload[name] = value;
      }
    }
    return { type: example.type, payload };
  }

  #topic(name: string): { topic: OfflineTopic; family: FamilyEntry } | undefined {
    for (const family of Object.values(this.#contract.families)) {
      const names: string[] = [];
      const source = family.pattern
        .split(/\{([^}]+)\}/)
        .map((part, index) => (index % 2 ? (names.push(part), '([^:]+)') : literal(part)))
        .join('');
      const values = new RegExp(`^${source}$`).exec(name);
      if (!values) continue;
      const params = Object.fromEntries(names.map((parameter, index) => [parameter, values[index + 1]]));
      return { family, topic: { name, family: family.name, params } };
    }
    return undefined;
  }

  #reply(request: WireFrame, type: string, payload: unknown): void {
    this.#send({ type, payload, ...(request.msg_id !== undefined && { msg_id: request.msg_id }) });
  }

  #send(frame: WireFrame): void {
    if (this.#stopped) return;
    const stamp = { direction: 's2c', timestamp: new Date().toISOString() };
    this.#receive({ ...frame, ...stamp } as WireFrame);
  }
}

function unavailable(type: string): unknown {
  const message = `${type} has no example to be played`;
  return { severity: 'system_error', code: 'unavailable', message, request_type: type, retryable: false, details: [] };
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

// -------------------------------------------------------------------------- subscriptions.ts
// All topics of a client: who shares which, and keeping them across connections.


/** What is counted of topics. */
interface TopicCounters {
  gaps: number;
  duplicates: number;
}

/** The topics of a client. */
class Subscriptions {
  readonly counters: TopicCounters = { gaps: 0, duplicates: 0 };
  readonly #contract: ContractTable;
  readonly #requests: Exchange;
  readonly #clock: Clock;
  readonly #backoff: BackoffOptions | undefined;
  readonly #batch: number;
  readonly #topics = new Map<string, Subscription>();
  readonly #retries = new WeakMap<Subscription, Backoff>();
  /** What goes out next: topics to leave, and then topics to ask for. */
  readonly #leaving = new Map<string, Target>();
  readonly #joining = new Set<Subscription>();
  #open = false;
  #planned = false;

  constructor(contract: ContractTable, requests: Exchange, clock: Clock, backoff?: BackoffOptions) {
    this.#contract = contract;
    this.#requests = requests;
    this.#clock = clock;
    this.#backoff = backoff;
    this.#batch = batchSize(contract);
  }

  /** The subscription of a topic, if there is one. */
  find(topic: string): Subscription | undefined {
    return this.#topics.get(topic);
  }

  /**
   * Subscribes, or shares the subscription that there is. `enter` adds what it wants to the
   * subscription; what it answers takes that back, and with the last one the subscription ends.
   */
  join(
    target: Target,
    item: (frame: WireFrame) => unknown,
    enter: (subscription: Subscription) => Unsubscribe,
  ): Unsubscribe {
    let subscription = this.#topics.get(target.topic);
    if (!subscription) {
      subscription = new Subscription(target, item);
      this.#topics.set(target.topic, subscription);
      this.#want(subscription);
    } else if (!subscription.empty && subscription.stage === 'live' && this.#needsState(subscription)) {
      // A late one needs the state that the changes change, so all get it anew.
      this.#anew(subscription, false);
    }
    const joined = subscription;
    const leave = enter(joined);
    return () => {
      leave();
      // In the next turn, since who leaves may come back at once, as React's strict mode does.
      if (joined.empty) queueMicrotask(() => this.#abandon(joined));
    };
  }

  /** A connection is open: everything is asked for, from where it was. */
  opened(): void {
    this.#open = true;
    for (const subscription of this.#topics.values()) this.#want(subscription);
    this.#flush();
  }

  /** The connection is lost. */
  lost(): void {
    this.#open = false;
    this.#leaving.clear();
    this.#joining.clear();
    for (const subscription of this.#topics.values()) subscription.interrupt();
  }

  /** Another server takes over: positions mean nothing to it, and what is held is not its. */
  forget(message: string): void {
    for (const subscription of this.#topics.values()) {
      subscription.forget();
      subscription.notify({ type: 'notice', notice: 'reset', reason: 'restarted', message });
    }
  }

  closed(error: Error | undefined): void {
    this.#open = false;
    const subscriptions = [...this.#topics.values()];
    this.#topics.clear();
    for (const subscription of subscriptions) subscription.end('ended', error);
  }

  /** An update or a snapshot; one that is not `valid` has been seen, and is not given to anybody. */
  received(frame: WireFrame & { topic: string; seq: number }, snapshot: boolean, valid: boolean): void {
    const subscription = this.#topics.get(frame.topic);
    if (!subscription) return;
    switch (subscription.receive(frame.seq, snapshot)) {
      case 'deliver':
        if (valid) subscription.deliver(frame);
        break;
      case 'duplicate':
        this.counters.duplicates += 1;
        break;
      case 'gap':
        this.counters.gaps += 1;
        this.#anew(subscription, true);
        break;
      case 'ignore':
        break;
    }
  }

  /** `topic.reset` */
  reset(payload: ResetPayload): void {
    const subscription = this.#topics.get(payload.topic);
    if (subscription?.stage !== 'live') return;
    const { reason, message, from, to } = payload;
    if (reason === 'ended' || reason === 'revoked') {
      this.#topics.delete(payload.topic);
      if (reason === 'ended') subscription.end('ended');
      else subscription.end('refused', new RevokedError(message));
      return;
    }
    const range = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
    subscription.reset(payload, { type: 'notice', notice: 'reset', reason, message, ...range });
  }

  #needsState(subscription: Subscription): boolean {
    return subscription.target.family.delivery === 'delta' && subscription.position !== undefined;
  }

  /** Leaves the topic and asks for it again: from where it was, or from the beginning. */
  #anew(subscription: Subscription, resume: boolean): void {
    if (!resume) subscription.forget();
    this.#leaving.set(subscription.target.topic, subscription.target);
    this.#want(subscription);
  }

  #want(subscription: Subscription): void {
    subscription.cancel();
    subscription.stage = 'waiting';
    if (!this.#open) return;
    this.#joining.add(subscription);
    this.#plan();
  }

  #abandon(subscription: Subscription): void {
    const { topic } = subscription.target;
    if (!subscription.empty || this.#topics.get(topic) !== subscription) return;
    this.#topics.delete(topic);
    subscription.cancel();
    this.#joining.delete(subscription);
    if (!this.#open || (subscription.stage !== 'asked' && subscription.stage !== 'live')) return;
    subscription.stage = 'over';
    this.#leaving.set(topic, subscription.target);
    this.#plan();
  }

  /** What is wanted within one turn goes out together. */
  #plan(): void {
    if (this.#planned) return;
    this.#planned = true;
    queueMicrotask(() => {
      this.#planned = false;
      if (this.#open) this.#flush();
    });
  }

  #flush(): void {
    const leaving = [...this.#leaving.values()];
    const joining = [...this.#joining];
    this.#leaving.clear();
    this.#joining.clear();
    this.#unsubscribe(leaving);
    this.#subscribe(joining);
  }

  #unsubscribe(targets: Target[]): void {
    // Whatever the answer, nobody waits for it.
    const ignore = (): void => undefined;
    if (targets.length > 1 && this.#contract.messages['unsubscribe']) {
      for (const chunk of this.#chunks(targets, (target) => target.topic)) {
        this.#requests.ask('unsubscribe', { topics: chunk.map((target) => target.topic) }, ignore);
      }
    } else {
      for (const { family, params } of targets) this.#requests.ask(family.unsubscribe, params, ignore);
    }
  }

  #subscribe(subscriptions: Subscription[]): void {
    if (subscriptions.length > 1 && this.#contract.messages['subscribe']) {
      for (const chunk of this.#chunks(subscriptions, (one) => [one.target.topic, entry(one)])) {
        this.#subscribeBatch(chunk);
      }
    } else {
      for (const subscription of subscriptions) this.#subscribeOne(subscription);
    }
  }

  #subscribeOne(subscription: Subscription): void {
    const { family, params } = subscription.target;
    const current = this.#asking(subscription);
    this.#requests.ask(family.subscribe, { ...params, ...wishes(subscription) }, (error, frame) => {
      if (!current()) return;
      if (error) this.#failed(subscription, error);
      else this.#answered(subscription, frame?.payload as SubscribeAnswer);
    });
  }

  #subscribeBatch(subscriptions: Subscription[]): void {
    const current = new Map(subscriptions.map((one) => [one, this.#asking(one)]));
    const topics = subscriptions.map((one) => one.target.topic);
    const options = subscriptions.map(entry).filter((one) => one !== undefined);
    const payload = { topics, ...(options.length > 0 && { options }) };
    this.#requests.ask('subscribe', payload, (error, frame) => {
      const answers = new Map(resultsOf(frame).map((answer) => [answer.topic, answer]));
      for (const subscription of subscriptions) {
        if (!current.get(subscription)?.()) continue;
        const answer = answers.get(subscription.target.topic);
        if (answer) this.#answered(subscription, answer);
        else this.#failed(subscription, error ?? new Error('the answer leaves the topic out'));
      }
    });
  }

  /** Notes that a topic is asked for; the answer says whether that is still the last question. */
  #asking(subscription: Subscription): () => boolean {
    subscription.stage = 'asked';
    const asked = ++subscription.asked;
    return () => subscription.stage === 'asked' && subscription.asked === asked;
  }

  #answered(subscription: Subscription, answer: SubscribeAnswer): void {
    if (answer.status === 'refused') {
      const { code, retryable } = answer.error ?? { code: 'forbidden' as ErrorPayload['code'], retryable: false };
      this.#failed(subscription, refusal(code, answer.message, retryable));
      return;
    }
    this.#retries.delete(subscription);
    const resumed = answer.recovered === true;
    subscription.live(answer.epoch, answer.seq, resumed);
    if (answer.recovered === false) {
      const reason = answer.reason ?? 'epoch_changed';
      subscription.notify({ type: 'notice', notice: 'not_recovered', reason });
    }
  }

  #failed(subscription: Subscription, error: Error): void {
    const final = error instanceof InvalidFrameError || (error instanceof RequestError && !error.retryable);
    if (final) {
      this.#topics.delete(subscription.target.topic);
      subscription.end('refused', error);
      return;
    }
    // After a lost connection everything is asked for anyway, once there is another one.
    if (!this.#open) return;
    let backoff = this.#retries.get(subscription);
    if (!backoff) this.#retries.set(subscription, (backoff = new Backoff(this.#clock, this.#backoff)));
    const told = error instanceof RequestError ? error.retryAfter : undefined;
    const delay = backoff.next('reconnect', told);
    subscription.stage = 'paused';
    subscription.cancel = this.#clock.after(delay, () => this.#want(subscription));
    subscription.notify({ type: 'notice', notice: 'retrying', delay, error });
  }

  /** Lists of as many as one frame may have, by number and by size. */
  *#chunks<Item>(items: readonly Item[], written: (item: Item) => unknown): Generator<Item[]> {
    // What surrounds the topics in a frame takes less than this.
    const room = this.#requests.maxFrameBytes - 200;
    let chunk: Item[] = [];
    let size = 0;
    for (const item of items) {
      const more = bytes(JSON.stringify(written(item)) ?? '') + 2;
      if (chunk.length > 0 && (chunk.length >= this.#batch || size + more > room)) {
        yield chunk;
        chunk = [];
        size = 0;
      }
      chunk.push(item);
      size += more;
    }
    if (chunk.length > 0) yield chunk;
  }
}

/** What a subscribe says beside the topic. */
function wishes(subscription: Subscription): { since?: Position; history?: number } {
  const { position, target } = subscription;
  const history = target.options.history;
  return { ...(position && { since: position }), ...(history !== undefined && { history }) };
}

/** The same as an entry of `options` of a batch. */
function entry(subscription: Subscription): { topic: string } | undefined {
  const wished = wishes(subscription);
  return Object.keys(wished).length > 0 ? { topic: subscription.target.topic, ...wished } : undefined;
}

function resultsOf(frame: WireFrame | undefined): SubscribeAnswer[] {
  const results = isObject(frame?.payload) ? frame.payload['results'] : undefined;
  return Array.isArray(results) ? (results as SubscribeAnswer[]) : [];
}

/** A refusal that came without an `error` frame of its own. */
function refusal(code: ErrorPayload['code'], message: string, retryable: boolean): RequestError {
  return new RequestError({ severity: 'business_logic_error', code, message, retryable, details: [] });
}

// --------------------------------------------------------------------------------- client.ts
// Puts the parts together: what `connect` of the generated part gives.


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
