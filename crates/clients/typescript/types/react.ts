// Type tests of the hooks.

import type { Client } from 'client';
import { useConnection, useRequest, useTopic } from 'client/react';

export function Component(tw: Client): string {
  const bar = useTopic(tw.bars({ symbol: 'AAPL' }));
  const nothing = useTopic(null);
  const volume = useTopic(tw.trades({ symbol: 'AAPL' }), { initial: 0, reduce: (sum, trade) => sum + trade.size });
  const past = useRequest(tw.barsHistory, { symbol: 'AAPL', count_back: 5 });
  // @ts-expect-error a symbol is a string
  useRequest(tw.barsHistory, { symbol: 1 });
  // @ts-expect-error there may be no data yet
  bar.data.close;
  if (past.status === 'done') past.data.bars.length.toFixed();
  // @ts-expect-error without a reduction there is no value
  nothing.value.toFixed();
  const { state } = useConnection(tw);
  return [bar.data?.close, volume.value.toFixed(), state].join();
}
