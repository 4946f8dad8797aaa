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
export const SUBPROTOCOL = 'tickwire.v1.json';

/** The class to use: the one that was given, or else the platform's. */
export function socketClass(given: SocketClass | undefined): SocketClass {
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
export function handshakeStatus(event: unknown): number | undefined {
  const message = (event as { message?: unknown }).message;
  const status = typeof message === 'string' ? /Unexpected server response: (\d{3})/.exec(message) : null;
  return status ? Number(status[1]) : undefined;
}

/** The address of the WebSocket: `http` means `ws`, and in a browser a path is enough. */
export function socketAddress(url: string | URL): string {
  const base = (globalThis as { location?: { href: string } }).location?.href;
  const address = new URL(url, base);
  if (address.protocol === 'http:') address.protocol = 'ws:';
  if (address.protocol === 'https:') address.protocol = 'wss:';
  return address.href;
}
