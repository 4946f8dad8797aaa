// Tickwire 0.1.0: a client made from the contract by `tickwire generate typescript`. Not edited by hand.

import type { BaseClient, ConnectOptions, ContractTable, RequestOptions, Topic, TopicOptions } from './runtime.js';
export * from './runtime.js';

declare module './runtime.js' {
  interface ContractTypes { errorCode: ErrorCode }
}

/** A token, in the characters of RFC 6750; here a JWT (RFC 7519). */
export type AccessToken = string;

/** Whether prices before a split were divided by its ratio. */
export type AdjustedFlag = boolean;

/** Who took the other's offer. */
export type AggressorSide = 'buy' | 'sell';

/** The kind of the notice, for programs. */
export type AlertCode = string;

/** How much it matters. */
export type AlertLevel = 'info' | 'warning' | 'critical';

/** The frame of `auth`. */
export interface AuthFrame {
  /** From the client to the server. */
  direction?: ClientDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id?: MsgId;
  /** Who the client is. */
  payload: AuthRequest;
  /** An instant, RFC 3339 in UTC. */
  timestamp?: Timestamp;
  /** The wire type, `auth`. */
  type: 'auth';
}

/** The frame of `auth.refresh`. */
export interface AuthRefreshFrame {
  /** From the client to the server. */
  direction?: ClientDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id?: MsgId;
  /** Who the client is. */
  payload: AuthRequest;
  /** An instant, RFC 3339 in UTC. */
  timestamp?: Timestamp;
  /** The wire type, `auth.refresh`. */
  type: 'auth.refresh';
}

/** The frame of `auth.refresh.response`. */
export interface AuthRefreshResponseFrame {
  /** From the server to the client. */
  direction: ServerDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id: MsgId;
  /** Whom the server takes the client for from now on. */
  payload: AuthResult;
  /** An instant, RFC 3339 in UTC. */
  timestamp: Timestamp;
  /** The wire type, `auth.refresh.response`. */
  type: 'auth.refresh.response';
}

/** Who the client is. */
export interface AuthRequest {
  /** A token, in the characters of RFC 6750; here a JWT (RFC 7519). */
  token: AccessToken;
}

/** The frame of `auth.response`. */
export interface AuthResponseFrame {
  /** From the server to the client. */
  direction: ServerDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id: MsgId;
  /** Whom the server takes the client for from now on. */
  payload: AuthResult;
  /** An instant, RFC 3339 in UTC. */
  timestamp: Timestamp;
  /** The wire type, `auth.response`. */
  type: 'auth.response';
}

/** Whom the server takes the client for from now on. */
export interface AuthResult {
  /**
   * Whom the server takes the client for. Of a user, also what its token says: its `sub`, the
   * permissions, and when it expires, where it does.
   */
  principal: PrincipalInfo;
}

/** A number of bars. */
export type BarCount = number;

/** The length of a bar, in minutes, or `D` for a trading day. */
export type BarResolution = '1' | '5' | '15' | '30' | '60' | '240' | 'D';

/** The whole state of one bar. */
export interface BarUpdate {
  /** A price in the currency of the symbol. */
  close: MarketPrice;
  /** Whether the bar has ended; no update of it follows. */
  closed: ClosedFlag;
  /** A price in the currency of the symbol. */
  high: MarketPrice;
  /** A price in the currency of the symbol. */
  low: MarketPrice;
  /** A price in the currency of the symbol. */
  open: MarketPrice;
  /** The length of a bar, in minutes, or `D` for a trading day. */
  resolution: BarResolution;
  /** The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`. */
  symbol: TickerSymbol;
  /**
   * Milliseconds since 1970-01-01T00:00:00Z. A bar is named by the time at which it opens; a
   * bar of a day by midnight UTC of its date.
   */
  time: UnixMillis;
  /** A number of shares, contracts or coins. */
  volume: MarketQuantity;
}

/** The frame of `bars.history`. */
export interface BarsHistoryFrame {
  /** From the client to the server. */
  direction?: ClientDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id?: MsgId;
  /**
   * A range of time, or a number of bars. Give `from` (and perhaps `to`), or `count_back` (and
   * perhaps `to`), not both. With neither, the last 500 bars.
   */
  payload: BarsHistoryRequest;
  /** An instant, RFC 3339 in UTC. */
  timestamp?: Timestamp;
  /** The wire type, `bars.history`. */
  type: 'bars.history';
}

/**
 * A range of time, or a number of bars. Give `from` (and perhaps `to`), or `count_back` (and
 * perhaps `to`), not both. With neither, the last 500 bars.
 */
export interface BarsHistoryRequest {
  /** A number of bars. */
  count_back?: BarCount;
  /**
   * Milliseconds since 1970-01-01T00:00:00Z. A bar is named by the time at which it opens; a
   * bar of a day by midnight UTC of its date.
   */
  from?: UnixMillis;
  /** The length of a bar, in minutes, or `D` for a trading day. */
  resolution?: BarResolution;
  /** The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`. */
  symbol: TickerSymbol;
  /**
   * Milliseconds since 1970-01-01T00:00:00Z. A bar is named by the time at which it opens; a
   * bar of a day by midnight UTC of its date.
   */
  to?: UnixMillis;
}

/** The frame of `bars.history.response`. */
export interface BarsHistoryResponseFrame {
  /** From the server to the client. */
  direction: ServerDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id: MsgId;
  /**
   * Closed bars, ascending by `time`. `more` is true when the range holds more than 5,000;
   * these are then the latest, and a request with `to` at the first one's time continues.
   */
  payload: BarsHistoryResult;
  /** An instant, RFC 3339 in UTC. */
  timestamp: Timestamp;
  /** The wire type, `bars.history.response`. */
  type: 'bars.history.response';
}

/**
 * Closed bars, ascending by `time`. `more` is true when the range holds more than 5,000;
 * these are then the latest, and a request with `to` at the first one's time continues.
 */
export interface BarsHistoryResult {
  /** The bars, oldest first. */
  bars: OhlcvBar[];
  /** Whether the range holds more than was returned. */
  more: MoreFlag;
  /** The length of a bar, in minutes, or `D` for a trading day. */
  resolution: BarResolution;
  /** The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`. */
  symbol: TickerSymbol;
}

/** The frame of `bars.subscribe`. */
export interface BarsSubscribeFrame {
  /** From the client to the server. */
  direction?: ClientDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id?: MsgId;
  /**
   * Which bars to follow. With `since`, from a known position; with `history`, beginning with
   * that many of the newest updates (when `since` cannot be honoured, or is not given).
   */
  payload: BarsSubscribeRequest;
  /** An instant, RFC 3339 in UTC. */
  timestamp?: Timestamp;
  /** The wire type, `bars.subscribe`. */
  type: 'bars.subscribe';
}

/**
 * Which bars to follow. With `since`, from a known position; with `history`, beginning with
 * that many of the newest updates (when `since` cannot be honoured, or is not given).
 */
export interface BarsSubscribeRequest {
  /** How many of the newest updates to replay first, as far as they are kept. */
  history?: ReplayCount;
  /** The length of a bar, in minutes, or `D` for a trading day. */
  resolution?: BarResolution;
  /** The last update that a client has seen of a topic. */
  since?: StreamPosition;
  /** The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`. */
  symbol: TickerSymbol;
}

