// What the generated part of a client tells the runtime about its contract, and the frames that the
// runtime itself reads and writes. Their shapes are the same in every contract that has them.

/** A schema of the contract: the subset of JSON Schema (draft-07) that contracts consist of. */
export interface Schema {
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
export interface MessageEntry {
  readonly frame: string;
  readonly examples: readonly WireFrame[];
}

/** A request that a client may make. */
export interface RequestEntry {
  readonly type: string;
  readonly reply: string;
}

/** What happens to a subscriber that reads too slowly. */
export type Delivery = 'lossless' | 'window' | 'latest' | 'delta';

/** A family of topics. Message names are wire types. */
export interface FamilyEntry {
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
export interface TopicParameter {
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
export interface SubscribeAnswer {
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
export type RecoveryReason = 'epoch_changed' | 'out_of_retention' | 'ahead_of_stream';

/** The payload of `topic.reset`. */
export interface ResetPayload extends Position {
  readonly topic: string;
  readonly reason: 'overflow' | 'restarted' | 'ended' | 'revoked';
  readonly message: string;
  readonly from?: number;
  readonly to?: number;
}

/** The payload of `error`. */
export interface ErrorPayload {
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
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** How many topics one batch `subscribe` may carry: what its schema says. */
export function batchSize(contract: ContractTable): number {
  const follow = (schema: Schema | undefined): Schema | undefined =>
    schema?.$ref === undefined ? schema : contract.schemas[schema.$ref];
  const frame = follow({ $ref: contract.messages['subscribe']?.frame ?? '' });
  const payload = follow(frame?.properties?.['payload']);
  const limit = (name: string): number => follow(payload?.properties?.[name])?.maxItems ?? Infinity;
  return Math.min(limit('topics'), limit('options'));
}
