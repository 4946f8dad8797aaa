// Plays a contract without a server, for demonstrations and for the time before there is one: it
// answers requests and fills topics from the contract's examples, or from functions of the user.

import type { Clock } from './clock.ts';
import { isObject, type ContractTable, type FamilyEntry, type WireFrame } from './contract.ts';
import type { Unsubscribe } from './emitter.ts';
import { topicName } from './topic.ts';

/** What is played, and when. */
export interface OfflineOptions {
  /**
   * `until_open`: from the first attempt to connect that fails until one succeeds. `always`: no
   * connection is made. Default `until_open`.
   */
  readonly when?: 'until_open' | 'always';
  /** Milliseconds between two updates of a topic. Default 1000. */
  readonly interval?: number;
  /** The next frame of a topic, or nothing for now; `n` counts from 0. Instead of the examples. */
  readonly update?: (topic: OfflineTopic, n: number) => OfflineFrame | undefined;
  /** The payload of the answer to a request. `undefined` means the example's. */
  readonly answer?: (type: string, payload: unknown) => unknown;
}

/** A topic that is played. */
export interface OfflineTopic {
  readonly name: string;
  /** The name of its family. */
  readonly family: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A frame that is played: an update, unless its wire type says otherwise. */
export interface OfflineFrame {
  readonly type?: string;
  readonly payload: unknown;
}

interface Playing {
  readonly topic: OfflineTopic;
  readonly family: FamilyEntry;
  seq: number;
  n: number;
  stop: Unsubscribe;
}

const EPOCH = 'offline';

/** Stands in for a server. */
export class Offline {
  readonly #contract: ContractTable;
  readonly #options: OfflineOptions;
  readonly #clock: Clock;
  readonly #receive: (frame: WireFrame) => void;
  readonly #playing = new Map<string, Playing>();
  #stopped = false;

  constructor(contract: ContractTable, options: OfflineOptions, clock: Clock, receive: (frame: WireFrame) => void) {
    this.#contract = contract;
    this.#options = options;
    this.#clock = clock;
    this.#receive = receive;
  }

  /** Takes a frame of the client. The answer comes in a later turn, as from a socket. */
  readonly link = (text: string): void => {
    const frame = JSON.parse(text) as WireFrame;
    queueMicrotask(() => {
      if (!this.#stopped) void this.#answer(frame);
    });
  };

  stop(): void {
    this.#stopped = true;
    for (const playing of this.#playing.values()) playing.stop();
    this.#playing.clear();
  }

  async #answer(request: WireFrame): Promise<void> {
    const payload = isObject(request.payload) ? request.payload : {};
    const families = Object.values(this.#contract.families);
    const joined = families.find((family) => family.subscribe === request.type);
    const left = families.find((family) => family.unsubscribe === request.type);
    const topics = Array.isArray(payload['topics']) ? (payload['topics'] as string[]) : [];
    if (joined) this.#reply(request, `${request.type}.response`, this.#join(topicName(joined, payload)));
    else if (left) this.#reply(request, `${request.type}.response`, this.#leave(topicName(left, payload)));
    else if (request.type === 'subscribe') {
      this.#reply(request, 'subscription_confirmed', { results: topics.map((topic) => this.#join(topic)) });
    } else if (request.type === 'unsubscribe') {
      this.#reply(request, 'unsubscription_confirmed', { results: topics.map((topic) => this.#leave(topic)) });
    } else {
      const own = await this.#options.answer?.(request.type, request.payload);
      const example = own === undefined ? this.#example(request) : own;
      if (example !== undefined) this.#reply(request, this.#replyType(request.type), example);
      else this.#reply(request, 'error', unavailable(request.type));
    }
  }

  #replyType(type: string): string {
    return Object.values(this.#contract.requests).find((entry) => entry.type === type)?.reply ?? `${type}.response`;
  }

  /** The answer of the example that asks the same, or else the first one. */
  #example(request: WireFrame): unknown {
    const asked = this.#contract.messages[request.type]?.examples ?? [];
    const answers = this.#contract.messages[this.#replyType(request.type)]?.examples ?? [];
    const same = asked.find((example) => JSON.stringify(example.payload) === JSON.stringify(request.payload));
    return (answers.find((answer) => same && answer.msg_id === same.msg_id) ?? answers[0])?.payload;
  }

  #join(name: string): unknown {
    const found = this.#topic(name);
    if (!found) {
      const error = { code: 'invalid_topic', retryable: false };
      return { topic: name, status: 'refused', message: 'no such topic', error };
    }
    let playing = this.#playing.get(name);
    const status = playing ? 'already_subscribed' : 'subscribed';
    if (!playing) {
      playing = { ...found, seq: 0, n: 0, stop: () => undefined };
      this.#playing.set(name, playing);
      this.#next(playing, 0);
    }
    return { topic: name, status, message: 'played offline', epoch: EPOCH, seq: playing.seq };
  }

