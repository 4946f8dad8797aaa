// The candles of the selected symbol.
import type { BarResolution, SymbolInfo } from 'tickwire';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useSignal } from '../../shared/signal';
import { longName } from '../place';
import { useSession } from '../session';
import { Candles } from './candles';
import { coloursAt } from './colours';
import { draw, redraw } from './draw';
import { Legend } from './legend';
import { BarSeries } from './series';

interface Props {
  info: SymbolInfo;
  resolution: BarResolution;
  isStale: boolean;
  /** Changes with the colours of the page. */
  theme: string;
}

export function Chart({ info, resolution, isStale, theme }: Props) {
  const { client } = useSession();
  const { symbol, price_decimals: decimals } = info;
  const isDaily = resolution === 'D';
  const place = useRef<HTMLDivElement>(null);
  const candles = useRef<Candles>();
  const [hovered, setHovered] = useState<number>();
  const series = useMemo(() => new BarSeries(client, symbol, resolution), [client, symbol, resolution]);

  useEffect(() => {
    if (place.current === null) return;
    const chart = new Candles(place.current, coloursAt(place.current), { decimals, isDaily }, setHovered, () => void series.older());
    candles.current = chart;
    const leave = series.signal.subscribe(() => draw(chart, series));
    const stop = series.start();
    return () => {
      stop();
      leave();
      chart.remove();
    };
  }, [series, decimals, isDaily]);

  useEffect(() => {
    if (place.current === null || candles.current === undefined) return;
    candles.current.paint(coloursAt(place.current));
    redraw(candles.current, series);
  }, [series, isStale, theme]);

  function key(event: KeyboardEvent) {
    const chart = candles.current;
    const acts: Record<string, () => void> = {
      ArrowLeft: () => chart?.pan(-0.1),
      ArrowRight: () => chart?.pan(0.1),
      '+': () => chart?.zoom(0.8),
      '-': () => chart?.zoom(1.25),
      End: () => chart?.latest(series.bars.length),
    };
    const act = acts[event.key];
    if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  }
  return (
    <div className="chart">
      <Legend series={series} hovered={hovered} decimals={decimals} isDaily={isDaily} />
      <div
        ref={place}
        className="canvas"
        role="group"
        aria-label={`Candles of ${symbol}, ${longName(resolution)}. Arrows move, plus and minus zoom, End shows the newest.`}
        tabIndex={0}
        onKeyDown={key}
      />
      <Problem series={series} />
    </div>
  );
}

function Problem({ series }: { series: BarSeries }) {
  useSignal(series.signal);
  if (series.status === 'shown') return null;
  return (
    <p className="over" role={series.status === 'failed' ? 'alert' : 'status'}>
      {series.status === 'loading' ? 'Loading bars…' : `No bars: ${series.problem}`}
    </p>
  );
}
