// The names that the clients give to operations and families.

/** `bars`, `fleet_alert`, `portfolio.updates` as a name of JavaScript: `portfolioUpdates`. */
export const camel = (name: string): string =>
  name.replace(/[._-]+(\w)/g, (_, letter: string) => letter.toUpperCase());

/** `barsHistory`, `portfolio.updates` as a name of Python: `bars_history`. */
export const snake = (name: string): string =>
  name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/[.-]+/g, '_').toLowerCase();

/** The file of the JavaScript client, after the contract's title: `Fleet telemetry` is in `fleet-telemetry.js`. */
export const module = (title: string): string =>
  title.replace(/([a-z0-9])([A-Z])/g, '$1-$2').replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+|-+$/g, '').toLowerCase() || 'client';
