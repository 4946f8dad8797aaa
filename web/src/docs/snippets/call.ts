// A call as a program would make it: what all languages' snippets are written from.
import { request, type Api, type Message, type Operation } from '../contract/api';
import { isNode, type Node } from '../contract/reference';
import { topicOf } from '../contract/topic';

export interface Call {
  /** `session`: a request about the connection itself, which the clients make by themselves. */
  kind: 'request' | 'subscribe' | 'unsubscribe' | 'session';
  /** Of the contract. */
  title: string;
  operation: Operation;
  type: string;
  payload: Node;
  /** Of a subscribe or unsubscribe. */
  topic: string | undefined;
  /** Whether the topic says all that the payload says. */
  isBare: boolean;
  /** Whether a token is asked for. */
  needsToken: boolean;
  urls: { socket: string; operations: string; clients: string };
}

/** Requests that only make sense on a connection; POST refuses them. */
const OF_A_CONNECTION = new Set(['auth', 'auth.refresh', 'get_status', 'subscribe', 'unsubscribe']);
const BY_THE_CLIENT = new Set(['auth', 'auth.refresh', 'subscribe', 'unsubscribe']);

/** What there is to say of a `session` request. */
export const BY_ITSELF = [
  'The client does this by itself: it subscribes when a topic is used, unsubscribes when',
  'nobody uses it any more, and says who it is when it connects.',
];

export function call(
  { api, token, urls }: { api: Api; token: boolean; urls: Call['urls'] },
  operation: Operation,
  { type }: Message,
  payload: unknown,
): Call {
  const { channel } = operation;
  const value = isNode(payload) ? payload : {};
  const places = new Set(channel.parameters.map(({ pointer }) => pointer));
  return {
    kind: kindOf(operation, type),
    title: api.title,
    operation,
    type,
    payload: value,
    topic: channel.family ? topicOf(channel, { payload: value }) : undefined,
    isBare: Object.keys(value).every((key) => places.has(`/payload/${key}`)),
    needsToken: token && request(api, 'auth') !== undefined,
    urls,
  };
}

/** Whether `POST /ops/{operation}` answers it. */
export const worksOverHttp = ({ kind, type }: Call): boolean =>
  kind === 'request' && !OF_A_CONNECTION.has(type);

function kindOf({ channel }: Operation, type: string): Call['kind'] {
  if (channel.family && type === `${channel.family}.subscribe`) return 'subscribe';
  if (channel.family && type === `${channel.family}.unsubscribe`) return 'unsubscribe';
  return BY_THE_CLIENT.has(type) ? 'session' : 'request';
}