/** The frame of `bars.subscribe.response`. */
export interface BarsSubscribeResponseFrame {
  /** From the server to the client. */
  direction: ServerDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id: MsgId;
  /**
   * A subscription with its position. `recovered` answers a `since`: true when exactly the
   * missed updates follow; false, with a `reason`, when what follows replaces what the
   * client holds.
   */
  payload: SubscribeResult;
  /** An instant, RFC 3339 in UTC. */
  timestamp: Timestamp;
  /** The wire type, `bars.subscribe.response`. */
  type: 'bars.subscribe.response';
}

/** The frame of `bars.unsubscribe`. */
export interface BarsUnsubscribeFrame {
  /** From the client to the server. */
  direction?: ClientDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id?: MsgId;
  /** Which bars to leave. */
  payload: BarsUnsubscribeRequest;
  /** An instant, RFC 3339 in UTC. */
  timestamp?: Timestamp;
  /** The wire type, `bars.unsubscribe`. */
  type: 'bars.unsubscribe';
}

/** Which bars to leave. */
export interface BarsUnsubscribeRequest {
  /** The length of a bar, in minutes, or `D` for a trading day. */
  resolution?: BarResolution;
  /** The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`. */
  symbol: TickerSymbol;
}

/** The frame of `bars.unsubscribe.response`. */
export interface BarsUnsubscribeResponseFrame {
  /** From the server to the client. */
  direction: ServerDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id: MsgId;
  /** What came of leaving one topic. */
  payload: UnsubscribeResult;
  /** An instant, RFC 3339 in UTC. */
  timestamp: Timestamp;
  /** The wire type, `bars.unsubscribe.response`. */
  type: 'bars.unsubscribe.response';
}

/** The frame of `bars.update`. */
export interface BarsUpdateFrame {
  /** From the server to the client. */
  direction: ServerDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id: MsgId;
  /** The whole state of one bar. */
  payload: BarUpdate;
  /** Number of an update within its epoch. The first is 1; 0 is before the first. */
  seq: SequenceNumber;
  /** An instant, RFC 3339 in UTC. */
  timestamp: Timestamp;
  /** A topic, such as `bars:AAPL:1`. */
  topic: TopicName;
  /** The wire type, `bars.update`. */
  type: 'bars.update';
}

/** A price with all that is wanted or offered there. */
export interface BookLevel {
  /** A price in the currency of the symbol. */
  price: MarketPrice;
  /** A number of shares, contracts or coins. */
  size: MarketQuantity;
}

/** All levels of the book, best first. It replaces what was known of the topic. */
export interface BookSnapshot {
  /** What is offered, prices ascending. */
  asks: BookLevel[];
  /** What is wanted, prices descending. */
  bids: BookLevel[];
  /** The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`. */
  symbol: TickerSymbol;
  /**
   * Milliseconds since 1970-01-01T00:00:00Z. A bar is named by the time at which it opens; a
   * bar of a day by midnight UTC of its date.
   */
  time: UnixMillis;
}

/**
 * The levels that have changed, best first. A size replaces the one at that price; 0 removes
 * the level. Without the levels that it removes, a side has never more than 25.
 */
export interface BookUpdate {
  /** Changes of the selling side, prices ascending. */
  asks: BookLevel[];
  /** Changes of the buying side, prices descending. */
  bids: BookLevel[];
  /** The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`. */
  symbol: TickerSymbol;
  /**
   * Milliseconds since 1970-01-01T00:00:00Z. A bar is named by the time at which it opens; a
   * bar of a day by midnight UTC of its date.
   */
  time: UnixMillis;
}

/** A size in bytes. */
export type ByteCount = number;

/** A day, `YYYY-MM-DD`. */
export type CalendarDate = string;

/** From the client to the server. */
export type ClientDirection = 'c2s';

/** Whether the bar has ended; no update of it follows. */
export type ClosedFlag = boolean;

/** What has passed over a connection so far. */
export interface ConnectionCounters {
  /** A size in bytes. */
  bytes_received: ByteCount;
  /** A size in bytes. */
  bytes_sent: ByteCount;
  /** A number of things. */
  frames_received: ItemCount;
  /** A number of things. */
  frames_sent: ItemCount;
  /** A number of things. */
  invalid_frames: ItemCount;
}

/** Names a connection, in this frame and in the server's log. */
export type ConnectionId = string;

/**
 * What holds for a connection: the largest inbound frame in bytes, the number of
 * subscriptions, how many invalid frames in a row close the connection, how many requests
 * may wait for their answers at a time (further ones are read later), how many frames a
 * second may come in the long run (twice as many at once), and how many milliseconds old
 * the connection may get: then it is closed, so that connections spread over servers anew.
 */
export interface ConnectionLimits {
  /** A duration in milliseconds. */
  max_connection_age_ms: Milliseconds;
  /** A size in bytes. */
  max_frame_bytes: ByteCount;
  /** A number of things. */
  max_frames_per_second: ItemCount;
  /** A number of things. */
  max_invalid_frames: ItemCount;
  /** A number of things. */
  max_requests_in_flight: ItemCount;
  /** A number of things. */
  max_subscriptions: ItemCount;
}

/** The contract that is served. */
export interface ContractInfo {
  /** Text for people. */
  title: HumanText;
  /** Text for people. */
  version: HumanText;
}

/** ISO 4217 code of a currency, or the ticker of a coin. */
export type CurrencyCode = string;

/** Digits after the decimal point. */
export type DecimalPlaces = number;

/**
 * What went wrong.
 *
 * | code | meaning |
 * |---|---|
 * | `invalid_json` | not a JSON object, a duplicate key, nested too deeply, or a number out of range |
 * | `unsupported_data` | a binary frame where text was agreed on |
 * | `unknown_type` | the contract has no such `type` |
 * | `not_a_request` | a `type` that only the server sends |
 * | `invalid_frame` | the frame breaks its schema; `details` has every violation |
 * | `invalid_topic` | not a topic of this contract |
 * | `unauthenticated` | needs a valid token: there is none, or this one is not valid |
 * | `forbidden` | not permitted, or not there (deliberately alike) |
 * | `limit_exceeded` | a limit of this connection or of the server is reached |
 * | `rate_limited` | too many requests in a short time; `retry_after_ms` says when there is room again |
 * | `connection_required` | subscribing needs a WebSocket |
 * | `snapshot_required` | a change was published of what the server does not know: publish a snapshot first |
 * | `not_implemented` | nothing in this server answers this request |
 * | `topic_unavailable` | the source of the topic could not be started |
 * | `unknown_symbol` | there is no such symbol |
 * | `invalid_range` | the range of time is empty or contradicts itself |
 * | `unavailable` | the server is stopping or too busy; try again |
 * | `internal` | a fault of the server |
 */
export type ErrorCode = 'invalid_json' | 'unsupported_data' | 'unknown_type' | 'not_a_request' | 'invalid_frame' | 'invalid_topic' | 'unauthenticated' | 'forbidden' | 'limit_exceeded' | 'rate_limited' | 'connection_required' | 'snapshot_required' | 'not_implemented' | 'topic_unavailable' | 'unknown_symbol' | 'invalid_range' | 'unavailable' | 'internal';

