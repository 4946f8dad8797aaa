import { expect, test } from 'vitest';
import { api } from '../testing/contracts';
import { index, search } from './search-index';

const hits = index(api('tickwire'));
const first = (query: string) => search(hits, query, 1)[0];

test.each([
  ['bars.history', 'operation', 'bars.history'],
  ['barsHistory', 'operation', 'bars.history'],
  ['BARS hist', 'operation', 'bars.history'],
  ['bars.history.response', 'message', 'bars.history.response'],
  ['TickerSymbol', 'schema', 'TickerSymbol'],
  ['closed bars', 'operation', 'bars.history'],
  ['count_back', 'schema', 'BarsHistoryRequest'],
])('%s finds the %s %s', (query, kind, name) => {
  expect(first(query)).toMatchObject({ kind, name });
});

test.each(['', '   ', 'xyzzy', 'bars xyzzy'])('%j finds nothing', (query) => {
  expect(search(hits, query, 10)).toEqual([]);
});

test('everything can be found by its name', () => {
  for (const hit of hits) expect(search(hits, hit.name, hits.length), hit.name).toContain(hit);
});
