// What can go wrong, one class each. `kind` tells them apart where `instanceof` cannot, as across
// two copies of this module.

import type { ContractTypes, ErrorCodeOf, ErrorPayload, Violation } from './contract.ts';

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
