/** The place after a step in a list, around its ends. */
export const moved = (at: number, by: number, length: number): number =>
  length === 0 ? 0 : (Math.min(at, length - 1) + by + length) % length;
