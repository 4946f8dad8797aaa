// Writes dist/THIRD-PARTY.txt: name, version, licence and licence text of every package of which
// something is in the bundle. Found from the bundle itself, so that nothing is forgotten.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const RULE = '-'.repeat(80);
const LICENCE_FILE = /^(licen[cs]e|copying|notice)(\.|-|$)/i;

export function thirdParty(): Plugin {
  return {
    name: 'third-party',
    apply: 'build',
    generateBundle(_, bundle) {
      const roots = new Set<string>();
      for (const item of Object.values(bundle)) {
        if (item.type !== 'chunk') continue;
        for (const [id, module] of Object.entries(item.modules)) {
          const root = packageRoot(id);
          if (root !== undefined && (module.renderedLength > 0 || id.endsWith('.css'))) {
            roots.add(root);
          }
        }
      }
      if (roots.size === 0) this.error('no package was found in the bundle');
      const entries = [...roots].map(describe).sort((a, b) => a.localeCompare(b, 'en'));
      const intro =
        'This page contains parts of these packages, each under its own licence.\n';
      this.emitFile({
        type: 'asset',
        fileName: 'THIRD-PARTY.txt',
        source: [intro, ...entries].join(`\n${RULE}\n`),
      });
    },
  };
}

/** The folder of the package that a module belongs to; nothing for our own. */
function packageRoot(id: string): string | undefined {
  const marker = '/node_modules/';
  const at = id.lastIndexOf(marker);
  if (at < 0) return undefined;
  const parts = id.slice(at + marker.length).split('/');
  const name = parts[0]?.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0];
  return `${id.slice(0, at)}${marker}${name}`.replace(/^\0/, '');
}

function describe(root: string): string {
  const { name, version, license, homepage } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  if (typeof license !== 'string') throw new Error(`${name} does not name its licence`);
  const texts = readdirSync(root)
    .filter((file) => LICENCE_FILE.test(file) && existsSync(join(root, file)))
    .sort()
    .map((file) => readFileSync(join(root, file), 'utf8').replaceAll('\r\n', '\n').trim());
  return [`${name} ${version}`, `Licence: ${license}`, homepage, '', ...texts, '']
    .filter((line) => line !== undefined)
    .join('\n');
}
