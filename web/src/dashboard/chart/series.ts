// The bars of a symbol in one resolution: history first, then live, each once. Subscribed before history
// is asked for, so that there is no hole between them.
import type { BarResolution, Client } from 'tickwire';
import { Signal } from '../../shared/signal';
import { Bars, type Bar } from '../market/bars';

/** So many are asked for at first, and so many older ones each time. */
const FIRST = 600;
const MORE = 1_000;

/** More do not come while history is on its way, and a hidden page draws everything when it is seen again. */
const MOST_LIVE = 10_000;
const MOST_CHANGED = 500;

export type Change =
  /** Everything may be different. */
  | { readonly kind: 'all' }
  /** These bars at the end have changed, in order. */
  | { readonly kind: 'end'; readonly bars: readonly Bar[] };

export class BarSeries {
  /** Tells once in a frame of the screen at most, and never while the page is hidden. */
  readonly signal = new Signal();
  status: 'loading' | 'shown' | 'failed' = 'loading';
  problem: string | undefined;
  readonly #client: Client;
  readonly #asked: { symbol: string; resolution: BarResolution };
  readonly #bars = new Bars();
  readonly #abort = new AbortController();
  /** What has come since history was asked for; nothing while that is not on its way. */
  #live: Bar[] | undefined;
  #changed = new Map<number, Bar>();
  #isAll = true;
  #frame: number | undefined;
  #isOver = false;
  #isLoadingOlder = false;
  #loads = 0;
  readonly #ends: (() => void)[] = [];

  constructor(client: Client, symbol: string, resolution: BarResolution) {
    this.#client = client;
    this.#asked = { symbol, resolution };
  }

  /** Subscribes. What it answers ends that. */
  start(): () => void {
    const topic = this.#client.bars(this.#asked);
    this.#ends.push(
      topic.subscribe((bar) => this.#put(bar), {
        notice: ({ notice }) => {
          // What is held has a hole or is over. Bars are never lost by `retrying` or `overflow`.
          if (notice === 'not_recovered' || notice === 'reset') void this.#load();
        },
        end: (error) => this.#fail(error?.message ?? 'the topic has ended'),
      }),
      this.#client.connection.onChange(() => {
        if (this.#client.connection.state.state === 'open' && this.status === 'failed') void this.#load();
      }),
    );
    void this.#load();
    return () => {
      this.#isOver = true;
      this.#abort.abort();
      if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
      for (const end of this.#ends) end();
    };
  }

  get bars(): readonly Bar[] {
    return this.#bars.all;
  }

  get last(): Bar | undefined {
    return this.#bars.last;
  }

  at(time: number): Bar | undefined {
    return this.#bars.all.find((bar) => bar.time === time);
  }

  /** What has changed since this was asked last. */
  take(): Change {
    const changed = [...this.#changed.values()].sort((a, b) => a.time - b.time);
    const change: Change = this.#isAll ? { kind: 'all' } : { kind: 'end', bars: changed };
    this.#changed = new Map();
    this.#isAll = false;
    return change;
  }

  /** History before the first bar, if there is more. */
  async older(): Promise<void> {
    const { first } = this.#bars;
    if (this.#isLoadingOlder || first === undefined || this.status !== 'shown' || !this.#bars.hasRoom) return;
    this.#isLoadingOlder = true;
    const load = this.#loads;
    try {
      const { bars } = await this.#history({ to: first.time, count_back: MORE });
      if (load !== this.#loads) return;
      this.#bars.prepend(bars);
      // Stays set where there is nothing older.
      this.#isLoadingOlder = bars.length === 0;
      if (bars.length > 0) this.#all();
    } catch {
      // The next look at the start asks again.
      this.#isLoadingOlder = false;
    }
  }

  async #load(): Promise<void> {
    const load = ++this.#loads;
    const live: Bar[] = (this.#live = []);
    this.#isLoadingOlder = false;
    try {
      const { bars } = await this.#history({ count_back: FIRST });
      if (load !== this.#loads) return;
      this.#bars.replace(bars, live);
      this.#live = undefined;
      this.status = 'shown';
      this.problem = undefined;
      this.#all();
    } catch (error) {
      if (load === this.#loads) this.#fail((error as Error).message);
    }
  }

  #history(range: { to?: number; count_back: number }) {
    return this.#client.barsHistory({ ...this.#asked, ...range }, { signal: this.#abort.signal });
  }

  #put(bar: Bar): void {
    if (this.#live !== undefined && this.#live.length < MOST_LIVE) this.#live.push(bar);
    if (this.status !== 'shown') return;
    if (this.#bars.put(bar) !== 'end' || this.#changed.size >= MOST_CHANGED) this.#isAll = true;
    else this.#changed.set(bar.time, bar);
    this.#tell();
  }

  #fail(problem: string): void {
    if (this.#isOver) return;
    this.#live = undefined;
    this.status = 'failed';
    this.problem = problem;
    this.#all();
  }

  #all(): void {
    this.#isAll = true;
    this.#tell();
  }

  #tell(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.signal.notify();
    });
  }
}
