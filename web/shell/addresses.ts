// The page's end of the address search (web/address): in a worker, and on the page's own thread where there is none or it
// has failed. One question at a time; of those asked meanwhile only the last is asked.
interface Search {
  find(typed: string): object[];
}
interface Question {
  readonly field: string;
  readonly typed: string;
  readonly revision: number;
}
type Reply = { readonly open: boolean } | { readonly revision: number; readonly found: object[] };

export class Addresses {
  // Nothing: this town has no index.
  readonly index = document.documentElement.dataset["addresses"] ?? "";
  private ask: ((question: Question) => void) | null = null;
  private opening: Promise<boolean> | null = null;
  private asked: Question | null = null;
  private next: Question | null = null;
  private workers = true;

  constructor(private readonly send: (event: object) => void) {}

  open(): Promise<boolean> {
    this.opening ??= this.start().catch(() => false).then((open) => {
      if (!open) this.opening = null; // the network may be back the next time
      return open;
    });
    return this.opening;
  }

  find(question: Question): void {
    if (this.asked) {
      this.next = question;
    } else if (this.ask) {
      this.asked = question;
      this.ask(question);
    } else {
      void this.open().then((open) => { if (open) this.find(question); });
    }
  }

  private async start(): Promise<boolean> {
    const module = FOYER_ASSETS["foyer-address.wasm"];
    const script = FOYER_ASSETS["address_worker.js"];
    if (!module || !script || !this.index) return false;
    const opened = this.workers ? await this.in_worker(script, module).catch(() => null) : null;
    if (opened !== null) return opened;
    await import(script);
    const { foyer_addresses } = globalThis as unknown as { foyer_addresses: { open(module: string, index: string): Promise<Search> } };
    const search = await foyer_addresses.open(module, this.index);
    this.ask = ({ revision, typed }) => { this.answered({ revision, found: search.find(typed) }); };
    return true;
  }

  private in_worker(script: string, module: string): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const worker = new Worker(script);
      worker.onerror = () => {
        const lost = this.next ?? this.asked;
        worker.terminate();
        this.workers = false;
        reject(new Error("no worker"));
        if (!this.ask) return;
        this.ask = this.asked = this.next = this.opening = null;
        if (lost) this.find(lost);
      };
      worker.onmessage = ({ data }: MessageEvent<Reply>) => {
        if ("found" in data) {
          this.answered(data);
        } else {
          if (data.open) this.ask = (question) => { worker.postMessage(question); };
          else worker.terminate();
          resolve(data.open);
        }
      };
      worker.postMessage({ module, index: this.index });
    });
  }

  private answered({ revision, found }: { readonly revision: number; readonly found: object[] }): void {
    const { asked, next } = this;
    this.asked = this.next = null;
    if (next) this.find(next);
    else if (asked?.revision === revision) this.send({ kind: "addresses_found", field: asked.field, revision, found });
  }
}