/** One violation, with its place in the frame. */
export interface ErrorDetail {
  /** Text for people. */
  message: HumanText;
  /** A place in the request's frame, RFC 6901. Empty for the frame as a whole. */
  pointer: JsonPointer;
}

/** The frame of `error`. */
export interface ErrorFrame {
  /** From the server to the client. */
  direction: ServerDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id: MsgId;
  /** Why a request failed, for programs (`code`, `retryable`) and for people (`message`). */
  payload: ErrorNotice;
  /** An instant, RFC 3339 in UTC. */
  timestamp: Timestamp;
  /** The wire type, `error`. */
  type: 'error';
}

/** Why a request failed, for programs (`code`, `retryable`) and for people (`message`). */
export interface ErrorNotice {
  /**
   * What went wrong.
   *
   * | code | meaning |
   * |---|---|
   * | `invalid_json` | not a JSON object, a duplicate key, nested too deeply, or a number out of range |
   * | `unsupported_data` | a binary frame where text was agreed on |
   * | `unknown_type` | the contract has no such `type` |
   * | `not_a_request` | a `type` that only the server sends |
   * | `invalid_frame` | the frame breaks its schema; `details` has every violation |
   * | `invalid_topic` | not a topic of this contract |
   * | `unauthenticated` | needs a valid token: there is none, or this one is not valid |
   * | `forbidden` | not permitted, or not there (deliberately alike) |
   * | `limit_exceeded` | a limit of this connection or of the server is reached |
   * | `rate_limited` | too many requests in a short time; `retry_after_ms` says when there is room again |
   * | `connection_required` | subscribing needs a WebSocket |
   * | `snapshot_required` | a change was published of what the server does not know: publish a snapshot first |
   * | `not_implemented` | nothing in this server answers this request |
   * | `topic_unavailable` | the source of the topic could not be started |
   * | `unknown_symbol` | there is no such symbol |
   * | `invalid_range` | the range of time is empty or contradicts itself |
   * | `unavailable` | the server is stopping or too busy; try again |
   * | `internal` | a fault of the server |
   */
  code: ErrorCode;
  /** Every violation that was found; empty when there is no place to point to. */
  details: ErrorDetail[];
  /** Text for people. */
  message: HumanText;
  /** The `type` of a frame. */
  request_type?: WireType;
  /** A duration in milliseconds. */
  retry_after_ms?: Milliseconds;
  /** Whether the same request may succeed later. */
  retryable: RetryableFlag;
  /**
   * `validation_error`: the frame breaks the contract. `business_logic_error`: it is well
   * formed and cannot be fulfilled. `system_error`: the server failed.
   */
  severity: ErrorSeverity;
}

/**
 * `validation_error`: the frame breaks the contract. `business_logic_error`: it is well
 * formed and cannot be fulfilled. `system_error`: the server failed.
 */
export type ErrorSeverity = 'validation_error' | 'business_logic_error' | 'system_error';

/** The frame of `get_status`. */
export interface GetStatusFrame {
  /** From the client to the server. */
  direction?: ClientDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id?: MsgId;
  /** Nothing but the question. */
  payload: GetStatusRequest;
  /** An instant, RFC 3339 in UTC. */
  timestamp?: Timestamp;
  /** The wire type, `get_status`. */
  type: 'get_status';
}

/** Nothing but the question. */
export interface GetStatusRequest {
}

/** Text for people. */
export type HumanText = string;

/** What is traded. */
export type InstrumentKind = 'stock' | 'crypto' | 'synthetic' | 'other';

/** A number of things. */
export type ItemCount = number;

/** A place in the request's frame, RFC 6901. Empty for the frame as a whole. */
export type JsonPointer = string;

/** A price in the currency of the symbol. */
export type MarketPrice = number;

/** A number of shares, contracts or coins. */
export type MarketQuantity = number;

/** A duration in milliseconds. */
export type Milliseconds = number;

/** Whether the range holds more than was returned. */
export type MoreFlag = boolean;

/**
 * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
 * repeated in its answer; a UUIDv7 in a push.
 */
export type MsgId = string;

/** A closed bar. */
export interface OhlcvBar {
  /** A price in the currency of the symbol. */
  close: MarketPrice;
  /** A price in the currency of the symbol. */
  high: MarketPrice;
  /** A price in the currency of the symbol. */
  low: MarketPrice;
  /** A price in the currency of the symbol. */
  open: MarketPrice;
  /**
   * Milliseconds since 1970-01-01T00:00:00Z. A bar is named by the time at which it opens; a
   * bar of a day by midnight UTC of its date.
   */
  time: UnixMillis;
  /** A number of shares, contracts or coins. */
  volume: MarketQuantity;
}

/** The frame of `orderbook.snapshot`. */
export interface OrderbookSnapshotFrame {
  /** From the server to the client. */
  direction: ServerDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id: MsgId;
  /** All levels of the book, best first. It replaces what was known of the topic. */
  payload: BookSnapshot;
  /** Number of an update within its epoch. The first is 1; 0 is before the first. */
  seq: SequenceNumber;
  /** An instant, RFC 3339 in UTC. */
  timestamp: Timestamp;
  /** A topic, such as `bars:AAPL:1`. */
  topic: TopicName;
  /** The wire type, `orderbook.snapshot`. */
  type: 'orderbook.snapshot';
}

/** The frame of `orderbook.subscribe`. */
export interface OrderbookSubscribeFrame {
  /** From the client to the server. */
  direction?: ClientDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id?: MsgId;
  /**
   * Whose order book to follow. With `since`, from a known position. What comes first is the
   * book in any case, so there is no `history`.
   */
  payload: OrderbookSubscribeRequest;
  /** An instant, RFC 3339 in UTC. */
  timestamp?: Timestamp;
  /** The wire type, `orderbook.subscribe`. */
  type: 'orderbook.subscribe';
}

/**
 * Whose order book to follow. With `since`, from a known position. What comes first is the
 * book in any case, so there is no `history`.
 */
export interface OrderbookSubscribeRequest {
  /** The last update that a client has seen of a topic. */
  since?: StreamPosition;
  /** The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`. */
  symbol: TickerSymbol;
}

/** The frame of `orderbook.subscribe.response`. */
export interface OrderbookSubscribeResponseFrame {
  /** From the server to the client. */
  direction: ServerDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id: MsgId;
  /**
   * A subscription with its position. `recovered` answers a `since`: true when exactly the
   * missed updates follow; false, with a `reason`, when what follows replaces what the
   * client holds.
   */
  payload: SubscribeResult;
  /** An instant, RFC 3339 in UTC. */
  timestamp: Timestamp;
  /** The wire type, `orderbook.subscribe.response`. */
  type: 'orderbook.subscribe.response';
}

/** The frame of `orderbook.unsubscribe`. */
export interface OrderbookUnsubscribeFrame {
  /** From the client to the server. */
  direction?: ClientDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id?: MsgId;
  /** Whose order book to leave. */
  payload: OrderbookUnsubscribeRequest;
  /** An instant, RFC 3339 in UTC. */
  timestamp?: Timestamp;
  /** The wire type, `orderbook.unsubscribe`. */
  type: 'orderbook.unsubscribe';
}

