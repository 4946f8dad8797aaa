// Bun's native pub/sub, with ajv for what comes in.
import { randomUUIDv7 } from 'bun';
import { pong, read, validateQuote } from '../validate.js';

const port = Number(process.argv[2]);
const sequences = new Map();

const server = Bun.serve({
  port,
  hostname: '127.0.0.1',
  async fetch(request, server) {
    const path = new URL(request.url).pathname;
    const topic = path.slice(path.lastIndexOf('/') + 1);
    if (request.method === 'POST') {
      const payload = await request.json();
      if (!validateQuote(payload)) {
        return Response.json(validateQuote.errors, { status: 422 });
      }
      const seq = (sequences.get(topic) ?? 0) + 1;
      sequences.set(topic, seq);
      server.publish(topic, JSON.stringify({
        type: 'quotes.update',
        msg_id: randomUUIDv7(),
        direction: 's2c',
        timestamp: new Date().toISOString(),
        topic,
        seq,
        payload,
      }));
      return Response.json({ topic, seq, receivers: server.subscriberCount(topic) });
    }
    if (server.upgrade(request, { data: { topic } })) return undefined;
    return new Response('not a WebSocket', { status: 426 });
  },
  websocket: {
    open(ws) {
      ws.subscribe(ws.data.topic);
      ws.send(JSON.stringify({ type: 'subscribed', topic: ws.data.topic }));
    },
    message(ws, text) {
      ws.send(pong(read(text)));
    },
  },
});

console.log(`listening on ${server.url}`);
