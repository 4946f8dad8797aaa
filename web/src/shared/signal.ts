// Tells listeners that something has changed; what, they read themselves. The store that React's
// `useSyncExternalStore` wants.
import { useSyncExternalStore } from 'react';

type Listener = () => void;

export class Signal {
  readonly #listeners = new Set<Listener>();
  #version = 0;

  readonly subscribe = (listener: Listener): Listener => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Changes when listeners are told. */
  readonly version = (): number => this.#version;

  notify(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}

/** A signal for what changes thousands of times a second: tells at most once in `interval`. */
export class SlowSignal extends Signal {
  readonly #interval: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(interval: number) {
    super();
    this.#interval = interval;
  }

  /** Something has changed; listeners are told soon. */
  changed(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.notify();
    }, this.#interval);
  }
}

/** Renders the component again whenever `signal` tells of a change. */
export const useSignal = (signal: Signal): number =>
  useSyncExternalStore(signal.subscribe, signal.version);