/** Whose order book to leave. */
export interface OrderbookUnsubscribeRequest {
  /** The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`. */
  symbol: TickerSymbol;
}

/** The frame of `orderbook.unsubscribe.response`. */
export interface OrderbookUnsubscribeResponseFrame {
  /** From the server to the client. */
  direction: ServerDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id: MsgId;
  /** What came of leaving one topic. */
  payload: UnsubscribeResult;
  /** An instant, RFC 3339 in UTC. */
  timestamp: Timestamp;
  /** The wire type, `orderbook.unsubscribe.response`. */
  type: 'orderbook.unsubscribe.response';
}

/** The frame of `orderbook.update`. */
export interface OrderbookUpdateFrame {
  /** From the server to the client. */
  direction: ServerDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id: MsgId;
  /**
   * The levels that have changed, best first. A size replaces the one at that price; 0 removes
   * the level. Without the levels that it removes, a side has never more than 25.
   */
  payload: BookUpdate;
  /** Number of an update within its epoch. The first is 1; 0 is before the first. */
  seq: SequenceNumber;
  /** An instant, RFC 3339 in UTC. */
  timestamp: Timestamp;
  /** A topic, such as `bars:AAPL:1`. */
  topic: TopicName;
  /** The wire type, `orderbook.update`. */
  type: 'orderbook.update';
}

/** A permission, such as `orders:write`. */
export type PermissionName = string;

/** The frame of `ping`. */
export interface PingFrame {
  /** From the client to the server. */
  direction?: ClientDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id?: MsgId;
  /** Nothing but the question. */
  payload: PingRequest;
  /** An instant, RFC 3339 in UTC. */
  timestamp?: Timestamp;
  /** The wire type, `ping`. */
  type: 'ping';
}

/** Nothing but the question. */
export interface PingRequest {
}

/** The frame of `pong`. */
export interface PongFrame {
  /** From the server to the client. */
  direction: ServerDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id: MsgId;
  /** The server's clock, for computing an offset. */
  payload: PongResponse;
  /** An instant, RFC 3339 in UTC. */
  timestamp: Timestamp;
  /** The wire type, `pong`. */
  type: 'pong';
}

/** The server's clock, for computing an offset. */
export interface PongResponse {
  /** An instant, RFC 3339 in UTC. */
  server_time: Timestamp;
}

/**
 * Whom the server takes the client for. Of a user, also what its token says: its `sub`, the
 * permissions, and when it expires, where it does.
 */
export interface PrincipalInfo {
  /** An instant, RFC 3339 in UTC. */
  expires_at?: Timestamp;
  /** `anonymous`: has not said who it is. `user`: has shown a token. */
  kind: PrincipalKind;
  /** What it may do beyond what is public. */
  permissions?: PermissionName[];
  /** Names a principal, the `sub` of its token. */
  sub?: SubjectName;
}

/** `anonymous`: has not said who it is. `user`: has shown a token. */
export type PrincipalKind = 'anonymous' | 'user';

/** The WebSocket subprotocol that was agreed on. */
export type ProtocolName = 'tickwire.v1.json' | 'tickwire.v1.msgpack';

/** The best bid and ask, with what is offered there. */
export interface QuoteUpdate {
  /** A price in the currency of the symbol. */
  ask: MarketPrice;
  /** A number of shares, contracts or coins. */
  ask_size: MarketQuantity;
  /** A price in the currency of the symbol. */
  bid: MarketPrice;
  /** A number of shares, contracts or coins. */
  bid_size: MarketQuantity;
  /** The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`. */
  symbol: TickerSymbol;
  /**
   * Milliseconds since 1970-01-01T00:00:00Z. A bar is named by the time at which it opens; a
   * bar of a day by midnight UTC of its date.
   */
  time: UnixMillis;
}

/** The frame of `quotes.subscribe`. */
export interface QuotesSubscribeFrame {
  /** From the client to the server. */
  direction?: ClientDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id?: MsgId;
  /** Whose quotes to follow. */
  payload: QuotesSubscribeRequest;
  /** An instant, RFC 3339 in UTC. */
  timestamp?: Timestamp;
  /** The wire type, `quotes.subscribe`. */
  type: 'quotes.subscribe';
}

/** Whose quotes to follow. */
export interface QuotesSubscribeRequest {
  /** How many of the newest updates to replay first, as far as they are kept. */
  history?: ReplayCount;
  /** The last update that a client has seen of a topic. */
  since?: StreamPosition;
  /** The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`. */
  symbol: TickerSymbol;
}

/** The frame of `quotes.subscribe.response`. */
export interface QuotesSubscribeResponseFrame {
  /** From the server to the client. */
  direction: ServerDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id: MsgId;
  /**
   * A subscription with its position. `recovered` answers a `since`: true when exactly the
   * missed updates follow; false, with a `reason`, when what follows replaces what the
   * client holds.
   */
  payload: SubscribeResult;
  /** An instant, RFC 3339 in UTC. */
  timestamp: Timestamp;
  /** The wire type, `quotes.subscribe.response`. */
  type: 'quotes.subscribe.response';
}

/** The frame of `quotes.unsubscribe`. */
export interface QuotesUnsubscribeFrame {
  /** From the client to the server. */
  direction?: ClientDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id?: MsgId;
  /** Whose quotes to leave. */
  payload: QuotesUnsubscribeRequest;
  /** An instant, RFC 3339 in UTC. */
  timestamp?: Timestamp;
  /** The wire type, `quotes.unsubscribe`. */
  type: 'quotes.unsubscribe';
}

/** Whose quotes to leave. */
export interface QuotesUnsubscribeRequest {
  /** The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`. */
  symbol: TickerSymbol;
}

/** The frame of `quotes.unsubscribe.response`. */
export interface QuotesUnsubscribeResponseFrame {
  /** From the server to the client. */
  direction: ServerDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id: MsgId;
  /** What came of leaving one topic. */
  payload: UnsubscribeResult;
  /** An instant, RFC 3339 in UTC. */
  timestamp: Timestamp;
  /** The wire type, `quotes.unsubscribe.response`. */
  type: 'quotes.unsubscribe.response';
}

/** The frame of `quotes.update`. */
export interface QuotesUpdateFrame {
  /** From the server to the client. */
  direction: ServerDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id: MsgId;
  /** The best bid and ask, with what is offered there. */
  payload: QuoteUpdate;
  /** Number of an update within its epoch. The first is 1; 0 is before the first. */
  seq: SequenceNumber;
  /** An instant, RFC 3339 in UTC. */
  timestamp: Timestamp;
  /** A topic, such as `bars:AAPL:1`. */
  topic: TopicName;
  /** The wire type, `quotes.update`. */
  type: 'quotes.update';
}

/** Whether exactly the missed updates follow. Only where `since` was given. */
export type RecoveredFlag = boolean;

/**
 * Why the missed updates cannot be replayed: the stream began anew since (`epoch_changed`),
 * some are no longer kept, or they are too many to be sent at once (`out_of_retention`), or
 * the position lies in the future (`ahead_of_stream`).
 */
export type RecoveryFailure = 'epoch_changed' | 'out_of_retention' | 'ahead_of_stream';

/** How many of the newest updates to replay first, as far as they are kept. */
export type ReplayCount = number;

