// A value that screens look at: they are drawn again when it changes.
import { useLayoutEffect, useState } from "preact/hooks";

export class Store<T> {
  #value: T;
  readonly #lookers = new Set<() => void>();

  constructor(value: T) {
    this.#value = value;
  }

  get = (): T => this.#value;
  set = (value: T): void => {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const look of [...this.#lookers]) look();
  };
  change = (make: (before: T) => T): void => {
    this.set(make(this.#value));
  };
  watch = (look: () => void): (() => void) => {
    this.#lookers.add(look);
    return () => {
      this.#lookers.delete(look);
    };
  };
}

export function useStore<T>(store: Store<T>): T {
  const [value, setValue] = useState(store.get());
  // With the screen: what changes before it is painted is shown by its first picture.
  useLayoutEffect(() => {
    const look = (): void => {
      setValue(() => store.get());
    };
    look();
    return store.watch(look);
  }, [store]);
  return value;
}
