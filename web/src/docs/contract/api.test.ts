import { expect, test } from 'vitest';
import { api } from '../testing/contracts';
import { readApi, request } from './api';
import type { Contract } from './load';

test('operations have what a call needs', () => {
  const { operations, messages, channels } = api('tickwire');
  const subscribe = operations.get('barsSubscribe');
  expect(subscribe).toMatchObject({
    action: 'receive',
    title: 'bars.subscribe',
    anchor: 'operation-reply-barsSubscribe',
    channel: { family: 'bars', address: 'bars:{symbol}:{resolution}' },
    replies: ['bars.subscribe.response', 'error'],
  });
  expect(subscribe?.channel.parameters).toMatchObject([
    { name: 'symbol', pointer: '/payload/symbol', values: [], example: 'AAPL' },
    { name: 'resolution', pointer: '/payload/resolution', default: '1' },
  ]);
  expect(subscribe?.messages[0]).toBe(messages.get('bars.subscribe'));
  expect(messages.get('bars.subscribe')?.examples[0]?.frame.type).toBe('bars.subscribe');
  expect(channels.find(({ key }) => key === 'connection')?.family).toBeUndefined();
});

test.each([
  ['askBerth', 'operation-reply-askBerth'],
  ['reportLevel', 'operation-receive-reportLevel'],
  ['levelChanged', 'operation-send-levelChanged'],
  ['confirmPilot', 'operation-request-confirmPilot'],
])('%s stands at %s', (id, anchor) => {
  expect(api('harbour').operations.get(id)?.anchor).toBe(anchor);
});

test('an operation without messages has those of its channel', () => {
  expect(api('harbour').operations.get('reportLevel')?.messages.map(({ type }) => type)).toEqual(['tide.level']);
});

test('what is no frame has no payload', () => {
  expect(api('harbour').messages.get('berth.ask')?.payload).toBeUndefined();
  expect(api('tickwire').messages.get('ping')?.payload).toBeDefined();
});

test('a schema with a format of its own is found', () => {
  const schema = { type: 'object', properties: { type: { const: 'a' }, payload: { type: 'object' } } };
  const messages = { a: { payload: { schemaFormat: 'application/schema+json', schema } } };
  const found = readApi({ asyncapi: '3.0.0', channels: { c: { messages } } }).messages.get('a');
  expect(found?.schema).toBe(schema);
  expect(found?.payload).toEqual({ type: 'object' });
});

test('only what a client may send is a request', () => {
  expect(request(api('tickwire'), 'ping')?.id).toBe('ping');
  expect(request(api('tickwire'), 'welcome')).toBeUndefined();
  expect(request(api('vehicles'), 'auth')).toBeUndefined();
});

test.each<[string, Contract]>([
  ['nothing', { asyncapi: '3.0.0' }],
  ['null everywhere', { asyncapi: '3.0.0', info: null, channels: null, operations: { a: null }, components: 1 }],
  ['references into nowhere', { asyncapi: '3.0.0', operations: { a: { channel: { $ref: '#/channels/b' } } } }],
])('%s is no failure', (_, contract) => {
  expect(readApi(contract).operations.size).toBe(0);
});