/**
 * `overflow`: updates were dropped for this connection. `restarted`: the stream began anew
 * in another epoch. `ended`: there are no more updates, the subscription is over. `revoked`:
 * the subscription is over, since the client's new token does not permit it any more.
 */
export type ResetReason = 'overflow' | 'restarted' | 'ended' | 'revoked';

/** Whether the same request may succeed later. */
export type RetryableFlag = boolean;

/** The largest number of matches to return. */
export type SearchLimit = number;

/** A part of a symbol or of its description. Empty finds everything. */
export type SearchText = string;

/** Number of an update within its epoch. The first is 1; 0 is before the first. */
export type SequenceNumber = number;

/** From the server to the client. */
export type ServerDirection = 's2c';

/** The program that serves the contract. */
export interface ServerInfo {
  /** Text for people. */
  name: HumanText;
  /** Text for people. */
  version: HumanText;
}

/** The frame of `shutdown`. */
export interface ShutdownFrame {
  /** From the server to the client. */
  direction: ServerDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id: MsgId;
  /** The server stops; what to do. */
  payload: ShutdownNotice;
  /** An instant, RFC 3339 in UTC. */
  timestamp: Timestamp;
  /** The wire type, `shutdown`. */
  type: 'shutdown';
}

/** The server stops; what to do. */
export interface ShutdownNotice {
  /** Text for people. */
  message: HumanText;
  /** A duration in milliseconds. */
  reconnect_after_ms: Milliseconds;
}

/** New shares for old ones, `2:1`. */
export type SplitRatio = string;

/** What the server knows of a connection. */
export interface StatusReport {
  /** An instant, RFC 3339 in UTC. */
  connected_at: Timestamp;
  /** Names a connection, in this frame and in the server's log. */
  connection_id: ConnectionId;
  /** What has passed over a connection so far. */
  counters: ConnectionCounters;
  /**
   * What holds for a connection: the largest inbound frame in bytes, the number of
   * subscriptions, how many invalid frames in a row close the connection, how many requests
   * may wait for their answers at a time (further ones are read later), how many frames a
   * second may come in the long run (twice as many at once), and how many milliseconds old
   * the connection may get: then it is closed, so that connections spread over servers anew.
   */
  limits: ConnectionLimits;
  /**
   * Whom the server takes the client for. Of a user, also what its token says: its `sub`, the
   * permissions, and when it expires, where it does.
   */
  principal: PrincipalInfo;
  /** An instant, RFC 3339 in UTC. */
  server_time: Timestamp;
  /** The topics subscribed to, with the newest position of each. */
  subscriptions: TopicPosition[];
}

/** The frame of `status_response`. */
export interface StatusResponseFrame {
  /** From the server to the client. */
  direction: ServerDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id: MsgId;
  /** What the server knows of a connection. */
  payload: StatusReport;
  /** An instant, RFC 3339 in UTC. */
  timestamp: Timestamp;
  /** The wire type, `status_response`. */
  type: 'status_response';
}

/** A stock split. */
export interface StockSplit {
  /** A day, `YYYY-MM-DD`. */
  date: CalendarDate;
  /** New shares for old ones, `2:1`. */
  ratio: SplitRatio;
}

/** Names one life of a topic's stream. Positions of different epochs do not compare. */
export type StreamEpoch = string;

/** The last update that a client has seen of a topic. */
export interface StreamPosition {
  /** Names one life of a topic's stream. Positions of different epochs do not compare. */
  epoch: StreamEpoch;
  /** Number of an update within its epoch. The first is 1; 0 is before the first. */
  seq: SequenceNumber;
}

/** Names a principal, the `sub` of its token. */
export type SubjectName = string;

/** The frame of `subscribe`. */
export interface SubscribeFrame {
  /** From the client to the server. */
  direction?: ClientDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id?: MsgId;
  /** The topics to subscribe to. */
  payload: SubscribeRequest;
  /** An instant, RFC 3339 in UTC. */
  timestamp?: Timestamp;
  /** The wire type, `subscribe`. */
  type: 'subscribe';
}

/** The topics to subscribe to. */
export interface SubscribeRequest {
  /** Where to begin, for those of the topics that should not begin with now. */
  options?: TopicOptions_[];
  /** 1 to 100 different topics. */
  topics: TopicNames;
}

/**
 * A subscription with its position. `recovered` answers a `since`: true when exactly the
 * missed updates follow; false, with a `reason`, when what follows replaces what the
 * client holds.
 */
export interface SubscribeResult {
  /** Names one life of a topic's stream. Positions of different epochs do not compare. */
  epoch: StreamEpoch;
  /** Text for people. */
  message: HumanText;
  /**
   * Why the missed updates cannot be replayed: the stream began anew since (`epoch_changed`),
   * some are no longer kept, or they are too many to be sent at once (`out_of_retention`), or
   * the position lies in the future (`ahead_of_stream`).
   */
  reason?: RecoveryFailure;
  /** Whether exactly the missed updates follow. Only where `since` was given. */
  recovered?: RecoveredFlag;
  /** Number of an update within its epoch. The first is 1; 0 is before the first. */
  seq: SequenceNumber;
  /** `subscribed` now, `already_subscribed` before (nothing changed), or `refused` (see `error`). */
  status: SubscriptionStatus;
  /** A topic, such as `bars:AAPL:1`. */
  topic: TopicName;
}

/** The frame of `subscription_confirmed`. */
export interface SubscriptionConfirmedFrame {
  /** From the server to the client. */
  direction: ServerDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id: MsgId;
  /** A result for each topic, in the order of the request. */
  payload: SubscriptionResults;
  /** An instant, RFC 3339 in UTC. */
  timestamp: Timestamp;
  /** The wire type, `subscription_confirmed`. */
  type: 'subscription_confirmed';
}

/** What came of subscribing to one topic. */
export interface SubscriptionResult {
  /** Names one life of a topic's stream. Positions of different epochs do not compare. */
  epoch?: StreamEpoch;
  /** Why a topic was refused. */
  error?: TopicRefusal;
  /** Text for people. */
  message: HumanText;
  /**
   * Why the missed updates cannot be replayed: the stream began anew since (`epoch_changed`),
   * some are no longer kept, or they are too many to be sent at once (`out_of_retention`), or
   * the position lies in the future (`ahead_of_stream`).
   */
  reason?: RecoveryFailure;
  /** Whether exactly the missed updates follow. Only where `since` was given. */
  recovered?: RecoveredFlag;
  /** Number of an update within its epoch. The first is 1; 0 is before the first. */
  seq?: SequenceNumber;
  /** `subscribed` now, `already_subscribed` before (nothing changed), or `refused` (see `error`). */
  status: SubscriptionStatus;
  /** A topic, such as `bars:AAPL:1`. */
  topic: TopicName;
}

/** A result for each topic, in the order of the request. */
export interface SubscriptionResults {
  /** One entry for each topic of the request. */
  results: SubscriptionResult[];
}

/** `subscribed` now, `already_subscribed` before (nothing changed), or `refused` (see `error`). */
export type SubscriptionStatus = 'subscribed' | 'already_subscribed' | 'refused';

/**
 * All about one symbol. Its data span `first_time` to `last_time`, which is left out when
 * there is no end; `currency` is left out when unknown.
 */
