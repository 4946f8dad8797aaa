// What the WebSocket has brought, counted: how many frames, and when the last one.
import type { SocketClass } from 'tickwire';

export class Traffic {
  /** Frames since the page was opened. */
  frames = 0;
  /** When the last one came, on the wall clock; nothing before the first. */
  heardAt: number | undefined;

  heard(): void {
    this.frames += 1;
    this.heardAt = Date.now();
  }
}

/** The browser's WebSocket, for the client; each frame is counted. */
export function countingSocket(traffic: Traffic): SocketClass {
  return class extends WebSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols);
      this.addEventListener('message', () => traffic.heard());
    }
  };
}
