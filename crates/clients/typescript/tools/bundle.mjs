// Makes dist/: all modules of the runtime as one file, as TypeScript, as JavaScript, and its types.
// The generator of clients embeds them, since the server hands clients out without Node.
//
// A bundler's work, but only its simplest part: no two modules may use one name at their top level
// (tsc would say so), so they can stand one after the other.

import { mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = (name) => readFileSync(join(root, 'src', name), 'utf8');
const IMPORT = /^import [^;]*? from '(\.\/[^']+)';\n/gm;

/** Every module behind those that it imports: classes are not hoisted. */
function ordered(name, done = []) {
  if (done.includes(name)) return done;
  for (const [, from] of source(name).matchAll(IMPORT)) ordered(from.slice(2), done);
  if (!done.includes(name)) done.push(name);
  return done;
}

const modules = ordered('client.ts');
const missing = readdirSync(join(root, 'src')).filter((name) => !['index.ts', 'react.ts', ...modules].includes(name));
if (missing.length > 0) throw new Error(`not part of the client: ${missing}`);

const names = source('index.ts')
  .replaceAll(/ from '[^']+'/g, '')
  .replace(/^\/\/[^\n]*\n\n/, '')
  .replaceAll('export { ', '')
  .replaceAll(' };\n', ', ')
  .split(', ')
  .map((name) => name.trim())
  .filter(Boolean);
const types = names.filter((name) => name.startsWith('type ')).map((name) => name.slice(5));
const values = names.filter((name) => !name.startsWith('type '));
const exported = new Set([...types, ...values]);

/** A module without its imports; only what index.ts names is exported. */
const plain = (name) =>
  source(name)
    .replaceAll(IMPORT, '')
    .replaceAll(/^export (?=((?:abstract |async )?(?:class|const|function|interface|type)) (\w+))/gm, (keep, _, what) =>
      exported.has(what) ? keep : '',
    )
    .trim();

const body = modules.map((name) => `// ${'-'.repeat(90 - name.length)} ${name}\n${plain(name)}`).join('\n\n');
const header = '// The runtime of Tickwire\'s TypeScript clients: the same for every contract. Not edited by hand.\n';
const runtime = `${header}\n${body}\n`;
const react = source('react.ts').replace("from './index.ts'", "from './runtime.js'");

const folder = mkdtempSync(join(tmpdir(), 'tickwire-'));
try {
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'runtime.ts'), runtime);
  writeFileSync(join(folder, 'react.ts'), react);
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config;
  const { options } = ts.convertCompilerOptionsFromJson(
    { ...config.compilerOptions, declaration: true, types: [], rootDir: undefined, outDir: join(folder, 'out') },
    folder,
  );
  const program = ts.createProgram([join(folder, 'runtime.ts'), join(folder, 'react.ts')], options);
  const problems = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
  if (problems.length > 0) {
    const host = { getCanonicalFileName: (name) => name, getCurrentDirectory: () => folder, getNewLine: () => '\n' };
    throw new Error(ts.formatDiagnostics(problems, host));
  }
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(join(root, 'dist/runtime.ts'), runtime);
  for (const name of ['runtime.js', 'runtime.d.ts', 'react.js', 'react.d.ts']) {
    writeFileSync(join(root, 'dist', name), readFileSync(join(folder, 'out', name)));
  }
} finally {
  rmSync(folder, { recursive: true });
}
