import { expect, test } from 'vitest';
import { tokens } from './json-tokens';

test('keys, strings, numbers and literals have their own style', () => {
  const styles = tokens('{"a" : "b:", "c": [-1.5e3, true, null]}')
    .filter(({ style }) => style !== '')
    .map(({ style, text }) => [style, text]);
  expect(styles).toEqual([
    ['key', '"a"'], ['string', '"b:"'], ['key', '"c"'], ['number', '-1.5e3'], ['literal', 'true'], ['literal', 'null'],
  ]);
});

test.each(['', '{', '"', '"a\\', '{"a\n": tru', 'nul fals é 🦀 -', '[1,,2]', '{"\\"": "\\\\"}'])(
  '%j loses nothing',
  (text) => {
    const found = tokens(text);
    expect(found.map((token) => token.text).join('')).toBe(text);
    for (const token of found) expect(text.slice(token.offset)).toMatch(new RegExp(`^${escaped(token.text)}`));
  },
);

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
