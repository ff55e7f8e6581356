// Nothing is lost and nothing is doubled, whatever ends at whichever step. Steps are counted, not sampled: the same day
// is lived again and again, each time the page, the worker, the connection, the server or the disk fails one step later,
// until a day goes by in which nothing fails. After each, the person comes back, looks at what the device says, and goes
// on from there.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "../support/load.mjs";
import { Disk, Fate, GONE, Life, Locks, cryptoOf, networkOf } from "./support/lives.mjs";
import { ModelTown } from "./support/model_town.mjs";

const web = await load("vault/index.ts", "vault/storage.ts", "outbox/locks.ts", "worker/courier.ts");
// The dead leave their timers behind; nothing in here waits for one.
const { setTimeout: set } = globalThis;
globalThis.setTimeout = (...values) => set(...values).unref();

const ORIGIN = "https://portail.example";
const REVISION = "00112233445566778899aabbccddeeff";
const NAMES = { 1: "registration", 2: "entourage", 3: "profile" };

// A device, its person and its town, on one day.
class Day {
  now = Date.UTC(2026, 10, 22, 8);
  disk = new Disk();
  locks = new Locks();
  told = new Map(); // id → the last state that a page has reported
  promised = new Set(); // ids that submit() has returned: the person was told that they are kept
  open = [];
  cut = new Fate();
  full = new Fate();
  erased = new Fate();

  static async begin(changes = {}) {
    const day = new Day();
    Object.assign(day, changes);
    day.town = await ModelTown.make();
    return day;
  }

  async page(fate) {
    const life = new Life(fate);
    const storage = new web.CarefulStorage(this.disk.of(life, this.full, this.erased), () => (this.warned = true));
    const making = web.createVault({
      origin: ORIGIN,
      storage,
      fetch: networkOf(life, this.town.ask, this.cut),
      now: () => this.now,
      crypto: cryptoOf(life),
      locks: this.locks.of(life),
      stamper: async () => {
        await life.step("stamp");
        return "0";
      },
      onChange: ({ id, state, body }) => {
        // Days are lived side by side, and a channel is one for all of them.
        if (life.dead || !this.disk.ids.has(id)) return;
        this.told.set(id, state);
        if (state === "acknowledged") assert.ok(this.town.effects.has(id), `said to be received, and is not: ${id}`);
        if (state === "refused") assert.ok(this.town.refusals.has(id), `said to be refused, and is not: ${body}`);
      },
    });
    const vault = (await Promise.race([making, life.death])) ?? GONE;
    this.open.push(vault);
    void vault.onErased(() => (this.toldErased = true));
    return { life, vault };
  }

  close() {
    for (const vault of this.open) vault.stop();
  }

  // What the screen would say of a procedure: nothing, ready, refused or acknowledged.
  async says(vault, procedure) {
    const entry = (await vault.entries()).find((candidate) => candidate.procedure === procedure);
    if (entry) return entry.state;
    const receipts = await vault.receipts();
    return receipts.some(({ id }) => this.town.effects.get(id)?.procedure === procedure) ? "acknowledged" : "nothing";
  }

  // What the person does on this day: registers, fills in the entourage at once, logs in when the town has them, changes
  // the profile. Whoever finds a request on the device, or its receipt, does not fill it in again.
  async live(vault) {
    for (const procedure of [1, 2, 3]) {
      if ((await this.says(vault, procedure)) !== "nothing") continue;
      const id = await vault.submit({ procedure, plaintext: "{}", portalRevision: REVISION, portal: "oudon" });
      this.promised.add(id);
      await vault.drain();
      this.now += 31_000;
    }
    for (let turn = 0; turn < 3; turn += 1) {
      await vault.drain();
      this.now += 31_000;
      if (this.town.canLogIn()) await vault.call({ method: "POST", path: "/api/v1/oudon/sessions", procedure: 100, plaintext: "{}", portalRevision: REVISION });
    }
    await vault.drain();
  }

  // After whatever happened, before anybody comes back.
  nothingIsLost() {
    for (const id of this.promised) {
      if (this.disk.records.has(id)) continue;
      assert.ok(this.disk.kept.has(id) || this.warned, `gone without a receipt: ${id}`);
      assert.ok(this.town.effects.has(id), `deleted, and the town does not have it: ${id}`);
    }
    for (const id of this.disk.kept.keys()) assert.ok(this.town.effects.has(id), "a receipt for what the town does not have");
    for (const [id, state] of this.told) if (state === "acknowledged") assert.ok(this.town.effects.has(id));
  }

  async ends(vault) {
    for (const procedure of [1, 2, 3]) {
      assert.equal(this.town.count(procedure), 1, `${NAMES[procedure]}: effects`);
      assert.equal(await this.says(vault, procedure), "acknowledged", NAMES[procedure]);
    }
    assert.equal(this.disk.records.size, 0, "what is still on the device");
  }
}

