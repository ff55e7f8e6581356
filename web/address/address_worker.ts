// Searches a town's addresses beside the page, so that typing never waits. In: {module, index} once, then {revision,
// typed}; out: {open} once, then {revision, found}. Where workers are switched off the page imports this file and calls
// foyer_addresses.
import { AddressSearch } from "./search.ts";

interface Message {
  readonly module?: string;
  readonly index?: string;
  readonly revision?: number;
  readonly typed?: string;
}

if ("document" in globalThis) {
  Object.defineProperty(globalThis, "foyer_addresses", { value: AddressSearch, configurable: true });
} else {
  let search: AddressSearch | null = null;
  addEventListener("message", (event: MessageEvent<Message>) => {
    const { module, index, revision, typed } = event.data;
    if (module !== undefined && index !== undefined) {
      AddressSearch.open(module, index).then(
        (opened) => {
          search = opened;
          postMessage({ open: true });
        },
        (error: unknown) => {
          console.warn("no address search:", error);
          postMessage({ open: false });
        },
      );
    } else if (search && typed !== undefined) {
      postMessage({ revision, found: search.find(typed) });
    }
  });
}
