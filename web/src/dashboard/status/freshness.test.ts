import { expect, test } from 'vitest';
import type { ConnectionState } from 'tickwire';
import { freshness, PING_EVERY, SILENCE } from './freshness';

const NOW = 100_000;

test.each<[what: string, connection: ConnectionState['state'], heardAt: number | undefined, isFresh: boolean]>([
  ['frames come', 'open', NOW, true],
  ['a quiet market, whose server answers', 'open', NOW - PING_EVERY - 500, true],
  ['silence', 'open', NOW - SILENCE, false],
  // The page was hidden, or the machine asleep.
  ['a long silence', 'open', NOW - 90_000, false],
  ['a lost connection', 'waiting', NOW, false],
  ['another attempt', 'connecting', NOW, false],
  ['the end', 'closed', NOW, false],
  ['the beginning', 'connecting', undefined, false],
])('%s', (_, connection, heardAt, isFresh) => {
  expect(freshness(connection, heardAt, NOW)).toEqual(isFresh ? { fresh: true } : { fresh: false, since: heardAt });
});
