// The symbols that are watched, in their order. Every change gives a new list.

/** More would take more than a screen, and two topics each of what a connection may have. */
export const MOST_SYMBOLS = 40;

const KEY = 'tickwire.watchlist';

/** As `TickerSymbol` of the contract. */
export const SYMBOL = /^[A-Z0-9][A-Z0-9._-]{0,31}$/;

export type Symbols = readonly string[];

export function added(symbols: Symbols, symbol: string): Symbols {
  return symbols.includes(symbol) || symbols.length >= MOST_SYMBOLS ? symbols : [...symbols, symbol];
}

export const removed = (symbols: Symbols, symbol: string): Symbols => symbols.filter((one) => one !== symbol);

/** `by` is 1 for a place down, -1 for one up. The ends hold. */
export function moved(symbols: Symbols, symbol: string, by: number): Symbols {
  const from = symbols.indexOf(symbol);
  const to = Math.min(Math.max(from + by, 0), symbols.length - 1);
  if (from < 0 || to === from) return symbols;
  const after = removed(symbols, symbol);
  return [...after.slice(0, to), symbol, ...after.slice(to)];
}

/** The neighbour of a symbol, itself at the end of the list. */
export function beside(symbols: Symbols, symbol: string, by: number): string | undefined {
  const at = symbols.indexOf(symbol);
  return at < 0 ? symbols[0] : (symbols[at + by] ?? symbol);
}

/** What was kept; nothing on a first visit, or where it is not ours. */
export function kept(storage: () => Pick<Storage, 'getItem'>): Symbols | undefined {
  try {
    const list: unknown = JSON.parse(storage().getItem(KEY) ?? 'null');
    if (!Array.isArray(list)) return undefined;
    const symbols = list.filter((one): one is string => typeof one === 'string' && SYMBOL.test(one));
    return [...new Set(symbols)].slice(0, MOST_SYMBOLS);
  } catch {
    // Forbidden by the browser's settings, or no JSON.
    return undefined;
  }
}

export function keep(storage: () => Pick<Storage, 'setItem'>, symbols: Symbols): void {
  try {
    storage().setItem(KEY, JSON.stringify(symbols));
  } catch {
    // Then it holds until the page is left.
  }
}
