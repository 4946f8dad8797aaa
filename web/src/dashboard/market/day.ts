// A symbol's trading day so far: the last price, and what it has changed since the day before.
import type { BarUpdate } from 'tickwire';

export interface Day {
  readonly bar: BarUpdate;
  /** The close of the day before, once a day has ended while we were watching. */
  readonly before: number | undefined;
}

/** The day after one more update of its daily bar. */
export function followed(day: Day | undefined, bar: BarUpdate): Day | undefined {
  if (day === undefined) return { bar, before: undefined };
  if (bar.time < day.bar.time) return day;
  return { bar, before: bar.time > day.bar.time ? day.bar.close : day.before };
}

export interface Change {
  readonly last: number | undefined;
  readonly change: number | undefined;
  /** Of the close before. */
  readonly ratio: number | undefined;
}

/** `history`: the newest closed days, as `bars.history` has them, from before we were watching. */
export function changeOf(day: Day | undefined, history: readonly { time: number; close: number }[]): Change {
  const past = day === undefined ? history : history.filter(({ time }) => time < day.bar.time);
  // Before today's first trade the last price is yesterday's, and nothing has changed.
  const last = day?.bar.close ?? past[past.length - 1]?.close;
  const before = day?.before ?? past[past.length - (day === undefined ? 2 : 1)]?.close;
  if (last === undefined || before === undefined) return { last, change: undefined, ratio: undefined };
  return { last, change: last - before, ratio: (last - before) / before };
}
