import { type ConnectionState, type Observable, type RequestOptions, type Topic, type TopicState } from './runtime.js';
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
export declare function useTopic<Item>(topic: Topic<Item, any> | null | undefined): TopicState<Item>;
export declare function useTopic<Item, Value>(topic: Topic<Item, any> | null | undefined, reduction: Reduction<Item, Value>): TopicState<Item> & {
    readonly value: Value;
};
/** The connection of a client: `connecting`, `open`, `waiting`, `closed`, … */
export declare function useConnection(client: {
    readonly connection: Observable<ConnectionState>;
}): ConnectionState;
/** How far a request is. */
export type RequestState<Result> = {
    readonly status: 'idle' | 'pending';
    readonly data: Result | undefined;
    readonly error: undefined;
} | {
    readonly status: 'done';
    readonly data: Result;
    readonly error: undefined;
} | {
    readonly status: 'failed';
    readonly data: Result | undefined;
    readonly error: Error;
};
/**
 * The answer to a request, asked anew when its payload changes. `null` asks nothing.
 *
 * ```tsx
 * const { data, error, again } = useRequest(tw.barsHistory, { symbol, count_back: 100 });
 * ```
 *
 * `data` of before stays until the new one is there. A component that goes away gives its request up.
 */
export declare function useRequest<Payload, Result>(request: (payload: Payload, options?: RequestOptions) => Promise<Result>, payload: Payload | null, options?: {
    readonly timeout?: number;
}): RequestState<Result> & {
    readonly again: () => void;
};
