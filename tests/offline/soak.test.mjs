// The same promises as every_step.test.mjs, where chance deals the cards: several tabs and workers on each device, with
// Web Locks and without, pages killed, requests that the network delivers again later or in another order, and 30 % of
// all connections, which are real ones here, cut at any byte. The seed is told and can be given (FOYER_SEED); what hangs
// on the operating system's threads, WebCrypto's and the sockets' above all, may still fall out otherwise.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { load } from "../support/load.mjs";
import { SEED, chances } from "./support/chance.mjs";
import { Disk, Fate, Life, Locks, cryptoOf, networkOf } from "./support/lives.mjs";
import { ModelTown } from "./support/model_town.mjs";
import { Wire, lengthOf } from "./support/wire.mjs";

// The dead leave their timers behind; nothing in here waits for one.
const { setTimeout: set } = globalThis;
globalThis.setTimeout = (...values) => set(...values).unref();

const web = await load("vault/index.ts", "vault/storage.ts", "outbox/locks.ts", "worker/courier.ts");
// ./dev test --all says so.
const ENVELOPES = process.env.FOYER_ALL ? 12_000 : 500;
const EACH = 50;
const CUT = 0.3;
// A few of the cuts come after the end of a short answer, and cut nothing.
const PLANNED = 0.32;

// The towns behind real sockets, one for each device: one connection for each request, so that each can be cut.
const towns = new Map();
let door;
let wire;
before(async () => {
  door = createServer((request, response) => {
    const chunks = [];
    request.on("error", () => undefined);
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      const headers = { ...request.headers };
      delete headers.host;
      delete headers.connection;
      const town = towns.get(headers["test-device"]);
      void town(new URL(request.url, wire.origin), { method: request.method, headers, ...(body.length > 0 ? { body } : {}) }).then(async (answer) => {
        const content = Buffer.from(await answer.arrayBuffer());
        response.writeHead(answer.status, { ...Object.fromEntries(answer.headers), "content-length": content.length, connection: "close" });
        response.end(content);
      }, () => response.destroy());
    });
  });
  await new Promise((resolve) => door.listen(0, "127.0.0.1", resolve));
  wire = await Wire.open(() => door.address().port);
});
after(async () => {
  await wire?.close();
  door?.closeAllConnections();
  door?.close();
});

class Chance {
  constructor(random, share) {
    Object.assign(this, { random, share });
  }
  strikes() {
    return this.random() < this.share;
  }
}

