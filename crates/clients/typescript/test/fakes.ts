// A clock that stands still until it is told to move, a socket whose server is the test, and a small
// contract with a family of each class that matters here.

import type { Clock } from '../src/clock.ts';
import type { ContractTable, Schema } from '../src/contract.ts';
import type { BaseClient, ConnectOptions } from '../src/client.ts';
import { createClient } from '../src/client.ts';
import type { RequestOptions } from '../src/requests.ts';
import type { SocketLike } from '../src/socket.ts';
import type { TopicOptions } from '../src/subscription.ts';
import type { Topic } from '../src/topic.ts';

export class FakeClock implements Clock {
  time = 0;
  chance = 0.5;
  #timers: { at: number; action: () => void }[] = [];

  now(): number {
    return this.time;
  }

  after(milliseconds: number, action: () => void): () => void {
    const timer = { at: this.time + milliseconds, action };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  random(): number {
    return this.chance;
  }

  /** Moves on, and runs what is due in its order, with the promises that follow from it. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.time + milliseconds;
    await settled();
    for (;;) {
      const due = this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.time = due.at;
      this.#timers = this.#timers.filter((other) => other !== due);
      due.action();
      await settled();
    }
    this.time = end;
  }
}

/** Until all promises that are fulfilled have been heard. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

export interface Sent {
  type: string;
  msg_id: string;
  payload: any;
}

export class FakeSocket implements SocketLike {
  static all: FakeSocket[] = [];
  readonly protocol = 'tickwire.v1.json';
  readonly sent: Sent[] = [];
  onopen: ((event: any) => void) | null = null;
  onmessage: ((event: any) => void) | null = null;
  onclose: ((event: any) => void) | null = null;
  onerror: ((event: any) => void) | null = null;
  closed: number | undefined;
  readonly url: string;
  readonly protocols: string[];

  constructor(url: string, protocols: string[]) {
    this.url = url;
    this.protocols = protocols;
    FakeSocket.all.push(this);
  }

  static get last(): FakeSocket {
    const last = FakeSocket.all.at(-1);
    if (!last) throw new Error('nothing was connected');
    return last;
  }

  send(data: string): void {
    this.sent.push(JSON.parse(data) as Sent);
  }

  close(code?: number): void {
    this.closed = code ?? 1005;
  }

  open(): void {
    this.onopen?.({});
    this.push('welcome', { heartbeat_interval_ms: 30_000, limits: { max_frame_bytes: 2000 } });
  }

  frame(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  push(type: string, payload: unknown): void {
    this.frame({ type, msg_id: 'push', payload });
  }

  update(topic: string, seq: number, payload: object = { n: seq }, type = `${topic.split(':')[0]}.update`): void {
    this.frame({ type, msg_id: 'push', topic, seq, payload });
  }

  answer(request: Sent, payload: unknown, type = `${request.type}.response`): void {
    this.frame({ type, msg_id: request.msg_id, payload });
  }

  /** Takes the newest request of a type. */
  request(type: string): Sent {
    const found = this.sent.findLast((frame) => frame.type === type);
    if (!found) throw new Error(`no ${type} among ${this.sent.map((frame) => frame.type)}`);
    return found;
  }

  /** Confirms the newest subscribe of a family. */
  confirm(type: string, answer: object): void {
    this.answer(this.request(type), { status: 'subscribed', message: '', epoch: 'e1', seq: 0, ...answer });
  }

  end(code = 1006, reason = ''): void {
    this.onclose?.({ code, reason });
  }
}

const text: Schema = { type: 'string', minLength: 1, pattern: '^[a-z0-9:]+$' };
const frame = (type: string, payload: Schema): Schema => ({
  type: 'object',
  required: ['type', 'payload'],
  properties: { type: { type: 'string', const: type }, msg_id: { type: 'string' }, payload },
});
const any: Schema = {};

const families = { quotes: 'latest', trades: 'window', book: 'delta' } as const;

export const CONTRACT: ContractTable = table();

function table(): ContractTable {
  const schemas: Record<string, Schema> = {
    Name: text,
    Position: {
      type: 'object',
      required: ['epoch', 'seq'],
      properties: { epoch: { type: 'string' }, seq: { type: 'integer', minimum: 0 } },
    },
    Params: {
      type: 'object',
      required: ['name'],
      properties: { name: { $ref: 'Name' }, since: { $ref: 'Position' }, history: { type: 'integer' } },
    },
    Batch: {
      type: 'object',
      required: ['topics'],
      properties: { topics: { type: 'array', maxItems: 2, items: { type: 'string' } }, options: { type: 'array' } },
    },
  };
  const messages: Record<string, { frame: string; examples: any[] }> = {};
  const message = (type: string, payload: Schema, examples: any[] = []): void => {
    schemas[type] = frame(type, payload);
    messages[type] = { frame: type, examples };
  };
  for (const name of Object.keys(families)) {
    for (const end of ['subscribe', 'unsubscribe']) message(`${name}.${end}`, { $ref: 'Params' });
    for (const end of ['subscribe.response', 'unsubscribe.response']) message(`${name}.${end}`, any);
    message(`${name}.update`, any, [{ type: `${name}.update`, payload: { name: 'x', n: 1 } }]);
  }
  message('book.snapshot', any, [{ type: 'book.snapshot', payload: { name: 'x', n: 0 } }]);
  for (const type of ['subscribe', 'unsubscribe']) message(type, { $ref: 'Batch' });
  const pushed = ['welcome', 'error', 'topic.reset', 'shutdown', 'token.expiring', 'system_alert'];
  for (const type of [...pushed, 'subscription_confirmed', 'unsubscription_confirmed', 'pong']) message(type, any);
  for (const type of ['auth', 'auth.refresh', 'ping']) message(type, any);
  for (const type of ['auth.response', 'auth.refresh.response']) message(type, any);
  message('history', { $ref: 'Params' }, [{ type: 'history', msg_id: '7', payload: { name: 'b' } }]);
  message('history.response', any, [
    { type: 'history.response', msg_id: '1', payload: { first: true } },
    { type: 'history.response', msg_id: '7', payload: { seventh: true } },
  ]);
  return {
    title: 'Test',
    version: '1',
    schemas,
    messages,
    requests: { history: { type: 'history', reply: 'history.response' }, ping: { type: 'ping', reply: 'pong' } },
    families: Object.fromEntries(
      Object.entries(families).map(([name, delivery]) => [
        name,
        {
          name,
          pattern: `${name}:{name}`,
          parameters: [{ name: 'name', path: ['name'] }],
          delivery,
          ...(delivery === 'latest' && { key: '/key' }),
          subscribe: `${name}.subscribe`,
          unsubscribe: `${name}.unsubscribe`,
          update: `${name}.update`,
          ...(delivery === 'delta' && { snapshot: 'book.snapshot' }),
        },
      ]),
    ),
  };
}

type Follow = (params: { name: string }, options?: TopicOptions) => Topic<any, any>;

export interface TestClient extends BaseClient<any, any> {
  quotes: Follow;
  trades: Follow;
  book: Follow;
  history(payload: { name: string }, options?: RequestOptions): Promise<any>;
}

/** A client whose clock and sockets are the test's. */
export function client(options: ConnectOptions = {}): { tw: TestClient; clock: FakeClock } {
  FakeSocket.all = [];
  const clock = new FakeClock();
  const tw = createClient(CONTRACT, 'ws://test/ws', { clock, WebSocket: FakeSocket, ...options });
  return { tw: tw as TestClient, clock };
}

/** One that is connected. */
export async function connected(options?: ConnectOptions): Promise<{ tw: TestClient; clock: FakeClock; socket: FakeSocket }> {
  const made = client(options);
  await settled();
  FakeSocket.last.open();
  await settled();
  return { ...made, socket: FakeSocket.last };
}
