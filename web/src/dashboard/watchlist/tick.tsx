// A number that shows for a moment when it has gone up or down.
import { useEffect, useRef } from 'react';

const CALM = matchMedia('(prefers-reduced-motion: reduce)');

export function Tick({ value, text }: { value: number | undefined; text: string }) {
  const place = useRef<HTMLSpanElement>(null);
  const before = useRef(value);
  useEffect(() => {
    const from = before.current;
    before.current = value;
    if (from === undefined || value === undefined || from === value || CALM.matches) return;
    const colour = value > from ? 'var(--up-flash)' : 'var(--down-flash)';
    // Not by a class, which would have to be taken away before the next one shows.
    place.current?.animate([{ backgroundColor: colour }, { backgroundColor: 'transparent' }], {
      duration: 500,
      easing: 'ease-out',
    });
  }, [value]);
  return <span ref={place} className="tick">{text}</span>;
}
