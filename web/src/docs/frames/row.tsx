import { memo, useState } from 'react';
import type { Entry } from '../connection/frame-log';
import { JsonText } from '../ui/code';
import { Copy } from '../ui/copy';
import { clock, pretty, size } from '../../shared/format';

/** What a row shows of a frame before it is opened. */
const MAX_SUMMARY = 240;

/** A frame on one line; opened, as a whole. An entry never changes, so neither does its row. */
export const Row = memo(function Row({ entry, onOpen }: { entry: Entry; onOpen: () => void }) {
  const [isOpen, setOpen] = useState(false);
  const { direction, time, type, topic, seq, bytes, text } = entry;
  const toggle = (open: boolean) => {
    setOpen(open);
    // Otherwise what is being read moves away.
    if (open) onOpen();
  };
  return (
    <li>
      <details onToggle={(event) => toggle(event.currentTarget.open)}>
        <summary className={direction === 'out' ? 'row row-out' : type === 'error' ? 'row row-error' : 'row'}>
          <span className="row-direction" title={direction === 'out' ? 'sent' : 'received'}>
            {direction === 'out' ? '↑' : '↓'}
          </span>
          <time>{clock(time)}</time>
          <b>{type}</b>
          {topic !== '' && <span className="row-topic">{topic}{seq !== undefined && ` #${seq}`}</span>}
          <span className="row-text">{summary(text)}</span>
          <span className="row-size">{size(bytes)}</span>
        </summary>
        {isOpen && (
          <div className="row-whole">
            <Copy what="this frame" text={() => text} />
            <pre className="code" tabIndex={0}><JsonText text={pretty(text)} /></pre>
          </div>
        )}
      </details>
    </li>
  );
}, (before, after) => before.entry === after.entry);

/** The payload, which in a server's frame stands last. */
function summary(text: string): string {
  const at = text.indexOf('"payload":');
  return text.slice(at < 0 ? 0 : at + '"payload":'.length, (at < 0 ? 0 : at) + MAX_SUMMARY).replace(/\}$/, '');
}
