// What Bun and Node have in common: the schemas, compiled by ajv.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';

const schemas = JSON.parse(readFileSync(new URL('schemas.json', import.meta.url), 'utf8'));
const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;
const ajv = new Ajv({ formats: { int64: Number.isSafeInteger, 'date-time': rfc3339 } });
ajv.addSchema(schemas, 'bench');

export const validateQuote = ajv.getSchema('bench#/definitions/Quote');

// By `type`, so that a frame is validated once.
const requests = { ping: ajv.getSchema('bench#/definitions/PingFrame') };

export function read(text) {
  let frame;
  try {
    frame = JSON.parse(text);
  } catch {
    return { errors: [{ message: 'not JSON' }] };
  }
  const validate = requests[frame?.type];
  if (!validate) return { errors: [{ message: 'unknown type' }] };
  return validate(frame) ? { frame } : { errors: validate.errors };
}

export function pong({ frame, errors }) {
  const now = new Date().toISOString();
  const answer = { msg_id: frame?.msg_id ?? '', direction: 's2c', timestamp: now };
  return JSON.stringify(errors
    ? { type: 'error', ...answer, payload: { details: errors } }
    : { type: 'pong', ...answer, payload: { server_time: now } });
}
