// Listeners, and values that can be observed.

/** Takes back what it was given for. Calling it again does nothing. */
export type Unsubscribe = () => void;

/** A value that changes, in the form that `useSyncExternalStore` wants. */
export interface Observable<Value> {
  /** The value now: the same object until it changes. */
  getSnapshot(): Value;
  /** Calls `listener` after each change. */
  onChange(listener: () => void): Unsubscribe;
}

/** Listeners that are called in the order in which they came. */
export class Emitter<Arguments extends unknown[]> {
  readonly #listeners = new Set<{ readonly call: (...values: Arguments) => void }>();

  get size(): number {
    return this.#listeners.size;
  }

  add(call: (...values: Arguments) => void): Unsubscribe {
    // An object of its own, since the same function may listen twice.
    const listener = { call };
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  emit(...values: Arguments): void {
    for (const listener of [...this.#listeners]) {
      // One that another has just taken back is not called any more.
      if (this.#listeners.has(listener)) guarded(() => listener.call(...values));
    }
  }
}

/** Calls a function of the user's. What it throws goes where errors of event listeners go. */
export function guarded(call: () => void): void {
  try {
    call();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
