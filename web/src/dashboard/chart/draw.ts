// From the bars to the canvas, which takes no bar that is older than its last one.
import type { Bar } from '../market/bars';
import type { BarSeries } from './series';

/** What is needed of `Candles`. */
export interface Canvas {
  set(bars: readonly Bar[]): void;
  update(bars: readonly Bar[]): void;
}

/** Draws what has changed. */
export function draw(canvas: Canvas, series: BarSeries): void {
  const change = series.take();
  if (change.kind === 'all') canvas.set(series.bars);
  else canvas.update(change.bars);
}

/** Draws everything, in new colours. What had changed is drawn with it, and must not be drawn again. */
export function redraw(canvas: Canvas, series: BarSeries): void {
  series.take();
  canvas.set(series.bars);
}
