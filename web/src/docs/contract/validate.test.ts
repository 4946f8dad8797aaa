import { expect, test } from 'vitest';
import { api, FILES } from '../testing/contracts';
import { firstPayload } from './sample';
import { validator } from './validate';

const subscribe = (frame: unknown) => {
  const tickwire = api('tickwire');
  return validator(tickwire, tickwire.messages.get('bars.subscribe')?.schema ?? {})(frame);
};
const payload = (value: unknown) => subscribe({ type: 'bars.subscribe', payload: value });

test('what satisfies the contract has no violation', () => {
  expect(payload({ symbol: 'AAPL', resolution: '1', since: { epoch: 'k3f9x2', seq: 7 } })).toEqual([]);
});

test('every violation is reported at its place, as the server does', () => {
  expect(payload({ symbol: 'aapl', resolution: '7', colour: 'red' })).toEqual([
    { pointer: '/payload/symbol', message: 'does not match ^[A-Z0-9][A-Z0-9._-]*$' },
    { pointer: '/payload/resolution', message: 'is not one of "1", "5", "15", "30", "60", "240", "D"' },
    { pointer: '/payload/colour', message: 'is not known here' },
  ]);
});

test.each([
  [{}, '/payload', 'has no "symbol"'],
  [{ symbol: 7 }, '/payload/symbol', 'is number, should be string'],
  [{ symbol: '' }, '/payload/symbol', 'is too short (0 < 1)'],
  [{ symbol: 'A', history: 1.5 }, '/payload/history', 'is number, should be integer'],
  [{ symbol: 'A', history: -1 }, '/payload/history', '-1 is less than 0'],
  [{ symbol: 'A', since: { epoch: 'e', seq: 'x' } }, '/payload/since/seq', 'is string, should be integer'],
  [{ symbol: 'A', since: { seq: 1 } }, '/payload/since', 'has no "epoch"'],
  [{ symbol: 'A', 'a/b~c': 1 }, '/payload/a~1b~0c', 'is not known here'],
  ['text', '/payload', 'is string, should be object'],
])('%j: %s %s', (value, pointer, message) => {
  expect(payload(value)).toContainEqual({ pointer, message });
});

test('a frame without a payload is told so', () => {
  expect(subscribe({ type: 'bars.subscribe' })).toEqual([{ pointer: '', message: 'has no "payload"' }]);
});

const contracts = Object.keys(FILES) as (keyof typeof FILES)[];

test.each(contracts)('the examples of %s satisfy it', (name) => {
  const one = api(name);
  for (const message of one.messages.values()) {
    const validate = validator(one, message.schema);
    for (const example of message.examples) {
      // The document of the tests has an example that breaks its schema.
      const expected = name === 'harbour' ? expect.any(Array) : [];
      expect(validate(example.frame), `${message.type}: ${example.name}`).toEqual(expected);
    }
  }
});

test.each(contracts)('what a reader of %s begins with has all required fields', (name) => {
  const one = api(name);
  for (const message of one.messages.values()) {
    // As if there were no example. Patterns and formats are the reader's to satisfy.
    const begun = firstPayload(one, { ...message, examples: [] });
    if (message.payload === undefined) continue;
    const problems = validator(one, message.payload)(begun)
      .filter(({ message: text }) => /has no|should be|not known/.test(text));
    expect(problems, message.type).toEqual([]);
  }
});

test('a reference into nowhere is left to the server', () => {
  const one = api('tickwire');
  expect(validator(one, { $ref: 'http://example.com/schema' })({})).toEqual([]);
});
