// The page's own code against the real server, over real sockets: the page killed at every step of a registration, the
// server killed (as by a power cut) before, during and after its work, connections cut at many bytes of the request and
// of the answer. Receipts are numbered without gaps, so the last number says how many registrations took effect.
import assert from "node:assert/strict";
import { request as httpRequest } from "node:http";
import { after, before, test } from "node:test";
import { CHEAP_STAMPS, startServer, WITHOUT_LIMITS } from "../support/foyer_server.mjs";
import { load } from "../wire/support/load.mjs";
import { payload } from "../wire/support/stranger.mjs";
import { Disk, Fate, GONE, Life, Locks, cryptoOf, networkOf } from "./support/lives.mjs";

// The dead leave their timers behind; nothing in here waits for one.
const { setTimeout: set } = globalThis;

const web = await load("vault/index.ts", "vault/storage.ts", "outbox/locks.ts");
let server;
let revision;
before(async () => {
  server = await startServer({ stampBits: CHEAP_STAMPS, extra: WITHOUT_LIMITS });
  revision = await server.revision("oudon");
  globalThis.setTimeout = (...values) => set(...values).unref();
});
after(async () => {
  globalThis.setTimeout = set;
  await server?.stop();
});

let families = 0;

class Family {
  disk = new Disk();
  locks = new Locks();
  now = Date.now();
  number = ++families;
  acknowledged = "";

  async page(fate = new Fate(), ask = fetch) {
    const life = new Life(fate);
    const making = web.createVault({
      origin: server.origin, storage: this.disk.of(life), fetch: networkOf(life, ask), now: () => this.now, crypto: cryptoOf(life), locks: this.locks.of(life),
      onChange: ({ state, body }) => {
        if (!life.dead && state === "acknowledged") this.acknowledged = JSON.parse(body).number;
        assert.notEqual(state, "refused", body);
      },
    });
    return { life, vault: (await Promise.race([making, life.death])) ?? GONE };
  }

  // Whoever finds nothing on the device fills it in again.
  async visit({ life, vault }) {
    const live = async () => {
      if ((await vault.entries()).length === 0 && (await vault.receipts()).length === 0) {
        const plaintext = payload("registration", {
          civility: "monsieur", birth_name: "Derc’hen", first_names: "Fañch", "birth_date.day": "3", "birth_date.month": "11", "birth_date.year": "1985",
          address: "12 bis rue de la Loire", postal_code: "44521", commune: "Oudon", mobile: "06 12 34 56 78", email: `famille.${this.number}@example.org`,
          identifier: `famille.${this.number}`, password: "Crêpes-au-beurre-29", consent: "yes", "security_check.asked": "house", "security_check.chosen": "house",
        });
        await vault.submit({ procedure: 1, plaintext: new Uint8Array(plaintext), portalRevision: revision, portal: "oudon" });
      }
      await vault.drain();
    };
    await Promise.race([live().catch((error) => { if (!(error instanceof web.VaultError)) throw error; }), life.death]);
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
    assert.match(JSON.parse(receipt).number, new RegExp(`-${String(this.number).padStart(6, "0")}$`), "as many registrations as families");
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

// Sends so many bytes of the request's body (all when undefined), then does `next` instead of going on; gives the answer
// when there is one.
function partly(url, init, bytes, next) {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method: init.method, headers: { ...init.headers, "content-length": init.body.length }, agent: false }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => resolve(new Response(Buffer.concat(chunks), { status: response.statusCode, headers: response.headers })));
    });
    request.on("error", reject);
    request.write(Buffer.from(init.body).subarray(0, bytes), () => {
      next(request).catch(reject);
    });
    if (bytes === undefined) request.end();
  });
}

const PLACES = {
  "before the request": async (_url, _init, harm) => {
    await harm();
    throw new TypeError("nobody there");
  },
  ...Object.fromEntries([0, 1, 500, 1100].map((bytes) => [`after ${bytes} bytes of the body`, (url, init, harm) =>
    partly(url, init, bytes, async (request) => {
      await harm();
      request.destroy(new TypeError("cut"));
    })])),
  "as soon as all is sent": (url, init, harm) => partly(url, init, undefined, async (request) => {
    await harm();
    request.destroy(new TypeError("cut"));
  }),
  "when the answer is there, before anybody reads it": async (url, init, harm) => {
    assert.equal((await fetch(url, init)).status, 201);
    await harm();
    throw new TypeError("cut");
  },
  "in the middle of the answer": async (url, init, harm) => {
    const answer = await fetch(url, init);
    assert.equal(answer.status, 201);
    await harm();
    return { status: answer.status, ok: true, headers: answer.headers, arrayBuffer: () => Promise.reject(new TypeError("cut")) };
  },
  "with half an answer that looks like a whole one": async (url, init, harm) => {
    const answer = await fetch(url, init);
    const body = new Uint8Array(await answer.arrayBuffer());
    await harm();
    return new Response(body.slice(0, body.length / 2), { status: answer.status, headers: answer.headers });
  },
};

for (const [place, go] of Object.entries(PLACES)) {
  for (const [what, harm, mend] of [
    ["the server is killed", () => server.kill(), () => server.start()],
    ["the connection is cut", async () => {}, async () => {}],
  ]) {
    test(`${what} ${place}`, async () => {
      const family = new Family();
      let done = false;
      let harmed;
      const ask = (url, init = {}) => {
        if (init.method !== "PUT" || done) return fetch(url, init);
        done = true;
        return go(url, init, () => (harmed = harm()));
      };
      await family.visit(await family.page(new Fate(), ask));
      assert.ok(done);
      await harmed;
      assert.equal(family.acknowledged, "");
      assert.equal(family.disk.records.size, 1, "kept");
      await mend();
      await family.ends();
    });
  }
}
