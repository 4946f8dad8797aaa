// Try a request: write its payload, send it, read the reply beside it.
import { useId, useState } from 'react';
import type { Outcome } from '../connection/waiting';
import type { Message, Operation } from '../contract/api';
import { fields } from '../contract/fields';
import { topicOf } from '../contract/topic';
import { Frames } from '../frames/frames';
import { useSession } from '../session';
import { Snippets } from '../snippets/snippets';
import { Tabs } from '../ui/tabs';
import { useDraft } from './draft';
import { Form } from './form';
import { JsonEditor } from './json-editor';
import { Reply } from './reply';

const TABS = [{ name: 'form', title: 'Form' }, { name: 'json', title: 'JSON' }] as const;

export function Request({ operation, message }: { operation: Operation; message: Message }) {
  const { api, connection } = useSession();
  const id = useId();
  const draft = useDraft(api, message);
  const inputs = fields(api, message.payload) ?? [];
  const [tab, setTab] = useState<'form' | 'json'>(inputs.length > 0 ? 'form' : 'json');
  const [outcome, setOutcome] = useState<Outcome>();
  const [waiting, setWaiting] = useState(false);
  const isForm = tab === 'form' && draft.isJson && inputs.length > 0;

  async function send() {
    if (!draft.isJson || waiting) return;
    setWaiting(true);
    setOutcome(await connection.request(message.type, draft.text));
    setWaiting(false);
  }

  const topic = topicOf(operation.channel, { payload: draft.value });
  const subscribes = message.type === `${operation.channel.family}.subscribe`;
  return (
    <>
      <div className="console-columns">
        <section className="request" aria-label="Request">
          <Tabs
            label="How to write the payload"
            tabs={TABS}
            selected={isForm ? 'form' : 'json'}
            onSelect={setTab}
            aside={<Examples message={message} onPick={draft.put} />}
          >
            {isForm ? (
              <Form draft={draft} fields={inputs} id={id} />
            ) : (
              <JsonEditor draft={draft} id={id} onSend={() => void send()} />
            )}
          </Tabs>
          <div className="send">
            <button type="button" className="primary" disabled={!draft.isJson || waiting} onClick={() => void send()}>
              {draft.isJson && draft.violations.length > 0 ? 'Send anyway' : 'Send'}
            </button>
            {subscribes && topic && <code className="topic">{topic}</code>}
          </div>
        </section>
        <Reply outcome={outcome} waiting={waiting} />
      </div>
      {subscribes && topic && outcome?.kind === 'reply' && (
        <Frames label={`Frames of ${topic}`} topic={topic} compact />
      )}
      <Snippets operation={operation} message={message} payload={draft.value} />
    </>
  );
}

function Examples({ message, onPick }: { message: Message; onPick: (payload: unknown) => void }) {
  if (message.examples.length === 0) return null;
  const pick = (name: string) => {
    const example = message.examples.find((one) => one.name === name);
    if (example !== undefined) onPick(example.frame.payload ?? {});
  };
  return (
    <select
      className="examples-of"
      aria-label="Fill in an example"
      value=""
      onChange={(event) => pick(event.target.value)}
    >
      <option value="">Example…</option>
      {message.examples.map(({ name, summary }) => (
        <option key={name} value={name}>
          {summary ? `${name}: ${summary}` : name}
        </option>
      ))}
    </select>
  );
}
