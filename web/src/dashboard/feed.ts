// Topics and symbols, as the parts of the page watch them.
import type { BarUpdate, RequestOptions, SymbolInfo, Topic, TopicState } from 'tickwire';
import { useConnection, useRequest, useTopic, type Reduction, type RequestState } from 'tickwire/react';
import { useEffect } from 'react';
import { useSession } from './session';
import type { Kind } from './status/delivery';
import { changeOf, followed, type Change, type Day } from './market/day';

/** The state of a topic, and its losses for the status. Rendered at most once per frame of the screen. */
export function useFeed<Item, Value>(
  topic: Topic<Item, any> | null,
  kind: Kind,
  reduction: Reduction<Item, Value>,
): TopicState<Item> & { readonly value: Value } {
  const { delivery } = useSession();
  useEffect(() => (topic === null ? undefined : delivery.follow(topic, kind)), [delivery, topic?.key, kind]);
  return useTopic(topic, reduction);
}

/** An answer, asked for again when the connection that it was lost with is back. */
export function useAnswer<Payload, Result>(
  request: (payload: Payload, options?: RequestOptions) => Promise<Result>,
  payload: Payload | null,
): RequestState<Result> & { readonly again: () => void } {
  const { state } = useConnection(useSession().client);
  const answer = useRequest(request, payload);
  const { error, again } = answer;
  // A refusal would be the same again.
  const isLost = error !== undefined && !('kind' in error && (error.kind === 'error' || error.kind === 'invalid'));
  useEffect(() => {
    if (state === 'open' && isLost) again();
  }, [state, isLost, again]);
  return answer;
}

/** All about a symbol. What is not a symbol fails like one that is not there. */
export function useSymbol(symbol: string | undefined): RequestState<SymbolInfo> & { again: () => void } {
  return useAnswer(useSession().client.symbolsResolve, symbol === undefined ? null : { symbol });
}

const DAY: Reduction<BarUpdate, Day | undefined> = { initial: undefined, reduce: followed };

/** Last price and change of a symbol that is known to be there. */
export function useChange(symbol: string | null): Change & { bar: BarUpdate | undefined } {
  const { client } = useSession();
  const topic = symbol === null ? null : client.bars({ symbol, resolution: 'D' });
  const { value: day, notice, status } = useFeed(topic, 'latest', DAY);
  const payload = symbol === null ? null : { symbol, resolution: 'D' as const, count_back: 2 };
  const { data, again } = useAnswer(client.barsHistory, payload);
  // The market has begun anew, or days may have ended while nobody was listening.
  useEffect(() => {
    if (status === 'live' && notice !== undefined) again();
  }, [status, notice, again]);
  return { ...changeOf(day, data?.bars ?? []), bar: day?.bar };
}
