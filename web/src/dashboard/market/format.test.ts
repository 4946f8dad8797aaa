import { expect, test } from 'vitest';
import { change, percent, price, quantity, share, tradingDay, UNKNOWN, volume } from './format';

// The tests' locale is that of the machine; `en-US` writes as below, others with other marks.
const plain = (text: string) => text.replace(/[\u2212\u00a0\u202f]/g, (mark) => (mark === '\u2212' ? '-' : ''));

test.each<[value: number | undefined, decimals: number, text: string]>([
  [86.1, 2, '86.10'],
  [86.156, 2, '86.16'],
  [0.00001234, 8, '0.00001234'],
  [43_210.5, 0, '43,211'],
  [undefined, 2, UNKNOWN],
])('a price of %s with %i decimals', (value, decimals, text) => expect(price(value, decimals)).toBe(text));

test.each<[value: number | undefined, text: string]>([
  [0.12, '+0.12'],
  [-3.4, '-3.40'],
  // Too small to be seen is no change.
  [-0.001, '0.00'],
  [undefined, UNKNOWN],
])('a change of %s', (value, text) => expect(plain(change(value, 2))).toBe(text));

test.each<[ratio: number | undefined, text: string]>([
  [0.0123, '+1.23%'],
  [-0.5, '-50.00%'],
  [0, '0.00%'],
  [Infinity, UNKNOWN],
  [NaN, UNKNOWN],
  [undefined, UNKNOWN],
])('a ratio of %s', (ratio, text) => expect(plain(percent(ratio))).toBe(text));

test('sizes', () => {
  expect([quantity(1_200), quantity(0.0042), volume(38_542_100), share(0.0001)]).toEqual(['1,200', '0.0042', '38.54M', '0.01%']);
});

test('a trading day is its date wherever the reader is', () => {
  expect(tradingDay(Date.UTC(2009, 0, 2))).toBe('Jan 2, 2009');
});
