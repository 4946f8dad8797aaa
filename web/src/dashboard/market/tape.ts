// The newest trades, newest first.
import type { TradeUpdate } from 'tickwire';

/** So many are kept and shown. */
export const TAPE = 60;

export const printed = (tape: readonly TradeUpdate[], trade: TradeUpdate): readonly TradeUpdate[] => [
  trade,
  ...tape.slice(0, TAPE - 1),
];
