// A canvas of candles and volumes, by TradingView's Lightweight Charts.
import {
  CandlestickSeries,
  createChart,
  CrosshairMode,
  HistogramSeries,
  TickMarkType,
  type IChartApi,
  type ISeriesApi,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts';
import type { Bar } from '../market/bars';
import { datePart, dayAndTime, hourAndMinute, timeOfDay, tradingDay } from '../market/format';
import type { Colours } from './colours';

/** So many bars fill the chart at first. */
const VISIBLE = 120;

/** When fewer are left of what is seen, older ones are asked for. */
const NEAR = 40;

export interface Looks {
  readonly decimals: number;
  /** Bars are days, which have a date instead of a time. */
  readonly isDaily: boolean;
}

export class Candles {
  readonly #chart: IChartApi;
  readonly #prices: ISeriesApi<'Candlestick'>;
  readonly #volumes: ISeriesApi<'Histogram'>;
  #colours: Colours;
  #isEmpty = true;

  /** `hovered` is told the time below the pointer; `nearStart`: the first bars are about to be seen. */
  constructor(place: HTMLElement, colours: Colours, looks: Looks, hovered: (time: number | undefined) => void, nearStart: () => void) {
    this.#colours = colours;
    this.#chart = createChart(place, {
      autoSize: true,
      // Its logo needs an inline style sheet; the page names the library in words.
      layout: { attributionLogo: false },
      crosshair: { mode: CrosshairMode.Normal },
      rightPriceScale: { scaleMargins: { top: 0.08, bottom: 0.24 } },
      timeScale: {
        timeVisible: !looks.isDaily,
        secondsVisible: false,
        rightOffset: 4,
        minBarSpacing: 1,
        tickMarkFormatter: (time: Time, kind: TickMarkType) => axisText(milliseconds(time), kind, looks.isDaily),
      },
      localization: {
        timeFormatter: (time: Time) =>
          looks.isDaily ? tradingDay(milliseconds(time)) : dayAndTime(milliseconds(time)),
      },
    });
    const precision = { type: 'price', precision: looks.decimals, minMove: 10 ** -looks.decimals } as const;
    this.#prices = this.#chart.addSeries(CandlestickSeries, { priceFormat: precision });
    this.#volumes = this.#chart.addSeries(HistogramSeries, {
      priceFormat: { type: 'volume' },
      priceScaleId: 'volume',
      lastValueVisible: false,
      priceLineVisible: false,
    });
    this.#chart.priceScale('volume').applyOptions({ scaleMargins: { top: 0.82, bottom: 0 } });
    this.#chart.subscribeCrosshairMove(({ time }) => hovered(time === undefined ? undefined : milliseconds(time)));
    this.#chart.timeScale().subscribeVisibleLogicalRangeChange((range) => {
      if (range !== null && range.from < NEAR) nearStart();
    });
    this.paint(colours);
  }

  /** Other colours: of the dark, of stale data. */
  paint(colours: Colours): void {
    this.#colours = colours;
    const { ground, text, line, crosshair, label, up, down, font } = colours;
    this.#chart.applyOptions({
      layout: { background: { color: ground }, textColor: text, fontFamily: font, fontSize: 11 },
      grid: { vertLines: { color: line }, horzLines: { color: line } },
      crosshair: {
        vertLine: { color: crosshair, labelBackgroundColor: label },
        horzLine: { color: crosshair, labelBackgroundColor: label },
      },
      rightPriceScale: { borderColor: line },
      timeScale: { borderColor: line },
    });
    this.#prices.applyOptions({ upColor: up, downColor: down, wickUpColor: up, wickDownColor: down, borderVisible: false });
  }

  /** All of them, in order. The view stays at its times, unless it is the first. */
  set(bars: readonly Bar[]): void {
    this.#prices.setData(bars.map(candle));
    this.#volumes.setData(bars.map((bar) => this.#volume(bar)));
    if (!this.#isEmpty || bars.length === 0) return;
    this.#isEmpty = false;
    this.latest(bars.length);
  }

  /** Those that have changed at the end, in order. */
  update(bars: readonly Bar[]): void {
    for (const bar of bars) {
      this.#prices.update(candle(bar));
      this.#volumes.update(this.#volume(bar));
    }
  }

  /** Looks at the newest of `count` bars. */
  latest(count: number): void {
    this.#chart.timeScale().setVisibleLogicalRange({ from: Math.max(count - VISIBLE, 0), to: count + 4 });
  }

  /** Moves the view by a part of its width. */
  pan(part: number): void {
    const scale = this.#chart.timeScale();
    const range = scale.getVisibleLogicalRange();
    if (range === null) return;
    const by = (range.to - range.from) * part;
    scale.setVisibleLogicalRange({ from: range.from + by, to: range.to + by });
  }

  /** Shows `factor` times as many bars, the last one staying where it is. */
  zoom(factor: number): void {
    const scale = this.#chart.timeScale();
    const range = scale.getVisibleLogicalRange();
    if (range === null) return;
    scale.setVisibleLogicalRange({ from: range.to - (range.to - range.from) * factor, to: range.to });
  }

  remove(): void {
    this.#chart.remove();
  }

  #volume({ time, volume, open, close }: Bar) {
    const color = close >= open ? this.#colours.upVolume : this.#colours.downVolume;
    return { time: seconds(time), value: volume, color };
  }
}

const seconds = (ms: number): UTCTimestamp => (ms / 1_000) as UTCTimestamp;
const milliseconds = (time: Time): number => (time as UTCTimestamp) * 1_000;
const candle = ({ time, open, high, low, close }: Bar) => ({ time: seconds(time), open, high, low, close });

function axisText(ms: number, kind: TickMarkType, isDaily: boolean): string {
  switch (kind) {
    case TickMarkType.Year:
      return datePart(ms, 'year', isDaily);
    case TickMarkType.Month:
      return datePart(ms, 'month', isDaily);
    case TickMarkType.DayOfMonth:
      return datePart(ms, 'day', isDaily);
    case TickMarkType.Time:
      return hourAndMinute(ms);
    case TickMarkType.TimeWithSeconds:
      return timeOfDay(ms);
  }
}
