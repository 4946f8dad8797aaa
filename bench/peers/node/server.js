// Node with `ws`, with ajv for what comes in.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { WebSocketServer, WebSocket } from 'ws';
import { pong, read, validateQuote } from '../validate.js';

const port = Number(process.argv[2]);
const topics = new Map();

function topicOf(request) {
  const name = request.url.slice(request.url.lastIndexOf('/') + 1);
  let topic = topics.get(name);
  if (!topic) topics.set(name, topic = { name, seq: 0, subscribers: new Set() });
  return topic;
}

function publish(topic, payload) {
  topic.seq += 1;
  // One buffer for all of them.
  const text = Buffer.from(JSON.stringify({
    type: 'quotes.update',
    msg_id: randomUUID(),
    direction: 's2c',
    timestamp: new Date().toISOString(),
    topic: topic.name,
    seq: topic.seq,
    payload,
  }));
  for (const subscriber of topic.subscribers) {
    if (subscriber.readyState === WebSocket.OPEN) subscriber.send(text, { binary: false });
  }
}

function answer(response, status, body) {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const payload = JSON.parse(Buffer.concat(chunks));
    if (!validateQuote(payload)) return answer(response, 422, validateQuote.errors);
    const topic = topicOf(request);
    publish(topic, payload);
    return answer(response, 200, {
      topic: topic.name, seq: topic.seq, receivers: topic.subscribers.size,
    });
  });
});
server.keepAliveTimeout = 600_000;

const sockets = new WebSocketServer({ server, perMessageDeflate: false });
sockets.on('connection', (socket, request) => {
  const topic = topicOf(request);
  topic.subscribers.add(socket);
  socket.on('close', () => topic.subscribers.delete(socket));
  socket.on('error', () => topic.subscribers.delete(socket));
  socket.on('message', (text) => socket.send(pong(read(text))));
  socket.send(JSON.stringify({ type: 'subscribed', topic: topic.name }));
});

server.listen(port, '127.0.0.1', 4096, () => console.log(`listening on ${port}`));
