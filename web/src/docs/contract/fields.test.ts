import { expect, test } from 'vitest';
import { api } from '../testing/contracts';
import { fields, typed, written, type Field } from './fields';

const of = (type: string) => {
  const tickwire = api('tickwire');
  return fields(tickwire, tickwire.messages.get(type)?.payload);
};

test('a field for each property, what is required first', () => {
  expect(of('bars.subscribe')?.map(({ name, kind, required }) => [name, kind, required])).toEqual([
    ['symbol', 'text', true],
    ['resolution', 'choice', false],
    ['since', 'json', false],
    ['history', 'number', false],
  ]);
  expect(of('bars.subscribe')?.[1]).toMatchObject({ default: '1', values: ['1', '5', '15', '30', '60', '240', 'D'] });
  expect(of('ping')).toEqual([]);
  expect(fields(api('tickwire'), undefined)).toBeUndefined();
  expect(fields(api('tickwire'), { type: 'array' })).toBeUndefined();
});

const field = (kind: Field['kind']): Field => ({ name: 'f', required: false, description: '', kind, values: [], default: '' });

test.each<[Field['kind'], string, unknown]>([
  ['text', 'AAPL', 'AAPL'],
  ['text', '5', '5'],
  ['text', '', undefined],
  ['choice', 'D', 'D'],
  ['number', '5', 5],
  ['number', '1e3', 1000],
  ['number', ' ', undefined],
  ['number', '-', '-'],
  ['number', '"5"', '"5"'],
  ['boolean', 'true', true],
  ['boolean', '1', '1'],
  ['json', '{"a": 1}', { a: 1 }],
  ['json', '["a"]', ['a']],
  ['json', '{', '{'],
])('%s %j is %j', (kind, input, value) => {
  expect(typed(field(kind), input)).toEqual(value);
});

test.each<[Field['kind'], unknown]>([
  ['text', 'AAPL'], ['number', 5], ['boolean', false], ['json', { a: [1] }], ['json', 'text'], ['text', undefined],
])('%s %j is read as it is written', (kind, value) => {
  expect(typed(field(kind), written(field(kind), value))).toEqual(value);
});
