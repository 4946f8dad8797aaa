// Checks values against the contract's schemas. An interpreter, so that it needs no `eval` and works
// under a strict Content-Security-Policy. It points to the same places as the server does.

import { isObject, type ContractTable, type Schema, type Violation } from './contract.ts';
import { hasFormat } from './formats.ts';

/** As many violations as the server lists. */
const MOST = 32;

/** Checks frames of one contract. */
export class Validator {
  readonly #contract: ContractTable;
  readonly #patterns = new Map<string, RegExp>();

  constructor(contract: ContractTable) {
    this.#contract = contract;
  }

  /** What a frame breaks; nothing where it is right, and where its type is not of the contract. */
  frame(frame: { readonly type: string }): Violation[] {
    const message = this.#contract.messages[frame.type];
    const violations: Violation[] = [];
    if (message) this.#check({ $ref: message.frame }, frame, '', violations);
    return violations;
  }

  #check(schema: Schema, value: unknown, pointer: string, found: Violation[]): void {
    if (found.length >= MOST) return;
    if (schema.$ref !== undefined) {
      const target = this.#contract.schemas[schema.$ref];
      if (target) this.#check(target, value, pointer, found);
      return;
    }
    const say = (message: string): void => void found.push({ pointer, message });
    if (schema.type !== undefined && !isOf(schema.type, value)) {
      say(`${shown(value)} is not of type "${schema.type}"`);
    } else if (schema.const !== undefined && value !== schema.const) {
      say(`${shown(schema.const)} was expected`);
    } else if (schema.enum && !schema.enum.includes(value as string)) {
      say(`${shown(value)} is not one of ${schema.enum.map(shown).join(', ')}`);
    } else if (typeof value === 'string') {
      this.#string(schema, value, say);
    } else if (typeof value === 'number') {
      number(schema, value, say);
    } else if (Array.isArray(value)) {
      this.#array(schema, value, pointer, found, say);
    } else if (schema.type === 'object' && isObject(value)) {
      this.#object(schema, value, pointer, found, say);
    }
  }

  #string(schema: Schema, value: string, say: (message: string) => void): void {
    // Characters, as JSON Schema counts them, not UTF-16 units.
    const length = [...value].length;
    if (schema.minLength !== undefined && length < schema.minLength) {
      say(`${shown(value)} is shorter than ${count(schema.minLength, 'character')}`);
    }
    if (schema.maxLength !== undefined && length > schema.maxLength) {
      say(`${shown(value)} is longer than ${count(schema.maxLength, 'character')}`);
    }
    if (schema.pattern !== undefined && !this.#pattern(schema.pattern).test(value)) {
      say(`${shown(value)} does not match "${schema.pattern}"`);
    }
    if (schema.format !== undefined && !hasFormat(schema.format, value)) {
      say(`${shown(value)} is not a "${schema.format}"`);
    }
  }

  #array(
    schema: Schema,
    value: readonly unknown[],
    pointer: string,
    found: Violation[],
    say: (message: string) => void,
  ): void {
    if (schema.minItems !== undefined && value.length < schema.minItems) {
      say(`the list has less than ${count(schema.minItems, 'item')}`);
    }
    if (schema.maxItems !== undefined && value.length > schema.maxItems) {
      say(`the list has more than ${count(schema.maxItems, 'item')}`);
    }
    if (schema.uniqueItems && new Set(value.map(canonical)).size < value.length) {
      say('the list has an item twice');
    }
    const { items } = schema;
    if (items) value.forEach((item, index) => this.#check(items, item, `${pointer}/${index}`, found));
  }

  #object(
    schema: Schema,
    value: Record<string, unknown>,
    pointer: string,
    found: Violation[],
    say: (message: string) => void,
  ): void {
    const properties = schema.properties ?? {};
    // A member that is undefined is not written into JSON, so it is not there.
    const there = (name: string): boolean => Object.hasOwn(value, name) && value[name] !== undefined;
    for (const name of schema.required ?? []) {
      if (!there(name)) say(`"${name}" is a required property`);
    }
    for (const name of Object.keys(value).filter(there)) {
      const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (property) this.#check(property, value[name], `${pointer}/${escaped(name)}`, found);
      else say(`Additional properties are not allowed ('${name}' was unexpected)`);
    }
  }

  #pattern(source: string): RegExp {
    let pattern = this.#patterns.get(source);
    if (!pattern) {
      pattern = new RegExp(source);
      this.#patterns.set(source, pattern);
    }
    return pattern;
  }
}

function number(schema: Schema, value: number, say: (message: string) => void): void {
  if (schema.minimum !== undefined && value < schema.minimum) {
    say(`${value} is less than the minimum of ${schema.minimum}`);
  }
  if (schema.maximum !== undefined && value > schema.maximum) {
    say(`${value} is greater than the maximum of ${schema.maximum}`);
  }
  if (schema.exclusiveMinimum !== undefined && value <= schema.exclusiveMinimum) {
    say(`${value} is less than or equal to the minimum of ${schema.exclusiveMinimum}`);
  }
  if (schema.exclusiveMaximum !== undefined && value >= schema.exclusiveMaximum) {
    say(`${value} is greater than or equal to the maximum of ${schema.exclusiveMaximum}`);
  }
}

function isOf(type: NonNullable<Schema['type']>, value: unknown): boolean {
  switch (type) {
    case 'object':
      return isObject(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      // JSON has neither NaN nor infinities.
      return Number.isFinite(value);
    default:
      return typeof value === type;
  }
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The same text for equal values: the order of members means nothing. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    isObject(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}
