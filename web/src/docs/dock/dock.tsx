// The connection, at the bottom of the page: a bar with its state, and above it, opened, its frames.
import { useEffect, useRef, useState } from 'react';
import { useSignal } from '../../shared/signal';
import { Frames } from '../frames/frames';
import { useSession } from '../session';
import { count, duration } from '../../shared/format';
import { Settings } from './settings';
import { StateText } from './state';
import { Topics } from './topics';

export function Dock() {
  const { connection } = useSession();
  useSignal(connection.signal);
  const [isOpen, setOpen] = useState(false);
  const { state, latency } = connection.status;
  const dock = useHeight();
  return (
    <section className="dock" aria-label="Connection" ref={dock} data-open={isOpen}>
      <div className="dock-bar">
        <StateText />
        <ConnectButton />
        {state === 'open' && latency !== undefined && (
          <span className="latency" title="Round trip of a ping">{duration(latency)}</span>
        )}
        <Settings />
        <button
          type="button"
          className="dock-toggle"
          aria-expanded={isOpen}
          aria-controls="dock-panel"
          onClick={() => setOpen(!isOpen)}
        >
          Frames <Total /> <span aria-hidden="true">{isOpen ? '▾' : '▴'}</span>
        </button>
      </div>
      <div id="dock-panel" className="dock-panel" hidden={!isOpen}>
        {isOpen && (
          <>
            <Topics />
            <Frames label="All frames" />
          </>
        )}
      </div>
    </section>
  );
}

function ConnectButton() {
  const { connection } = useSession();
  const { state } = connection.status;
  if (state === 'open') {
    return <button type="button" onClick={() => connection.close()}>Disconnect</button>;
  }
  return (
    <button
      type="button"
      className="primary"
      disabled={state !== 'closed'}
      // The status says how it went.
      onClick={() => connection.connect().catch(() => undefined)}
    >
      Connect
    </button>
  );
}

/** By itself, so that a frame does not render the whole bar again. */
function Total() {
  const { log } = useSession().connection;
  useSignal(log.signal);
  return <span className="total">{count(log.total)}</span>;
}

/** Keeps `--dock` at the bar's height, by which the page ends above it. */
function useHeight() {
  const dock = useRef<HTMLElement>(null);
  useEffect(() => {
    const bar = dock.current?.firstElementChild;
    if (!bar) return;
    const observer = new ResizeObserver(() => {
      document.documentElement.style.setProperty('--dock', `${bar.clientHeight + 1}px`);
    });
    observer.observe(bar);
    return () => observer.disconnect();
  }, []);
  return dock;
}
