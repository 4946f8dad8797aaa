import { expect, test } from 'vitest';
import { added, beside, keep, kept, MOST_SYMBOLS, moved, removed, SYMBOL } from './symbols';

const LIST = ['A', 'B', 'C'];

test('each symbol is there once, and no more than fit', () => {
  expect(added(LIST, 'D')).toEqual(['A', 'B', 'C', 'D']);
  expect(added(LIST, 'B')).toBe(LIST);
  const full = Array.from({ length: MOST_SYMBOLS }, (_, index) => `S${index}`);
  expect(added(full, 'D')).toBe(full);
  expect(removed(LIST, 'B')).toEqual(['A', 'C']);
});

test.each<[symbol: string, by: number, after: string[]]>([
  ['A', 1, ['B', 'A', 'C']],
  ['C', -2, ['C', 'A', 'B']],
  ['A', -1, LIST],
  ['C', 1, LIST],
  ['X', 1, LIST],
])('%s moved by %i', (symbol, by, after) => expect(moved(LIST, symbol, by)).toEqual(after));

test.each<[symbol: string, by: number, neighbour: string]>([
  ['B', 1, 'C'],
  ['B', -1, 'A'],
  ['C', 1, 'C'],
  ['X', 1, 'A'],
])('beside %s by %i is %s', (symbol, by, neighbour) => expect(beside(LIST, symbol, by)).toBe(neighbour));

test('what was kept comes back', () => {
  const stored = new Map<string, string>();
  keep(() => ({ setItem: (key, value) => void stored.set(key, value) }), LIST);
  expect(kept(() => ({ getItem: (key) => stored.get(key) ?? null }))).toEqual(LIST);
});

test.each<[text: string | null, symbols: string[] | undefined]>([
  [null, undefined],
  ['{', undefined],
  ['{"A": 1}', undefined],
  ['[]', []],
  ['["A", 1, "a b", "<img>", "A", "BRK.B"]', ['A', 'BRK.B']],
])('what was kept as %s', (text, symbols) => expect(kept(() => ({ getItem: () => text }))).toEqual(symbols));

test('a browser that forbids storage has an empty one', () => {
  const forbidden = () => {
    throw new Error('SecurityError');
  };
  expect(kept(forbidden)).toBeUndefined();
  expect(() => keep(forbidden, LIST)).not.toThrow();
});

test('symbols are as in the contract', () => {
  for (const symbol of ['AAPL', 'BRK.B', 'BTC-USD', '9988']) expect(symbol).toMatch(SYMBOL);
  for (const none of ['', 'aapl', '.A', 'A B', 'A'.repeat(33)]) expect(none).not.toMatch(SYMBOL);
});
