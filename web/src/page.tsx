// The document, rendered by the official component.
import AsyncApi from '@asyncapi/react-component/lib/esm/without-parser';
import type { AsyncAPIDocumentInterface } from '@asyncapi/parser';
import { useEffect } from 'react';
import { operationPlugin } from './operation';

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

/** `onShown` is called when the document is on the page. */
export function Page(props: { document: AsyncAPIDocumentInterface; onShown: () => void }) {
  useEffect(props.onShown, [props.onShown]);
  return <AsyncApi schema={props.document} config={config} plugins={plugins} />;
}
