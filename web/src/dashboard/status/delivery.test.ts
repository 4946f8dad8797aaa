import { beforeEach, expect, test } from 'vitest';
import type { Notice } from 'tickwire';
import { playedTopic } from '../testing/topic';
import { Delivery, told, type Kind } from './delivery';

const notRecovered = (reason: 'epoch_changed' | 'out_of_retention'): Notice => ({ type: 'notice', notice: 'not_recovered', reason });
const overflow = (from: number, to: number): Notice =>
  ({ type: 'notice', notice: 'reset', reason: 'overflow', message: '', from, to });

let delivery: Delivery;
beforeEach(() => {
  delivery = new Delivery();
});
const follow = (name: string, kind: Kind) => {
  const played = playedTopic(name);
  const leave = delivery.follow(played.topic, kind);
  return { ...played, leave };
};

test('a step in a quote’s seq is conflation, and no loss', () => {
  const quotes = follow('quotes:A', 'latest');
  quotes.say(7, 8, 12, 13);
  expect([delivery.conflated, delivery.lost]).toEqual([3, 0]);
});

test('trades that were dropped are lost, once', () => {
  const trades = follow('trades:A', 'each');
  trades.say(1, 2);
  trades.notice(overflow(3, 5));
  trades.say(6, 7);
  expect([delivery.conflated, delivery.lost]).toEqual([0, 3]);
});

test('changes of a book that a snapshot stands for are no loss', () => {
  const book = follow('orderbook:A', 'state');
  book.say(1, 2, 9);
  expect([delivery.conflated, delivery.lost]).toEqual([0, 0]);
});

test('a stream that begins anew is not compared with the one before', () => {
  const trades = follow('trades:A', 'each');
  trades.say(500);
  trades.notice(notRecovered('epoch_changed'));
  trades.say(800, 801);
  trades.notice({ type: 'notice', notice: 'reset', reason: 'restarted', message: '' });
  trades.say(1, 2);
  expect(delivery.lost).toBe(0);
});

test('who is not followed any more is not counted', () => {
  const quotes = follow('quotes:A', 'latest');
  quotes.leave();
  delivery.received('quotes:A', 1);
  delivery.received('quotes:A', 9);
  expect(delivery.conflated).toBe(0);
});

test('all resumed: nothing is missed', async () => {
  const [trades, quotes] = [follow('trades:A', 'each'), follow('quotes:A', 'latest')];
  trades.say(1);
  quotes.say(1);
  delivery.back(0, 3_400);
  expect(told(delivery.recovery!)).toBe('Back after 3 s, resuming…');
  trades.live();
  quotes.live();
  await Promise.resolve();
  trades.say(2, 3);
  expect(told(delivery.recovery!)).toBe('Resumed after 3 s, nothing missed');
});

test('quotes go on with the newest, which costs no trade', async () => {
  const [trades, quotes] = [follow('trades:A', 'each'), follow('quotes:A', 'latest')];
  delivery.back(0, 3_400);
  trades.live();
  // The client tells what could not be recovered right after it says that the topic is live.
  quotes.live();
  quotes.notice(notRecovered('out_of_retention'));
  await Promise.resolve();
  expect(told(delivery.recovery!)).toBe('Resumed after 3 s: no trade missed, quotes as of now');
});

test('what was missed of trades is counted by the next one', async () => {
  const trades = follow('trades:A', 'each');
  trades.say(10);
  delivery.back(0, 400);
  trades.live();
  trades.notice(notRecovered('out_of_retention'));
  await Promise.resolve();
  trades.say(52, 53);
  expect(told(delivery.recovery!)).toBe('Resumed after 1 s, lost 41 trades');
  expect(delivery.lost).toBe(41);
  // What is lost later has another cause.
  trades.notice(overflow(54, 60));
  expect([delivery.lost, delivery.recovery?.lost]).toEqual([48, 41]);
});

test('a server that began anew is told from one that resumed', async () => {
  const trades = follow('trades:A', 'each');
  delivery.back(0, 9_000);
  trades.live();
  trades.notice(notRecovered('epoch_changed'));
  await Promise.resolve();
  expect(told(delivery.recovery!)).toBe('Back after 9 s: the server began anew, everything was loaded again');
});
