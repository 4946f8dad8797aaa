// The order book: a snapshot and the changes to it, and what of it is shown.
import type { BookLevel, OrderbookSnapshotFrame, OrderbookUpdateFrame } from 'tickwire';

/** Size by price. */
type Side = ReadonlyMap<number, number>;

export interface Book {
  readonly bids: Side;
  readonly asks: Side;
}

/** The book after one more frame; nothing while there has been no snapshot to change. */
export function applied(
  book: Book | undefined,
  { type, payload }: OrderbookSnapshotFrame | OrderbookUpdateFrame,
): Book | undefined {
  if (type === 'orderbook.snapshot') {
    return { bids: changed(new Map(), payload.bids), asks: changed(new Map(), payload.asks) };
  }
  if (book === undefined) return undefined;
  return { bids: changed(book.bids, payload.bids), asks: changed(book.asks, payload.asks) };
}

function changed(side: Side, levels: readonly BookLevel[]): Side {
  if (levels.length === 0) return side;
  const after = new Map(side);
  for (const { price, size } of levels) {
    if (size === 0) after.delete(price);
    else after.set(price, size);
  }
  return after;
}

/** Prices of one step together, and what is to be had up to there. */
export interface Rung {
  readonly price: number;
  readonly size: number;
  readonly total: number;
}

export interface Ladder {
  /** Best first. */
  readonly bids: readonly Rung[];
  readonly asks: readonly Rung[];
  readonly bestBid: number | undefined;
  readonly bestAsk: number | undefined;
  /** The largest size of a rung, by which bars are drawn. */
  readonly largest: number;
}

/**
 * The best `count` rungs of either side. `step` is a whole number of the smallest price difference,
 * `10^-decimals`. A bid counts for the multiple below it and an ask for the one above: what a rung
 * offers is to be had at its price or better.
 */
export function ladder(book: Book, step: number, count: number, decimals: number): Ladder {
  const bids = rungs(book.bids, 'bids', step, count, decimals);
  const asks = rungs(book.asks, 'asks', step, count, decimals);
  return {
    bids,
    asks,
    bestBid: best(book.bids.keys(), Math.max),
    bestAsk: best(book.asks.keys(), Math.min),
    largest: Math.max(0, ...bids.map(({ size }) => size), ...asks.map(({ size }) => size)),
  };
}

function rungs(side: Side, name: 'bids' | 'asks', step: number, count: number, decimals: number): Rung[] {
  // In whole ticks: sums of 0.1 would not meet again.
  const ticks = 10 ** decimals;
  const round = name === 'bids' ? Math.floor : Math.ceil;
  const sizes = new Map<number, number>();
  for (const [price, size] of side) {
    const rung = round(Math.round(price * ticks) / step) * step;
    sizes.set(rung, (sizes.get(rung) ?? 0) + size);
  }
  const sorted = [...sizes].sort(([a], [b]) => (name === 'bids' ? b - a : a - b)).slice(0, count);
  let total = 0;
  return sorted.map(([rung, size]) => ({ price: rung / ticks, size, total: (total += size) }));
}

const best = (prices: Iterable<number>, choose: (...prices: number[]) => number): number | undefined => {
  const all = [...prices];
  return all.length === 0 ? undefined : choose(...all);
};

/** The steps that can be chosen, in smallest price differences. */
export const STEPS: readonly number[] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];

/** The largest step by which either side of the book still fills `count` rungs, as far as it can be seen. */
export function suitableStep(book: Book, count: number, decimals: number): number {
  const fills = (step: number) =>
    (['bids', 'asks'] as const).every((name) => rungs(book[name], name, step, count, decimals).length >= count);
  return STEPS.findLast(fills) ?? 1;
}
