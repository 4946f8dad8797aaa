import { expect, test } from 'vitest';
import { Bars, MOST, TRIM, type Bar } from './bars';

const bar = (time: number, close = 1): Bar => ({ time, open: 1, high: 1, low: 1, close, volume: 1 });
const shape = (bars: Bars) => bars.all.map(({ time, close }) => [time, close]);

test('history and live meet without a hole, and live counts', () => {
  const bars = new Bars();
  bars.replace([bar(1), bar(2), bar(3)], [bar(3, 9), bar(4, 9)]);
  expect(shape(bars)).toEqual([[1, 1], [2, 1], [3, 9], [4, 9]]);
});

test.each<[time: number, where: string, after: number[]]>([
  [6, 'end', [2, 4, 6]],
  [4, 'end', [2, 4]],
  [2, 'inside', [2, 4]],
  [3, 'inside', [2, 3, 4]],
  [1, 'inside', [1, 2, 4]],
])('a bar of %i comes to the %s', (time, where, after) => {
  const bars = new Bars();
  bars.replace([bar(2), bar(4)], []);
  expect(bars.put(bar(time, 7))).toBe(where);
  expect(bars.all.map(({ time: at }) => at)).toEqual(after);
  expect(bars.all.find(({ time: at }) => at === time)?.close).toBe(7);
});

test('older history goes in front, each bar once', () => {
  const bars = new Bars();
  bars.replace([bar(5), bar(6)], []);
  bars.prepend([bar(3), bar(4), bar(5, 9)]);
  expect(shape(bars)).toEqual([[3, 1], [4, 1], [5, 1], [6, 1]]);
});

test('there is a bound, and the oldest go', () => {
  const bars = new Bars();
  bars.replace(Array.from({ length: MOST }, (_, time) => bar(time)), []);
  expect(bars.hasRoom).toBe(false);
  expect(bars.put(bar(MOST))).toBe('trimmed');
  expect([bars.all.length, bars.first?.time, bars.last?.time]).toEqual([MOST + 1 - TRIM, TRIM, MOST]);
});
