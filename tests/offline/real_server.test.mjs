// The page's own code against the real server, over real sockets: the page killed at every step of a registration, the
// connection cut at every byte of the request and of the answer, the server killed (as by a power cut) at every line and
// part of either. Receipts are numbered without gaps, so the last number says how many registrations took effect.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { CHEAP_STAMPS, startServer, WITHOUT_LIMITS } from "../support/foyer_server.mjs";
import { load } from "../support/load.mjs";
import { payload } from "../wire/support/stranger.mjs";
import { SEED, chances } from "./support/chance.mjs";
import { Disk, Fate, GONE, Life, Locks, cryptoOf, networkOf } from "./support/lives.mjs";
import { Wire, landmarks, lengthOf } from "./support/wire.mjs";

// The dead leave their timers behind; nothing in here waits for one.
const { setTimeout: set } = globalThis;

const web = await load("vault/index.ts", "vault/storage.ts", "outbox/locks.ts");
let server;
let wire;
let revision;
before(async () => {
  wire = await Wire.open(() => new URL(server.origin).port);
  wire.begins = (chunk) => chunk.subarray(0, 4).toString("latin1") === "PUT ";
  server = await startServer({ stampBits: CHEAP_STAMPS, extra: [...WITHOUT_LIMITS, "--authorities", `127.0.0.1:${wire.port}`] });
  revision = await server.revision("oudon");
  globalThis.setTimeout = (...values) => set(...values).unref();
});
after(async () => {
  globalThis.setTimeout = set;
  await wire?.close();
  await server?.stop();
});

let families = 0;
const numberOf = (receipt) => Number(/-(\d{6,})$/.exec(JSON.parse(receipt).number)[1]);

class Family {
  disk = new Disk();
  locks = new Locks();
  now = Date.now();
  number = ++families;
  acknowledged = 0;

  // `locks`: of this page alone where the browser has none for all.
  async page(fate = new Fate(), locks = undefined) {
    const life = new Life(fate);
    const making = web.createVault({
      origin: wire.origin, storage: this.disk.of(life), fetch: networkOf(life, fetch), now: () => this.now, crypto: cryptoOf(life), locks: locks ?? this.locks.of(life),
      onChange: ({ state, body }) => {
        if (!life.dead && state === "acknowledged") this.acknowledged = numberOf(body);
        assert.notEqual(state, "refused", body);
      },
    });
    return { life, vault: (await Promise.race([making, life.death])) ?? GONE };
  }

  // Whoever finds nothing on the device fills it in again; then it is sent, or not.
  async live(vault) {
    if ((await vault.entries()).length === 0 && (await vault.receipts()).length === 0) {
      const plaintext = payload("registration", {
        civility: "monsieur", birth_name: "Derc’hen", first_names: "Fañch", "birth_date.day": "3", "birth_date.month": "11", "birth_date.year": "1985",
        address: "12 bis rue de la Loire", postal_code: "44521", commune: "Oudon", mobile: "06 12 34 56 78", email: `famille.${this.number}@example.org`,
        identifier: `famille.${this.number}`, password: "Crêpes-au-beurre-29", consent: "yes", "security_check.asked": "house", "security_check.chosen": "house",
      });
      await vault.submit({ procedure: 1, plaintext: new Uint8Array(plaintext), portalRevision: revision, portal: "oudon" });
    }
    await vault.drain();
  }

  async visit({ life, vault }) {
    await Promise.race([this.live(vault).catch((error) => { if (!(error instanceof web.VaultError)) throw error; }), life.death]);
    life.die();
    vault.stop();
    // No wait is longer than an hour.
    this.now += 3600_000;
  }

  // The town has this family once, and the device says so.
  async ends() {
    for (let round = 0; this.disk.kept.size === 0; round += 1) {
      assert.ok(round < 3, "it does not leave");
      await this.visit(await this.page());
    }
    assert.equal(this.disk.records.size, 0);
    const [{ receipt }] = this.disk.kept.values();
    assert.equal(numberOf(receipt), this.number, "as many registrations as families");
  }
}

test("the page is killed at every step of a registration with the real server", async (t) => {
  let steps = 0;
  for (let at = 1; ; at += 1) {
    const family = new Family();
    const fate = new Fate(at);
    try {
      await family.visit(await family.page(fate));
      fate.at = 0;
      await family.ends();
    } catch (error) {
      throw new Error(`at step ${at}, ${fate.struck || "nothing"}: ${error.message}`, { cause: error });
    }
    if (!fate.struck) break;
    steps += 1;
  }
  t.diagnostic(`${steps} steps`);
  assert.ok(steps > 30);
});

// A page of a family whose request waits, and does not leave before the wire lets it.
async function waiting() {
  const family = new Family();
  wire.plan = () => ({ of: "request", bytes: 0 });
  const page = await family.page();
  // A connection that the server has closed while it was idle is no connection to ask who it is.
  for (let round = 0; family.disk.records.size === 0; round += 1) {
    assert.ok(round < 10, "the server is not there");
    await family.live(page.vault).catch((error) => { if (!(error instanceof web.VaultError)) throw error; });
  }
  return { family, ...page };
}

async function through(family) {
  wire.plan = () => undefined;
  await family.ends();
}

