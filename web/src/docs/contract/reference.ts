// `#/…` references within a document (RFC 6901, as the fragment of a URI).

export type Node = { [key: string]: unknown };

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** RFC 6901, section 4, and the percent-encoding of a URI fragment. */
export const unescaped = (part: string): string =>
  decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');

/** What `reference` names in `document`, through further references on the way; or nothing. */
export function lookUp(document: object, reference: string): unknown {
  if (!reference.startsWith('#/')) return undefined;
  let at: unknown = document;
  const seen = new Set<unknown>();
  for (const part of reference.slice(2).split('/')) {
    at = isNode(at) ? at[unescaped(part)] : undefined;
    while (isNode(at) && typeof at.$ref === 'string' && !seen.has(at)) {
      seen.add(at);
      at = lookUp(document, at.$ref);
    }
  }
  return at;
}

/** `value`, or what it refers to. */
export function follow(document: object, value: unknown): unknown {
  return isNode(value) && typeof value.$ref === 'string' ? lookUp(document, value.$ref) : value;
}

/** The name at the end of a reference. */
export const lastPart = (reference: string): string =>
  unescaped(reference.slice(reference.lastIndexOf('/') + 1));
