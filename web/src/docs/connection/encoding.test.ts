import { decode, encode } from '@msgpack/msgpack';
import { expect, test } from 'vitest';
import { incoming, outgoing } from './encoding';

const asked = { type: 'ping', msg_id: '1', payload: '{"a": 1.0}' };

test('what is typed goes as it is typed', () => {
  const { data, frame } = outgoing('tickwire.v1.json', asked);
  expect(data).toBe('{"type":"ping","msg_id":"1","payload":{"a": 1.0}}');
  expect(frame.text).toBe(data);
  expect(frame.bytes).toBe(49);
});

test('MessagePack carries the same values', () => {
  const { data, frame } = outgoing('tickwire.v1.msgpack', asked);
  expect(decode(data as Uint8Array)).toEqual({ type: 'ping', msg_id: '1', payload: { a: 1 } });
  expect(frame.bytes).toBe((data as Uint8Array).length);
});

test.each<[string, string | ArrayBuffer, object]>([
  ['JSON', '{"type":"pong"}', { type: 'pong' }],
  ['MessagePack', encode({ type: 'pong' }).slice().buffer, { type: 'pong' }],
  ['a list', '[1]', {}],
  ['no JSON', '{', { unreadable: expect.any(String) }],
  ['no MessagePack', new Uint8Array([0xc1]).buffer, { unreadable: expect.any(String) }],
])('%s is read', (_, data, value) => {
  expect(incoming(data).value).toEqual(value);
});

test('the text of MessagePack is JSON, whatever is in it', () => {
  const data = encode({ big: 2n ** 60n, bytes: new Uint8Array([1, 2]) }, { useBigInt64: true });
  expect(JSON.parse(incoming(data.slice().buffer).text)).toEqual({ big: 2 ** 60, bytes: [1, 2] });
});

test('a size is that on the wire, not that of the text', () => {
  expect(incoming('{"a":"é"}').bytes).toBe(10);
});
