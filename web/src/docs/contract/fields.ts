// The fields of a form: the properties of a payload's schema, as far as a form can hold them.
import type { Api, Schema } from './api';
import { follow, isNode } from './reference';

export interface Field {
  name: string;
  required: boolean;
  description: string;
  /** `json`: whatever has no input of its own is written as JSON. */
  kind: 'text' | 'number' | 'boolean' | 'choice' | 'json';
  /** The values of a `choice`. */
  values: string[];
  /** What the server takes where nothing is given. */
  default: string;
}

/** The fields of an object's schema, those that are required first; nothing if it is no object. */
export function fields(api: Api, schema: Schema | undefined): Field[] | undefined {
  const node = follow(api.contract, schema);
  if (!isNode(node) || node.type !== 'object') return undefined;
  const required = new Set(Array.isArray(node.required) ? node.required : []);
  const all = Object.entries(isNode(node.properties) ? node.properties : {}).map(
    ([name, property]): Field => {
      const found = follow(api.contract, property);
      const one = isNode(found) ? found : {};
      const values = Array.isArray(one.enum) ? one.enum : [];
      return {
        name,
        required: required.has(name),
        description: typeof one.description === 'string' ? one.description.trim() : '',
        kind: kindOf(one.type, values),
        values: values.map(String),
        default: one.default === undefined ? '' : String(one.default),
      };
    },
  );
  return [...all.filter((field) => field.required), ...all.filter((field) => !field.required)];
}

function kindOf(type: unknown, values: unknown[]): Field['kind'] {
  if (values.length > 0 && values.every((value) => typeof value === 'string')) return 'choice';
  switch (type) {
    case 'string':
      return 'text';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    default:
      return 'json';
  }
}

/**
 * What was typed into a field, as a value. What is no number, boolean or JSON stays text, so that the
 * schema's complaint stands beside it; an empty field is left out.
 */
export function typed({ kind }: Field, input: string): unknown {
  if (input.trim() === '') return undefined;
  if (kind === 'text' || kind === 'choice') return input;
  try {
    const value: unknown = JSON.parse(input);
    if (kind === 'json') return value;
    return typeof value === kind ? value : input;
  } catch {
    return input;
  }
}

/** A value as it stands in its field. */
export function written({ kind }: Field, value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'string' && kind !== 'json') return value;
  return JSON.stringify(value);
}
