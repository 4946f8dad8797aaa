// Entry point: load the contract, make its model, render it; or say why that did not work.
import '@asyncapi/react-component/styles/default.min.css';
import '../shared/colours.css';
import './page.css';
import './component.css';
import './console/console.css';
import './dock/dock.css';
import './frames/frames.css';
import './header/header.css';
import './ui/ui.css';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { Connection, socketUrl } from './connection/connection';
import { readApi } from './contract/api';
import { load, LoadError } from './contract/load';
import { model } from './contract/model';
import { takeToken } from '../shared/token';
import { applyTheme, keptTheme } from '../shared/theme';
import { Page } from './page';
import { Problem } from './problem';
import type { Session } from './session';

/** Relative, so that the page works behind a proxy that adds a prefix. */
const CONTRACT = 'asyncapi.json';

applyTheme(keptTheme());
takeToken();
const place = element('docs');
const root = createRoot(place);

try {
  const contract = await load(CONTRACT);
  const document_ = model(contract);
  const title = `${document_.info().title()} ${document_.info().version()}`;
  document.title = `${title} · API`;
  element('title').textContent = title;
  const api = readApi(contract);
  const socket = socketUrl(location.href);
  const session: Session = {
    api,
    connection: new Connection(socket, api),
    urls: {
      socket,
      operations: new URL('../ops/', location.href).href,
      clients: new URL('clients/', location.href).href,
    },
  };
  const page = <Page document={document_} session={session} tools={element('tools')} onShown={shown} />;
  flushSync(() => root.render(page));
} catch (error) {
  // Not an event of the console: the reader is told, and nothing else is broken.
  const { message } = error as Error;
  const detail =
    error instanceof LoadError ? message : `It is not what AsyncAPI wants it to be (${message}).`;
  flushSync(() => root.render(<Problem title="The document cannot be shown" detail={detail} />));
  place.dataset.state = 'failed';
}
place.removeAttribute('aria-busy');

/** The browser looked for the address's anchor before there was anything to find. */
function shown() {
  place.dataset.state = 'shown';
  const anchor = decodeURIComponent(location.hash.slice(1));
  if (anchor !== '') document.getElementById(anchor)?.scrollIntoView();
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`index.html has no #${id}`);
  return found;
}