export interface SymbolInfo {
  /** Whether prices before a split were divided by its ratio. */
  adjusted: AdjustedFlag;
  /** ISO 4217 code of a currency, or the ticker of a coin. */
  currency?: CurrencyCode;
  /** Text for people. */
  description: HumanText;
  /** Text for people. */
  exchange: HumanText;
  /**
   * Milliseconds since 1970-01-01T00:00:00Z. A bar is named by the time at which it opens; a
   * bar of a day by midnight UTC of its date.
   */
  first_time: UnixMillis;
  /** What is traded. */
  kind: InstrumentKind;
  /**
   * Milliseconds since 1970-01-01T00:00:00Z. A bar is named by the time at which it opens; a
   * bar of a day by midnight UTC of its date.
   */
  last_time?: UnixMillis;
  /** Digits after the decimal point. */
  price_decimals: DecimalPlaces;
  /** The resolutions in which its bars can be had. */
  resolutions: BarResolution[];
  /** Opening and closing time in the symbol's time zone, `HHMM-HHMM`, or `24x7`. */
  session: TradingSession;
  /** Text for people. */
  source: HumanText;
  /** Splits within the data, oldest first. */
  splits: StockSplit[];
  /** The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`. */
  symbol: TickerSymbol;
  /** A time zone of the IANA database. */
  timezone: TimezoneName;
}

/** A symbol in a list. */
export interface SymbolSummary {
  /** Text for people. */
  description: HumanText;
  /** Text for people. */
  exchange: HumanText;
  /** What is traded. */
  kind: InstrumentKind;
  /** The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`. */
  symbol: TickerSymbol;
}

/** The frame of `symbols.resolve`. */
export interface SymbolsResolveFrame {
  /** From the client to the server. */
  direction?: ClientDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id?: MsgId;
  /** Which symbol. */
  payload: SymbolsResolveRequest;
  /** An instant, RFC 3339 in UTC. */
  timestamp?: Timestamp;
  /** The wire type, `symbols.resolve`. */
  type: 'symbols.resolve';
}

/** Which symbol. */
export interface SymbolsResolveRequest {
  /** The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`. */
  symbol: TickerSymbol;
}

/** The frame of `symbols.resolve.response`. */
export interface SymbolsResolveResponseFrame {
  /** From the server to the client. */
  direction: ServerDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id: MsgId;
  /**
   * All about one symbol. Its data span `first_time` to `last_time`, which is left out when
   * there is no end; `currency` is left out when unknown.
   */
  payload: SymbolInfo;
  /** An instant, RFC 3339 in UTC. */
  timestamp: Timestamp;
  /** The wire type, `symbols.resolve.response`. */
  type: 'symbols.resolve.response';
}

/** The frame of `symbols.search`. */
export interface SymbolsSearchFrame {
  /** From the client to the server. */
  direction?: ClientDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id?: MsgId;
  /** What to look for. */
  payload: SymbolsSearchRequest;
  /** An instant, RFC 3339 in UTC. */
  timestamp?: Timestamp;
  /** The wire type, `symbols.search`. */
  type: 'symbols.search';
}

/** What to look for. */
export interface SymbolsSearchRequest {
  /** The largest number of matches to return. */
  limit?: SearchLimit;
  /** A part of a symbol or of its description. Empty finds everything. */
  query: SearchText;
}

/** The frame of `symbols.search.response`. */
export interface SymbolsSearchResponseFrame {
  /** From the server to the client. */
  direction: ServerDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id: MsgId;
  /** The matches, best first. */
  payload: SymbolsSearchResult;
  /** An instant, RFC 3339 in UTC. */
  timestamp: Timestamp;
  /** The wire type, `symbols.search.response`. */
  type: 'symbols.search.response';
}

/** The matches, best first. */
export interface SymbolsSearchResult {
  /** At most as many as asked for. */
  symbols: SymbolSummary[];
}

/** The frame of `system_alert`. */
export interface SystemAlertFrame {
  /** From the server to the client. */
  direction: ServerDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id: MsgId;
  /** A notice about the service. */
  payload: SystemAlertNotice;
  /** An instant, RFC 3339 in UTC. */
  timestamp: Timestamp;
  /** The wire type, `system_alert`. */
  type: 'system_alert';
}

/** A notice about the service. */
export interface SystemAlertNotice {
  /** The kind of the notice, for programs. */
  code: AlertCode;
  /** How much it matters. */
  level: AlertLevel;
  /** Text for people. */
  message: HumanText;
}

/** The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`. */
export type TickerSymbol = string;

/** An instant, RFC 3339 in UTC. */
export type Timestamp = string;

/** A time zone of the IANA database. */
export type TimezoneName = string;

/** The frame of `token.expiring`. */
export interface TokenExpiringFrame {
  /** From the server to the client. */
  direction: ServerDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id: MsgId;
  /** When the token expires. The duration is of use to a client whose clock is wrong. */
  payload: TokenExpiringNotice;
  /** An instant, RFC 3339 in UTC. */
  timestamp: Timestamp;
  /** The wire type, `token.expiring`. */
  type: 'token.expiring';
}

/** When the token expires. The duration is of use to a client whose clock is wrong. */
export interface TokenExpiringNotice {
  /** An instant, RFC 3339 in UTC. */
  expires_at: Timestamp;
  /** A duration in milliseconds. */
  expires_in_ms: Milliseconds;
}

/** A topic, such as `bars:AAPL:1`. */
export type TopicName = string;

/** 1 to 100 different topics. */
export type TopicNames = TopicName[];

/** Where the updates of one topic should begin. */
export interface TopicOptions_ {
  /** How many of the newest updates to replay first, as far as they are kept. */
  history?: ReplayCount;
  /** The last update that a client has seen of a topic. */
  since?: StreamPosition;
  /** A topic, such as `bars:AAPL:1`. */
  topic: TopicName;
}

/** A topic and the newest position in its stream. */
export interface TopicPosition {
  /** Names one life of a topic's stream. Positions of different epochs do not compare. */
  epoch: StreamEpoch;
  /** Number of an update within its epoch. The first is 1; 0 is before the first. */
  seq: SequenceNumber;
  /** A topic, such as `bars:AAPL:1`. */
  topic: TopicName;
}

/** Why a topic was refused. */
export interface TopicRefusal {
  /**
   * What went wrong.
   *
   * | code | meaning |
   * |---|---|
   * | `invalid_json` | not a JSON object, a duplicate key, nested too deeply, or a number out of range |
   * | `unsupported_data` | a binary frame where text was agreed on |
   * | `unknown_type` | the contract has no such `type` |
   * | `not_a_request` | a `type` that only the server sends |
   * | `invalid_frame` | the frame breaks its schema; `details` has every violation |
   * | `invalid_topic` | not a topic of this contract |
   * | `unauthenticated` | needs a valid token: there is none, or this one is not valid |
   * | `forbidden` | not permitted, or not there (deliberately alike) |
   * | `limit_exceeded` | a limit of this connection or of the server is reached |
   * | `rate_limited` | too many requests in a short time; `retry_after_ms` says when there is room again |
   * | `connection_required` | subscribing needs a WebSocket |
   * | `snapshot_required` | a change was published of what the server does not know: publish a snapshot first |
   * | `not_implemented` | nothing in this server answers this request |
   * | `topic_unavailable` | the source of the topic could not be started |
   * | `unknown_symbol` | there is no such symbol |
   * | `invalid_range` | the range of time is empty or contradicts itself |
   * | `unavailable` | the server is stopping or too busy; try again |
   * | `internal` | a fault of the server |
   */
  code: ErrorCode;
  /** Whether the same request may succeed later. */
  retryable: RetryableFlag;
}

