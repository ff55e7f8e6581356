// A device whose pages and workers can be killed at any step: everything that outlives them (the disk, the locks) is
// here, and every await of theirs passes through a counter that can end their life, cut their connection or fill their
// disk at exactly that step.
import { webcrypto } from "node:crypto";

export const never = () => new Promise(() => {});

// Counts steps; at the chosen one it does its harm, once. `kinds`: which steps count.
export class Fate {
  constructor(at = 0, kinds = /./) {
    this.at = at;
    this.kinds = kinds;
    this.count = 0;
    this.struck = "";
  }

  strikes(step) {
    if (!this.kinds.test(step)) return false;
    this.count += 1;
    if (this.count !== this.at) return false;
    this.struck = step;
    return true;
  }
}

// One page or one worker, from its start to its end.
export class Life {
  constructor(fate) {
    this.fate = fate;
    this.dead = false;
    this.death = new Promise((resolve) => (this.die = () => { this.dead = true; resolve(); }));
  }

  // Before or after anything that takes time. A dead page never goes on.
  async step(name) {
    if (!this.dead && this.fate.strikes(name)) this.die();
    if (this.dead) await never();
  }
}

// What a page that died before it had one does with its vault.
export const GONE = new Proxy({}, { get: (_, name) => (name === "then" ? undefined : name === "stop" ? () => undefined : never) });

// Web Locks: whoever holds one loses it with their life.
export class Locks {
  #last = Promise.resolve();

  of(life) {
    return (work) => {
      const turn = this.#last.then(async () => {
        if (life.dead) return;
        await life.step("lock taken");
        await work();
        await life.step("lock given back");
      });
      this.#last = Promise.race([turn, life.death]).catch(() => undefined);
      return Promise.race([turn, life.death.then(never)]);
    };
  }
}

const copy = (value) => (value === undefined ? undefined : structuredClone(value));

// What is on the disk. Each write happens whole or not at all, as a database's transaction does.
export class Disk {
  key = undefined;
  server = undefined;
  marked = false;
  records = new Map();
  kept = new Map();
  ids = new Set(); // of every entry that was ever put here
  #heard = [];
  #unheard = false;
  #reopened = Promise.resolve();

  // As by the person, in the browser's settings. Whoever is there hears of it before they use what comes in its place.
  #erase() {
    this.key = undefined;
    this.server = undefined;
    this.records.clear();
    this.kept.clear();
    this.#unheard = this.#heard.length === 0;
    this.#reopened = new Promise((resolve) => setImmediate(() => {
      for (const heard of this.#heard) heard();
      resolve();
    }));
  }

  // Until whoever has heard of it is done.
  async settled() {
    await this.#reopened;
    await new Promise((resolve) => setImmediate(resolve));
  }

  // As one life sees it. `full`: a fate by which a write fails; `erased`: one by which all is erased.
  of(life, full = new Fate(), erased = new Fate()) {
    const step = async (name) => {
      await life.step(name);
      if (erased.strikes(name)) this.#erase();
    };
    const read = async (name, work) => {
      await step(`before ${name}`);
      await this.#reopened;
      const result = copy(work());
      await step(`after ${name}`);
      return result;
    };
    const write = async (name, work) => {
      await step(`before ${name}`);
      await this.#reopened;
      if (full.strikes(name)) throw new DOMException("the disk is full", "QuotaExceededError");
      work();
      await step(`after ${name}`);
    };
    return {
      onErased: (heard) => {
        this.#heard.push(() => { if (!life.dead) heard(); });
        if (this.#unheard) heard();
        this.#unheard = false;
      },
      readDeviceKey: async () => {
        await step("before readDeviceKey");
        return this.key;
      },
      keepDeviceKey: async (pair, instead) => {
        await write("keepDeviceKey", () => { if (!this.key || this.key === instead) this.key = pair; });
        return this.key ?? pair;
      },
      hadDeviceKey: () => this.marked,
      rememberDeviceKey: () => { this.marked = true; },
      readServer: () => read("readServer", () => this.server),
      keepServer: (json) => write("keepServer", () => { this.server = json; }),
      putEntry: (entry) => write("putEntry", () => { this.ids.add(entry.id); this.records.set(entry.id, copy(entry)); }),
      entries: () => read("entries", () => [...this.records.values()]),
      deleteEntry: (id) => write("deleteEntry", () => this.records.delete(id)),
      acknowledgeEntry: (receipt) => write("acknowledgeEntry", () => { this.records.delete(receipt.id); this.kept.set(receipt.id, copy(receipt)); }),
      receipts: () => read("receipts", () => [...this.kept.values()]),
      forgetReceipt: (id) => write("forgetReceipt", () => this.kept.delete(id)),
    };
  }
}

// WebCrypto, each call a step before and after.
export function cryptoOf(life) {
  return new Proxy(webcrypto.subtle, {
    get: (subtle, name) => async (...values) => {
      await life.step(`before ${String(name)}`);
      const result = await subtle[name](...values);
      await life.step(`after ${String(name)}`);
      return result;
    },
  });
}

// The way to a server that answers `ask(url, init)`. `cut`: a fate by which a connection ends: before the request has
// gone, after the server has done its work, in the middle of the answer.
export function networkOf(life, ask, cut = new Fate()) {
  const passes = async (name) => {
    await life.step(name);
    if (cut.strikes(name)) throw new TypeError(`cut: ${name}`);
  };
  return async (url, init) => {
    await passes("before the request leaves");
    const response = await ask(url, init);
    await passes("while the answer is on its way");
    const body = async (read) => {
      await passes("in the middle of the answer");
      const content = await response[read]();
      await passes("after the answer");
      return content;
    };
    return { status: response.status, ok: response.ok, headers: response.headers, arrayBuffer: () => body("arrayBuffer"), text: () => body("text") };
  };
}
