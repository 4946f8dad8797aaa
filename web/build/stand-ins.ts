// The official component is imported from its ES modules rather than from its 2.5 MB bundle, and
// what the page must not or need not have is replaced module by module.
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const standIn = (name: string) =>
  fileURLToPath(new URL(`../src/docs/stand-ins/${name}`, import.meta.url));

/** Module as imported → what is bundled in its place; each file says why. */
const PACKAGES: Record<string, string> = {
  '@asyncapi/parser': standIn('parser.ts'),
  '@asyncapi/parser/cjs/document': standIn('parser.ts'),
  '@asyncapi/specs': standIn('specs.ts'),
  '@stoplight/spectral-core': standIn('spectral.ts'),
  '@stoplight/types': standIn('spectral.ts'),
  'fast-xml-parser': standIn('xml.ts'),
  'isomorphic-dompurify': standIn('sanitize.ts'),
};
const COMPONENT_MODULES: [ending: string, file: string][] = [
  ['/parser', standIn('nothing.ts')],
  ['/ApplicationErrorHandler/ErrorBoundary', standIn('error-boundary.tsx')],
];

export function standIns(): Plugin {
  const used = new Set<string>();
  const use = (file: string | undefined) => {
    if (file !== undefined) used.add(file);
    return file;
  };
  return {
    name: 'stand-ins',
    enforce: 'pre',
    resolveId(source, importer) {
      const whole = use(PACKAGES[source]);
      if (whole !== undefined) return whole;
      if (source.startsWith('.') && importer?.includes('@asyncapi/react-component/lib/esm')) {
        return use(COMPONENT_MODULES.find(([ending]) => source.endsWith(ending))?.[1]);
      }
    },
    // A new version of a package may have moved what we replace; then the original would come back.
    buildEnd(error) {
      if (error !== undefined) return;
      const all = [...Object.values(PACKAGES), ...COMPONENT_MODULES.map(([, file]) => file)];
      const idle = all.filter((file) => !used.has(file));
      if (idle.length > 0) this.error(`stands in for nothing: ${idle.join(', ')}`);
    },
  };
}
