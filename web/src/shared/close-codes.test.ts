import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { explain } from './close-codes';

/** The codes of the table in docs/protocol.md, and of the sentence below it. */
const documented = (): number[] => {
  const text = readFileSync('../docs/protocol.md', 'utf8');
  const section = text.slice(text.indexOf('## Close codes'), text.indexOf('## Limits'));
  return [...section.matchAll(/\b(1\d{3}|4\d{3})\b/g)].map(([code]) => Number(code));
};

test('every code of the protocol is explained', () => {
  expect(documented().length).toBeGreaterThan(12);
  for (const code of documented()) {
    expect(explain(code, true).meaning, String(code)).not.toMatch(/does not know/);
  }
});

test('the server has no further codes', () => {
  const source = readFileSync('../src/wire/close.rs', 'utf8');
  const codes = [...source.matchAll(/=> (\d{4}),/g)].map(([, code]) => Number(code));
  expect(codes.length).toBeGreaterThan(12);
  for (const code of codes) expect(explain(code, true).meaning, String(code)).not.toMatch(/does not know/);
});

test('a code of somebody else is said to be one', () => {
  expect(explain(4999, true).meaning).toMatch(/does not know/);
});

test('a connection that never was is told from one that was lost', () => {
  expect(explain(1006, false)).not.toEqual(explain(1006, true));
});
