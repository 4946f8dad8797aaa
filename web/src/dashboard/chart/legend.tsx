// The numbers of the bar below the pointer, or of the newest.
import { useSignal } from '../../shared/signal';
import { direction } from '../market/direction';
import { dayAndTime, percent, price, tradingDay, volume } from '../market/format';
import type { BarSeries } from './series';

interface Props {
  series: BarSeries;
  hovered: number | undefined;
  decimals: number;
  isDaily: boolean;
}

export function Legend({ series, hovered, decimals, isDaily }: Props) {
  useSignal(series.signal);
  const bar = (hovered === undefined ? undefined : series.at(hovered)) ?? series.last;
  if (bar === undefined) return <dl className="legend" />;
  const { time, open, high, low, close } = bar;
  return (
    <dl className={`legend ${direction(close - open)}`}>
      <div className="legend-time"><dt>Time</dt><dd>{isDaily ? tradingDay(time) : dayAndTime(time)}</dd></div>
      <div><dt>O</dt><dd>{price(open, decimals)}</dd></div>
      <div><dt>H</dt><dd>{price(high, decimals)}</dd></div>
      <div><dt>L</dt><dd>{price(low, decimals)}</dd></div>
      <div><dt>C</dt><dd>{price(close, decimals)}</dd></div>
      <div className="legend-change"><dt>Change</dt><dd>{percent((close - open) / open)}</dd></div>
      <div><dt>V</dt><dd>{volume(bar.volume)}</dd></div>
    </dl>
  );
}
