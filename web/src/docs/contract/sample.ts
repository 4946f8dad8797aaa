// A value to begin with: the contract's example, or one made from the schema.
import type { Api, Message, Schema } from './api';
import { follow, isNode } from './reference';

/** How deep a schema that contains itself is followed. */
const MAX_DEPTH = 6;

/** The payload of the message's first example; where it has none, one made of the required fields. */
export function firstPayload(api: Api, message: Message): unknown {
  const given = message.examples[0]?.frame.payload;
  return given ?? sample(api, message.payload, 0) ?? {};
}

function sample(api: Api, schema: Schema | undefined, depth: number): unknown {
  const node = follow(api.contract, schema);
  if (!isNode(node) || depth > MAX_DEPTH) return undefined;
  for (const keyword of ['const', 'default']) if (keyword in node) return node[keyword];
  for (const keyword of ['examples', 'enum']) {
    const all = node[keyword];
    if (Array.isArray(all) && all.length > 0) return all[0];
  }
  switch (node.type) {
    case 'object': {
      const properties = isNode(node.properties) ? node.properties : {};
      const required = Array.isArray(node.required) ? node.required : [];
      return Object.fromEntries(
        required.map((name) => [name, sample(api, properties[name] as Schema, depth + 1) ?? null]),
      );
    }
    case 'array':
      return typeof node.minItems === 'number' && node.minItems > 0
        ? [sample(api, node.items as Schema, depth + 1) ?? null]
        : [];
    case 'integer':
    case 'number':
      return typeof node.minimum === 'number' ? node.minimum : 0;
    case 'boolean':
      return false;
    case 'string':
      return '';
    default:
      return null;
  }
}
