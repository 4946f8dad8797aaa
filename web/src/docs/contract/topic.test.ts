import { expect, test } from 'vitest';
import { location, parametersOf, payloadFor, topicOf, type Parameter } from './topic';

const parameter = (name: string, rest: Partial<Parameter> = {}): Parameter => ({
  name,
  description: '',
  pointer: `/payload/${name}`,
  values: [],
  default: '',
  example: '',
  ...rest,
});
const bars = {
  address: 'bars:{symbol}:{resolution}',
  parameters: [parameter('symbol'), parameter('resolution', { default: '1' })],
};

test.each([
  [{ symbol: 'AAPL', resolution: '5' }, 'bars:AAPL:5'],
  [{ symbol: 'AAPL' }, 'bars:AAPL:1'],
  [{ resolution: '5' }, undefined],
  [{ symbol: '' }, undefined],
  ['no object', undefined],
  [{ symbol: 7 }, 'bars:7:1'],
])('the topic of %j is %s', (payload, topic) => {
  expect(topicOf(bars, { payload })).toBe(topic);
});

test.each([
  ['bars:AAPL:5', { symbol: 'AAPL', resolution: '5' }],
  ['bars:BRK.B:D', { symbol: 'BRK.B', resolution: 'D' }],
])('%s has its parameters, from which it can be made', (topic, payload) => {
  const found = parametersOf(bars.address, topic);
  expect(Object.fromEntries(found ?? [])).toEqual(payload);
  expect(payloadFor(bars, found ?? new Map())).toEqual(payload);
  expect(topicOf(bars, { payload })).toBe(topic);
});

test.each(['bars:AAPL', 'bars:AAPL:5:6', 'quotes:AAPL', 'xbars:A:B', ''])('%s is no such topic', (topic) => {
  expect(parametersOf(bars.address, topic)).toBeUndefined();
});

test('an address is no regular expression', () => {
  expect(parametersOf('a.b:{c}', 'axb:1')).toBeUndefined();
  expect(parametersOf('a.b:{c}', 'a.b:1')?.get('c')).toBe('1');
});

test('a parameter may lie deep', () => {
  const deep = { address: 'x:{a}', parameters: [parameter('a', { pointer: '/payload/in~1side/a' })] };
  const payload = payloadFor(deep, new Map([['a', '1']]));
  expect(payload).toEqual({ 'in/side': { a: '1' } });
  expect(topicOf(deep, { payload })).toBe('x:1');
});

test('a location is a pointer into the frame', () => {
  expect(location('$message.payload#/payload/symbol')).toBe('/payload/symbol');
  expect(location('$message.header#/x')).toBeUndefined();
});
