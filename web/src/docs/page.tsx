// The document, rendered by the official component, and the page's own parts around it.
import AsyncApi from '@asyncapi/react-component/lib/esm/without-parser';
import type { AsyncAPIDocumentInterface } from '@asyncapi/parser';
import { useEffect } from 'react';
import { createPortal } from 'react-dom';
import { Dock } from './dock/dock';
import { Search } from './header/search';
import { ThemeSwitch } from '../shared/theme-switch';
import { operationPlugin } from './operation';
import { SessionProvider, type Session } from './session';

/** What an operation is called from the client's side; the document takes the server's. */
const config = {
  show: { sidebar: true },
  expand: { messageExamples: true },
  replyLabel: 'request',
  receiveLabel: 'receive',
  sendLabel: 'push',
  requestLabel: 'asks client',
};

/** Outside the component: a new array would make it install every plugin again. */
const plugins = [operationPlugin];

interface Props {
  document: AsyncAPIDocumentInterface;
  session: Session;
  /** The place in the header for what needs a script. */
  tools: HTMLElement;
  /** Called when the document is on the page. */
  onShown: () => void;
}

export function Page({ document, session, tools, onShown }: Props) {
  useEffect(onShown, [onShown]);
  return (
    <SessionProvider value={session}>
      {createPortal(<><Search /><ThemeSwitch /></>, tools)}
      <AsyncApi schema={document} config={config} plugins={plugins} />
      <Dock />
    </SessionProvider>
  );
}
