import { expect, test } from 'vitest';
import type { TradeUpdate } from 'tickwire';
import { printed, TAPE, type Print } from './tape';

test('the newest is first, each has a number of its own, and the oldest go', () => {
  let tape: readonly Print[] = [];
  for (let price = 1; price <= TAPE + 5; price += 1) tape = printed(tape, { price } as TradeUpdate);
  expect(tape.length).toBe(TAPE);
  expect([tape[0]?.price, tape[TAPE - 1]?.price]).toEqual([TAPE + 5, 6]);
  expect(new Set(tape.map(({ number }) => number)).size).toBe(TAPE);
});
