import { expect, test } from 'vitest';
import type { TradeUpdate } from 'tickwire';
import { printed, TAPE } from './tape';

test('the newest is first, and the oldest go', () => {
  let tape: readonly TradeUpdate[] = [];
  for (let price = 1; price <= TAPE + 5; price += 1) tape = printed(tape, { price } as TradeUpdate);
  expect(tape.length).toBe(TAPE);
  expect([tape[0]?.price, tape[TAPE - 1]?.price]).toEqual([TAPE + 5, 6]);
});
