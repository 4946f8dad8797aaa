// The contract of the scenarios: topics, and whether a frame satisfies it.

import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { parse } from "yaml";

const document = parse(readFileSync(new URL("contract.yaml", import.meta.url), "utf8"));
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(document, "contract");

// Compiled when they are needed, since each takes its time.
const references = new Map(Object.values(document.components.messages).map(({ name, payload }) => [name, payload.$ref]));
const schemaOf = (type) => references.has(type) ? ajv.getSchema(`contract${references.get(type)}`) : undefined;

/** Why `frame` breaks the contract, or nothing. */
export function violation(frame) {
  const validate = schemaOf(frame?.type);
  if (!validate) return `${JSON.stringify(frame)} has an unknown type`;
  return validate(frame) ? undefined : `${JSON.stringify(frame)}: ${ajv.errorsText(validate.errors)}`;
}

/** The pointers of all violations of a frame; nothing for a type that the contract does not have. */
export function violations(frame) {
  const validate = schemaOf(frame.type);
  if (!validate) return undefined;
  return validate(frame) ? [] : [...new Set(validate.errors.map(({ instancePath }) => instancePath))];
}

/** The most topics that one `subscribe` takes. */
export const batchSize = document.components.schemas.TopicNames.maxItems;

/** The delivery class of a family. */
export const delivery = (family) => document.channels[family]["x-topic"].delivery;

/** `bars:AAPL:1` of the payload of a `bars.subscribe`. */
export function topicOf(family, payload) {
  return document.channels[family].address.replace(/\{(\w+)\}/g, (_, name) => payload[name]);
}

/** The payload of a `bars.subscribe` of `bars:AAPL:1`. */
export function parametersOf(topic) {
  const [family, ...values] = topic.split(":");
  const names = [...document.channels[family].address.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  return { family, parameters: Object.fromEntries(names.map((name, index) => [name, values[index]])) };
}

/** An update of a topic: the same topic and `seq` have always the same payload. */
export function update(topic, seq) {
  const { family, parameters } = parametersOf(topic);
  const time = 1230907080000 + seq;
  const payload = {
    bars: { time, open: 1, high: seq + 1, low: 1, close: seq, volume: 100, closed: false },
    trades: { time, price: seq, size: 1, side: "buy" },
    orderbook: { time, bids: [{ price: 1, size: seq }], asks: [] },
    orders: { order: seq, state: "filled" },
  }[family];
  return { type: `${family}.update`, topic, seq, payload: { ...parameters, ...payload } };
}

/** A snapshot of a topic whose updates are changes. */
export function snapshot(topic, seq) {
  return { ...update(topic, seq), type: `${topic.split(":")[0]}.snapshot` };
}
