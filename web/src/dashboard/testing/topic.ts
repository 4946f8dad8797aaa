// A topic that does what a test says.
import type { Notice, Topic } from 'tickwire';

type Update = (item: unknown, frame: { seq: number }) => void;

export function playedTopic(name: string) {
  const listeners = new Set<{ update: Update; notice?: (notice: Notice) => void }>();
  const watchers = new Set<() => void>();
  const topic = {
    name,
    state: { status: 'live' },
    subscribe(update: Update, handlers: { notice?: (notice: Notice) => void }) {
      const listener = { update, ...handlers };
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onChange(watcher: () => void) {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
  } as unknown as Topic<any>;
  const each = (act: (listener: { update: Update; notice?: (notice: Notice) => void }) => void) => listeners.forEach(act);
  return {
    topic,
    listeners,
    say: (...seqs: number[]) => seqs.forEach((seq) => each(({ update }) => update({}, { seq }))),
    update: (item: unknown) => each(({ update }) => update(item, { seq: 0 })),
    notice: (notice: Notice) => each((listener) => listener.notice?.(notice)),
    live: () => watchers.forEach((watcher) => watcher()),
  };
}
