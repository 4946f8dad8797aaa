// All topics of a client: who shares which, and keeping them across connections.

import { Backoff, type BackoffOptions } from './backoff.ts';
import type { Clock } from './clock.ts';
import {
  batchSize,
  type ContractTable,
  type ErrorPayload,
  isObject,
  type Position,
  type ResetPayload,
  type SubscribeAnswer,
  type WireFrame,
} from './contract.ts';
import type { Unsubscribe } from './emitter.ts';
import { InvalidFrameError, RequestError, RevokedError } from './errors.ts';
import { bytes, type Exchange } from './requests.ts';
import { Subscription, type Target } from './subscription.ts';

/** What is counted of topics. */
export interface TopicCounters {
  gaps: number;
  duplicates: number;
}

/** The topics of a client. */
export class Subscriptions {
  readonly counters: TopicCounters = { gaps: 0, duplicates: 0 };
  readonly #contract: ContractTable;
  readonly #requests: Exchange;
  readonly #clock: Clock;
  readonly #backoff: BackoffOptions | undefined;
  readonly #batch: number;
  readonly #topics = new Map<string, Subscription>();
  readonly #retries = new WeakMap<Subscription, Backoff>();
  /** What goes out next: topics to leave, and then topics to ask for. */
  readonly #leaving = new Map<string, Target>();
  readonly #joining = new Set<Subscription>();
  #open = false;
  #planned = false;

  constructor(contract: ContractTable, requests: Exchange, clock: Clock, backoff?: BackoffOptions) {
    this.#contract = contract;
    this.#requests = requests;
    this.#clock = clock;
    this.#backoff = backoff;
    this.#batch = batchSize(contract);
  }

  /** The subscription of a topic, if there is one. */
  find(topic: string): Subscription | undefined {
    return this.#topics.get(topic);
  }

