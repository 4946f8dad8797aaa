// The connection in words.
import type { ConnectionState } from 'tickwire';
import { explain } from '../../shared/close-codes';
import { timeOfDay } from '../market/format';
import type { Freshness } from './freshness';

/** `seconds` are left until the next attempt. */
export function stateText(connection: ConnectionState, freshness: Freshness, seconds: number | undefined): string {
  switch (connection.state) {
    case 'open':
      return freshness.fresh ? 'Connected' : 'Connected, but nothing answers';
    case 'waiting':
      return `Not connected, next attempt ${seconds === undefined || seconds < 1 ? 'now' : `in ${seconds} s`}`;
    case 'closed':
      return `Not connected. ${connection.code === undefined ? (connection.error?.message ?? '') : explain(connection.code, true).meaning}`.trim();
    case 'idle':
    case 'connecting':
    case 'offline':
      return 'Connecting…';
  }
}

/** What stands beside data that are not as of now; nothing where there are none yet. */
export function staleText(freshness: Freshness): string | undefined {
  if (freshness.fresh || freshness.since === undefined) return undefined;
  return `stale since ${timeOfDay(freshness.since)}`;
}