test("the connection is cut after every byte of the request and of its answer, the same envelope each time", async (t) => {
  const { family, vault, life } = await waiting();
  const counts = { request: 0, answer: 0 };
  for (const of of ["request", "answer"]) {
    for (let bytes = 0; ; bytes += 1) {
      let cut = false;
      wire.plan = () => ({ of, bytes, reset: bytes % 2 === 1, harm: () => { cut = true; } });
      await vault.drain();
      assert.ok(cut, `${of}, ${bytes} bytes`);
      counts[of] += 1;
      // The last byte makes it whole, whatever happens to the connection then.
      if (of === "answer" && bytes === lengthOf(wire.last.answer)) break;
      assert.equal(family.acknowledged, 0, `${of}, ${bytes} bytes`);
      assert.equal(family.disk.records.size, 1, `kept, ${of}, ${bytes} bytes`);
      if (of === "request" && bytes === lengthOf(wire.last.request)) break;
    }
  }
  t.diagnostic(JSON.stringify(counts));
  assert.ok(counts.request > 1_500 && counts.answer > 500);
  assert.equal(family.acknowledged, family.number);
  assert.equal(family.disk.records.size, 0);
  life.die();
  vault.stop();
  await through(family);
});

// Every so many bytes, since each wants a family of its own.
const APART = process.env.FOYER_ALL ? 1 : 19;

test("the connection is cut within the answer that says that the request is new", async (t) => {
  let cuts = 0;
  for (let bytes = 0, cut = true; cut; bytes += APART) {
    const { family, vault, life } = await waiting();
    cut = false;
    wire.plan = () => ({ of: "answer", bytes, reset: cuts % 2 === 1, harm: () => { cut = true; } });
    await vault.drain();
    assert.match(wire.last.answer.toString("latin1").slice(0, 12).padEnd(12), bytes < 12 ? / $/ : /201/);
    assert.equal(family.acknowledged, cut ? 0 : family.number);
    assert.equal(family.disk.records.size, cut ? 1 : 0);
    cuts += cut ? 1 : 0;
    life.die();
    vault.stop();
    await through(family);
  }
  t.diagnostic(`${cuts} cuts`);
});

test("the server is killed at every line and part of the request and of its answer", async (t) => {
  const example = await waiting();
  wire.plan = () => undefined;
  await example.vault.drain();
  const places = Object.entries(wire.last).flatMap(([of, message]) => landmarks(message).map((bytes) => [of, bytes]));
  // As soon as all is there the server is at work: it dies at another moment of it each time.
  for (let count = 0; count < 5; count += 1) places.push(["request", undefined]);
  example.life.die();
  example.vault.stop();
  for (const [of, bytes] of places) {
    const { family, vault, life } = await waiting();
    let dies;
    wire.plan = () => ({ of, bytes, harm: () => (dies ??= server.kill()) });
    await vault.drain();
    assert.ok(dies, `${of}, ${bytes}`);
    await dies;
    assert.equal(family.acknowledged, 0);
    assert.equal(family.disk.records.size, 1, "kept");
    life.die();
    vault.stop();
    await server.start();
    await through(family);
  }
  t.diagnostic(`${places.length} places`);
});

// The soak with the real server: by a seed, as there.
const ENVELOPES = process.env.FOYER_ALL ? 10_000 : 100;

test(`${ENVELOPES} registrations over a wire that cuts 30 % of their connections at any byte, from doubled tabs, are ${ENVELOPES}`, async (t) => {
  const random = chances(SEED);
  const counts = { connections: 0, cuts: 0, doubled: 0 };
  const before = families;
  for (let count = 0; count < ENVELOPES; count += 1) {
    const { family, ...page } = await waiting();
    const doubled = random() < 0.3;
    const pages = doubled ? [page, await family.page(new Fate(), web.pageLock())] : [page];
    counts.doubled += doubled ? 1 : 0;
    wire.plan = (first) => {
      counts.connections += 1;
      if (random() >= 0.3) return undefined;
      counts.cuts += 1;
      const request = lengthOf(first) ?? first.length;
      const byte = Math.floor(random() * (request + 1_200));
      return { ...(byte < request ? { of: "request", bytes: byte } : { of: "answer", bytes: byte - request }), reset: random() < 0.5 };
    };
    for (let round = 0; family.disk.records.size > 0; round += 1) {
      assert.ok(round < 60, "it does not leave");
      await Promise.all(pages.map(({ vault }) => vault.drain()));
      family.now += 3600_000;
    }
    for (const { life, vault } of pages) {
      life.die();
      vault.stop();
    }
    await through(family);
  }
  t.diagnostic(`seed ${SEED} ${JSON.stringify(counts)}`);
  assert.equal(families - before, ENVELOPES);
});

test("what was filled in under a portal that has changed since is taken", async () => {
  const { family, vault, life } = await waiting();
  life.die();
  vault.stop();
  await server.kill();
  const file = join(server.towns, "oudon", "portal.json");
  const portal = JSON.parse(await readFile(file, "utf8"));
  portal.contact.hours.fr = "Le lundi, de 9 h à 10 h";
  await writeFile(file, JSON.stringify(portal));
  await server.start();
  assert.notEqual(await server.revision("oudon"), revision);
  await through(family);
});
