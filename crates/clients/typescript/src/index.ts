// What a user of a client can name. tools/bundle.mjs makes one file of all modules, in this order.

export { createClient, type BaseClient, type ConnectOptions, type Counters, type FrameMap, type PayloadOf, type RequestMap, type ResultOf } from './client.ts';
export { type BackoffOptions } from './backoff.ts';
export { type Clock } from './clock.ts';
export { type ConnectionState, type TokenSource } from './connection.ts';
export { type ContractTable, type ContractTypes, type ErrorCodeOf, type Position, type Violation, type WireFrame } from './contract.ts';
export { type Observable, type Unsubscribe } from './emitter.ts';
export { ClosedError, ConnectionLostError, InvalidAnswerError, InvalidFrameError, OverflowError, RequestError, RequestTimeoutError, RevokedError, TickwireError } from './errors.ts';
export { type OfflineFrame, type OfflineOptions, type OfflineTopic } from './offline.ts';
export { type RequestOptions } from './requests.ts';
export { type SocketClass, type SocketLike } from './socket.ts';
export { startsOver, type Notice, type TopicOptions, type TopicState } from './subscription.ts';
export { type IterationOptions, type Topic, type TopicHandlers } from './topic.ts';
export { Validator } from './validate.ts';
