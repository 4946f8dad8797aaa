// Whether what is on the page is as of now. It is not without a connection, nor with one that nothing
// comes through any more: a network that is gone does not say so.
import type { ConnectionState } from 'tickwire';

/** How often the server is pinged, in milliseconds: the market may be quiet, the server is not. */
export const PING_EVERY = 3_000;

/** After so long without a frame there is nobody, or nothing gets through. */
export const SILENCE = 6_000;

export type Freshness =
  | { readonly fresh: true }
  /** `since`: when the last frame came, on the wall clock; nothing has come yet where it is missing. */
  | { readonly fresh: false; readonly since: number | undefined };

/** `heardAt`: when the last frame came. */
export function freshness(connection: ConnectionState['state'], heardAt: number | undefined, now: number): Freshness {
  const isHeard = heardAt !== undefined && now - heardAt < SILENCE;
  return connection === 'open' && isHeard ? { fresh: true } : { fresh: false, since: heardAt };
}
