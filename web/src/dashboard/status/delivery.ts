// What has reached us of the topics that are watched, and what has not: conflated by their class of
// delivery, lost, or repaired after a broken connection.
import type { Notice, Topic, WireFrame } from 'tickwire';
import { Signal } from '../../shared/signal';

/** What losing an update of a topic means to who watches it. */
export type Kind =
  /** The newest state counts; a step in `seq` is conflation. */
  | 'latest'
  /** Every update counts. */
  | 'each'
  /** What was missed is replaced by a snapshot. */
  | 'state';

/** How a broken connection was made good. */
export interface Recovery {
  /** When the connection was back, on the wall clock, and how long it was away, in milliseconds. */
  readonly at: number;
  readonly away: number;
  /** Topics that have gone on exactly where they were, that are by now at their newest, and anew. */
  readonly resumed: number;
  readonly renewed: number;
  readonly restarted: number;
  /** Topics that are not back yet. */
  readonly waiting: number;
  /** Updates that each counted and cannot be had any more. */
  readonly lost: number;
}

interface Track {
  readonly kind: Kind;
  seq: number | undefined;
  /** Since the connection is back, nothing has been heard of it. */
  waiting: boolean;
  /** It could not be resumed: how much that has cost, its next update tells. */
  renewed: boolean;
}

export class Delivery {
  readonly signal = new Signal();
  /** Updates that a newer one of the same topic has replaced before they were sent. */
  conflated = 0;
  /** Updates that each counted, and that the server or the network has lost. */
  lost = 0;
  recovery: Recovery | undefined;
  readonly #tracks = new Map<string, Track>();

  /** Watches a topic, together with whoever else does. */
  follow(topic: Topic<unknown, any>, kind: Kind): () => void {
    const { name } = topic;
    const track: Track = { kind, seq: undefined, waiting: false, renewed: false };
    this.#tracks.set(name, track);
    const leave = topic.subscribe((_, frame: WireFrame) => this.received(name, frame.seq), {
      notice: (notice) => this.noticed(name, notice),
      // Whoever shows the topic says so.
      end: () => undefined,
    });
    const unwatch = topic.onChange(() => {
      if (topic.state.status === 'live') this.live(name);
    });
    return () => {
      leave();
      unwatch();
      if (this.#tracks.get(name) === track) this.#tracks.delete(name);
    };
  }

  /** The connection is back after so many milliseconds. */
  back(at: number, away: number): void {
    const tracks = [...this.#tracks.values()];
    for (const track of tracks) track.waiting = true;
    this.recovery = { at, away, resumed: 0, renewed: 0, restarted: 0, waiting: tracks.length, lost: 0 };
    this.signal.notify();
  }

  /** The topic is subscribed to again. What could not be resumed is told by a notice at once. */
  live(name: string): void {
    queueMicrotask(() => this.#settle(name, 'resumed'));
  }

  received(name: string, seq: number | undefined): void {
    const track = this.#tracks.get(name);
    if (!track || seq === undefined) return;
    const missed = track.seq === undefined ? 0 : seq - track.seq - 1;
    track.seq = seq;
    if (missed <= 0) return;
    if (track.kind === 'latest') this.conflated += missed;
    if (track.kind === 'each') {
      this.lost += missed;
      if (track.renewed && this.recovery) this.recovery = { ...this.recovery, lost: this.recovery.lost + missed };
    }
    track.renewed = false;
    this.signal.notify();
  }

  noticed(name: string, notice: Notice): void {
    const track = this.#tracks.get(name);
    if (!track) return;
    if (notice.notice === 'not_recovered') {
      // Another epoch counts from 1 again, and how much was missed nobody knows.
      const isAnew = notice.reason === 'epoch_changed' || notice.reason === 'ahead_of_stream';
      if (isAnew) track.seq = undefined;
      this.#settle(name, isAnew ? 'restarted' : 'renewed');
    } else if (notice.notice === 'reset') {
      if (notice.reason === 'restarted') track.seq = undefined;
      const { from, to } = notice;
      if (notice.reason === 'overflow' && from !== undefined && to !== undefined && track.kind === 'each') {
        // What follows does not count the same gap again.
        track.seq = to;
        this.lost += to - from + 1;
        this.signal.notify();
      }
    }
  }

  #settle(name: string, how: 'resumed' | 'renewed' | 'restarted'): void {
    const track = this.#tracks.get(name);
    if (!track?.waiting || !this.recovery) return;
    track.waiting = false;
    track.renewed = how === 'renewed';
    const { recovery } = this;
    this.recovery = { ...recovery, [how]: recovery[how] + 1, waiting: recovery.waiting - 1 };
    this.signal.notify();
  }
}

/** A recovery in words. */
export function told({ away, renewed, restarted, waiting, lost }: Recovery): string {
  const after = `after ${Math.max(1, Math.round(away / 1_000))} s`;
  if (waiting > 0) return `Back ${after}, resuming…`;
  if (restarted > 0) return `Back ${after}: the server began anew, everything was loaded again`;
  if (lost > 0) return `Resumed ${after}, lost ${lost} ${lost === 1 ? 'trade' : 'trades'}`;
  if (renewed > 0) return `Resumed ${after}: no trade missed, quotes as of now`;
  return `Resumed ${after}, nothing missed`;
}
