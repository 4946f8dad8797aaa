import { expect, test } from 'vitest';
import { socketUrl } from './connection';

test.each([
  ['http://localhost:8080/ws/asyncapi', 'ws://localhost:8080/ws'],
  ['https://example.com/behind/a/proxy/ws/asyncapi#operation-reply-ping', 'wss://example.com/behind/a/proxy/ws'],
  ['http://localhost/ws/asyncapi?x=1', 'ws://localhost/ws'],
])('the socket of %s is %s', (page, socket) => {
  expect(socketUrl(page)).toBe(socket);
});
