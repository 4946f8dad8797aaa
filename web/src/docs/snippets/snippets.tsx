// The call as code, following what is written beside it.
import { useState } from 'react';
import { useSignal } from '../../shared/signal';
import type { Message, Operation } from '../contract/api';
import { useSession } from '../session';
import { Code, type Language } from '../ui/code';
import { Copy } from '../ui/copy';
import { Tabs } from '../ui/tabs';
import { call, type Call } from './call';
import { python } from './python';
import { curl, websocat } from './shell';
import { typescript } from './typescript';

type Name = 'typescript' | 'python' | 'websocat' | 'curl';

const WRITERS: Record<Name, { title: string; language: Language; write: (call: Call) => string }> = {
  typescript: { title: 'TypeScript', language: 'typescript', write: typescript },
  python: { title: 'Python', language: 'python', write: python },
  websocat: { title: 'websocat', language: 'bash', write: websocat },
  curl: { title: 'curl', language: 'bash', write: curl },
};
const TABS = (Object.keys(WRITERS) as Name[]).map((name) => ({ name, title: WRITERS[name].title }));

/** The reader's language, at the next operation, too. */
let preferred: Name = 'typescript';

interface Props {
  operation: Operation;
  message: Message;
  /** As written; nothing while that is no JSON. */
  payload: unknown;
}

export function Snippets({ operation, message, payload }: Props) {
  const { api, connection, urls } = useSession();
  useSignal(connection.signal);
  const [name, setName] = useState(preferred);
  const { language, write } = WRITERS[name];
  const text = write(call({ api, token: connection.token !== '', urls }, operation, message, payload));
  const select = (one: Name) => {
    preferred = one;
    setName(one);
  };
  return (
    <section className="snippets" aria-label="As code">
      <Tabs
        label="Language"
        tabs={TABS}
        selected={name}
        onSelect={select}
        aside={<Copy what="the code" text={() => text} />}
      >
        <Code text={text} language={language} />
      </Tabs>
    </section>
  );
}
