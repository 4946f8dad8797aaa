// Finds symbols by name, and adds the one that is chosen: a combobox with its list (ARIA 1.2).
import { useRequest } from 'tickwire/react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useSession } from '../session';
import { moved } from './cursor';

/** So many are asked for and shown. */
const MOST = 8;

interface Props {
  /** Those that are there already. */
  symbols: readonly string[];
  onAdd: (symbol: string) => void;
}

export function Add({ symbols, onAdd }: Props) {
  const { client } = useSession();
  const field = useRef<HTMLInputElement>(null);
  const list = useId();
  const [query, setQuery] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const wanted = isOpen ? { query: query.trim().slice(0, 64), limit: MOST } : null;
  const { data, status } = useRequest(client.symbolsSearch, wanted);
  const found = (isOpen ? data?.symbols : undefined) ?? [];
  const chosen = found[Math.min(at, found.length - 1)];

  // `/` leads here, unless it is typed somewhere.
  useEffect(() => {
    const focus = (event: globalThis.KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && event.target.matches('input, select, textarea');
      if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      field.current?.focus();
    };
    document.addEventListener('keydown', focus);
    return () => document.removeEventListener('keydown', focus);
  }, []);

  function take(symbol: string) {
    onAdd(symbol);
    setQuery('');
    setOpen(false);
  }
  function key(event: KeyboardEvent) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!isOpen) setOpen(true);
      else setAt(moved(at, event.key === 'ArrowDown' ? 1 : -1, found.length));
    } else if (event.key === 'Enter' && isOpen && chosen) {
      event.preventDefault();
      take(chosen.symbol);
    } else if (event.key === 'Escape') {
      setOpen(false);
      setQuery('');
    }
  }
  const option = (index: number) => `${list}-${index}`;
  return (
    <div className="add">
      <input
        ref={field}
        type="text"
        role="combobox"
        aria-label="Add a symbol"
        aria-expanded={isOpen}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && chosen ? option(found.indexOf(chosen)) : undefined}
        placeholder="Add a symbol  /"
        autoComplete="off"
        spellCheck={false}
        maxLength={64}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={key}
      />
      <div id={list} className="found" role="listbox" aria-label="Found symbols" hidden={!isOpen}>
        {found.map(({ symbol, description, exchange }, index) => (
          <div
            key={symbol}
            id={option(index)}
            role="option"
            aria-selected={symbol === chosen?.symbol}
            // Before the field loses the focus, which closes the list.
            onPointerDown={(event) => (event.preventDefault(), take(symbol))}
          >
            <b>{symbol}</b>
            <span>{description}</span>
            <small>{symbols.includes(symbol) ? 'watched' : exchange}</small>
          </div>
        ))}
        {isOpen && status === 'done' && found.length === 0 && (
          <div role="option" aria-selected={false} aria-disabled="true" className="found-none">
            Nothing is called “{query}”
          </div>
        )}
      </div>
    </div>
  );
}
