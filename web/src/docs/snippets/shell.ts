import { worksOverHttp, type Call } from './call';

/** A text as one word of a POSIX shell. */
export const word = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** websocat speaks WebSocket; a line is a frame. */
export function websocat(call: Call): string {
  const { kind, type, payload, topic, isBare, urls, needsToken } = call;
  const frame = word(JSON.stringify({ type, msg_id: '1', payload }));
  const auth = `'{"type":"auth","payload":{"token":"'"$TOKEN"'"}}'`;
  // `-n`: stays when there is nothing more to send.
  if (needsToken && type !== 'auth') {
    return `printf '%s\\n' \\\n  ${auth} \\\n  ${frame} |\n  websocat -n ${urls.socket}`;
  }
  const sent = `echo ${frame} |\n  websocat -n ${urls.socket}`;
  if (kind !== 'subscribe' || topic === undefined || !isBare) return sent;
  const address = `${urls.socket}/${encodeURIComponent(topic).replaceAll('%3A', ':')}`;
  return `# Subscribed from the start:\nwebsocat ${word(address)}\n\n# or by a frame:\n${sent}`;
}

/** Plain HTTP, where the request needs no connection. */
export function curl(call: Call): string {
  const { kind, type, payload, urls, needsToken } = call;
  if (!worksOverHttp(call)) {
    const why =
      kind === 'request'
        ? `# ${type} is about a WebSocket, and curl has none: the server would answer\n# connection_required.`
        : '# A topic is a stream of frames on a WebSocket; an HTTP request has one answer.';
    return `${why} Use websocat.`;
  }
  const header = needsToken ? ` \\\n  -H "Authorization: Bearer $TOKEN"` : '';
  return `curl -s ${urls.operations}${type}${header} \\\n  --json ${word(JSON.stringify(payload))}`;
}
