// Hooks for React 18 and newer. They need no provider: what they are given says which client.
//
// A fast topic does not render faster than the screen: changes of all topics wait for the next
// animation frame, and React makes one render of them. On a server nothing is subscribed to.
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { startsOver, } from './runtime.js';
const IDLE = {
    status: 'idle',
    data: undefined,
    position: undefined,
    notice: undefined,
    error: undefined,
};
export function useTopic(topic, reduction) {
    const latest = useRef(reduction);
    useEffect(() => {
        latest.current = reduction;
    });
    // The handle is new at each render; its key is the same as long as it means the same.
    const store = useMemo(() => topicStore(topic, latest), [topic?.key, reduction === undefined]);
    return useSyncExternalStore(store.subscribe, store.getSnapshot, store.getServerSnapshot);
}
/** The connection of a client: `connecting`, `open`, `waiting`, `closed`, … */
export function useConnection(client) {
    const { onChange, getSnapshot } = client.connection;
    return useSyncExternalStore(onChange, getSnapshot, () => CONNECTING);
}
/** What a server renders, and the first render in a browser. */
const CONNECTING = { state: 'connecting', attempt: 1 };
/**
 * The answer to a request, asked anew when its payload changes. `null` asks nothing.
 *
 * ```tsx
 * const { data, error, again } = useRequest(tw.barsHistory, { symbol, count_back: 100 });
 * ```
 *
 * `data` of before stays until the new one is there. A component that goes away gives its request up.
 */
export function useRequest(request, payload, options = {}) {
    const key = payload === null ? null : JSON.stringify(payload);
    const { timeout } = options;
    const [round, setRound] = useState(0);
    const [state, setState] = useState(() => ({
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
        const settle = (change) => {
            if (!abort.signal.aborted)
                setState(change);
        };
        request(JSON.parse(key), { signal: abort.signal, ...(timeout !== undefined && { timeout }) }).then((data) => settle(() => ({ status: 'done', data, error: undefined })), (error) => settle(({ data }) => ({ status: 'failed', data, error })));
        return () => abort.abort();
    }, [request, key, timeout, round]);
    const again = useCallback(() => setRound((before) => before + 1), []);
    return useMemo(() => ({ ...state, again }), [state, again]);
}
function topicStore(topic, reduction) {
    let value = reduction.current?.initial;
    const whole = (state) => reduction.current ? { ...state, value: value } : state;
    const nothing = whole(IDLE);
    // What was rendered last. It changes with the animation frame only, so that no render in between
    // sees another state than its neighbours.
    let shown = topic ? whole(topic.getSnapshot()) : nothing;
    const fold = (change) => {
        if (reduction.current)
            value = change(reduction.current);
    };
    return {
        getSnapshot: () => shown,
        getServerSnapshot: () => nothing,
        subscribe(listener) {
            if (!topic)
                return () => undefined;
            const show = () => {
                shown = whole(topic.getSnapshot());
                listener();
            };
            const leave = [
                // Before `onChange`, so that the value has the item when the state does.
                reduction.current &&
                    topic.subscribe((item) => fold(({ reduce }) => reduce(value, item)), {
                        notice: (notice) => {
                            if (startsOver(notice))
                                fold(({ initial }) => initial);
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
                for (const stop of leave)
                    if (stop)
                        stop();
            };
        },
    };
}
const waiting = new Set();
/** Calls `show` with the next animation frame, once, together with all others. */
function atNextFrame(show) {
    if (waiting.size === 0) {
        const flush = () => {
            const all = [...waiting];
            waiting.clear();
            for (const one of all)
                one();
        };
        if (typeof requestAnimationFrame === 'function')
            requestAnimationFrame(flush);
        else
            setTimeout(flush, 16);
    }
    waiting.add(show);
}
