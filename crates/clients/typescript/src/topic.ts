// A topic as the user has it: a callback, an async iterator, or an observable state.

import type { FamilyEntry, WireFrame } from './contract.ts';
import { isObject } from './contract.ts';
import type { Observable, Unsubscribe } from './emitter.ts';
import { InvalidFrameError, OverflowError } from './errors.ts';
import { Stream } from './stream.ts';
import { IDLE, type Notice, type Subscription, type Target, type TopicState } from './subscription.ts';

/** What a callback may hear beside the items. */
export interface TopicHandlers {
  /** The stream was broken, or the topic is refused for now. */
  readonly notice?: (notice: Notice) => void;
  /**
   * The subscription is over: the topic has ended, or the client was closed; or, with an error, the
   * server refused it or closed for good. Without this handler such an error goes to `onError`.
   */
  readonly end?: (error: Error | undefined) => void;
}

/** How an iterator is read. */
export interface IterationOptions {
  /** At most so many wait for the loop, 1024 by default. */
  readonly buffer?: number;
}

/**
 * A topic. Nothing is sent until somebody subscribes, in one of three ways; all who do share one
 * subscription, which ends with the last of them.
 *
 * An item is the payload of an update. In families whose updates are changes (`delivery: delta`) it
 * is the whole frame, whose `type` tells a snapshot, which replaces the state, from a change.
 */
export interface Topic<Item, Frame extends WireFrame = WireFrame>
  extends AsyncIterable<Item, undefined>, Observable<TopicState<Item>> {
  /** As it is on the wire, such as `bars:AAPL:1`. */
  readonly name: string;
  /** The same for topics of the same client that are subscribed to alike, another one for others. */
  readonly key: string;
  /** What is known of it while somebody is subscribed. The same object until it changes. */
  readonly state: TopicState<Item>;
  /** Calls `update` with each item. */
  subscribe(update: (item: Item, frame: Frame) => void, handlers?: TopicHandlers): Unsubscribe;
  /** Subscribes, and calls `listener` after each change of `state`. */
  onChange(listener: () => void): Unsubscribe;
  /** Frames and notices in their order; `type` tells them apart. A `break` ends the subscription. */
  events(options?: IterationOptions): AsyncIterableIterator<Frame | Notice, undefined>;
  /** Items, as `for await (const item of topic)` has them, with a buffer of another size. */
  items(options?: IterationOptions): AsyncIterableIterator<Item, undefined>;
}

/** What a topic needs of its client. */
export interface TopicHost {
  /** Tells clients of one program apart. */
  readonly id: number;
  join(target: Target, item: ItemOf, enter: (subscription: Subscription) => Unsubscribe): Unsubscribe;
  find(topic: string): Subscription | undefined;
  failed(error: unknown): void;
}

/** Turns a frame into an item. */
export type ItemOf = (frame: WireFrame) => unknown;

const BUFFER = 1024;

/** Makes a topic of a family. Its parameters have been checked. */
export function topicOf(host: TopicHost, target: Target): Topic<unknown> {
  const { family, topic: name } = target;
  const item: ItemOf = family.snapshot === undefined ? (frame) => frame.payload : (frame) => frame;
  // What this handle has seen end stays visible: nobody shares it any more.
  let over: Subscription | undefined;

  const enter = (act: (subscription: Subscription) => Unsubscribe): Unsubscribe => {
    let joined: Subscription | undefined;
    return host.join(target, item, (subscription) => {
      joined = subscription;
      const leave = act(subscription);
      return () => {
        over = joined?.stage === 'over' ? joined : undefined;
        leave();
      };
    });
  };

  const stream = <Value>(
    options: IterationOptions,
    value: (frame: WireFrame) => Value,
    notice?: (notice: Notice) => Value,
  ): Stream<Value> => {
    const size = options.buffer ?? BUFFER;
    let leave: Unsubscribe = () => undefined;
    const values = new Stream<Value>({
      size,
      full: family.delivery === 'latest' ? 'keep_newest' : () => new OverflowError(name, size),
      done: () => leave(),
    });
    leave = enter((subscription) =>
      subscription.listen({
        update: (frame) => values.push(value(frame), keyOf(family, frame)),
        ...(notice && { notice: (told: Notice) => values.push(notice(told)) }),
        end: (error) => values.end(error),
      }),
    );
    return values;
  };

  const getSnapshot = (): TopicState<unknown> => {
    const current = host.find(name);
    if (current) over = undefined;
    return (current ?? over)?.state ?? IDLE;
  };

  return {
    name,
    key: JSON.stringify([host.id, name, target.options]),
    get state() {
      return getSnapshot();
    },
    getSnapshot,
    onChange: (listener) =>
      enter((subscription) =>
        subscription.watch(() => {
          if (subscription.stage === 'over') over = subscription;
          listener();
        }),
      ),
    subscribe: (update, { notice, end } = {}) =>
      enter((subscription) =>
        subscription.listen({
          update: (frame) => update(item(frame), frame),
          ...(notice && { notice }),
          end: end ?? ((error) => error && host.failed(error)),
        }),
      ),
    events: (options = {}) => stream<WireFrame | Notice>(options, (frame) => frame, (notice) => notice),
    items: (options = {}) => stream(options, item),
    [Symbol.asyncIterator]: () => stream({}, item),
  };
}

/** What an update replaces, in class `latest`. */
function keyOf(family: FamilyEntry, frame: WireFrame): string {
  const parts = family.key?.split('/').slice(1) ?? [];
  const names = parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  return JSON.stringify(at(frame.payload, names)) ?? '';
}

/** The topic that a family's parameters name. */
export function topicName(family: FamilyEntry, params: unknown): string {
  const values = new Map<string, string>();
  for (const { name, path, default: fallback } of family.parameters) {
    const value = at(params, path) ?? fallback;
    if (typeof value !== 'string') {
      const details = [{ pointer: `/payload/${path.join('/')}`, message: `a topic of ${family.name} needs it` }];
      throw new InvalidFrameError(`${family.subscribe} does not satisfy the contract`, details);
    }
    values.set(name, value);
  }
  return family.pattern.replace(/\{([^}]+)\}/g, (_, name: string) => values.get(name) ?? '');
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), value);
}
