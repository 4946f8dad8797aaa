// The frames of the connection, newest last. Bounded in number and in size: on a fast topic the
// oldest make room.
import type { Frame } from './encoding';
import { SlowSignal } from '../../shared/signal';

export interface Entry {
  /** Counts all frames of the page. */
  number: number;
  /** Milliseconds since 1970. */
  time: number;
  direction: 'in' | 'out';
  type: string;
  topic: string;
  seq: number | undefined;
  bytes: number;
  text: string;
}

/** What is looked for; empty means any. */
export interface Filter {
  type: string;
  topic: string;
}

/** Of the frames' texts, which is most of what they take. */
const MAX_CHARACTERS = 8 * 1024 * 1024;
const MAX_ENTRIES = 5_000;
/** Four times a second is as much as a reader follows, and little for the page. */
const INTERVAL_MS = 250;

export class FrameLog {
  readonly signal = new SlowSignal(INTERVAL_MS);
  /** How many frames there were, in all. */
  total = 0;
  #entries: Entry[] = [];
  #characters = 0;
  readonly #types = new Map<string, number>();
  readonly #topics = new Map<string, number>();
  readonly #max: { entries: number; characters: number };

  constructor(max = { entries: MAX_ENTRIES, characters: MAX_CHARACTERS }) {
    this.#max = max;
  }

  push(direction: Entry['direction'], { text, value, bytes }: Frame): void {
    this.total += 1;
    const topic = typeof value.topic === 'string' ? value.topic : topicIn(value.payload);
    const entry: Entry = {
      number: this.total,
      time: Date.now(),
      direction,
      type: typeof value.type === 'string' ? value.type : '?',
      topic,
      seq: typeof value.seq === 'number' ? value.seq : undefined,
      bytes,
      text,
    };
    this.#entries.push(entry);
    this.#count(entry, 1);
    let gone = 0;
    while (
      this.#entries.length - gone > this.#max.entries ||
      (this.#characters > this.#max.characters && this.#entries.length - gone > 1)
    ) {
      this.#count(this.#entries[gone] as Entry, -1);
      gone += 1;
    }
    if (gone > 0) this.#entries.splice(0, gone);
    this.signal.changed();
  }

  clear(): void {
    this.#entries = [];
    this.#characters = 0;
    this.#types.clear();
    this.#topics.clear();
    this.signal.notify();
  }

  /** Those that match, newest first, at most `limit`. */
  newest(filter: Filter, limit: number): Entry[] {
    const found: Entry[] = [];
    for (let at = this.#entries.length - 1; at >= 0 && found.length < limit; at -= 1) {
      const entry = this.#entries[at] as Entry;
      if (matches(entry, filter)) found.push(entry);
    }
    return found;
  }

  /** How many of those that are kept match. */
  matching({ type, topic }: Filter): number {
    if (type === '' && topic === '') return this.#entries.length;
    if (topic === '') return this.#types.get(type) ?? 0;
    if (type === '') return this.#topics.get(topic) ?? 0;
    return this.#entries.filter((entry) => matches(entry, { type, topic })).length;
  }

  /** All that match, oldest first, as JSON lines. */
  lines(filter: Filter): string {
    return this.#entries
      .filter((entry) => matches(entry, filter))
      .map(({ text }) => `${text}\n`)
      .join('');
  }

  get kept(): number {
    return this.#entries.length;
  }

  /** The types of the frames that are kept. */
  get types(): string[] {
    return [...this.#types.keys()].sort();
  }

  get topics(): string[] {
    return [...this.#topics.keys()].sort();
  }

  #count({ type, topic, text }: Entry, by: 1 | -1): void {
    this.#characters += by * text.length;
    tally(this.#types, type, by);
    if (topic !== '') tally(this.#topics, topic, by);
  }
}

const matches = (entry: Entry, { type, topic }: Filter): boolean =>
  (type === '' || entry.type === type) && (topic === '' || entry.topic === topic);

/** Answers and resets name their topic in the payload. */
function topicIn(payload: unknown): string {
  const topic = (payload as { topic?: unknown } | null | undefined)?.topic;
  return typeof topic === 'string' ? topic : '';
}

function tally(counts: Map<string, number>, key: string, by: 1 | -1): void {
  const count = (counts.get(key) ?? 0) + by;
  if (count > 0) counts.set(key, count);
  else counts.delete(key);
}
