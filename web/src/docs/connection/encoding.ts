// How frames are written: by the subprotocol, text of JSON or binary MessagePack.
import { decode, encode } from '@msgpack/msgpack';
import { isNode, type Node } from '../contract/reference';

export const SUBPROTOCOLS = ['tickwire.v1.json', 'tickwire.v1.msgpack'] as const;
export type Subprotocol = (typeof SUBPROTOCOLS)[number];

/** A frame as it came or went. */
export interface Frame {
  /** As JSON: the very text, or what MessagePack stands for. */
  text: string;
  value: Node;
  /** On the wire. */
  bytes: number;
}

/**
 * A request as the socket wants it. `payload` is JSON as somebody has typed it, and goes as it is: so
 * what only the server can judge, such as `1.0` or a key given twice, comes before it.
 */
export function outgoing(
  protocol: Subprotocol,
  { type, msg_id, payload }: { type: string; msg_id: string; payload: string },
): { data: string | Uint8Array<ArrayBuffer>; frame: Frame } {
  const head = JSON.stringify({ type, msg_id }).slice(0, -1);
  const text = `${head},"payload":${payload}}`;
  const value = JSON.parse(text) as Node;
  const data = protocol === 'tickwire.v1.msgpack' ? encode(value) : text;
  return { data, frame: { text, value, bytes: size(data) } };
}

/** A frame as the socket gave it. What is none becomes one without a `type`. */
export function incoming(data: string | ArrayBuffer): Frame {
  let value: unknown;
  try {
    value = typeof data === 'string' ? JSON.parse(data) : decode(data);
  } catch (error) {
    value = { unreadable: (error as Error).message };
  }
  const text = typeof data === 'string' ? data : JSON.stringify(value, plain);
  return { text, value: isNode(value) ? value : {}, bytes: size(data) };
}

const size = (data: string | Uint8Array | ArrayBuffer): number =>
  typeof data === 'string' ? new TextEncoder().encode(data).length : data.byteLength;

/** MessagePack has values that JSON has not. */
const plain = (_: string, value: unknown): unknown => {
  if (typeof value === 'bigint') return value.toString();
  return value instanceof Uint8Array ? [...value] : value;
};
