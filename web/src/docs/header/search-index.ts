// What can be found, and in which order.
import type { Api } from '../contract/api';
import { isNode } from '../contract/reference';

export interface Hit {
  kind: 'operation' | 'message' | 'schema';
  name: string;
  about: string;
  /** Its id on the page. */
  anchor: string;
  /** Its other name: an operation's id beside its wire type. */
  id: string;
  /** Other words by which it is found. */
  also: string;
}

/** Everything on the page that has a name. */
export function index(api: Api): Hit[] {
  const operations = [...api.operations.values()].map(
    ({ id, title, summary, anchor, channel, messages }): Hit => ({
      kind: 'operation',
      name: title,
      about: summary,
      anchor,
      id,
      also: [channel.address, ...messages.map(({ type }) => type)].join(' '),
    }),
  );
  const messages = [...api.messages.values()].map(
    ({ key, type, summary }): Hit => ({
      kind: 'message',
      name: type,
      about: summary,
      anchor: `message-${key}`,
      id: key,
      also: '',
    }),
  );
  const schemas = [...api.schemas].map(
    ([name, schema]): Hit => ({
      kind: 'schema',
      name,
      about: firstSentence(schema.description),
      anchor: `schema-${name}`,
      id: name,
      also: Object.keys(isNode(schema.properties) ? schema.properties : {}).join(' '),
    }),
  );
  return [...operations, ...messages, ...schemas];
}

/** Those that have every word of `query`, the best first. */
export function search(hits: Hit[], query: string, limit: number): Hit[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return hits
    .map((hit) => ({ hit, score: score(hit, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.hit.name.length - b.hit.name.length)
    .slice(0, limit)
    .map(({ hit }) => hit);
}

/** 0 if a word is missing. A name counts more than what is said of it, its beginning most. */
function score(hit: Hit, words: string[]): number {
  const names = [hit.name.toLowerCase(), hit.id.toLowerCase()];
  const also = hit.also.toLowerCase();
  const about = hit.about.toLowerCase();
  let sum = 0;
  for (const word of words) {
    if (names.includes(word)) sum += 100;
    else if (names.some((name) => name.startsWith(word))) sum += 60;
    else if (names.some((name) => name.includes(word))) sum += 40;
    else if (also.includes(word)) sum += 20;
    else if (about.includes(word)) sum += 5;
    else return 0;
  }
  return sum + { operation: 3, message: 2, schema: 1 }[hit.kind];
}

function firstSentence(text: unknown): string {
  if (typeof text !== 'string') return '';
  return (/^.*?[.:](?=\s|$)/s.exec(text)?.[0] ?? text).replaceAll('`', '').replace(/\s+/g, ' ').trim();
}