/** The frame of `topic.reset`. */
export interface TopicResetFrame {
  /** From the server to the client. */
  direction: ServerDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id: MsgId;
  /**
   * How a topic's stream was broken, and the position from which it is whole again. For
   * `overflow`, `from` and `to` are the first and the last update that were dropped.
   */
  payload: TopicResetNotice;
  /** An instant, RFC 3339 in UTC. */
  timestamp: Timestamp;
  /** The wire type, `topic.reset`. */
  type: 'topic.reset';
}

/**
 * How a topic's stream was broken, and the position from which it is whole again. For
 * `overflow`, `from` and `to` are the first and the last update that were dropped.
 */
export interface TopicResetNotice {
  /** Names one life of a topic's stream. Positions of different epochs do not compare. */
  epoch: StreamEpoch;
  /** Number of an update within its epoch. The first is 1; 0 is before the first. */
  from?: SequenceNumber;
  /** Text for people. */
  message: HumanText;
  /**
   * `overflow`: updates were dropped for this connection. `restarted`: the stream began anew
   * in another epoch. `ended`: there are no more updates, the subscription is over. `revoked`:
   * the subscription is over, since the client's new token does not permit it any more.
   */
  reason: ResetReason;
  /** Number of an update within its epoch. The first is 1; 0 is before the first. */
  seq: SequenceNumber;
  /** Number of an update within its epoch. The first is 1; 0 is before the first. */
  to?: SequenceNumber;
  /** A topic, such as `bars:AAPL:1`. */
  topic: TopicName;
}

/** One trade. */
export interface TradeUpdate {
  /** A price in the currency of the symbol. */
  price: MarketPrice;
  /** Who took the other's offer. */
  side: AggressorSide;
  /** A number of shares, contracts or coins. */
  size: MarketQuantity;
  /** The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`. */
  symbol: TickerSymbol;
  /**
   * Milliseconds since 1970-01-01T00:00:00Z. A bar is named by the time at which it opens; a
   * bar of a day by midnight UTC of its date.
   */
  time: UnixMillis;
}

/** The frame of `trades.subscribe`. */
export interface TradesSubscribeFrame {
  /** From the client to the server. */
  direction?: ClientDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id?: MsgId;
  /** Whose trades to follow. */
  payload: TradesSubscribeRequest;
  /** An instant, RFC 3339 in UTC. */
  timestamp?: Timestamp;
  /** The wire type, `trades.subscribe`. */
  type: 'trades.subscribe';
}

/** Whose trades to follow. */
export interface TradesSubscribeRequest {
  /** How many of the newest updates to replay first, as far as they are kept. */
  history?: ReplayCount;
  /** The last update that a client has seen of a topic. */
  since?: StreamPosition;
  /** The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`. */
  symbol: TickerSymbol;
}

/** The frame of `trades.subscribe.response`. */
export interface TradesSubscribeResponseFrame {
  /** From the server to the client. */
  direction: ServerDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id: MsgId;
  /**
   * A subscription with its position. `recovered` answers a `since`: true when exactly the
   * missed updates follow; false, with a `reason`, when what follows replaces what the
   * client holds.
   */
  payload: SubscribeResult;
  /** An instant, RFC 3339 in UTC. */
  timestamp: Timestamp;
  /** The wire type, `trades.subscribe.response`. */
  type: 'trades.subscribe.response';
}

/** The frame of `trades.unsubscribe`. */
export interface TradesUnsubscribeFrame {
  /** From the client to the server. */
  direction?: ClientDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id?: MsgId;
  /** Whose trades to leave. */
  payload: TradesUnsubscribeRequest;
  /** An instant, RFC 3339 in UTC. */
  timestamp?: Timestamp;
  /** The wire type, `trades.unsubscribe`. */
  type: 'trades.unsubscribe';
}

/** Whose trades to leave. */
export interface TradesUnsubscribeRequest {
  /** The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`. */
  symbol: TickerSymbol;
}

/** The frame of `trades.unsubscribe.response`. */
export interface TradesUnsubscribeResponseFrame {
  /** From the server to the client. */
  direction: ServerDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id: MsgId;
  /** What came of leaving one topic. */
  payload: UnsubscribeResult;
  /** An instant, RFC 3339 in UTC. */
  timestamp: Timestamp;
  /** The wire type, `trades.unsubscribe.response`. */
  type: 'trades.unsubscribe.response';
}

/** The frame of `trades.update`. */
export interface TradesUpdateFrame {
  /** From the server to the client. */
  direction: ServerDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id: MsgId;
  /** One trade. */
  payload: TradeUpdate;
  /** Number of an update within its epoch. The first is 1; 0 is before the first. */
  seq: SequenceNumber;
  /** An instant, RFC 3339 in UTC. */
  timestamp: Timestamp;
  /** A topic, such as `bars:AAPL:1`. */
  topic: TopicName;
  /** The wire type, `trades.update`. */
  type: 'trades.update';
}

/** Opening and closing time in the symbol's time zone, `HHMM-HHMM`, or `24x7`. */
export type TradingSession = string;

/**
 * Milliseconds since 1970-01-01T00:00:00Z. A bar is named by the time at which it opens; a
 * bar of a day by midnight UTC of its date.
 */
export type UnixMillis = number;

/** The frame of `unsubscribe`. */
export interface UnsubscribeFrame {
  /** From the client to the server. */
  direction?: ClientDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id?: MsgId;
  /** The topics to leave. */
  payload: UnsubscribeRequest;
  /** An instant, RFC 3339 in UTC. */
  timestamp?: Timestamp;
  /** The wire type, `unsubscribe`. */
  type: 'unsubscribe';
}

/** The topics to leave. */
export interface UnsubscribeRequest {
  /** 1 to 100 different topics. */
  topics: TopicNames;
}

/** What came of leaving one topic. */
export interface UnsubscribeResult {
  /** Text for people. */
  message: HumanText;
  /** `unsubscribed` now, or `not_subscribed` before (nothing changed). */
  status: UnsubscriptionStatus;
  /** A topic, such as `bars:AAPL:1`. */
  topic: TopicName;
}

/** The frame of `unsubscription_confirmed`. */
export interface UnsubscriptionConfirmedFrame {
  /** From the server to the client. */
  direction: ServerDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id: MsgId;
  /** A result for each topic, in the order of the request. */
  payload: UnsubscriptionResults;
  /** An instant, RFC 3339 in UTC. */
  timestamp: Timestamp;
  /** The wire type, `unsubscription_confirmed`. */
  type: 'unsubscription_confirmed';
}

/** A result for each topic, in the order of the request. */
export interface UnsubscriptionResults {
  /** One entry for each topic of the request. */
  results: UnsubscribeResult[];
}

/** `unsubscribed` now, or `not_subscribed` before (nothing changed). */
export type UnsubscriptionStatus = 'unsubscribed' | 'not_subscribed';

