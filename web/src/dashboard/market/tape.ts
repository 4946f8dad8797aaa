// The newest trades, newest first.
import type { TradeUpdate } from 'tickwire';

export interface Print extends TradeUpdate {
  /** Counts the trades that were seen, for React. */
  readonly number: number;
}

/** So many are kept and shown. */
export const TAPE = 60;

export const printed = (tape: readonly Print[], trade: TradeUpdate): readonly Print[] => [
  { ...trade, number: (tape[0]?.number ?? 0) + 1 },
  ...tape.slice(0, TAPE - 1),
];
