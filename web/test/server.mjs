// Serves web/dist as the real server does: same paths, same types, same security policy. Lets the
// page be tested without one.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';

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

/**
 * Serves the document in `contractFile` on a free port, under `prefix` as a reverse proxy might.
 * Returns the base URL and a function that stops it.
 */
export async function serve(contractFile, prefix = '') {
  const yaml = await readFile(contractFile, 'utf8');
  const json = JSON.stringify(parse(yaml));
  const answers = {
    '/ws/asyncapi.json': () => [json, 'application/json'],
    '/ws/asyncapi.yaml': () => [yaml, 'application/yaml'],
    '/ws/schemas.json': () => ['{}', 'application/schema+json'],
    '/ws/asyncapi': () => file('index.html'),
    '/ws/asyncapi/assets/THIRD-PARTY.txt': () => file('THIRD-PARTY.txt'),
    '/ws/asyncapi/assets/docs.js': () => file('assets/docs.js'),
    '/ws/asyncapi/assets/docs.css': () => file('assets/docs.css'),
  };
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const answer = pathname.startsWith(prefix) && answers[pathname.slice(prefix.length)];
    if (!answer) {
      response.writeHead(404).end();
      return;
    }
    const [body, type] = await answer();
    response.writeHead(200, {
      'content-type': type,
      'content-security-policy': SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
    });
    response.end(body);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    base: `http://127.0.0.1:${server.address().port}${prefix}`,
    stop: () => server.close(),
  };
}

async function file(name) {
  return [await readFile(new URL(name, DIST)), TYPES[name.split('.').pop()]];
}