  #leave(name: string): unknown {
    const playing = this.#playing.get(name);
    playing?.stop();
    this.#playing.delete(name);
    return { topic: name, status: playing ? 'unsubscribed' : 'not_subscribed', message: 'played offline' };
  }

  #next(playing: Playing, delay: number): void {
    playing.stop = this.#clock.after(delay, () => {
      const { topic, family } = playing;
      const frame = this.#options.update
        ? this.#options.update(topic, playing.n)
        : this.#played(topic, family, playing.n);
      playing.n += 1;
      if (frame) {
        const seq = (playing.seq += 1);
        this.#send({ type: family.update, ...frame, topic: topic.name, seq, msg_id: `${topic.name}/${seq}` });
      }
      this.#next(playing, this.#options.interval ?? 1000);
    });
  }

  /** The examples of a family in turn, a snapshot first, with the topic's own parameters. */
  #played(topic: OfflineTopic, family: FamilyEntry, n: number): OfflineFrame | undefined {
    const examples = (type: string | undefined): readonly WireFrame[] =>
      (type === undefined ? undefined : this.#contract.messages[type])?.examples ?? [];
    const snapshots = examples(family.snapshot).slice(0, 1);
    const updates = examples(family.update);
    const example = snapshots[n] ?? updates[(n - snapshots.length) % updates.length];
    if (!example) return undefined;
    const payload = isObject(example.payload) ? { ...example.payload } : example.payload;
    if (isObject(payload)) {
      for (const [name, value] of Object.entries(topic.params)) {
        if (typeof payload[name] === typeof value) payload[name] = value;
      }
    }
    return { type: example.type, payload };
  }

  #topic(name: string): { topic: OfflineTopic; family: FamilyEntry } | undefined {
    for (const family of Object.values(this.#contract.families)) {
      const names: string[] = [];
      const source = family.pattern
        .split(/\{([^}]+)\}/)
        .map((part, index) => (index % 2 ? (names.push(part), '([^:]+)') : literal(part)))
        .join('');
      const values = new RegExp(`^${source}$`).exec(name);
      if (!values) continue;
      const params = Object.fromEntries(names.map((parameter, index) => [parameter, values[index + 1]]));
      return { family, topic: { name, family: family.name, params } };
    }
    return undefined;
  }

  #reply(request: WireFrame, type: string, payload: unknown): void {
    this.#send({ type, payload, ...(request.msg_id !== undefined && { msg_id: request.msg_id }) });
  }

  #send(frame: WireFrame): void {
    if (this.#stopped) return;
    const stamp = { direction: 's2c', timestamp: new Date().toISOString() };
    this.#receive({ ...frame, ...stamp } as WireFrame);
  }
}

function unavailable(type: string): unknown {
  const message = `${type} has no example to be played`;
  return { severity: 'system_error', code: 'unavailable', message, request_type: type, retryable: false, details: [] };
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
