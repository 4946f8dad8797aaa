// Follows the references of a document. The component shows what it is given and follows none.

type Node = { [key: string]: unknown };

/** Keys whose value is data, in which `$ref` means nothing. */
const DATA = new Set(['const', 'default', 'enum', 'example', 'examples']);

/** Keys whose value maps names to objects: `properties: {default: …}` is not a default. */
const NAMED = new Set([
  'channels', 'correlationIds', 'definitions', 'messages', 'messageTraits',
  'operations', 'operationTraits', 'parameters', 'patternProperties', 'properties', 'replies',
  'replyAddresses', 'schemas', 'securitySchemes', 'servers', 'serverVariables', 'tags', 'variables',
]);

/**
 * Puts the object that a `#/…` reference names in the reference's place, throughout `document`.
 * One object named twice stays one object, by which the component recognises channels and
 * messages. A reference that leads back into itself, or out of the document, is left, with the
 * type and the name that a reader needs.
 */
export function resolveReferences(document: object): void {
  const done = new Set<object>();
  const open = new Set<object>();

  function resolved(value: unknown): unknown {
    if (!isNode(value)) return value;
    if (typeof value.$ref === 'string') {
      const target = lookUp(value.$ref);
      return isNode(target) && !open.has(target) ? target : stub(value.$ref, target);
    }
    return value;
  }

  function lookUp(reference: string): unknown {
    if (!reference.startsWith('#/')) return undefined;
    let at: unknown = document;
    const seen = new Set<unknown>();
    for (const part of reference.slice(2).split('/')) {
      at = isNode(at) ? at[unescaped(part)] : undefined;
      while (isNode(at) && typeof at.$ref === 'string' && !seen.has(at)) {
        seen.add(at);
        at = lookUp(at.$ref);
      }
    }
    return at;
  }

  function walk(node: unknown, named: boolean): void {
    if (typeof node !== 'object' || node === null || done.has(node)) return;
    done.add(node);
    open.add(node);
    for (const [key, value] of Object.entries(node)) {
      if (!named && !Array.isArray(node) && (DATA.has(key) || key.startsWith('x-'))) continue;
      const target = resolved(value);
      (node as Node)[key] = target;
      walk(target, !named && NAMED.has(key));
    }
    open.delete(node);
  }

  walk(document, false);
}

function stub(reference: string, target: unknown): Node {
  const name = unescaped(reference.slice(reference.lastIndexOf('/') + 1));
  const type = isNode(target) ? target.type : undefined;
  return { type, title: name, description: `See \`${name}\`.` };
}

/** RFC 6901, section 4, and the percent-encoding of a URI fragment. */
const unescaped = (part: string): string =>
  decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
