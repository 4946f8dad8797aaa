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

/**
 * Takes the token out of an address such as `http://localhost:8080/#token=ey…`, which a server prints
 * that has no authentication configured. The fragment is not sent to any server; nor should it stay
 * where it could be copied along with the address. Says whether there was one.
 */
export function takeToken(): boolean {
  const token = /^#token=([\w.~-]+)$/.exec(location.hash)?.[1];
  if (token === undefined) return false;
  keepToken(token);
  history.replaceState(null, '', location.pathname + location.search);
  return true;
}

export function keepToken(token: string): void {
  try {
    if (token === '') sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, token);
  } catch {
    // See above.
  }
}
