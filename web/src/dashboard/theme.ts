// Which colours hold, for what is drawn: changes with the system's choice and the reader's.
import { useSyncExternalStore } from 'react';

const DARK = matchMedia('(prefers-color-scheme: dark)');

const current = (): string => document.documentElement.dataset.theme ?? (DARK.matches ? 'dark' : 'light');

function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  DARK.addEventListener('change', listener);
  return () => {
    observer.disconnect();
    DARK.removeEventListener('change', listener);
  };
}

export const useTheme = (): string => useSyncExternalStore(subscribe, current);
