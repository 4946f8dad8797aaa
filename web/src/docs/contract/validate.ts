// Checks a frame against its schema, in the browser. ajv would be faster, but makes its validators
// with `new Function`, which the page's Content-Security-Policy forbids.
import { Validator, type OutputUnit } from '@cfworker/json-schema';
import type { Api, Schema } from './api';
import { at } from './pointer';

export interface Violation {
  /** Where, from the frame's root: `/payload/symbol`. */
  pointer: string;
  message: string;
}

/** Errors that only say that there is an error further inside. */
const OUTER = new Set(['$ref', 'properties', 'items', 'additionalProperties', 'patternProperties']);

export type Validate = (frame: unknown) => Violation[];

/** A validator of frames of `schema`, which may refer to the schemas of the contract. */
export function validator(api: Api, schema: Schema): Validate {
  const { components } = api.contract;
  const whole = '$ref' in schema ? { components, ...schema } : { ...schema, components };
  let checked: Validator;
  try {
    checked = new Validator(whole, '7', false);
  } catch {
    // A reference out of the document: the server will tell.
    return () => [];
  }
  return (frame) => {
    let errors: OutputUnit[];
    try {
      errors = checked.validate(frame).errors;
    } catch {
      return [];
    }
    const inner = errors.filter(
      (error) => !OUTER.has(error.keyword) || !errors.some((other) => isInside(other, error)),
    );
    const found = new Map<string, Violation>();
    for (const error of inner) {
      const pointer = decodeURIComponent(error.instanceLocation.slice(1));
      const violation = { pointer, message: say(error, whole) };
      found.set(`${pointer} ${violation.message}`, violation);
    }
    return [...found.values()];
  };
}

/** Whether `error` was found on the way into `outer`. */
const isInside = (error: OutputUnit, outer: OutputUnit): boolean =>
  error !== outer &&
  error.instanceLocation.startsWith(outer.instanceLocation) &&
  (error.keywordLocation.startsWith(`${outer.keywordLocation}/`) || error.keyword === 'false');

/** The library's words, where it says enough. */
function say({ keyword, error, keywordLocation }: OutputUnit, schema: Schema): string {
  if (keyword === 'false') return 'is not known here';
  if (keyword === 'pattern') {
    const pattern = at(resolved(schema, keywordLocation), '/pattern');
    if (typeof pattern === 'string') return `does not match ${pattern}`;
  }
  return error
    .replace(/^Instance does not have required property/, 'has no')
    .replace(/^Instance does not match any of \[(.*)\]\.$/s, (_, all: string) =>
      `is not one of ${all.replaceAll('","', '", "')}`)
    .replace(/^Instance does not match/, 'is not')
    .replace(/^Instance type "(\w+)" is invalid\. Expected "(.*)"\.$/, 'is $1, should be $2')
    .replace(/^String does not match format/, 'is no')
    .replace(/^String is/, 'is')
    .replace(/\.$/, '');
}

/** The schema that a keyword's location leads through, without the keyword itself. */
function resolved(schema: Schema, keywordLocation: string): unknown {
  let node: unknown = schema;
  for (const part of keywordLocation.slice(2).split('/').slice(0, -1)) {
    node = at(node, `/${decodeURIComponent(part)}`);
    if (typeof node === 'string') node = at(schema, node.slice(1));
  }
  return node;
}
