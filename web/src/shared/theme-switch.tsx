import { useState } from 'react';
import { applyTheme, keepTheme, keptTheme, THEMES, type Theme } from './theme';

const SIGNS: Record<Theme, string> = { system: '◐', light: '☀', dark: '☾' };

/** Goes from the system's choice to light to dark. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState(keptTheme);
  function next() {
    const following = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
    setTheme(following);
    applyTheme(following);
    keepTheme(following);
  }
  return (
    <button type="button" className="theme-switch" aria-label={`Colours: ${theme}`} title={`Colours: ${theme}`} onClick={next}>
      <span aria-hidden="true">{SIGNS[theme]}</span>
    </button>
  );
}
