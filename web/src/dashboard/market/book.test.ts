import { expect, test } from 'vitest';
import type { OrderbookSnapshotFrame, OrderbookUpdateFrame } from 'tickwire';
import { applied, ladder, suitableStep, type Book } from './book';

type Levels = [price: number, size: number][];
const frame = (type: string, bids: Levels, asks: Levels) =>
  ({
    type,
    payload: {
      symbol: 'AAPL',
      time: 0,
      bids: bids.map(([price, size]) => ({ price, size })),
      asks: asks.map(([price, size]) => ({ price, size })),
    },
  }) as unknown as OrderbookSnapshotFrame | OrderbookUpdateFrame;
const snapshot = (bids: Levels, asks: Levels) => frame('orderbook.snapshot', bids, asks);
const update = (bids: Levels, asks: Levels) => frame('orderbook.update', bids, asks);
const bookOf = (bids: Levels, asks: Levels) => applied(undefined, snapshot(bids, asks)) as Book;

test('changes replace, add and remove levels, and leave the book before as it was', () => {
  const before = bookOf([[10, 5], [9, 7]], [[11, 3]]);
  const after = applied(before, update([[9, 8], [10, 0], [8, 1]], [])) as Book;
  expect([...after.bids]).toEqual([[9, 8], [8, 1]]);
  expect([...after.asks]).toEqual([[11, 3]]);
  expect([...before.bids]).toEqual([[10, 5], [9, 7]]);
});

test('a snapshot replaces everything, and a change without one is nothing', () => {
  expect(applied(undefined, update([[10, 5]], []))).toBeUndefined();
  const after = applied(bookOf([[10, 5]], [[11, 3]]), snapshot([[7, 1]], [])) as Book;
  expect([...after.bids]).toEqual([[7, 1]]);
  expect(after.asks.size).toBe(0);
});

test.each<[step: number, bids: Levels, asks: Levels]>([
  [1, [[10.04, 1], [10.03, 2], [10.01, 4]], [[10.06, 8], [10.07, 16]]],
  // A bid counts for the price below it, an ask for the one above.
  [5, [[10, 7]], [[10.1, 24]]],
  [10, [[10, 7]], [[10.1, 24]]],
  [100, [[10, 7]], [[11, 24]]],
])('rungs of %i ticks', (step, bids, asks) => {
  const book = bookOf([[10.03, 2], [10.04, 1], [10.01, 4]], [[10.07, 16], [10.06, 8]]);
  const { bids: low, asks: high } = ladder(book, step, 12, 2);
  expect(low.map(({ price, size }) => [price, size])).toEqual(bids);
  expect(high.map(({ price, size }) => [price, size])).toEqual(asks);
});

test('the best come first, no more than are wanted, with what is to be had up to there', () => {
  const book = bookOf([[1, 5], [3, 1], [2, 3]], [[4, 2], [5, 9]]);
  const shown = ladder(book, 1, 2, 0);
  expect(shown.bids).toEqual([{ price: 3, size: 1, total: 1 }, { price: 2, size: 3, total: 4 }]);
  expect(shown.largest).toBe(9);
  expect([shown.bestBid, shown.bestAsk]).toEqual([3, 4]);
});

test('a price that is no exact binary fraction meets its own rung', () => {
  // 0.1 + 0.2, and what a server makes of it.
  const book = bookOf([[0.1 + 0.2, 1], [0.3, 2]], []);
  expect(ladder(book, 1, 12, 2).bids).toEqual([{ price: 0.3, size: 3, total: 3 }]);
});

test('an empty side has no best, and no bars', () => {
  const shown = ladder(bookOf([], []), 1, 12, 2);
  expect([shown.bids, shown.asks, shown.bestBid, shown.bestAsk, shown.largest]).toEqual([[], [], undefined, undefined, 0]);
});

test('the step is the largest by which both sides fill their rungs', () => {
  const side = (from: number, by: number, count: number): Levels =>
    Array.from({ length: count }, (_, index) => [from + index * by, 1]);
  expect(suitableStep(bookOf(side(99.99, -0.01, 24), side(100.01, 0.01, 24)), 12, 2)).toBe(2);
  expect(suitableStep(bookOf(side(99.99, -0.1, 24), side(100.01, 0.1, 24)), 12, 2)).toBe(20);
  // A thin book is shown as it is.
  expect(suitableStep(bookOf(side(99.99, -0.01, 3), side(100.01, 0.01, 24)), 12, 2)).toBe(1);
});
