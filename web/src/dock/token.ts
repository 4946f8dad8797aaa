// The token outlives a reload of the page, and ends with its tab. It is never in `localStorage`,
// where every page of this origin would find it for ever.
const KEY = 'tickwire.token';

export function keptToken(): string {
  try {
    return sessionStorage.getItem(KEY) ?? '';
  } catch {
    // Forbidden by the browser's settings: then it lives in memory only.
    return '';
  }
}

export function keepToken(token: string): void {
  try {
    if (token === '') sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, token);
  } catch {
    // See above.
  }
}
