import { expect, test } from 'vitest';
import { moved } from './cursor';

test.each<[at: number, by: number, length: number, after: number]>([
  [0, 1, 3, 1],
  [2, 1, 3, 0],
  [0, -1, 3, 2],
  // The list has become shorter.
  [7, 1, 3, 0],
  [4, 1, 0, 0],
])('from %i by %i in %i', (at, by, length, after) => expect(moved(at, by, length)).toBe(after));