  /**
   * Subscribes, or shares the subscription that there is. `enter` adds what it wants to the
   * subscription; what it answers takes that back, and with the last one the subscription ends.
   */
  join(
    target: Target,
    item: (frame: WireFrame) => unknown,
    enter: (subscription: Subscription) => Unsubscribe,
  ): Unsubscribe {
    let subscription = this.#topics.get(target.topic);
    if (!subscription) {
      subscription = new Subscription(target, item);
      this.#topics.set(target.topic, subscription);
      this.#want(subscription);
    } else if (!subscription.empty && subscription.stage === 'live' && this.#needsState(subscription)) {
      // A late one needs the state that the changes change, so all get it anew.
      this.#anew(subscription, false);
    }
    const joined = subscription;
    const leave = enter(joined);
    return () => {
      leave();
      // In the next turn, since who leaves may come back at once, as React's strict mode does.
      if (joined.empty) queueMicrotask(() => this.#abandon(joined));
    };
  }

  /** A connection is open: everything is asked for, from where it was. */
  opened(): void {
    this.#open = true;
    for (const subscription of this.#topics.values()) this.#want(subscription);
    this.#flush();
  }

  /** The connection is lost. */
  lost(): void {
    this.#open = false;
    this.#leaving.clear();
    this.#joining.clear();
    for (const subscription of this.#topics.values()) subscription.interrupt();
  }

  /** Another server takes over: positions mean nothing to it, and what is held is not its. */
  forget(message: string): void {
    for (const subscription of this.#topics.values()) {
      subscription.forget();
      subscription.notify({ type: 'notice', notice: 'reset', reason: 'restarted', message });
    }
  }

  closed(error: Error | undefined): void {
    this.#open = false;
    const subscriptions = [...this.#topics.values()];
    this.#topics.clear();
    for (const subscription of subscriptions) subscription.end('ended', error);
  }

  /** An update or a snapshot; one that is not `valid` has been seen, and is not given to anybody. */
  received(frame: WireFrame & { topic: string; seq: number }, snapshot: boolean, valid: boolean): void {
    const subscription = this.#topics.get(frame.topic);
    if (!subscription) return;
    switch (subscription.receive(frame.seq, snapshot)) {
      case 'deliver':
        if (valid) subscription.deliver(frame);
        break;
      case 'duplicate':
        this.counters.duplicates += 1;
        break;
      case 'gap':
        this.counters.gaps += 1;
        this.#anew(subscription, true);
        break;
      case 'ignore':
        break;
    }
  }

  /** `topic.reset` */
  reset(payload: ResetPayload): void {
    const subscription = this.#topics.get(payload.topic);
    if (subscription?.stage !== 'live') return;
    const { reason, message, from, to } = payload;
    if (reason === 'ended' || reason === 'revoked') {
      this.#topics.delete(payload.topic);
      if (reason === 'ended') subscription.end('ended');
      else subscription.end('refused', new RevokedError(message));
      return;
    }
    const range = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
    subscription.reset(payload, { type: 'notice', notice: 'reset', reason, message, ...range });
  }

  #needsState(subscription: Subscription): boolean {
    return subscription.target.family.delivery === 'delta' && subscription.position !== undefined;
  }

  /** Leaves the topic and asks for it again: from where it was, or from the beginning. */
  #anew(subscription: Subscription, resume: boolean): void {
    if (!resume) subscription.forget();
    this.#leaving.set(subscription.target.topic, subscription.target);
    this.#want(subscription);
  }

  #want(subscription: Subscription): void {
    subscription.cancel();
    subscription.stage = 'waiting';
    if (!this.#open) return;
    this.#joining.add(subscription);
    this.#plan();
  }

  #abandon(subscription: Subscription): void {
    const { topic } = subscription.target;
    if (!subscription.empty || this.#topics.get(topic) !== subscription) return;
    this.#topics.delete(topic);
    subscription.cancel();
    this.#joining.delete(subscription);
    if (!this.#open || (subscription.stage !== 'asked' && subscription.stage !== 'live')) return;
    subscription.stage = 'over';
    this.#leaving.set(topic, subscription.target);
    this.#plan();
  }

  /** What is wanted within one turn goes out together. */
  #plan(): void {
    if (this.#planned) return;
    this.#planned = true;
    queueMicrotask(() => {
      this.#planned = false;
      if (this.#open) this.#flush();
    });
  }

  #flush(): void {
    const leaving = [...this.#leaving.values()];
    const joining = [...this.#joining];
    this.#leaving.clear();
    this.#joining.clear();
    this.#unsubscribe(leaving);
    this.#subscribe(joining);
  }

  #unsubscribe(targets: Target[]): void {
    // Whatever the answer, nobody waits for it.
    const ignore = (): void => undefined;
    if (targets.length > 1 && this.#contract.messages['unsubscribe']) {
      for (const chunk of this.#chunks(targets, (target) => target.topic)) {
        this.#requests.ask('unsubscribe', { topics: chunk.map((target) => target.topic) }, ignore);
      }
    } else {
      for (const { family, params } of targets) this.#requests.ask(family.unsubscribe, params, ignore);
    }
  }

  #subscribe(subscriptions: Subscription[]): void {
    if (subscriptions.length > 1 && this.#contract.messages['subscribe']) {
      for (const chunk of this.#chunks(subscriptions, (one) => [one.target.topic, entry(one)])) {
        this.#subscribeBatch(chunk);
      }
    } else {
      for (const subscription of subscriptions) this.#subscribeOne(subscription);
    }
  }

  #subscribeOne(subscription: Subscription): void {
    const { family, params } = subscription.target;
    const current = this.#asking(subscription);
    this.#requests.ask(family.subscribe, { ...params, ...wishes(subscription) }, (error, frame) => {
      if (!current()) return;
      if (error) this.#failed(subscription, error);
      else this.#answered(subscription, frame?.payload as SubscribeAnswer);
    });
  }

