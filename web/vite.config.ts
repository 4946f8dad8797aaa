// Builds web/dist, which is committed: the server embeds it, so `cargo run` needs no Node.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { thirdParty } from './build/third-party.ts';
import { standIns } from './build/stand-ins.ts';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [standIns(), thirdParty()],
  build: {
    target: 'es2022',
    // The first with `light-dark()`, by which the colours are chosen.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // One style sheet and one script with fixed names: the server sends ETags, and a diff of
    // web/dist shows what changed.
    cssCodeSplit: false,
    modulePreload: false,
    // `data:` URLs would need their own line in the Content-Security-Policy.
    assetsInlineLimit: 0,
    reportCompressedSize: true,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      // `"use client"` of a library says nothing to a page that only ever runs in a client.
      onLog: (level, log, handler) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handler(level, log);
      },
      output: {
        codeSplitting: false,
        entryFileNames: 'assets/docs.js',
        assetFileNames: 'assets/docs[extname]',
      },
    },
  },
  experimental: {
    // The page is `…/ws/asyncapi`, without a slash at its end, so a browser resolves what it names
    // against `…/ws/`. Never absolute: behind a reverse proxy the prefix is not ours to know.
    renderBuiltUrl: (file, { hostType }) =>
      hostType === 'html' ? `asyncapi/${file}` : { relative: true },
  },
});
