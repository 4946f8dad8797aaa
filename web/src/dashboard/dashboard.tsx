// The page: what is watched to the left, what is selected beside it.
import { useSignal } from '../shared/signal';
import { ThemeSwitch } from '../shared/theme-switch';
import { usePlace } from './place';
import { Selected } from './selected';
import { useSession } from './session';
import { Alerts } from './status/alerts';
import { Strip } from './status/strip';
import { staleText } from './status/words';
import { useSymbols } from './watchlist/use-symbols';
import { Watchlist } from './watchlist/watchlist';

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
