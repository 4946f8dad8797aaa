// Hooks for React 18 and newer. They need no provider: what they are given says which client.
//
// A fast topic does not render faster than the screen: changes of all topics wait for the next
// animation frame, and React makes one render of them. On a server nothing is subscribed to.

import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import {
  startsOver,
  type ConnectionState,
  type Notice,
  type Observable,
  type RequestOptions,
  type Topic,
  type TopicState,
} from './index.ts';

const IDLE: TopicState<never> = {
  status: 'idle',
  data: undefined,
  position: undefined,
  notice: undefined,
  error: undefined,
};

/** Gathers all items of a topic into one value. */
export interface Reduction<Item, Value> {
  /** Before the first item, and again after a notice that what was received does not count any more. */
  readonly initial: Value;
  /** The value with one more item. May not change the old one. */
  readonly reduce: (value: Value, item: Item) => Value;
}

/**
 * The state of a topic, subscribed to while the component is there. `null` is no topic.
 *
 * ```tsx
 * const { data: bar, status } = useTopic(tw.bars({ symbol, resolution: '1' }));
 * ```
 *
 * The topic may be made anew at each render. Updates between two frames of the screen are not seen,
 * but for the last; to have them all, reduce them:
 *
 * ```tsx
 * const { value: trades } = useTopic(tw.trades({ symbol }), LAST_TWENTY);
 * ```
 */
export function useTopic<Item>(topic: Topic<Item, any> | null | undefined): TopicState<Item>;
export function useTopic<Item, Value>(
  topic: Topic<Item, any> | null | undefined,
  reduction: Reduction<Item, Value>,
): TopicState<Item> & { readonly value: Value };
export function useTopic<Item, Value>(
  topic: Topic<Item, any> | null | undefined,
  reduction?: Reduction<Item, Value>,
): TopicState<Item> & { readonly value?: Value } {
  const latest = useRef(reduction);
  useEffect(() => {
    latest.current = reduction;
  });
  // The handle is new at each render; its key is the same as long as it means the same.
  const store = useMemo(() => topicStore(topic, latest), [topic?.key, reduction === undefined]);
  return useSyncExternalStore(store.subscribe, store.getSnapshot, store.getServerSnapshot);
}

/** The connection of a client: `connecting`, `open`, `waiting`, `closed`, … */
export function useConnection(client: { readonly connection: Observable<ConnectionState> }): ConnectionState {
  const { onChange, getSnapshot } = client.connection;
  return useSyncExternalStore(onChange, getSnapshot, () => CONNECTING);
}

/** What a server renders, and the first render in a browser. */
const CONNECTING: ConnectionState = { state: 'connecting', attempt: 1 };

/** How far a request is. */
export type RequestState<Result> =
  | { readonly status: 'idle' | 'pending'; readonly data: Result | undefined; readonly error: undefined }
  | { readonly status: 'done'; readonly data: Result; readonly error: undefined }
  | { readonly status: 'failed'; readonly data: Result | undefined; readonly error: Error };

/**
 * The answer to a request, asked anew when its payload changes. `null` asks nothing.
 *
 * ```tsx
 * const { data, error, again } = useRequest(tw.barsHistory, { symbol, count_back: 100 });
 * ```
 *
 * `data` of before stays until the new one is there. A component that goes away gives its request up.
 */
export function useRequest<Payload, Result>(
  request: (payload: Payload, options?: RequestOptions) => Promise<Result>,
  payload: Payload | null,
  options: { readonly timeout?: number } = {},
): RequestState<Result> & { readonly again: () => void } {
  const key = payload === null ? null : JSON.stringify(payload);
  const { timeout } = options;
  const [round, setRound] = useState(0);
  const [state, setState] = useState<RequestState<Result>>(() => ({
    status: key === null ? 'idle' : 'pending',
    data: undefined,
    error: undefined,
  }));
  useEffect(() => {
    if (key === null) {
      setState({ status: 'idle', data: undefined, error: undefined });
      return undefined;
    }
    const abort = new AbortController();
    setState(({ data }) => ({ status: 'pending', data, error: undefined }));
    const settle = (change: (before: RequestState<Result>) => RequestState<Result>): void => {
      if (!abort.signal.aborted) setState(change);
    };
    request(JSON.parse(key) as Payload, { signal: abort.signal, ...(timeout !== undefined && { timeout }) }).then(
      (data) => settle(() => ({ status: 'done', data, error: undefined })),
      (error: Error) => settle(({ data }) => ({ status: 'failed', data, error })),
    );
    return () => abort.abort();
  }, [request, key, timeout, round]);
  const again = useCallback(() => setRound((before) => before + 1), []);
  return useMemo(() => ({ ...state, again }), [state, again]);
}

/** A store as `useSyncExternalStore` wants it. */
interface Store<Value> {
  subscribe(listener: () => void): () => void;
  getSnapshot(): Value;
  getServerSnapshot(): Value;
}

function topicStore<Item, Value>(
  topic: Topic<Item, any> | null | undefined,
  reduction: { readonly current: Reduction<Item, Value> | undefined },
): Store<TopicState<Item> & { readonly value?: Value }> {
  type Snapshot = TopicState<Item> & { readonly value?: Value };
  let value = reduction.current?.initial;
  const whole = (state: TopicState<Item>): Snapshot =>
    reduction.current ? { ...state, value: value as Value } : state;
  const nothing = whole(IDLE);
  // What was rendered last. It changes with the animation frame only, so that no render in between
  // sees another state than its neighbours.
  let shown = topic ? whole(topic.getSnapshot()) : nothing;
  const fold = (change: (reduction: Reduction<Item, Value>) => Value): void => {
    if (reduction.current) value = change(reduction.current);
  };
  return {
    getSnapshot: () => shown,
    getServerSnapshot: () => nothing,
    subscribe(listener) {
      if (!topic) return () => undefined;
      const show = (): void => {
        shown = whole(topic.getSnapshot());
        listener();
      };
      const leave = [
        // Before `onChange`, so that the value has the item when the state does.
        reduction.current &&
          topic.subscribe((item: Item) => fold(({ reduce }) => reduce(value as Value, item)), {
            notice: (notice: Notice) => {
              if (startsOver(notice)) fold(({ initial }) => initial);
            },
            // The state tells it.
            end: () => undefined,
          }),
        topic.onChange(() => atNextFrame(show)),
      ];
      // What has changed since the render, the status at least.
      atNextFrame(show);
      return () => {
        waiting.delete(show);
        for (const stop of leave) if (stop) stop();
      };
    },
  };
}

const waiting = new Set<() => void>();

/** Calls `show` with the next animation frame, once, together with all others. */
function atNextFrame(show: () => void): void {
  if (waiting.size === 0) {
    const flush = (): void => {
      const all = [...waiting];
      waiting.clear();
      for (const one of all) one();
    };
    if (typeof requestAnimationFrame === 'function') requestAnimationFrame(flush);
    else setTimeout(flush, 16);
  }
  waiting.add(show);
}
