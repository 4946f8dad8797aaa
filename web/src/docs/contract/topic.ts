// Topics and their parameters: a topic is its channel's address with each parameter replaced by
// what stands at the parameter's place in the request.
import { at, withAt } from './pointer';

export interface Parameter {
  name: string;
  description: string;
  /** Where in the request's frame it stands, as a JSON Pointer. */
  pointer: string | undefined;
  /** All that is possible; empty where any text is. */
  values: string[];
  default: string;
  example: string;
}

interface Address {
  address: string;
  parameters: Parameter[];
}

/** The pointer of a runtime expression, `$message.payload#/payload/symbol`. */
export function location(expression: string): string | undefined {
  const prefix = '$message.payload#';
  return expression.startsWith(prefix) ? expression.slice(prefix.length) : undefined;
}

/** The topic that a request's frame names; nothing while a parameter is missing. */
export function topicOf({ address, parameters }: Address, frame: unknown): string | undefined {
  let complete = true;
  const topic = address.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const parameter = parameters.find((one) => one.name === name);
    const given = parameter?.pointer === undefined ? undefined : at(frame, parameter.pointer);
    const value = given === undefined ? parameter?.default : String(given);
    if (!value) complete = false;
    return value ?? '';
  });
  return complete ? topic : undefined;
}

/** The parameters of `topic`; nothing if the address has no such topic. */
export function parametersOf(address: string, topic: string): Map<string, string> | undefined {
  const names: string[] = [];
  const pattern = address.split(/(\{[^}]+\})/).map((piece) => {
    if (!piece.startsWith('{')) return piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    names.push(piece.slice(1, -1));
    return '([^:]+)';
  });
  const match = new RegExp(`^${pattern.join('')}$`).exec(topic);
  if (match === null) return undefined;
  return new Map(names.map((name, index) => [name, match[index + 1] ?? '']));
}

/** The payload of a request with these parameters at their places. */
export function payloadFor({ parameters }: Address, values: Map<string, string>): unknown {
  let frame: unknown = { payload: {} };
  for (const { name, pointer } of parameters) {
    const value = values.get(name);
    if (pointer !== undefined && value) frame = withAt(frame, pointer, value);
  }
  return at(frame, '/payload');
}
