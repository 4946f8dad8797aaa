// Try what the server sends by itself: be connected, or subscribed to one of its topics, and watch.
import { useId, useState } from 'react';
import { errorOf } from '../connection/connection';
import { useSignal } from '../../shared/signal';
import type { Outcome } from '../connection/waiting';
import { request, type Message, type Operation } from '../contract/api';
import { payloadFor, topicOf } from '../contract/topic';
import { Frames } from '../frames/frames';
import { useSession } from '../session';
import { Snippets } from '../snippets/snippets';

export function Push({ operation, message }: { operation: Operation; message: Message }) {
  const { api } = useSession();
  const { family } = operation.channel;
  const subscribe = family ? request(api, `${family}.subscribe`) : undefined;
  const asked = subscribe?.messages[0];
  return (
    <>
      {subscribe && asked ? (
        <Topic subscribe={subscribe} type={asked.type} message={asked} />
      ) : (
        <Connected />
      )}
      <Frames label={`Frames of type ${message.type}`} type={message.type} compact />
    </>
  );
}

function Topic({ subscribe, type, message }: { subscribe: Operation; type: string; message: Message }) {
  const { connection } = useSession();
  const id = useId();
  const { channel } = subscribe;
  const [values, setValues] = useState(
    () => new Map(channel.parameters.map((one) => [one.name, one.example || one.default || (one.values[0] ?? '')])),
  );
  const [outcome, setOutcome] = useState<Outcome>();
  const payload = payloadFor(channel, values);
  const topic = topicOf(channel, { payload });
  const send = async () => setOutcome(await connection.request(type, JSON.stringify(payload)));
  const set = (name: string, value: string) => setValues(new Map(values).set(name, value));
  return (
    <>
      <div className="parameters">
        {channel.parameters.map(({ name, values: choices }) => (
          <div className="field" key={name}>
            <label htmlFor={`${id}-${name}`}>{name}</label>
            {choices.length > 0 ? (
              <select id={`${id}-${name}`} value={values.get(name)} onChange={(event) => set(name, event.target.value)}>
                {choices.map((one) => <option key={one}>{one}</option>)}
              </select>
            ) : (
              <input
                id={`${id}-${name}`}
                type="text"
                spellCheck={false}
                autoComplete="off"
                value={values.get(name)}
                onChange={(event) => set(name, event.target.value)}
              />
            )}
          </div>
        ))}
        <button type="button" className="primary" disabled={topic === undefined} onClick={() => void send()}>
          Subscribe
        </button>
        {topic && <code className="topic">{topic}</code>}
      </div>
      {outcome && (
        <p role="status" className={outcome.kind === 'reply' ? 'good' : 'bad'}>
          {said(outcome)}
        </p>
      )}
      <Snippets operation={subscribe} message={message} payload={payload} />
    </>
  );
}

function said(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'reply':
      return 'Subscribed.';
    case 'error': {
      const { code, message } = errorOf(outcome.frame.value);
      return `${code}: ${message}`;
    }
    case 'lost':
      return outcome.message;
  }
}

function Connected() {
  const { connection } = useSession();
  useSignal(connection.signal);
  const { state } = connection.status;
  if (state !== 'closed') return <p className="hint">Connected. What the server sends is shown here.</p>;
  return (
    <p className="hint">
      The server sends it by itself.{' '}
      <button type="button" className="primary" onClick={() => connection.connect().catch(() => undefined)}>
        Connect
      </button>
    </p>
  );
}
