import { expect, test } from 'vitest';
import { freshness, PATIENCE, type Signs } from './freshness';

const NOW = 100_000;

test.each<[what: string, signs: Signs, since: number | undefined | 'fresh']>([
  ['frames come', { connection: 'open', heardAt: NOW - 10, askedAt: undefined }, 'fresh'],
  ['a quiet market, and a ping that was answered', { connection: 'open', heardAt: NOW - 60_000, askedAt: undefined }, 'fresh'],
  ['a ping on its way', { connection: 'open', heardAt: NOW - 60_000, askedAt: NOW - PATIENCE + 1 }, 'fresh'],
  ['a ping without an answer', { connection: 'open', heardAt: NOW - 60_000, askedAt: NOW - PATIENCE }, NOW - 60_000],
  ['a ping without an answer, but others come', { connection: 'open', heardAt: NOW - 10, askedAt: NOW - PATIENCE }, 'fresh'],
  ['a lost connection', { connection: 'waiting', heardAt: NOW - 10, askedAt: undefined }, NOW - 10],
  ['another attempt', { connection: 'connecting', heardAt: NOW - 10, askedAt: undefined }, NOW - 10],
  ['the end', { connection: 'closed', heardAt: NOW - 10, askedAt: undefined }, NOW - 10],
  ['the beginning', { connection: 'connecting', heardAt: undefined, askedAt: undefined }, undefined],
])('%s', (_, signs, since) => {
  expect(freshness(signs, NOW)).toEqual(since === 'fresh' ? { fresh: true } : { fresh: false, since });
});
