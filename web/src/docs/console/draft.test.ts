import { expect, test } from 'vitest';
import { judge, rangeOf } from './draft';

const none = () => [];

test.each([
  ['{"a": }', 'not JSON at line 1, column 7: a value is missing'],
  ['{\n  "a": 1\n  "b": 2\n}', 'not JSON at line 3, column 3: a comma is missing'],
  ['{"a": 1', 'not JSON at line 1, column 8: } is missing'],
  ['{"a": 1} x', /^not JSON at line 1, column 10/],
  ['', /^not JSON at line 1, column 1/],
  ['{"a": 1} // no', /^not JSON at line 1, column 10: JSON has no comments/],
])('%j', (text, message) => {
  const { isJson, violations } = judge(text, 'a', none);
  expect(isJson).toBe(false);
  expect(violations[0]?.message).toMatch(message);
});

test('JSON is judged as the frame’s payload', () => {
  const validate = (frame: unknown) => [{ pointer: '', message: JSON.stringify(frame) }];
  expect(judge(' {"x": 1}', 'a', validate)).toEqual({
    isJson: true,
    value: { x: 1 },
    violations: [{ pointer: '', message: '{"type":"a","payload":{"x":1}}' }],
  });
});

test.each([
  ['/payload/symbol', '"aapl"'],
  ['/payload/list/1/a~1b', 'true'],
  ['/payload', undefined],
  ['/payload/gone', undefined],
  ['/msg_id', undefined],
])('%s stands at %s', (pointer, expected) => {
  const text = '{"symbol": "aapl", "list": [0, {"a/b": true}]}';
  const range = rangeOf(text, { pointer, message: '' });
  expect(range && text.slice(range.offset, range.offset + range.length)).toBe(expected);
});
