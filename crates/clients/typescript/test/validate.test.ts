import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Schema } from '../src/contract.ts';
import { hasFormat } from '../src/formats.ts';
import { Validator } from '../src/validate.ts';

function pointers(schema: Schema, value: unknown): string[] {
  const schemas = { Frame: { type: 'object', properties: { type: { type: 'string' }, v: schema } }, Name: { type: 'string', maxLength: 2 } } as const;
  const validator = new Validator({ title: '', version: '', schemas, messages: { t: { frame: 'Frame', examples: [] } }, requests: {}, families: {} });
  return validator.frame({ type: 't', v: value } as { type: string }).map(({ pointer }) => pointer);
}

test('each keyword refuses what it should, at its place', () => {
  const object: Schema = { type: 'object', required: ['a'], properties: { a: { type: 'array', items: { $ref: 'Name' } } } };
  const rows: [Schema, unknown, string[]][] = [
    [{ $ref: 'Name' }, 'ab', []],
    [{ $ref: 'Name' }, '😀😀', []],
    [{ $ref: 'Name' }, 'abc', ['/v']],
    [{ type: 'string', enum: ['x'] }, 'y', ['/v']],
    [{ type: 'string', pattern: '^[A-Z]+$', minLength: 2 }, 'a', ['/v', '/v']],
    [{ type: 'integer', minimum: 1, maximum: 3 }, 2, []],
    [{ type: 'integer' }, 1.5, ['/v']],
    [{ type: 'integer', minimum: 1 }, 0, ['/v']],
    [{ type: 'number', exclusiveMinimum: 0 }, 0, ['/v']],
    [{ type: 'number', exclusiveMaximum: 1 }, 1, ['/v']],
    [{ type: 'number' }, NaN, ['/v']],
    [{ type: 'boolean' }, 'true', ['/v']],
    [{ type: 'array', maxItems: 1 }, [1, 2], ['/v']],
    [{ type: 'array', minItems: 1 }, [], ['/v']],
    [{ type: 'array', uniqueItems: true }, [{ a: 1, b: 2 }, { b: 2, a: 1 }], ['/v']],
    [object, { a: ['x', 'long'] }, ['/v/a/1']],
    [object, {}, ['/v']],
    [object, { a: [], 'b/c': 1 }, ['/v']],
    [object, { a: [], b: undefined }, []],
    [object, null, ['/v']],
    [{ type: 'object', properties: { 'a/b~': { type: 'string' } } }, { 'a/b~': 1 }, ['/v/a~1b~0']],
  ];
  for (const [schema, value, expected] of rows) assert.deepEqual(pointers(schema, value), expected, JSON.stringify([schema, value]));
});

test('formats', () => {
  const rows: [string, string, boolean][] = [
    ['date-time', '2026-11-02T14:30:00.250Z', true],
    ['date-time', '2026-11-02T14:30:00+01:00', true],
    ['date-time', '2026-12-31T23:59:60Z', true],
    ['date-time', '2026-12-31T12:59:60Z', false],
    ['date-time', '2026-11-02 14:30:00Z', false],
    ['date-time', '2026-11-02T24:30:00Z', false],
    ['date', '2024-02-29', true],
    ['date', '2025-02-29', false],
    ['uuid', '019a2f6e-7c1a-7b3e-9d55-0a4c1f2e6b01', true],
    ['uuid', '019a2f6e7c1a7b3e9d550a4c1f2e6b01', false],
    ['uri', 'https://a.b/c', true],
    ['uri', '/c', false],
    ['email', 'a@b.c', true],
    ['email', 'a', false],
    ['ipv4', '127.0.0.1', true],
    ['ipv4', '127.0.0.256', false],
    ['ipv6', '::1', true],
    ['ipv6', '1:2:3:4:5:6:7', false],
    ['int64', 'anything', true],
  ];
  for (const [format, text, expected] of rows) assert.equal(hasFormat(format, text), expected, `${format} ${text}`);
});
