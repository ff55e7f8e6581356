// The vault as a file of its own (vault.js), which the shell fetches when the page can be used already: a first visit
// does not wait for cryptography it does not need yet.
import { install, type Around, type Installed } from "../install/install.ts";
import { notices } from "../install/notices.ts";
import type { Counter } from "../counter/main.ts";
import { createVault, type Vault } from "./index.ts";
import { MemoryStorage } from "./storage.ts";

export type { Around } from "../install/install.ts";

export interface Opened {
  readonly vault: Vault;
  // Whose screens are shown (Installed.present).
  readonly present: (owner: string, account: string) => void;
}

export async function open(stampWorkerUrl: string | undefined, around: Around): Promise<Opened> {
  const page: { installed?: Installed } = {};
  const at_counter = around.counter === "" ? undefined : await open_counter(around, () => vault);
  const vault: Vault = await createVault({
    ...(at_counter && { storage: new MemoryStorage(), counter: at_counter }),
    stampWorkerUrl,
    language: () => document.documentElement.lang,
    onNotice: (notice) => { around.say(notices()[notice], false); },
    onChange: (change, own) => {
      page.installed?.changed(change, own);
      at_counter?.changed(change, own);
    },
  });
  const installed = install(vault, around);
  page.installed = installed;
  vault.start();
  return { vault, present: (owner, account) => { installed.present(owner, account); } };
}

// Without it the page is not opened at all: an ordinary one would keep on this computer what is typed.
async function open_counter(around: Around, vault: () => Vault): Promise<Counter> {
  const { open_counter: open } = (await import(FOYER_ASSETS["counter.js"] ?? "")) as typeof import("../counter/main.ts");
  return open({
    given: around.counter,
    slug: around.slug,
    now: () => Date.now() / 1000,
    is_done: async () => around.may_reload() && (await vault().entries()).length === 0,
    leave: () => vault().call({ method: "DELETE", path: `/api/v1/${around.slug}/sessions` }),
    forget_ticket: () => { around.forget_counter(); },
  });
}
