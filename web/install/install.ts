// What makes the page an app that opens without a network: it registers the service worker, tells it which town to keep,
// says between two procedures that a new version is ready, and shows what waits on this device. Part of vault.js, which
// a page fetches when it can be used already.
import { DraftKeeper, type DraftHooks } from "./draft_keeper.ts";
import { notices } from "./notices.ts";
import { OnDevice, type OnDeviceEntry } from "./on_device.ts";
import { Strip } from "../outbox/strip.ts";
import { words } from "../outbox/words.ts";
import type { EntryChange, Vault } from "../vault/index.ts";

export interface Around extends DraftHooks {
  readonly slug: string;
  // Nothing that was typed would be lost.
  readonly may_reload: () => boolean;
  // A sentence for the person, which may want the button that reloads the page.
  readonly say: (sentence: string, with_reload: boolean) => void;
  // Not empty: an agent has opened this page at the counter, with this (shell/counter.ts).
  readonly counter: string;
  readonly forget_counter: () => void;
  // What waits on this device, for the wizard.
  readonly on_device: (entries: readonly OnDeviceEntry[]) => void;
}

const AGAIN = 3600_000;
// Where a procedure has not begun or has ended.
const BETWEEN = /^\/[^/]+\/($|tableau-de-bord$|.*\/?confirmation$|connexion$)/;

const ASK_EVERY = 5 * 60_000; // for a wake-up

interface SyncManager {
  register(tag: string): Promise<void>;
}

// What the vault reports goes through here: `own` are the requests that this page's wizard made.
export interface Installed {
  changed(change: EntryChange, own: boolean): void;
  // Whose screens are shown: the account's identifier and its reference; empty: nobody's.
  present(owner: string, account: string): void;
}

export function install(vault: Vault, around: Around): Installed {
  const strip = new Strip({ vault, slug: around.slug, now: () => vault.now() * 1000, draw: draw_code });
  void strip.look();
  void strip.arrive(location.hash);
  const keeper = new DraftKeeper(vault, around.slug, around);
  void keeper.start().catch(() => undefined);
  const on_device = new OnDevice(vault, around.slug, around.on_device);
  vault.onErased(() => {
    keeper.erased();
    void strip.look();
    around.say(notices().erased, false);
  });
  const worker = Promise.resolve(keep_by_worker(around, () => { strip.notice("no_room"); })).catch(() => undefined);
  let asked_at = Number.NEGATIVE_INFINITY;
  return {
    changed(change, own) {
      strip.changed(change, own);
      on_device.changed(change, own);
      if (change.state !== "ready") return;
      if (own) keeper.sent();
      // Where the browser can, it wakes the worker when the network is back, with or without this page: for what has just
      // been made, and from time to time for what is still here, since a browser gives up after a few tries. Not each time:
      // where it believes in a network it wakes the worker at once, whose try is told here, and so on without an end. A
      // login is nothing to wake up for.
      if (change.waits !== undefined && (change.waits !== "" || performance.now() - asked_at < ASK_EVERY)) return;
      asked_at = performance.now();
      void worker.then((registration) => (registration as { sync?: SyncManager } | undefined)?.sync?.register("foyer-outbox")).catch(() => undefined);
    },
    present(owner, account) {
      keeper.present(owner);
      on_device.present(account);
    },
  };
}

async function draw_code(text: string): Promise<{ size: number; path: string }> {
  const address = FOYER_ASSETS["code.js"];
  if (!address) throw new Error("no code.js");
  const { draw } = (await import(address)) as typeof import("../code/main.ts");
  return draw(text);
}

async function keep_by_worker(around: Around, no_room: () => void): Promise<ServiceWorkerRegistration | undefined> {
  const workers = (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker;
  if (!workers) return undefined;
  const set = document.documentElement.dataset["set"];
  let waiting: ReturnType<typeof setInterval> | undefined;
  const offer = (): void => {
    if (!BETWEEN.test(location.pathname) || !around.may_reload()) return;
    clearInterval(waiting);
    around.say(words().new_version, true);
  };
  workers.addEventListener("message", (event) => {
    const message = event.data as { kind?: unknown; slug?: unknown; set?: unknown } | null;
    if (message?.slug !== around.slug) return;
    if (message.kind === "no_room") no_room();
    if (message.kind !== "kept") return;
    clearInterval(waiting);
    // Whoever is in the middle of a procedure is asked at its end.
    if (set !== undefined && message.set !== set) waiting = setInterval(offer, 2_000);
  });
  workers.startMessages();

  await workers.register("/service-worker.js", { scope: "/" });
  const registration = await workers.ready;
  let asked = Number.NEGATIVE_INFINITY;
  const keep = (): void => {
    if (document.visibilityState !== "visible" || performance.now() - asked < AGAIN) return;
    asked = performance.now();
    registration.active?.postMessage({ kind: "keep", slug: around.slug });
  };
  keep();
  document.addEventListener("visibilitychange", keep);
  addEventListener("online", keep);
  // The worker goes on where this page stops: browsers let it live for a moment.
  addEventListener("pagehide", () => { registration.active?.postMessage({ kind: "deliver" }); });
  return registration;
}
