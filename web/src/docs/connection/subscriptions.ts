// Which topics the connection is subscribed to, as the server's frames tell.
import type { Api } from '../contract/api';
import { request } from '../contract/api';
import { isNode, type Node } from '../contract/reference';
import { parametersOf, payloadFor } from '../contract/topic';

/** Why a topic's subscription is over. */
const OVER = new Set(['ended', 'revoked']);

/** `topics` after a frame from the server; the same array where nothing changed. */
export function after(topics: readonly string[], { type, payload }: Node): readonly string[] {
  if (!isNode(payload)) return topics;
  const results = Array.isArray(payload.results) ? payload.results.filter(isNode) : [payload];
  let now = topics;
  for (const { topic, status, reason } of results) {
    if (typeof topic !== 'string') continue;
    const ended = status === 'unsubscribed' || (type === 'topic.reset' && OVER.has(String(reason)));
    if (status === 'subscribed' && !now.includes(topic)) now = [...now, topic];
    else if (ended && now.includes(topic)) now = now.filter((one) => one !== topic);
  }
  return now;
}

/** The request that ends a subscription; nothing where the contract has none. */
export function unsubscribeOf(
  api: Api,
  topic: string,
): { type: string; payload: unknown } | undefined {
  for (const channel of api.channels) {
    const parameters = channel.family && parametersOf(channel.address, topic);
    const type = `${channel.family}.unsubscribe`;
    if (parameters && request(api, type)) return { type, payload: payloadFor(channel, parameters) };
  }
  const all = request(api, 'unsubscribe');
  return all && { type: 'unsubscribe', payload: { topics: [topic] } };
}
