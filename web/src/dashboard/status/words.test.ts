import { expect, test } from 'vitest';
import type { ConnectionState } from 'tickwire';
import { staleText, stateText } from './words';
import type { Freshness } from './freshness';

const FRESH: Freshness = { fresh: true };
const STALE: Freshness = { fresh: false, since: 0 };

test.each<[connection: ConnectionState, freshness: Freshness, seconds: number | undefined, text: string]>([
  [{ state: 'open' }, FRESH, undefined, 'Connected'],
  [{ state: 'open' }, STALE, undefined, 'Connected, but nothing answers'],
  [{ state: 'connecting', attempt: 1 }, STALE, undefined, 'Connecting…'],
  [{ state: 'waiting', attempt: 3, delay: 4_000 }, STALE, 4, 'Not connected, next attempt in 4 s'],
  [{ state: 'waiting', attempt: 3, delay: 4_000 }, STALE, 0, 'Not connected, next attempt now'],
  [{ state: 'closed', code: 4401 }, STALE, undefined, 'Not connected. Not authenticated.'],
  [{ state: 'closed', error: new Error('the token is not valid') }, STALE, undefined, 'Not connected. the token is not valid'],
  [{ state: 'closed' }, STALE, undefined, 'Not connected.'],
])('%j is told', (connection, freshness, seconds, text) => expect(stateText(connection, freshness, seconds)).toBe(text));

test('only data that are there can be stale', () => {
  expect(staleText(FRESH)).toBeUndefined();
  expect(staleText({ fresh: false, since: undefined })).toBeUndefined();
  expect(staleText(STALE)).toMatch(/^stale since \d/);
});
