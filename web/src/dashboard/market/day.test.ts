import { expect, test } from 'vitest';
import type { BarUpdate } from 'tickwire';
import { changeOf, followed } from './day';

const bar = (time: number, close: number) => ({ time, close }) as BarUpdate;

test('the day before is the last of history, until a day ends', () => {
  const history = [{ time: 1, close: 90 }, { time: 2, close: 100 }];
  let day = followed(undefined, bar(3, 110));
  expect(changeOf(day, history)).toEqual({ last: 110, change: 10, ratio: 0.1 });
  day = followed(day, bar(3, 120));
  day = followed(day, bar(4, 60));
  expect(changeOf(day, history)).toEqual({ last: 60, change: -60, ratio: -0.5 });
});

test('without a trade today the last price is yesterday’s', () => {
  expect(changeOf(undefined, [{ time: 1, close: 80 }, { time: 2, close: 100 }])).toEqual({ last: 100, change: 20, ratio: 0.25 });
});

test('a symbol that never traded has no change', () => {
  expect(changeOf(undefined, [])).toEqual({ last: undefined, change: undefined, ratio: undefined });
  expect(changeOf(followed(undefined, bar(3, 110)), [])).toEqual({ last: 110, change: undefined, ratio: undefined });
});

test('history that has today’s bar by now is not its own day before', () => {
  const day = followed(undefined, bar(2, 110));
  expect(changeOf(day, [{ time: 1, close: 100 }, { time: 2, close: 105 }])).toEqual({ last: 110, change: 10, ratio: 0.1 });
});

test('an old bar that comes late changes nothing', () => {
  const day = followed(undefined, bar(3, 110));
  expect(followed(day, bar(2, 1))).toBe(day);
});