  #subscribeBatch(subscriptions: Subscription[]): void {
    const current = new Map(subscriptions.map((one) => [one, this.#asking(one)]));
    const topics = subscriptions.map((one) => one.target.topic);
    const options = subscriptions.map(entry).filter((one) => one !== undefined);
    const payload = { topics, ...(options.length > 0 && { options }) };
    this.#requests.ask('subscribe', payload, (error, frame) => {
      const answers = new Map(resultsOf(frame).map((answer) => [answer.topic, answer]));
      for (const subscription of subscriptions) {
        if (!current.get(subscription)?.()) continue;
        const answer = answers.get(subscription.target.topic);
        if (answer) this.#answered(subscription, answer);
        else this.#failed(subscription, error ?? new Error('the answer leaves the topic out'));
      }
    });
  }

  /** Notes that a topic is asked for; the answer says whether that is still the last question. */
  #asking(subscription: Subscription): () => boolean {
    subscription.stage = 'asked';
    const asked = ++subscription.asked;
    return () => subscription.stage === 'asked' && subscription.asked === asked;
  }

  #answered(subscription: Subscription, answer: SubscribeAnswer): void {
    if (answer.status === 'refused') {
      const { code, retryable } = answer.error ?? { code: 'forbidden' as ErrorPayload['code'], retryable: false };
      this.#failed(subscription, refusal(code, answer.message, retryable));
      return;
    }
    this.#retries.delete(subscription);
    const resumed = answer.recovered === true;
    subscription.live(answer.epoch, answer.seq, resumed);
    if (answer.recovered === false) {
      const reason = answer.reason ?? 'epoch_changed';
      subscription.notify({ type: 'notice', notice: 'not_recovered', reason });
    }
  }

  #failed(subscription: Subscription, error: Error): void {
    const final = error instanceof InvalidFrameError || (error instanceof RequestError && !error.retryable);
    if (final) {
      this.#topics.delete(subscription.target.topic);
      subscription.end('refused', error);
      return;
    }
    // After a lost connection everything is asked for anyway, once there is another one.
    if (!this.#open) return;
    let backoff = this.#retries.get(subscription);
    if (!backoff) this.#retries.set(subscription, (backoff = new Backoff(this.#clock, this.#backoff)));
    const told = error instanceof RequestError ? error.retryAfter : undefined;
    const delay = backoff.next('reconnect', told);
    subscription.stage = 'paused';
    subscription.cancel = this.#clock.after(delay, () => this.#want(subscription));
    subscription.notify({ type: 'notice', notice: 'retrying', delay, error });
  }

  /** Lists of as many as one frame may have, by number and by size. */
  *#chunks<Item>(items: readonly Item[], written: (item: Item) => unknown): Generator<Item[]> {
    // What surrounds the topics in a frame takes less than this.
    const room = this.#requests.maxFrameBytes - 200;
    let chunk: Item[] = [];
    let size = 0;
    for (const item of items) {
      const more = bytes(JSON.stringify(written(item)) ?? '') + 2;
      if (chunk.length > 0 && (chunk.length >= this.#batch || size + more > room)) {
        yield chunk;
        chunk = [];
        size = 0;
      }
      chunk.push(item);
      size += more;
    }
    if (chunk.length > 0) yield chunk;
  }
}

/** What a subscribe says beside the topic. */
function wishes(subscription: Subscription): { since?: Position; history?: number } {
  const { position, target } = subscription;
  const history = target.options.history;
  return { ...(position && { since: position }), ...(history !== undefined && { history }) };
}

/** The same as an entry of `options` of a batch. */
function entry(subscription: Subscription): { topic: string } | undefined {
  const wished = wishes(subscription);
  return Object.keys(wished).length > 0 ? { topic: subscription.target.topic, ...wished } : undefined;
}

function resultsOf(frame: WireFrame | undefined): SubscribeAnswer[] {
  const results = isObject(frame?.payload) ? frame.payload['results'] : undefined;
  return Array.isArray(results) ? (results as SubscribeAnswer[]) : [];
}

/** A refusal that came without an `error` frame of its own. */
function refusal(code: ErrorPayload['code'], message: string, retryable: boolean): RequestError {
  return new RequestError({ severity: 'business_logic_error', code, message, retryable, details: [] });
}
