// One topic, as all its subscribers share it: position, state, and who listens.

import type { FamilyEntry, Position, RecoveryReason, WireFrame } from './contract.ts';
import { Emitter, guarded, type Unsubscribe } from './emitter.ts';

/** What a subscriber must know beside the updates. */
export type Notice =
  /** The stream was broken; the subscription goes on. `restarted`: it began anew, what is held is over. */
  | {
      readonly type: 'notice';
      readonly notice: 'reset';
      readonly reason: 'overflow' | 'restarted';
      readonly message: string;
      /** With `overflow`, the first and the last update that are missing. */
      readonly from?: number;
      readonly to?: number;
    }
  /** The updates that were missed cannot be had: what is held has a hole, start over. */
  | { readonly type: 'notice'; readonly notice: 'not_recovered'; readonly reason: RecoveryReason | 'gap' }
  /** The topic is refused for now; the client asks again after `delay` milliseconds. */
  | { readonly type: 'notice'; readonly notice: 'retrying'; readonly delay: number; readonly error: Error };

/** Whether a notice says that what was received before does not count any more. */
export function startsOver(notice: Notice): boolean {
  return notice.notice === 'not_recovered' || (notice.notice === 'reset' && notice.reason === 'restarted');
}

/**
 * What is known of a topic.
 *
 * - `idle`: nobody is subscribed
 * - `subscribing`: asked for, or waiting for a connection for the first time
 * - `live`: updates come
 * - `stale`: the connection is lost, `data` may be old
 * - `ended`: the topic has ended, or the client is closed; `error` says why, if that was not asked for
 * - `refused`: the server said no, see `error`
 */
export interface TopicState<Item> {
  readonly status: 'idle' | 'subscribing' | 'live' | 'stale' | 'ended' | 'refused';
  /** The newest item. */
  readonly data: Item | undefined;
  /** Where to resume from, see the option `since`. */
  readonly position: Position | undefined;
  /** The newest notice. */
  readonly notice: Notice | undefined;
  readonly error: Error | undefined;
}

/** A topic that nobody is subscribed to. */
export const IDLE: TopicState<never> = {
  status: 'idle',
  data: undefined,
  position: undefined,
  notice: undefined,
  error: undefined,
};

/** Who listens to a topic. */
export interface TopicListener {
  update(frame: WireFrame): void;
  notice?(notice: Notice): void;
  /** Over: ended or closed, or with an error. Called once, and nothing after it. */
  end?(error: Error | undefined): void;
}

/** Where the updates should begin. */
export interface TopicOptions {
  /** So many of the newest updates come first, as far as they are kept. */
  readonly history?: number;
  /** Resume from a position, such as that of `state.position` from before a reload. */
  readonly since?: Position;
}

/** What identifies a topic, and how to ask for it. */
export interface Target {
  readonly topic: string;
  readonly family: FamilyEntry;
  readonly params: Readonly<Record<string, unknown>>;
  readonly options: TopicOptions;
}

/** How far a subscription is: to be asked for, asked for, live, asked again later, over. */
export type Stage = 'waiting' | 'asked' | 'live' | 'paused' | 'over';

/** What to do with a frame of a topic. */
export type Reception = 'deliver' | 'duplicate' | 'gap' | 'ignore';

/** One topic on the wire. */
export class Subscription {
  readonly target: Target;
  /** Turns a frame into what subscribers get. */
  readonly #item: (frame: WireFrame) => unknown;
  readonly #listeners = new Set<TopicListener>();
  readonly #changed = new Emitter<[]>();
  state: TopicState<unknown> = { ...IDLE, status: 'subscribing' };
  stage: Stage = 'waiting';
  /** Counts what was asked, so that a late answer to an earlier question is told apart. */
  asked = 0;
  /** Takes back what is planned: another attempt. */
  cancel: Unsubscribe = () => undefined;
  #epoch: string | undefined;
  #seq: number | undefined;
  #repairing = false;

  constructor(target: Target, item: (frame: WireFrame) => unknown) {
    this.target = target;
    this.#item = item;
    this.#epoch = target.options.since?.epoch;
    this.#seq = target.options.since?.seq;
  }

  get empty(): boolean {
    return this.#listeners.size === 0 && this.#changed.size === 0;
  }

  /** Where to resume from. */
  get position(): Position | undefined {
    if (this.#epoch === undefined || this.#seq === undefined) return undefined;
    return { epoch: this.#epoch, seq: this.#seq };
  }

  listen(listener: TopicListener): Unsubscribe {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  watch(changed: () => void): Unsubscribe {
    return this.#changed.add(changed);
  }

  /** What is held does not count any more: the next subscribe begins without a position. */
  forget(): void {
    this.#epoch = this.#seq = undefined;
  }

  /** The server has subscribed us; the updates of before, if `resumed`, follow. */
  live(epoch: string | undefined, seq: number | undefined, resumed: boolean): void {
    const { family, options } = this.target;
    this.stage = 'live';
    this.#epoch = epoch;
    if (!resumed) {
      // What comes first is a snapshot or history, of which the first `seq` is not known.
      const open = family.delivery === 'delta' || (options.history ?? 0) > 0;
      this.#seq = open ? undefined : seq;
    }
    this.#set({ status: 'live', error: undefined, position: this.position });
  }

  /** What a frame of this `seq` is, after the position. */
  receive(seq: number, snapshot: boolean): Reception {
    if (this.stage !== 'live') return 'ignore';
    const last = this.#seq;
    if (last !== undefined && seq <= last) return 'duplicate';
    // In class `latest` a step above 1 is conflation; a snapshot stands for all before it.
    const gapless = this.target.family.delivery !== 'latest' && !snapshot;
    if (gapless && last !== undefined && seq > last + 1) {
      if (!this.#repairing) {
        this.#repairing = true;
        return 'gap';
      }
      this.notify({ type: 'notice', notice: 'not_recovered', reason: 'gap' });
    }
    this.#repairing = false;
    this.#seq = seq;
    return 'deliver';
  }

  deliver(frame: WireFrame): void {
    this.#set({ data: this.#item(frame), position: this.position });
    for (const listener of [...this.#listeners]) {
      if (this.#listeners.has(listener)) guarded(() => listener.update(frame));
    }
  }

  /** The stream is whole again from this position on. */
  reset(position: Position, notice: Notice & { notice: 'reset' }): void {
    this.#epoch = position.epoch;
    const restarted = notice.reason === 'restarted';
    this.#seq = restarted && this.target.family.delivery === 'delta' ? undefined : position.seq;
    this.notify(notice);
  }

  notify(notice: Notice): void {
    this.#set({ notice });
    for (const listener of [...this.#listeners]) guarded(() => listener.notice?.(notice));
  }

  /** The connection is lost. */
  interrupt(): void {
    this.cancel();
    this.stage = 'waiting';
    if (this.state.status === 'live') this.#set({ status: 'stale' });
  }

  end(status: 'ended' | 'refused', error?: Error): void {
    this.cancel();
    this.stage = 'over';
    this.#set({ status, error });
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) guarded(() => listener.end?.(error));
  }

  #set(change: Partial<TopicState<unknown>>): void {
    this.state = { ...this.state, ...change };
    this.#changed.emit();
  }
}
