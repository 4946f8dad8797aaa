// Close codes in words, and what a client should do: the table of docs/protocol.md.

export interface Explanation {
  meaning: string;
  advice: string;
}

const CODES: Record<number, [meaning: string, advice: string]> = {
  1000: ['Done.', 'Nothing: it was asked for.'],
  1001: ['The other side went away.', 'Reconnect, resume.'],
  1002: ['WebSocket protocol error.', 'Stop, fix the WebSocket.'],
  1005: ['Closed without a code.', 'Reconnect, resume.'],
  1006: ['Lost without a close: the network, or the server is gone.', 'Reconnect, resume.'],
  1007: ['Text was not UTF-8.', 'Stop, fix.'],
  1009: ['A message was too large.', 'Stop, send less: see max_frame_bytes.'],
  1011: ['A fault of the server.', 'Reconnect after a while, resume.'],
  1012: ['The server is restarting.', 'Reconnect with jitter, resume.'],
  4400: ['Too many invalid frames in a row.', 'Stop, fix the frames.'],
  4401: ['Not authenticated.', 'Stop; connect again with a valid token.'],
  4403: ['Forbidden.', 'Stop: this principal may not.'],
  4406: ['No subprotocol in common.', 'Stop, offer one that the server speaks.'],
  4408: ['Nothing was heard from the client for too long.', 'Reconnect, resume.'],
  4410: ['The connection reached its maximum age.', 'Reconnect with jitter, resume: nothing is wrong.'],
  4429: ['Too many requests.', 'Wait at least a second, reconnect, resume; ask less often.'],
  4430: ['Too many connections.', 'Wait at least a second, and longer each time; reconnect.'],
  4440: ['The token expired.', 'Get a new one, reconnect, resume.'],
  4450: ['The client reads too slowly.', 'Reconnect at once, resume; subscribe to less if it happens again.'],
};

/** What a close means. `opened`: whether there was a connection at all. */
export function explain(code: number, opened: boolean): Explanation {
  if (!opened && code === 1006) {
    return { meaning: 'No connection came about.', advice: 'Is the server running? A browser is not told more.' };
  }
  const [meaning, advice] = CODES[code] ?? ['A code that this page does not know.', 'See the documentation of the server.'];
  return { meaning, advice };
}
