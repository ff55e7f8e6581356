// Fetches the vault (vault.js) when something is to be sealed or signed, and at the latest when the page has been ready
// for a moment: from then on a network that goes away keeps nobody from pressing VALIDER.
import type { Vault } from "../vault/index.ts";
import type { Around, Opened } from "../vault/main.ts";

type VaultFile = typeof import("../vault/main.ts");

export class VaultLoader {
  private vault: Promise<Vault> | null = null;
  private attempts = 0;
  private opened: Opened | null = null;

  constructor(private readonly around: Around) {}

  // A failure is not for ever: whoever asks again, or the network when it is back, tries again.
  get(): Promise<Vault> {
    this.vault ??= this.fetch();
    this.vault.catch(() => {
      this.vault = null;
    });
    return this.vault;
  }

  // The browser says when it has nothing better to do; after two seconds nobody waits any longer for that.
  // Then comes what is less urgent.
  when_idle(then: () => void): void {
    const now = (): void => {
      void this.get().then(then, (error: unknown) => {
        console.warn("the vault is not there yet:", error);
        addEventListener("online", now, { once: true });
      });
    };
    // Safari has no requestIdleCallback.
    const idle = (globalThis as { requestIdleCallback?: (work: () => void, options: { timeout: number }) => void }).requestIdleCallback;
    if (idle) idle(now, { timeout: 2_000 });
    else setTimeout(now, 500);
  }

  // Whose screens are shown: known once the vault has been asked for something of theirs.
  present(owner: string, account: string): void {
    this.opened?.present(owner, account);
  }

  private async fetch(): Promise<Vault> {
    const stamp_worker = FOYER_ASSETS["stamp_worker.js"];
    // Some browsers remember for ever that a module did not arrive: another fragment is another module to them.
    const address = `${FOYER_ASSETS["vault.js"] ?? ""}#${++this.attempts}`;
    const { open } = (await import(address)) as VaultFile;
    this.opened = await open(stamp_worker, this.around);
    // Into the browser's cache; should it not be kept there, stamps are made without a worker.
    if (stamp_worker) fetch(stamp_worker).catch(() => undefined);
    return this.opened.vault;
  }
}
