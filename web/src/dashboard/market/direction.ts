/** The class that colours a change. */
export const direction = (change: number | undefined): string =>
  change === undefined || change === 0 ? '' : change > 0 ? 'up' : 'down';
