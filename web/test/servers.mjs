// The servers that the page is tested with: the real one, and one that does what a test says.
import { spawn } from 'node:child_process';
import { createServer, request as ask } from 'node:http';
import { connect } from 'node:net';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parse } from 'yaml';
import { WebSocketServer } from 'ws';

export const SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " +
  "img-src 'self' data:; font-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

const DIST = new URL('../dist/', import.meta.url);
const TYPES = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
};
/** The pages' files, by the path that the server gives them. */
export const FILES = {
  '/': 'dashboard/index.html',
  '/assets/THIRD-PARTY.txt': 'dashboard/THIRD-PARTY.txt',
  '/assets/dashboard.js': 'dashboard/dashboard.js',
  '/assets/dashboard.css': 'dashboard/dashboard.css',
  '/ws/asyncapi': 'docs/index.html',
  '/ws/asyncapi/assets/THIRD-PARTY.txt': 'docs/THIRD-PARTY.txt',
  '/ws/asyncapi/assets/docs.js': 'docs/docs.js',
  '/ws/asyncapi/assets/docs.css': 'docs/docs.css',
};

/** A file of the page as it is in dist, and its type. */
export const file = async (path) =>
  [await readFile(new URL(FILES[path], DIST)), TYPES[FILES[path].split('.').pop()]];

/**
 * Serves the document in `contractFile` on a free port, under `prefix` as a reverse proxy might, and
 * the page as the real server does: same paths, types and policy. What its WebSocket does is up to
 * `play(socket, subprotocol)`, which a test sets.
 */
export async function serve(contractFile, prefix = '') {
  const yaml = await readFile(contractFile, 'utf8');
  const answers = {
    '/ws/asyncapi.json': () => [JSON.stringify(parse(yaml)), 'application/json'],
    '/ws/asyncapi.yaml': () => [yaml, 'application/yaml'],
  };
  const others = /^\/ws\/(schemas\.json|asyncapi\.client\.json|clients\/[\w.]+)$/;
  const server = createServer(async (request, response) => {
    const path = within(prefix, request);
    if (path in FILES) return send(response, ...(await file(path)));
    if (path in answers) return send(response, ...answers[path]());
    if (others.test(path)) return send(response, '{}', 'application/json');
    response.writeHead(404).end();
  });
  const sockets = new WebSocketServer({ noServer: true });
  const served = { play: () => {} };
  server.on('upgrade', (request, socket, head) => {
    if (within(prefix, request) !== '/ws') return socket.destroy();
    sockets.handleUpgrade(request, socket, head, (ws) => served.play(ws, ws.protocol));
  });
  return Object.assign(served, await listen(server, prefix));
}

/**
 * A reverse proxy that adds `prefix` to the server at `upstream`, and serves the page's files from
 * dist: the binary has those of its own build, and the page is changed more often.
 */
export async function front(upstream, prefix) {
  const { hostname, port } = new URL(upstream);
  const server = createServer(async (request, response) => {
    const path = within(prefix, request);
    // Whether there is a dashboard, the server decides.
    if (path in FILES && path !== '/') return send(response, ...(await file(path)));
    const { method, headers } = request;
    const passed = ask({ hostname, port, path, method, headers }, async (answer) => {
      if (path === '/' && answer.statusCode === 200) {
        answer.resume();
        return send(response, ...(await file(path)));
      }
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    passed.on('error', () => response.writeHead(502).end());
    request.pipe(passed);
  });
  server.on('upgrade', (request, socket, head) => {
    const behind = connect(port, hostname, () => {
      const lines = [`GET ${within(prefix, request)} HTTP/1.1`];
      for (const [name, value] of Object.entries(request.headers)) lines.push(`${name}: ${value}`);
      behind.write(`${lines.join('\r\n')}\r\n\r\n`);
      behind.write(head);
      behind.pipe(socket).pipe(behind);
    });
    for (const [one, other] of [[behind, socket], [socket, behind]]) one.on('error', () => other.destroy());
  });
  return listen(server, prefix);
}

/** Starts `binary serve`, on a free port unless it is told which. */
export async function start(binary, args = [], port = 0) {
  const child = spawn(binary, ['serve', '--listen', `127.0.0.1:${port}`, '--admin-listen', '127.0.0.1:0', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  const log = [];
  const base = await new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        log.push(line);
        const port = /127\.0\.0\.1:([1-9]\d*)/.exec(line)?.[1];
        if (port) resolve(`http://127.0.0.1:${port}`);
      });
    }
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${log.join('\n')}`)));
  });
  const gone = new Promise((ended) => child.once('exit', ended));
  return {
    base,
    /** The token in the link that it prints. */
    token: () => /#token=(\S+)/.exec(log.join('\n'))[1],
    /** The lines that it has printed so far. */
    log,
    stop: () => {
      child.kill('SIGTERM');
      return gone;
    },
    /** Ends it as a crash would: nobody is told. */
    kill: () => {
      child.kill('SIGKILL');
      return gone;
    },
  };
}

/** Has a server listen on a free port. */
export async function listen(server, prefix) {
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    base: `http://127.0.0.1:${server.address().port}${prefix}`,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The path of a request behind the prefix; empty for one that is elsewhere. */
function within(prefix, request) {
  return request.url.startsWith(prefix) ? request.url.slice(prefix.length) : '';
}

function send(response, body, type) {
  response.writeHead(200, {
    'content-type': type,
    'content-security-policy': SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
  });
  response.end(body);
}
