// What is looked at, in the address, so that a link shows it to others: `#AAPL:5`, as in the topic
// `bars:AAPL:5`.
import type { BarResolution } from 'tickwire';
import { useEffect, useState } from 'react';
import { SYMBOL } from './watchlist/symbols';

export const RESOLUTIONS: readonly BarResolution[] = ['1', '5', '15', '30', '60', '240', 'D'];

/** `symbol` is missing where the address names none. */
export interface Place {
  readonly symbol: string | undefined;
  readonly resolution: BarResolution;
}

/** The place of a fragment. A symbol that nobody has is found out later; the rest falls back. */
export function placeOf(fragment: string): Place {
  const [symbol = '', wanted] = decoded(fragment.replace(/^#/, '')).split(':');
  const resolution = RESOLUTIONS.find((one) => one === wanted) ?? '1';
  return { symbol: SYMBOL.test(symbol) ? symbol : undefined, resolution };
}

export const fragmentOf = (symbol: string, resolution: BarResolution): string => `#${symbol}:${resolution}`;

/** The place of the address, and how to go to another one. */
export function usePlace(): [Place, (place: Place) => void] {
  const [place, setPlace] = useState(() => placeOf(location.hash));
  useEffect(() => {
    const follow = () => setPlace(placeOf(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  const go = ({ symbol, resolution }: Place) => {
    setPlace({ symbol, resolution });
    if (symbol !== undefined) history.replaceState(null, '', fragmentOf(symbol, resolution));
  };
  return [place, go];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

const NAMES: Record<BarResolution, [short: string, long: string]> = {
  '1': ['1m', '1 minute'],
  '5': ['5m', '5 minutes'],
  '15': ['15m', '15 minutes'],
  '30': ['30m', '30 minutes'],
  '60': ['1h', '1 hour'],
  '240': ['4h', '4 hours'],
  D: ['1D', '1 day'],
};

export const shortName = (resolution: BarResolution): string => NAMES[resolution][0];
export const longName = (resolution: BarResolution): string => NAMES[resolution][1];
