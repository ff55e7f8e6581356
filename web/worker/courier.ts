// The outbox without a page: when the last tab is closed, or the browser says that the network is back (Background
// Sync), the same code sends the same envelopes under the same lock. It has no key: what waits is sealed and signed.
import { browserLocks, type OneAtATime } from "../outbox/locks.ts";
import { Outbox } from "../outbox/outbox.ts";
import { ServerClock } from "../vault/clock.ts";
import { ServerFacts } from "../vault/server_facts.ts";
import { mainThreadStamper } from "../vault/stamp.ts";
import { DatabaseStorage, type VaultStorage } from "../vault/storage.ts";

export interface CourierOptions {
  readonly origin: string;
  readonly fetch: typeof globalThis.fetch;
  readonly crypto: Pick<Crypto, "subtle" | "getRandomValues">;

  // For tests; default: the browser's.
  readonly storage?: VaultStorage;
  readonly locks?: OneAtATime;
  readonly now?: () => number;
}

// Sends what waits; how many still wait for nothing but a network.
export type Courier = () => Promise<number>;

export function courier(options: CourierOptions): Courier {
  const { origin, fetch } = options;
  const storage = options.storage ?? new DatabaseStorage();
  const clock = new ServerClock(options.now ?? Date.now);
  const server = new ServerFacts({ origin, fetch, clock, storage });
  const outbox = new Outbox({
    origin,
    storage,
    fetch,
    clock,
    random: (count) => options.crypto.getRandomValues(new Uint8Array(count)),
    locks: options.locks ?? browserLocks("foyer-outbox"),
    headers: () => ({}),
    verify: (response) => server.verifyReceipt(options.crypto.subtle, response),
    restamp: async (context, digest) => {
      const facts = await server.refresh();
      return facts ? `pow1:${await mainThreadStamper(context, digest, facts.stampBits)}` : undefined;
    },
    // Pages hear of it by the outbox's channel.
    onChange: () => undefined,
  });
  return async () => {
    await outbox.drain();
    return (await outbox.entries()).filter((entry) => entry.state === "ready" && entry.waits === "").length;
  };
}