// So many days at a time: most of a day is waiting for WebCrypto's threads.
const SIDE_BY_SIDE = 8;

// Lives one day for each step, until one goes by in which nothing is struck; gives how many there were.
async function everyStep(live) {
  for (let first = 1, steps = 0; ; first += SIDE_BY_SIDE) {
    const struck = await Promise.all(Array.from({ length: SIDE_BY_SIDE }, (_, lane) => live(first + lane)));
    steps += struck.filter(Boolean).length;
    if (struck.includes(false)) return steps;
  }
}

// The whole day with the harm at every step of one kind.
function everyDay({ arrange = () => {}, fateOf }) {
  return everyStep(async (at) => {
    const day = await Day.begin();
    arrange(day);
    const fate = new Fate(at);
    fateOf?.(day, fate);
    try {
      const first = await day.page(fateOf ? new Fate() : fate);
      await Promise.race([day.live(first.vault).catch((error) => { if (!(error instanceof web.VaultError)) throw error; }), first.life.death]);
      await day.disk.settled();
      day.nothingIsLost();
      if (day.erased.struck) assert.ok(day.toldErased, "the person is told");
      first.life.die();
      // What is erased while no page is there has been seen by none.
      day.erased = new Fate();
      // The next morning.
      day.now += 3600_000;
      const next = await day.page(new Fate());
      await day.live(next.vault);
      day.nothingIsLost();
      await day.ends(next.vault);
    } catch (error) {
      throw new Error(`at step ${at}, ${fate.struck || "nothing"}: ${error.message}`, { cause: error });
    } finally {
      day.close();
    }
    return fate.struck !== "";
  });
}

test("the page is killed at every step, before and after each await and each write", async (t) => {
  const steps = await everyDay({});
  t.diagnostic(`${steps} steps`);
  assert.ok(steps > 100);
});

test("the page is killed at every step of a day when the town is busy, and stamps have become dearer", async (t) => {
  const steps = await everyDay({ arrange: ({ town }) => { town.busy = 2; town.dearer = 1; } });
  t.diagnostic(`${steps} steps`);
});

test("the connection is cut at every step of every exchange", async (t) => {
  const steps = await everyDay({ fateOf: (day, fate) => { day.cut = fate; } });
  t.diagnostic(`${steps} cuts`);
  assert.ok(steps > 20);
});

test("the server is killed at every step of its own: before its commit, after it, with the receipt in its hand", async (t) => {
  const steps = await everyDay({ fateOf: (day, fate) => { day.town.fate = fate; } });
  t.diagnostic(`${steps} kills`);
  assert.ok(steps >= 12);
});

test("the disk is full at every write", async (t) => {
  const steps = await everyDay({ fateOf: (day, fate) => { day.full = fate; } });
  t.diagnostic(`${steps} writes`);
});

test("a database that is erased under the open page at every step loses no request and no receipt, and is said", async (t) => {
  const steps = await everyDay({ fateOf: (day, fate) => { day.erased = fate; } });
  t.diagnostic(`${steps} steps`);
  assert.ok(steps > 60);
});

// One registration, by three pages: two are killed, the third comes through. Gives where the first two were.
async function twoKills(first, second) {
  const day = await Day.begin();
  const one = async (vault) => {
    if ((await day.says(vault, 1)) !== "nothing") return vault.drain();
    day.promised.add(await vault.submit({ procedure: 1, plaintext: "{}", portalRevision: REVISION, portal: "oudon" }));
    return vault.drain();
  };
  const fates = [new Fate(first), new Fate(second)];
  try {
    for (const fate of [...fates, new Fate()]) {
      const page = await day.page(fate);
      await Promise.race([one(page.vault), page.life.death]);
      day.nothingIsLost();
      page.life.die();
      day.now += 3600_000;
    }
    assert.equal(day.town.count(1), 1);
    assert.equal(day.disk.records.size, 0);
  } catch (error) {
    throw new Error(`at steps ${first} and ${second}, ${fates.map(({ struck }) => struck).join(" and ")}: ${error.message}`, { cause: error });
  } finally {
    day.close();
  }
  return fates.map(({ struck }) => struck !== "");
}

// With --all every step of the one with every step of the other; else each step of either at least once.
test("the page is killed at every step, and the next one at a step of its own", async (t) => {
  let pairs = 0;
  if (process.env.FOYER_ALL) {
    for (let first = 1, over = false; !over; first += 1) {
      const after = await everyStep(async (second) => {
        const [one, other] = await twoKills(first, second);
        over ||= !one;
        return other;
      });
      pairs += after;
    }
    assert.ok(pairs > 2_000);
  } else {
    const seconds = await everyStep(async (second) => (await twoKills(1, second))[1]);
    pairs = seconds + await everyStep(async (first) => (await twoKills(first, 1 + (first * 7) % seconds))[0]);
  }
  t.diagnostic(`${pairs} pairs`);
});

