// Entry point: a client of the server that this page came from, and the page around it.
import '../shared/colours.css';
import './dashboard.css';
import './watchlist/watchlist.css';
import './chart/chart.css';
import './book/book.css';
import './tape/tape.css';
import './status/strip.css';
import './narrow.css';
import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { applyTheme, keptTheme } from '../shared/theme';
import { takeToken } from '../shared/token';
import { Dashboard } from './dashboard';
import { Session, SessionProvider } from './session';

applyTheme(keptTheme());
takeToken();

/** Relative, so that the page works behind a proxy that adds a prefix. */
const SOCKET = new URL('ws', location.href.replace(/#.*$/, ''));
SOCKET.protocol = SOCKET.protocol.replace('http', 'ws');

const REFUSED = 'Your token is not valid any more: you are anonymous now.';

/** A session for each token: the first, one that is given later, and none when it is refused. */
function Sessions() {
  const [notice, setNotice] = useState<string>();
  const [round, setRound] = useState(0);
  const [session, setSession] = useState<Session>();
  useEffect(() => {
    const opened = new Session(SOCKET.href, () => {
      setNotice(REFUSED);
      setRound(round + 1);
    });
    setSession(opened);
    const given = () => {
      if (!takeToken()) return;
      setNotice(undefined);
      setRound(round + 1);
    };
    addEventListener('hashchange', given);
    return () => {
      removeEventListener('hashchange', given);
      opened.close();
    };
  }, [round]);
  if (session === undefined) return null;
  return (
    <SessionProvider value={session}>
      <Dashboard key={round} notice={notice} />
    </SessionProvider>
  );
}

const place = document.getElementById('page');
if (place === null) throw new Error('index.html has no #page');
createRoot(place).render(<Sessions />);
