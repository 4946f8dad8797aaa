// The least that must be right in a frame of the server for the client to go on with it. The rest is
// checked only on demand, so that a newer server may add to what it sends.

import { isObject, type Violation, type WireFrame } from './contract.ts';

/** What a frame lacks that the client itself relies on. */
export function malformed(frame: WireFrame, kind: 'update' | 'snapshot' | undefined): Violation[] {
  const { payload } = frame;
  if (!isObject(payload)) return [{ pointer: '/payload', message: 'an object is expected' }];
  const wrong: Violation[] = [];
  const need = (pointer: string, right: boolean): void => {
    if (!right) wrong.push({ pointer, message: 'it is missing, or of another type' });
  };
  const isText = (value: unknown): boolean => typeof value === 'string';
  if (kind) {
    need('/topic', isText(frame.topic));
    need('/seq', Number.isInteger(frame.seq));
  } else if (frame.type === 'topic.reset') {
    for (const name of ['topic', 'reason', 'epoch']) need(`/payload/${name}`, isText(payload[name]));
    need('/payload/seq', Number.isInteger(payload['seq']));
  } else if (frame.type === 'error') {
    for (const name of ['code', 'message']) need(`/payload/${name}`, isText(payload[name]));
    need('/payload/details', Array.isArray(payload['details']));
  }
  return wrong;
}
