// Type tests of the built-in contract's client: what has to compile, and what must not. They are
// compiled against the package, the single `.ts`, and the single `.js` with its `.d.ts`.

import { connect, RequestError, type Client, type ContractTypes, type ServerFrame, type TopicState } from 'client';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Equal<A, B>): void => undefined;

export async function calls(tw: Client): Promise<void> {
  const bars = tw.bars({ symbol: 'AAPL', resolution: '1' }, { history: 5 });
  for await (const bar of bars) same<typeof bar.close, number>(true);
  bars.subscribe((bar, frame) => {
    const wire: 'bars.update' = frame.type;
    return [wire, frame.seq + bar.close];
  });
  const leave: () => void = bars.onChange(() => bars.state.data?.closed);
  leave();
  for await (const change of tw.orderbook({ symbol: 'AAPL' })) {
    if (change.type === 'orderbook.snapshot') same<typeof change.type, 'orderbook.snapshot'>(true);
    else same<typeof change.type, 'orderbook.update'>(true);
  }
  for await (const event of tw.trades({ symbol: 'AAPL' }).events()) {
    if (event.type === 'notice') event.notice satisfies 'reset' | 'not_recovered' | 'retrying';
    else event.payload.side satisfies 'buy' | 'sell';
  }
  const { bars: past } = await tw.barsHistory({ symbol: 'AAPL' }, { timeout: 1, signal: AbortSignal.timeout(1) });
  same<(typeof past)[number]['open'], number>(true);
  await tw.ping();
  (await tw.request('symbols.search', { query: 'a' })).symbols.length satisfies number;
  tw.on('system_alert', ({ level }) => level satisfies 'info' | 'warning' | 'critical');
  const { state } = tw.connection;
  if (state.state === 'waiting') state.delay.toFixed();
  await tw[Symbol.asyncDispose]();
}

export async function wrong(tw: Client): Promise<void> {
  // @ts-expect-error a resolution that there is not
  tw.bars({ symbol: 'AAPL', resolution: '7' });
  // @ts-expect-error the symbol is missing
  tw.bars({ resolution: '1' });
  // @ts-expect-error undefined is not the same as missing
  tw.bars({ symbol: 'AAPL', resolution: undefined });
  // @ts-expect-error a parameter that there is not
  tw.trades({ symbol: 'AAPL', side: 'buy' });
  // @ts-expect-error the position is an option
  tw.trades({ symbol: 'AAPL', since: { epoch: 'a', seq: 1 } });
  // @ts-expect-error an order book has no history
  tw.orderbook({ symbol: 'AAPL' }, { history: 5 });
  // @ts-expect-error a time is a number
  await tw.barsHistory({ symbol: 'AAPL', from: 'monday' });
  // @ts-expect-error there is no such field
  (await tw.barsHistory({ symbol: 'AAPL' })).bar;
  // @ts-expect-error there is no such request
  await tw.request('bars.histroy', { symbol: 'AAPL' });
  // @ts-expect-error there is no such push
  tw.on('system_alarm', () => undefined);
  // @ts-expect-error a state is not written to
  tw.bars({ symbol: 'AAPL' }).state.data = undefined;
  // @ts-expect-error there may be no data yet
  tw.bars({ symbol: 'AAPL' }).state.data.close;
  // @ts-expect-error there is no such family
  tw.bar({ symbol: 'AAPL' });
  // @ts-expect-error a token is a string
  connect('ws://localhost/ws', { token: () => 1 });
}

/** A frame narrows on its `type`. */
export function narrows(frame: ServerFrame): number {
  switch (frame.type) {
    case 'bars.update':
      return frame.payload.close + frame.seq;
    case 'error':
      return frame.payload.retry_after_ms ?? 0;
    // @ts-expect-error a frame that there is not
    case 'news.update':
      return 0;
    default:
      // @ts-expect-error not every frame has a topic
      return frame.seq;
  }
}

/** Errors know the contract's codes. */
export function codes(error: unknown): boolean {
  same<ContractTypes['errorCode'] extends string ? true : false, true>(true);
  if (!(error instanceof RequestError)) return false;
  // @ts-expect-error a code that there is not
  return error.code === 'forbiden' || error.code === 'forbidden';
}

export const nothing: TopicState<never>['status'] = 'idle';
