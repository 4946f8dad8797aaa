// Compiles clients in all their forms, with the type tests: node tools/compile.mjs FOLDER…, each with
// what the example `write` has written. The one called `tickwire` has type tests of its own contract.
//
// Types of libraries are checked, too, and nothing but the oldest library that the client needs is there.

import { readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const host = { getCanonicalFileName: (name) => name, getCurrentDirectory: () => root, getNewLine: () => '\n' };
let failures = 0;

for (const folder of process.argv.slice(2)) {
  const download = readdirSync(join(folder, 'download')).find((name) => name.endsWith('.d.ts') && name !== 'react.d.ts');
  const stem = join('download', download.slice(0, -'.d.ts'.length));
  const own = basename(folder) === 'tickwire';
  const tests = ['any-contract.ts', ...(own ? ['tickwire.ts'] : [])];
  const forms = {
    package: ['package/index.d.ts', 'package/react.d.ts'],
    'single .ts': [`${stem}.ts`, 'download/react.d.ts'],
    'single .d.ts': [`${stem}.d.ts`, 'download/react.d.ts'],
  };
  for (const [form, [client, react]] of Object.entries(forms)) {
    // Hooks find the `.ts` beside them first, so their test is one of the package.
    const roots = [...tests, ...(own && form === 'package' ? ['react.ts'] : [])].map((name) => join(root, 'types', name));
    const program = ts.createProgram([...roots, resolve(folder, client)], {
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noUnusedLocals: true,
      noUnusedParameters: true,
      noImplicitOverride: true,
      verbatimModuleSyntax: true,
      isolatedModules: true,
      erasableSyntaxOnly: true,
      noEmit: true,
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      types: [],
      typeRoots: [join(root, 'node_modules/@types')],
      paths: {
        client: [resolve(folder, client)],
        'client/react': [resolve(folder, react)],
        react: [join(root, 'node_modules/@types/react')],
      },
    });
    const problems = ts.getPreEmitDiagnostics(program);
    console.log(`${problems.length ? 'FAIL' : '  ok'}  ${basename(folder)}, ${form}`);
    if (problems.length) console.log(ts.formatDiagnostics(problems.slice(0, 20), host));
    failures += problems.length;
  }
}
process.exit(failures ? 1 : 0);
