import { expect, test } from 'vitest';
import { api } from '../testing/contracts';
import { after, unsubscribeOf } from './subscriptions';

test.each<[string, string[], object, string[]]>([
  ['subscribed', [], { payload: { status: 'subscribed', topic: 'a' } }, ['a']],
  ['twice', ['a'], { payload: { status: 'already_subscribed', topic: 'a' } }, ['a']],
  ['left', ['a', 'b'], { payload: { status: 'unsubscribed', topic: 'a' } }, ['b']],
  ['a batch', ['c'], { payload: { results: [
    { topic: 'a', status: 'subscribed' }, { topic: 'b', status: 'refused' }, { topic: 'c', status: 'unsubscribed' },
  ] } }, ['a']],
  ['ended', ['a'], { type: 'topic.reset', payload: { topic: 'a', reason: 'ended' } }, []],
  ['revoked', ['a'], { type: 'topic.reset', payload: { topic: 'a', reason: 'revoked' } }, []],
  ['restarted', ['a'], { type: 'topic.reset', payload: { topic: 'a', reason: 'restarted' } }, ['a']],
  ['an update', ['a'], { type: 'x', topic: 'b', payload: {} }, ['a']],
  ['no payload', ['a'], { type: 'x' }, ['a']],
])('%s', (_, before, frame, expected) => {
  const result = after(before, frame as Record<string, unknown>);
  expect(result).toEqual(expected);
  if (JSON.stringify(before) === JSON.stringify(expected)) expect(result).toBe(before);
});

test('a topic is left by its family, or by the batch, or not at all', () => {
  expect(unsubscribeOf(api('tickwire'), 'bars:AAPL:5')).toEqual({
    type: 'bars.unsubscribe',
    payload: { symbol: 'AAPL', resolution: '5' },
  });
  expect(unsubscribeOf(api('tickwire'), 'unknown:x')).toEqual({ type: 'unsubscribe', payload: { topics: ['unknown:x'] } });
  expect(unsubscribeOf(api('vehicles'), 'unknown:x')).toBeUndefined();
});