test("page and worker send together over one disk and one lock, and either is killed at every step", async (t) => {
  let steps = 0;
  for (const victim of ["page", "worker"]) {
    steps += await everyStep(async (at) => {
      const day = await Day.begin();
      const fate = new Fate(at);
      try {
        // Three requests wait from the day before.
        day.town.town.networkDown = true;
        day.disk.server = JSON.stringify(await day.town.town.facts());
        const before = await day.page(new Fate());
        for (let count = 0; count < 3; count += 1) day.promised.add(await before.vault.submit({ procedure: 1, plaintext: "{}", portalRevision: REVISION, portal: `town-${count}` }));
        await before.vault.drain();
        before.life.die();
        day.town.town.networkDown = false;
        day.now += 3600_000;

        const page = await day.page(victim === "page" ? fate : new Fate());
        const worker = new Life(victim === "worker" ? fate : new Fate());
        const deliver = web.courier({
          origin: ORIGIN, storage: day.disk.of(worker), fetch: networkOf(worker, day.town.ask), now: () => day.now, locks: day.locks.of(worker),
          crypto: { subtle: cryptoOf(worker), getRandomValues: (bytes) => crypto.getRandomValues(bytes) },
        });
        await Promise.race([Promise.all([page.vault.drain(), deliver()]), page.life.death, worker.death]);
        day.nothingIsLost();
        fate.at = 0;
        // Whoever is left finishes.
        const survivor = page.life.dead ? deliver : page.vault.drain;
        await survivor();
        await survivor();
        day.nothingIsLost();
        assert.equal(day.town.effects.size, 3);
        assert.equal(day.disk.records.size, 0);
      } catch (error) {
        throw new Error(`${victim} at step ${at}, ${fate.struck || "nothing"}: ${error.message}`, { cause: error });
      } finally {
        day.close();
      }
      return fate.struck !== "";
    });
  }
  t.diagnostic(`${steps} steps`);
});

test("an entourage written before the account exists waits for it, and says for what", async () => {
  const day = await Day.begin();
  day.disk.server = JSON.stringify(await day.town.town.facts());
  day.town.town.networkDown = true;
  const { vault } = await day.page(new Fate());
  const submit = (procedure) => vault.submit({ procedure, plaintext: "{}", portalRevision: REVISION, portal: "oudon" });
  const waits = async () => Object.fromEntries((await vault.entries()).map((entry) => [NAMES[entry.procedure], `${entry.state} ${entry.waits}`]));
  await submit(1);
  day.now += 1;
  await submit(2);
  await vault.drain();
  assert.deepEqual(await waits(), { registration: "ready ", entourage: "ready registration" });
  day.town.town.networkDown = false;
  day.now += 3600_000;
  await vault.drain();
  // The registration has left; nobody has logged in yet.
  assert.deepEqual(await waits(), { entourage: "ready login" });
  assert.equal(day.town.count(2), 0);
  await vault.call({ method: "POST", path: "/api/v1/oudon/sessions", procedure: 100, plaintext: "{}", portalRevision: REVISION });
  await vault.drain();
  assert.deepEqual(await waits(), {});
  assert.equal(day.town.count(2), 1);
  day.close();
});

test("what the town refuses stays with its reason, at whichever step the page was killed", async (t) => {
  const steps = await everyStep(async (at) => {
    const day = await Day.begin();
    day.town.refuses.add("registration");
    const fate = new Fate(at);
    try {
      const visit = async (vault) => {
        if ((await day.says(vault, 1)) === "nothing") day.promised.add(await vault.submit({ procedure: 1, plaintext: "{}", portalRevision: REVISION, portal: "oudon" }));
        await vault.drain();
      };
      const first = await day.page(fate);
      await Promise.race([visit(first.vault), first.life.death]);
      for (const id of day.promised) assert.ok(day.disk.records.has(id));
      first.life.die();
      day.now += 3600_000;
      const next = await day.page(new Fate());
      await visit(next.vault);
      const [entry, ...others] = await next.vault.entries();
      assert.equal(others.length, 0);
      assert.equal(entry.state, "refused");
      assert.equal(JSON.parse(entry.problem).code, "invalid");
      assert.equal(day.town.effects.size, 0);
    } catch (error) {
      throw new Error(`at step ${at}, ${fate.struck}: ${error.message}`, { cause: error });
    } finally {
      day.close();
    }
    return fate.struck !== "";
  });
  t.diagnostic(`${steps} steps`);
});
