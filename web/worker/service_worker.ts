// The service worker: opens portals without a network, and sends what waits when no page is there to do it. It holds no
// list of files and no version of its own (sets.ts fetches both), so that it can take over from its predecessor at any
// moment without any page noticing.
import { Answers } from "./answers.ts";
import { courier } from "./courier.ts";
import { Sets, isFull } from "./sets.ts";

declare const self: ServiceWorkerGlobalScope;

// Background Sync is not in TypeScript's library.
interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
  readonly lastChance: boolean;
}

const origin = self.location.origin;
const ask = self.fetch.bind(self);
const sets = new Sets({ caches: self.caches, fetch: ask, subtle: self.crypto.subtle });
const answers = new Answers({
  sets,
  origin,
  now: () => performance.now(),
  wait: (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); }),
});
const deliver = courier({ origin, fetch: ask, crypto: self.crypto });

self.addEventListener("install", (event) => { event.waitUntil(self.skipWaiting()); });
self.addEventListener("activate", (event) => { event.waitUntil(self.clients.claim()); });

self.addEventListener("fetch", (event) => {
  const answer = answers.answer(event.request, () => ask(event.request));
  if (answer) event.respondWith(answer);
});

self.addEventListener("sync", (event) => {
  const sync = event as SyncEvent;
  if (sync.tag !== "foyer-outbox") return;
  sync.waitUntil(deliver().then((waiting) => {
    // The browser comes back to it, later and later.
    if (waiting > 0 && !sync.lastChance) throw new Error("still without a network");
  }));
});

self.addEventListener("message", (event) => {
  const message = event.data as { kind?: unknown; slug?: unknown } | null;
  if (message?.kind === "deliver") event.waitUntil(deliver());
  if (message?.kind === "keep" && typeof message.slug === "string") {
    const { slug } = message;
    const asker = event.source as { postMessage(message: unknown): void } | null;
    const kept = ({ set }: { set: string }): void => { asker?.postMessage({ kind: "kept", slug, set }); };
    // A network that goes away leaves what was kept before; so does a full disk, of which somebody should know.
    event.waitUntil(sets.keep(slug).then(kept).catch((error: unknown) => { if (isFull(error)) asker?.postMessage({ kind: "no_room", slug }); }));
  }
});
