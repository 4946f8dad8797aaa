// Entry point: a client of the server that this page came from, and the page around it.
import '../shared/colours.css';
import './dashboard.css';
import './watchlist/watchlist.css';
import './chart/chart.css';
import './book/book.css';
import './tape/tape.css';
import './status/strip.css';
import './narrow.css';
import { createRoot } from 'react-dom/client';
import { applyTheme, keptTheme } from '../shared/theme';
import { takeToken } from '../shared/token';
import { Dashboard } from './dashboard';
import { Session, SessionProvider } from './session';

/** Relative, so that the page works behind a proxy that adds a prefix. */
const SOCKET = new URL('ws', location.href.replace(/#.*$/, ''));
SOCKET.protocol = SOCKET.protocol.replace('http', 'ws');

const REFUSED = 'Your token is not valid any more: you are anonymous now.';

const place = document.getElementById('page');
if (place === null) throw new Error('index.html has no #page');
const root = createRoot(place);
let session: Session | undefined;

/** A session with the kept token: the first, one for each that is given later, and one without when it is refused. */
function open(notice?: string) {
  session?.close();
  session = new Session(SOCKET.href, () => open(REFUSED));
  root.render(
    <SessionProvider value={session}>
      <Dashboard key={session.number} notice={notice} />
    </SessionProvider>,
  );
}

applyTheme(keptTheme());
takeToken();
open();
// A link that is opened in this tab changes nothing but the fragment.
addEventListener('hashchange', () => {
  if (takeToken()) open();
});