async function device(number, counts) {
  const random = chances(SEED + number);
  const day = { now: Date.UTC(2026, 10, 22), town: await ModelTown.make(), disk: new Disk(), locks: new Locks() };
  day.town.bound = true;
  const requestOf = new Map(); // id → which request of the person's it is
  const put = day.disk.records.set.bind(day.disk.records);
  day.disk.records.set = (id, entry) => {
    requestOf.set(id, entry.portal);
    return put(id, entry);
  };
  const promised = new Set();

  // What was sent once may arrive again, much later and out of order.
  const again = [];
  const ask = async (url, init) => {
    if (init?.body && random() < 0.1) again.push([url, { ...init, signal: undefined }]);
    for (let turns = Math.floor(random() * 4); turns > 0; turns -= 1) await null;
    if (again.length > 0 && random() < 0.2) {
      counts.replays += 1;
      await day.town.ask(...again.splice(Math.floor(random() * again.length), 1)[0]).catch(() => undefined);
    }
    return day.town.ask(url, init);
  };

  towns.set(String(number), ask);
  const through = (url, init = {}) => fetch(url, { ...init, headers: { ...init.headers, "test-device": String(number) } });
  const whole = { cuts: 0, life: () => new Fate() };
  const rough = { cuts: PLANNED, life: () => new Chance(random, 0.002) };

  async function tabs(count, fortune, work) {
    wire.plan = (first) => {
      counts.connections += 1;
      if (random() >= fortune.cuts) return undefined;
      // A byte of the request or of its answer, each as likely as any other.
      const request = lengthOf(first) ?? first.length;
      const byte = Math.floor(random() * (request + (request > 1000 ? 800 : 450)));
      return { ...(byte < request ? { of: "request", bytes: byte } : { of: "answer", bytes: byte - request }), reset: random() < 0.5, harm: () => { counts.cuts += 1; } };
    };
    const lives = [];
    const vaults = [];
    const done = [];
    const shared = random() < 0.7;
    for (let tab = 0; tab < count; tab += 1) {
      const life = new Life(fortune.life());
      lives.push(life);
      const locks = shared ? day.locks.of(life) : web.pageLock();
      const storage = new web.CarefulStorage(day.disk.of(life), () => assert.fail("the disk works"));
      const common = { origin: wire.origin, fetch: networkOf(life, through), now: () => day.now, locks };
      if (tab === 2) {
        const deliver = web.courier({ ...common, storage: day.disk.of(life), crypto: { subtle: cryptoOf(life), getRandomValues: (bytes) => crypto.getRandomValues(bytes) } });
        done.push(Promise.race([deliver().catch(() => undefined), life.death]));
        continue;
      }
      const vault = await Promise.race([web.createVault({
        ...common, storage, crypto: cryptoOf(life), stamper: () => Promise.resolve("0"),
        onChange: ({ id, state }) => {
          if (life.dead) return;
          if (state === "acknowledged") assert.ok(day.town.effects.has(id), "said to be received, and is not");
          assert.notEqual(state, "refused");
        },
      }), life.death]);
      if (!vault) continue;
      vaults.push(vault);
      done.push(Promise.race([work(vault, tab), life.death]));
    }
    await Promise.all(done);
    counts.kills += lives.filter((life) => life.dead).length;
    for (const life of lives) life.die();
    for (const vault of vaults) vault.stop();
    day.now += Math.floor(random() * 3600_000);
  }

  const wanted = Array.from({ length: EACH }, (_, request) => `request-${request}`);
  const made = () => new Set([...requestOf.entries()].filter(([id]) => day.disk.records.has(id) || day.town.effects.has(id)).map(([, request]) => request));
  const visit = async (vault, mine) => {
    const known = made();
    for (const request of mine.filter((name) => !known.has(name)).slice(0, 4)) {
      if (random() < 0.05) day.town.busy += 1;
      try {
        promised.add(await vault.submit({ procedure: 1 + Math.floor(random() * 3), plaintext: "{}", portalRevision: "00".repeat(16), portal: request }));
      } catch (error) {
        if (!(error instanceof web.VaultError)) throw error;
      }
    }
    await vault.drain();
  };
  for (let round = 0; made().size < EACH; round += 1) {
    assert.ok(round < 400, "the device does not come to an end");
    // Each tab fills in requests of its own.
    await tabs(1 + Math.floor(random() * 3), rough, (vault, tab) => visit(vault, wanted.filter((_, index) => index % 2 === tab % 2)));
    for (const id of promised) if (!day.disk.records.has(id)) assert.ok(day.town.effects.has(id) && day.disk.kept.has(id), `gone without a receipt: ${id}`);
  }
  for (let round = 0; day.disk.records.size > 0; round += 1) {
    assert.ok(round < 10, "what waits does not leave on a whole network");
    day.town.busy = 0;
    await tabs(1, whole, (vault) => vault.drain());
  }
  const effects = new Map();
  for (const id of day.town.effects.keys()) effects.set(requestOf.get(id), (effects.get(requestOf.get(id)) ?? 0) + 1);
  for (const request of wanted) assert.equal(effects.get(request), 1, `${request} of device ${number}`);
  counts.envelopes += day.town.effects.size;
}

test(`${ENVELOPES} envelopes through bad networks, killed pages and doubled tabs each arrive once`, async (t) => {
  const counts = { envelopes: 0, connections: 0, cuts: 0, kills: 0, replays: 0 };
  t.diagnostic(`seed ${SEED}`);
  try {
    for (let number = 0; number < ENVELOPES / EACH; number += 1) await device(number, counts);
  } finally {
    t.diagnostic(JSON.stringify(counts));
  }
  assert.equal(counts.envelopes, ENVELOPES);
  assert.ok(counts.cuts > (CUT - 0.03) * counts.connections, "as many cuts as promised");
});
