// The frames of the connection as they come: newest first, filtered, paused, copied, downloaded.
import { useMemo, useState } from 'react';
import type { Entry, Filter, FrameLog } from '../connection/frame-log';
import { useSignal } from '../../shared/signal';
import { useSession } from '../session';
import { Copy } from '../ui/copy';
import { count } from '../../shared/format';
import { download } from './download';
import { Row } from './row';

/** Rows on the page; more are kept, and are in what is copied and downloaded. */
const ROWS = { whole: 200, compact: 20 };

interface Props {
  label: string;
  /** Given: only frames of this type or topic are shown, and there is nothing to choose. */
  type?: string;
  topic?: string;
  compact?: boolean;
}

export function Frames({ label, type, topic, compact = false }: Props) {
  const { log } = useSession().connection;
  const version = useSignal(log.signal);
  const [chosen, choose] = useState<Filter>({ type: '', topic: '' });
  const [paused, pause] = useState<{ rows: Entry[]; total: number }>();
  const filter = { type: type ?? chosen.type, topic: topic ?? chosen.topic };
  const limit = compact ? ROWS.compact : ROWS.whole;
  const live = useMemo(
    () => (paused ? [] : log.newest(filter, limit)),
    // The filter is new at each render, its parts are not.
    [log, version, paused, filter.type, filter.topic, limit],
  );
  const rows = paused
    ? paused.rows.filter((row) => matches(row, filter))
    : live;
  const stop = () => pause((before) => before ?? { rows: live, total: log.total });

  return (
    <section className={compact ? 'frames frames-compact' : 'frames'} aria-label={label}>
      <div className="frames-bar">
        <button type="button" aria-pressed={paused !== undefined} onClick={() => (paused ? pause(undefined) : stop())}>
          {paused ? 'Resume' : 'Pause'}
        </button>
        {type === undefined && (
          <Choice label="Type" value={chosen.type} all={log.types} onChange={(one) => choose({ ...chosen, type: one })} />
        )}
        {topic === undefined && type === undefined && (
          <Choice label="Topic" value={chosen.topic} all={log.topics} onChange={(one) => choose({ ...chosen, topic: one })} />
        )}
        <Counts log={log} filter={filter} since={paused?.total} />
        <span className="frames-actions">
          <Copy what="the frames" text={() => log.lines(filter)} />
          <button
            type="button"
            className="quiet"
            title="JSON lines: a frame on each line, oldest first"
            onClick={() => download(`${fileName(filter)}.jsonl`, log.lines(filter))}
          >
            Download
          </button>
          {!compact && (
            <button type="button" className="quiet" onClick={() => { log.clear(); pause(undefined); }}>
              Clear
            </button>
          )}
        </span>
      </div>
      {rows.length === 0 ? (
        <p className="empty">{log.total === 0 ? 'No frames yet.' : 'No frames match yet.'}</p>
      ) : (
        <ul className="frames-rows" tabIndex={0} aria-label={`${label}, newest first`}>
          {rows.map((entry) => (
            <Row key={entry.number} entry={entry} onOpen={stop} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Counts({ log, filter, since }: { log: FrameLog; filter: Filter; since: number | undefined }) {
  const gone = log.total - log.kept;
  const matching = log.matching(filter);
  return (
    <span className="frames-count" title={gone > 0 ? `${count(gone)} older ones have been given up` : undefined}>
      {since === undefined ? `${count(matching)} kept` : `${count(log.total - since)} more since`}
    </span>
  );
}

function Choice(props: { label: string; value: string; all: string[]; onChange: (value: string) => void }) {
  const { label, value, all, onChange } = props;
  // What is chosen stays choosable after its last frame is gone.
  const options = value === '' || all.includes(value) ? all : [value, ...all];
  return (
    <label className="choice">
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">all</option>
        {options.map((one) => <option key={one}>{one}</option>)}
      </select>
    </label>
  );
}

const matches = (entry: Entry, { type, topic }: Filter): boolean =>
  (type === '' || entry.type === type) && (topic === '' || entry.topic === topic);

/** Without what a file system may not like. */
const fileName = ({ type, topic }: Filter): string =>
  [topic, type].filter(Boolean).join('-').replace(/[^\w.-]+/g, '_') || 'frames';
