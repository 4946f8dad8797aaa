// The dashboard uses the client that the server hands out to everybody, made from the contract that it
// serves; so it is not in the bundle, and a change of the contract is no change of the page.
import type { Plugin } from 'vite';

/** Where it is, for `assets/dashboard.js`. */
const SERVED = '../ws/clients/typescript.js';

export function servedClient(): Plugin {
  return {
    name: 'served-client',
    enforce: 'pre',
    resolveId: (source) => (source === 'tickwire' ? { id: SERVED, external: true } : undefined),
  };
}
