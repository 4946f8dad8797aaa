// The watchlist, kept in the browser.
import { useState } from 'react';
import { useAnswer } from '../feed';
import { useSession } from '../session';
import { keep, kept, type Symbols } from './symbols';

/** So many of the server's symbols are watched at first. */
const FIRST_SYMBOLS = 8;

/** The kept list, or the server's first symbols where there is none. */
export function useSymbols(): [Symbols | undefined, (symbols: Symbols) => void] {
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
