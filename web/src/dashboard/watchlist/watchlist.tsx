// The symbols that are watched, with their quotes.
import { useState, type KeyboardEvent } from 'react';
import { Add } from './add';
import { Row } from './row';
import { added, beside, moved, removed, type Symbols } from './symbols';

interface Props {
  symbols: Symbols;
  selected: string | undefined;
  onSelect: (symbol: string) => void;
  onChange: (symbols: Symbols) => void;
}

export function Watchlist({ symbols, selected, onSelect, onChange }: Props) {
  const [isEditing, setEditing] = useState(false);

  function key(event: KeyboardEvent<HTMLElement>) {
    const row = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('.watch') : null;
    const symbol = row?.dataset.symbol;
    if (row === null || symbol === undefined) return;
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by !== 0) {
      event.preventDefault();
      if (event.altKey) onChange(moved(symbols, symbol, by));
      else go(row, beside(symbols, symbol, by));
    } else if (event.key === 'Delete') {
      const next = beside(symbols, symbol, 1) === symbol ? beside(symbols, symbol, -1) : beside(symbols, symbol, 1);
      go(row, next);
      onChange(removed(symbols, symbol));
    }
  }
  function go(row: HTMLElement, symbol: string | undefined) {
    if (symbol === undefined) return;
    onSelect(symbol);
    const rows = row.parentElement?.querySelectorAll<HTMLElement>('.watch') ?? [];
    const next = [...rows].find(({ dataset }) => dataset.symbol === symbol);
    next?.querySelector<HTMLElement>('th button')?.focus();
  }
  return (
    <section className="panel watchlist" aria-label="Watchlist">
      <header>
        <h2>Watchlist</h2>
        <Add symbols={symbols} onAdd={(symbol) => (onChange(added(symbols, symbol)), onSelect(symbol))} />
        <button
          type="button"
          className="quiet"
          aria-pressed={isEditing}
          title="Order and remove; by keyboard Alt+↑, Alt+↓ and Delete"
          onClick={() => setEditing(!isEditing)}
        >
          Edit
        </button>
      </header>
      <div className="scroll">
        <table onKeyDown={key}>
          <thead>
            <tr>
              <th scope="col">Symbol</th>
              <th scope="col">Last</th>
              <th scope="col">Change</th>
              <th scope="col">Bid</th>
              <th scope="col">Ask</th>
              <th scope="col" className="spread">Spread</th>
            </tr>
          </thead>
          <tbody>
            {symbols.map((symbol) => (
              <Row
                key={symbol}
                symbol={symbol}
                isSelected={symbol === selected}
                isEditing={isEditing}
                onSelect={() => onSelect(symbol)}
                onMove={(by) => onChange(moved(symbols, symbol, by))}
                onRemove={() => onChange(removed(symbols, symbol))}
              />
            ))}
          </tbody>
        </table>
        {symbols.length === 0 && <p className="empty">Nothing is watched. Add a symbol above.</p>}
      </div>
    </section>
  );
}