/** The frame of `welcome`. */
export interface WelcomeFrame {
  /** From the server to the client. */
  direction: ServerDirection;
  /**
   * Names a frame: 1 to 64 visible ASCII characters, chosen by the client in a request and
   * repeated in its answer; a UUIDv7 in a push.
   */
  msg_id: MsgId;
  /** What a client should know before it asks anything. */
  payload: WelcomeNotice;
  /** An instant, RFC 3339 in UTC. */
  timestamp: Timestamp;
  /** The wire type, `welcome`. */
  type: 'welcome';
}

/** What a client should know before it asks anything. */
export interface WelcomeNotice {
  /** Names a connection, in this frame and in the server's log. */
  connection_id: ConnectionId;
  /** The contract that is served. */
  contract: ContractInfo;
  /** A duration in milliseconds. */
  heartbeat_interval_ms: Milliseconds;
  /**
   * What holds for a connection: the largest inbound frame in bytes, the number of
   * subscriptions, how many invalid frames in a row close the connection, how many requests
   * may wait for their answers at a time (further ones are read later), how many frames a
   * second may come in the long run (twice as many at once), and how many milliseconds old
   * the connection may get: then it is closed, so that connections spread over servers anew.
   */
  limits: ConnectionLimits;
  /**
   * Whom the server takes the client for. Of a user, also what its token says: its `sub`, the
   * permissions, and when it expires, where it does.
   */
  principal: PrincipalInfo;
  /** The WebSocket subprotocol that was agreed on. */
  protocol: ProtocolName;
  /** The program that serves the contract. */
  server: ServerInfo;
  /** An instant, RFC 3339 in UTC. */
  server_time: Timestamp;
}

/** The `type` of a frame. */
export type WireType = string;


/** Any frame of the server; `type` tells which. */
export type ServerFrame = 
  | PongFrame
  | StatusResponseFrame
  | SubscriptionConfirmedFrame
  | UnsubscriptionConfirmedFrame
  | AuthResponseFrame
  | AuthRefreshResponseFrame
  | TokenExpiringFrame
  | WelcomeFrame
  | ErrorFrame
  | TopicResetFrame
  | SystemAlertFrame
  | ShutdownFrame
  | BarsSubscribeResponseFrame
  | BarsUnsubscribeResponseFrame
  | BarsUpdateFrame
  | QuotesSubscribeResponseFrame
  | QuotesUnsubscribeResponseFrame
  | QuotesUpdateFrame
  | TradesSubscribeResponseFrame
  | TradesUnsubscribeResponseFrame
  | TradesUpdateFrame
  | OrderbookSubscribeResponseFrame
  | OrderbookUnsubscribeResponseFrame
  | OrderbookUpdateFrame
  | OrderbookSnapshotFrame
  | BarsHistoryResponseFrame
  | SymbolsSearchResponseFrame
  | SymbolsResolveResponseFrame;

/** Any frame of a client. */
export type ClientFrame = 
  | PingFrame
  | GetStatusFrame
  | SubscribeFrame
  | UnsubscribeFrame
  | AuthFrame
  | AuthRefreshFrame
  | BarsSubscribeFrame
  | BarsUnsubscribeFrame
  | QuotesSubscribeFrame
  | QuotesUnsubscribeFrame
  | TradesSubscribeFrame
  | TradesUnsubscribeFrame
  | OrderbookSubscribeFrame
  | OrderbookUnsubscribeFrame
  | BarsHistoryFrame
  | SymbolsSearchFrame
  | SymbolsResolveFrame;

/** What the server sends without being asked, and not for a topic: for `on`. */
export interface Pushes {
  'welcome': WelcomeFrame;
  'token.expiring': TokenExpiringFrame;
  'error': ErrorFrame;
  'topic.reset': TopicResetFrame;
  'system_alert': SystemAlertFrame;
  'shutdown': ShutdownFrame;
}

/** Payloads and results of requests: for `request`. */
export interface Requests {
  'ping': { payload: PingRequest; result: PongResponse };
  'get_status': { payload: GetStatusRequest; result: StatusReport };
  'bars.history': { payload: BarsHistoryRequest; result: BarsHistoryResult };
  'symbols.search': { payload: SymbolsSearchRequest; result: SymbolsSearchResult };
  'symbols.resolve': { payload: SymbolsResolveRequest; result: SymbolInfo };
}

/** A client of the contract. */
export interface Client extends BaseClient<Pushes, Requests> {
  /** Answered at once, with the server's clock. (A WebSocket ping works too.) */
  ping(payload?: PingRequest, options?: RequestOptions): Promise<PongResponse>;
  /** Identity, subscriptions with their positions, counters and limits. */
  getStatus(payload?: GetStatusRequest, options?: RequestOptions): Promise<StatusReport>;
  /**
   * Bars in ascending order of time: those that open in `[from, to)`, or the last `count_back`
   * before `to`. Without `to`, up to now. At most 5,000; the bar in progress is not among them.
   */
  barsHistory(payload: BarsHistoryRequest, options?: RequestOptions): Promise<BarsHistoryResult>;
  /**
   * Matches the symbol and the description, ignoring case; symbols that begin with the text
   * come first.
   */
  symbolsSearch(payload: SymbolsSearchRequest, options?: RequestOptions): Promise<SymbolsSearchResult>;
  /** Trading session, currency, precision, the resolutions and the span of the data. */
  symbolsResolve(payload: SymbolsResolveRequest, options?: RequestOptions): Promise<SymbolInfo>;
  /**
   * One update for each change of the bar in progress, and a last one with `closed: true` when
   * it ends. Bars of all resolutions come from one stream of trades, so they always agree.
   * Subscribe first, then ask `bars.history`: together they have no hole, and where they
   * overlap, the bar's `time` tells.
   */
  bars(params: Omit<BarsSubscribeRequest, 'since' | 'history'>, options?: TopicOptions): Topic<BarUpdate, BarsUpdateFrame>;
  /** One update for each change of the best bid or the best ask. */
  quotes(params: Omit<QuotesSubscribeRequest, 'since' | 'history'>, options?: TopicOptions): Topic<QuoteUpdate, QuotesUpdateFrame>;
  /** One update for each trade, in the order of execution. */
  trades(params: Omit<TradesSubscribeRequest, 'since' | 'history'>, options?: TopicOptions): Topic<TradeUpdate, TradesUpdateFrame>;
  /**
   * First a snapshot: what is wanted and what is offered at the 25 best prices of either side.
   * Then one update for each change, with the levels that have changed; applied to the snapshot
   * in the order of `seq`, they keep it equal to the server's book. A level that falls out of
   * the 25 best is removed like one that is gone. The best levels are the quote.
   */
  orderbook(params: Omit<OrderbookSubscribeRequest, 'since'>, options?: Pick<TopicOptions, 'since'>): Topic<OrderbookSnapshotFrame | OrderbookUpdateFrame, OrderbookSnapshotFrame | OrderbookUpdateFrame>;
}

/** The contract, as far as the client needs it. */
export declare const contract: ContractTable;

/** Connects to a server of this contract, such as `ws://localhost:8080/ws`, and stays connected. */
export declare function connect(url: string | URL, options?: ConnectOptions): Client;
