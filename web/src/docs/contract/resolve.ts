// Follows the references of a document. The component shows what it is given and follows none.

import { isNode, lastPart, lookUp, type Node } from './reference';

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
      const target = lookUp(document, value.$ref);
      return isNode(target) && !open.has(target) ? target : stub(value.$ref, target);
    }
    return value;
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
  const name = lastPart(reference);
  const type = isNode(target) ? target.type : undefined;
  return { type, title: name, description: `See \`${name}\`.` };
}
