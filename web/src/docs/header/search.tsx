// Search over operations, messages and schemas: a combobox as the ARIA Authoring Practices have it.
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useSession } from '../session';
import { index, search, type Hit } from './search-index';

const MAX_HITS = 12;

export function Search() {
  const { api } = useSession();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const all = useMemo(() => index(api), [api]);
  const hits = useMemo(() => search(all, query, MAX_HITS), [all, query]);
  const isShown = isOpen && query.trim() !== '';
  useShortcut(field);

  function go(hit: Hit) {
    setOpen(false);
    setQuery('');
    location.hash = `#${encodeURIComponent(hit.anchor)}`;
    focusAt(hit.anchor);
  }

  function keys(event: KeyboardEvent) {
    const hit = hits[active];
    if (event.key === 'ArrowDown') setActive(Math.min(active + 1, hits.length - 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(active - 1, 0));
    else if (event.key === 'Enter' && hit && isShown) go(hit);
    else if (event.key === 'Escape') {
      setQuery('');
      setOpen(false);
    } else return;
    event.preventDefault();
  }

  return (
    <div className="search" role="search" onBlur={(event) => {
      if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
    }}>
      <input
        ref={field}
        type="text"
        role="combobox"
        aria-label="Search operations, messages and schemas"
        aria-expanded={isShown}
        aria-controls={`${id}-hits`}
        aria-autocomplete="list"
        aria-activedescendant={isShown && hits.length > 0 ? `${id}-${active}` : undefined}
        placeholder="Search ( / )"
        autoComplete="off"
        spellCheck={false}
        value={query}
        onFocus={() => setOpen(true)}
        onChange={(event) => {
          setQuery(event.target.value);
          setActive(0);
          setOpen(true);
        }}
        onKeyDown={keys}
      />
      <ul className="hits" id={`${id}-hits`} role="listbox" aria-label="Found" hidden={!isShown}>
        {hits.map((hit, at) => (
          <li
            key={hit.anchor}
            id={`${id}-${at}`}
            role="option"
            aria-selected={at === active}
            // Before the field loses the focus and the list goes.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => go(hit)}
          >
            <span className={`hit-kind hit-${hit.kind}`}>{hit.kind}</span>
            <b>{hit.name}</b>
            <span className="hit-about">{hit.about}</span>
          </li>
        ))}
      </ul>
      <p className="hits hits-none" role="status" hidden={!isShown || hits.length > 0}>
        Nothing is called “{query}”, or says so.
      </p>
    </div>
  );
}

/** `/` as on many sites, and Ctrl or ⌘ with K. */
function useShortcut(field: React.RefObject<HTMLInputElement>) {
  useEffect(() => {
    function onKey(event: globalThis.KeyboardEvent) {
      const isTyping = (event.target as Element).matches('input, textarea, select');
      const isSlash = event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey;
      const isK = event.key === 'k' && (event.ctrlKey || event.metaKey);
      if (!isSlash && !isK) return;
      event.preventDefault();
      field.current?.focus();
    }
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [field]);
}

/** The keyboard goes on where the reader has been led to. */
function focusAt(anchor: string) {
  const place = document.getElementById(anchor);
  place?.querySelector<HTMLElement>('a[href], button')?.focus({ preventScroll: true });
}
