// The page at `/`.
import { defineConfig, mergeConfig } from 'vite';
import { page } from './build/page.ts';
import { servedClient } from './build/served-client.ts';

export default defineConfig(
  mergeConfig(page('dashboard', 'assets/'), {
    plugins: [servedClient()],
    // The client's hooks lie outside of this folder, where no React is.
    resolve: { dedupe: ['react'] },
  }),
);
