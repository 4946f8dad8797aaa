// Whether what is on the page is as of now. It is not without a connection, nor with one that nothing
// comes through any more: a network that is gone does not say so.
import type { ConnectionState } from 'tickwire';

/** So long a ping may go without an answer, in milliseconds. */
export const PATIENCE = 4_000;

export type Freshness =
  | { readonly fresh: true }
  /** `since`: when the last frame came, on the wall clock; nothing has come yet where it is missing. */
  | { readonly fresh: false; readonly since: number | undefined };

export interface Signs {
  readonly connection: ConnectionState['state'];
  /** When the last frame came. */
  readonly heardAt: number | undefined;
  /** When the ping was sent that has no answer yet. */
  readonly askedAt: number | undefined;
}

export function freshness({ connection, heardAt, askedAt }: Signs, now: number): Freshness {
  if (connection !== 'open') return { fresh: false, since: heardAt };
  const isAnswered = askedAt === undefined || (heardAt !== undefined && heardAt > askedAt);
  return isAnswered || now - askedAt < PATIENCE ? { fresh: true } : { fresh: false, since: heardAt };
}
