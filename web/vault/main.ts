// The vault as a file of its own (vault.js), which the shell fetches when the page can be used already: a first visit
// does not wait for cryptography it does not need yet.
import { install, type Around, type Installed } from "../install/install.ts";
import { notices } from "../install/notices.ts";
import { createVault, type Vault } from "./index.ts";

export type { Around } from "../install/install.ts";

export interface Opened {
  readonly vault: Vault;
  // Whose screens are shown (Installed.present).
  readonly present: (owner: string, account: string) => void;
}

export async function open(stampWorkerUrl: string | undefined, around: Around): Promise<Opened> {
  const page: { installed?: Installed } = {};
  const vault = await createVault({
    stampWorkerUrl,
    language: () => document.documentElement.lang,
    onNotice: (notice) => { around.say(notices()[notice], false); },
    onChange: (change, own) => page.installed?.changed(change, own),
  });
  const installed = install(vault, around);
  page.installed = installed;
  vault.start();
  return { vault, present: (owner, account) => { installed.present(owner, account); } };
}
