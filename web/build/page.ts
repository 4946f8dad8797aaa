// How a page is built: `src/<name>` to `dist/<name>`, which is committed, since the server embeds it and
// `cargo run` needs no Node. Each page is a build by itself, so that each is one script and one style
// sheet, with the licences of what is in them.
import { fileURLToPath } from 'node:url';
import type { UserConfig } from 'vite';
import { thirdParty } from './third-party.ts';

const folder = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** `assets`: where the page finds its files, relative to its own address. */
export function page(name: string, assets: string): UserConfig {
  return {
    root: folder(`src/${name}`),
    plugins: [thirdParty()],
    build: {
      outDir: folder(`dist/${name}`),
      emptyOutDir: true,
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
          entryFileNames: `${name}.js`,
          assetFileNames: `${name}[extname]`,
        },
      },
    },
    experimental: {
      // Never absolute: behind a reverse proxy the prefix is not ours to know.
      renderBuiltUrl: (file, { hostType }) => (hostType === 'html' ? assets + file : { relative: true }),
    },
  };
}
