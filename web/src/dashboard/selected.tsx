// The symbol that is looked at: its chart, order book and trades.
import type { BarResolution } from 'tickwire';
import { useEffect } from 'react';
import { OrderBook } from './book/book';
import { Chart } from './chart/chart';
import { useChange, useSymbol } from './feed';
import { direction } from './market/direction';
import { change as changeText, percent, price, zone } from './market/format';
import { longName, RESOLUTIONS, shortName } from './place';
import { Tape } from './tape/tape';
import { useTheme } from './theme';

interface Props {
  symbol: string;
  resolution: BarResolution;
  isStale: boolean;
  onResolution: (resolution: BarResolution) => void;
}

export function Selected({ symbol, resolution, isStale, onResolution }: Props) {
  const { data, status, error } = useSymbol(symbol);
  // Of the symbol before, until the new one's is there.
  const info = data?.symbol === symbol ? data : undefined;
  const theme = useTheme();
  useEffect(() => {
    document.title = `${symbol} · Tickwire`;
  }, [symbol]);
  return (
    <>
      <section className="panel market" aria-label={`Chart of ${symbol}`}>
        <header>
          <h2>{symbol}</h2>
          <span className="aside about">{info && `${info.description} · ${info.exchange}`}</span>
          {info && <Headline symbol={symbol} decimals={info.price_decimals} currency={info.currency} />}
          <fieldset className="resolutions">
            <legend className="unseen">Resolution</legend>
            {RESOLUTIONS.filter((one) => info === undefined || info.resolutions.includes(one)).map((one) => (
              <label key={one} title={longName(one)}>
                <input type="radio" name="resolution" checked={one === resolution} onChange={() => onResolution(one)} />
                <span>{shortName(one)}</span>
              </label>
            ))}
          </fieldset>
        </header>
        {info ? <Chart key={symbol} info={info} resolution={resolution} isStale={isStale} theme={theme} /> : (
          <p className="empty" role={error ? 'alert' : 'status'}>
            {status === 'failed' && error ? `${symbol} cannot be shown: ${error.message}` : `Loading ${symbol}…`}
          </p>
        )}
        <Footnote />
      </section>
      {info && <OrderBook key={`book ${symbol}`} info={info} />}
      {info && <Tape key={`tape ${symbol}`} info={info} />}
    </>
  );
}

function Headline({ symbol, decimals, currency }: { symbol: string; decimals: number; currency: string | undefined }) {
  const { last, change, ratio } = useChange(symbol);
  return (
    <span className="headline">
      <span className="price">{price(last, decimals)}</span>
      <span className="aside">{currency}</span>
      <span className={direction(change)}>{changeText(change, decimals)} ({percent(ratio)})</span>
    </span>
  );
}

function Footnote() {
  return (
    <p className="footnote">
      <span>Times in {zone(Date.now())}</span>
      <span>
        <a href="https://www.tradingview.com/" rel="noreferrer">TradingView Lightweight Charts™</a> © TradingView, Inc. ·{' '}
        <a href="assets/THIRD-PARTY.txt">Licences</a>
      </span>
    </p>
  );
}
