// The page: what is watched to the left, what is selected beside it.
import type { BarResolution } from 'tickwire';
import { useAnswer, useChange, useSymbol } from './feed';
import { useEffect, useState } from 'react';
import { useSignal } from '../shared/signal';
import { ThemeSwitch } from '../shared/theme-switch';
import { OrderBook } from './book/book';
import { Chart } from './chart/chart';
import { change as changeText, percent, price, zone } from './market/format';
import { fragmentOf, longName, placeOf, RESOLUTIONS, shortName } from './place';
import { useSession } from './session';
import { Alerts } from './status/alerts';
import { Strip } from './status/strip';
import { staleText } from './status/words';
import { Tape } from './tape/tape';
import { useTheme } from './theme';
import { direction } from './watchlist/row';
import { keep, kept, type Symbols } from './watchlist/symbols';
import { Watchlist } from './watchlist/watchlist';

/** So many of the server's symbols are watched at first. */
const FIRST_SYMBOLS = 8;

export function Dashboard({ notice }: { notice: string | undefined }) {
  const session = useSession();
  useSignal(session.signal);
  const [symbols, setSymbols] = useSymbols();
  const [place, setPlace] = usePlace();
  const selected = place.symbol ?? symbols?.[0];
  const stale = staleText(session.freshness);
  const select = (symbol: string) => setPlace({ ...place, symbol });
  return (
    <div className="dashboard" data-stale={stale === undefined ? undefined : ''}>
      <header className="top">
        <h1>Tickwire</h1>
        <Alerts />
        {stale && <strong className="stale" role="status">{stale}</strong>}
        <ThemeSwitch />
      </header>
      <main>
        <Watchlist symbols={symbols ?? []} selected={selected} onSelect={select} onChange={setSymbols} />
        {selected === undefined ? <p className="panel empty nothing">{symbols ? 'Add a symbol to see it here.' : 'Loading symbols…'}</p> : (
          <Selected
            symbol={selected}
            resolution={place.resolution}
            isStale={stale !== undefined}
            onResolution={(resolution) => setPlace({ symbol: selected, resolution })}
          />
        )}
      </main>
      <Strip notice={notice} />
    </div>
  );
}

interface SelectedProps {
  symbol: string;
  resolution: BarResolution;
  isStale: boolean;
  onResolution: (resolution: BarResolution) => void;
}

function Selected({ symbol, resolution, isStale, onResolution }: SelectedProps) {
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

/** The kept list, or the server's first symbols where there is none. */
function useSymbols(): [Symbols | undefined, (symbols: Symbols) => void] {
  const { client } = useSession();
  const [own, setOwn] = useState(() => kept(() => localStorage));
  const { data } = useAnswer(client.symbolsSearch, own === undefined ? { query: '', limit: FIRST_SYMBOLS } : null);
  const symbols = own ?? data?.symbols.map(({ symbol }) => symbol);
  const set = (after: Symbols) => {
    keep(() => localStorage, after);
    setOwn(after);
  };
  return [symbols, set];
}

/** The symbol and resolution of the address. */
function usePlace(): [ReturnType<typeof placeOf>, (place: { symbol: string | undefined; resolution: BarResolution }) => void] {
  const [place, setPlace] = useState(() => placeOf(location.hash));
  useEffect(() => {
    const follow = () => setPlace(placeOf(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  const set = ({ symbol, resolution }: { symbol: string | undefined; resolution: BarResolution }) => {
    setPlace({ symbol, resolution });
    if (symbol !== undefined) history.replaceState(null, '', fragmentOf({ symbol, resolution }));
  };
  return [place, set];
}
