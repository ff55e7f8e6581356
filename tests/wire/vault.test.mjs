// What the page seals, signs and keeps, run in node against a town that is played, and checked by packages nobody here
// wrote: @hpke/core opens, http-message-signatures verifies.
import assert from "node:assert/strict";
import { createPublicKey, verify, webcrypto } from "node:crypto";
import { test } from "node:test";
import { Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";
import { httpbis } from "http-message-signatures";
import { load } from "../support/load.mjs";
import { base64, digestField, makeTown, sha256 } from "./support/town.mjs";

const web = await load(
  "vault/index.ts", "vault/bytes.ts", "vault/storage.ts", "vault/stamp.ts", "vault/stamp_search.ts", "vault/uuid.ts",
  "vault/clock.ts", "vault/device_key.ts", "vault/server_facts.ts", "vault/hang_up.ts", "outbox/backoff.ts", "outbox/locks.ts",
);
const { subtle } = webcrypto;
const ORIGIN = "https://portail.example";
const REVISION = "00112233445566778899aabbccddeeff";
const bytes = (text) => new TextEncoder().encode(text);

async function device(town, options = {}) {
  const changes = [];
  const storage = options.storage ?? new web.MemoryStorage();
  const vault = await web.createVault({
    origin: ORIGIN, storage, fetch: town.fetch, locks: web.pageLock(), onChange: (change) => changes.push(change), ...options,
  });
  return { vault, storage, changes, states: () => changes.map((change) => change.state).join(" ") };
}

const submission = { procedure: 1, plaintext: '{"answers":{}}', portalRevision: REVISION };

async function verifiedByOthers(request, label) {
  const point = Buffer.from(request.headers["device-key"].slice(1, -1), "base64");
  const key = createPublicKey({
    format: "jwk",
    key: { kty: "EC", crv: "P-256", x: point.subarray(1, 33).toString("base64url"), y: point.subarray(33).toString("base64url") },
  });
  let seen;
  const good = await httpbis.verifyMessage(
    {
      all: true,
      keyLookup: (parameters) => {
        seen = parameters;
        return Promise.resolve({
          id: parameters.keyid,
          algs: ["ecdsa-p256-sha256"],
          verify: (data, signature) => Promise.resolve(verify("sha256", data, { key, dsaEncoding: "ieee-p1363" }, signature)),
        });
      },
    },
    { method: request.method, url: request.url, headers: request.headers },
  );
  assert.equal(good, true);
  assert.match(request.headers["signature-input"], new RegExp(`^${label}=`));
  return { parameters: seen, point };
}

async function openedByOthers(town, request, context, point) {
  const { body } = request;
  const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm() });
  const recipient = await suite.createRecipientContext({
    recipientKey: { privateKey: town.sealing.privateKey, publicKey: town.sealing.publicKey },
    enc: body.slice(30, 95),
    info: bytes("foyer/envelope/v1"),
  });
  const jwk = `{"crv":"P-256","kty":"EC","x":"${point.subarray(1, 33).toString("base64url")}","y":"${point.subarray(33).toString("base64url")}"}`;
  const aad = Buffer.concat([body.slice(0, 30), context, sha256(jwk)]);
  return Buffer.from(await recipient.open(body.slice(95), aad)).toString();
}

const uuidBytes = (text) => Buffer.from(text.replaceAll("-", ""), "hex");

test("an envelope is verified and opened by packages nobody here wrote", async () => {
  const town = await makeTown();
  const { vault } = await device(town);
  const id = await vault.submit(submission);
  await vault.drain();
  const [request] = town.requests;
  assert.equal(request.path, `/api/v1/envelopes/${id}`);
  assert.equal(request.method, "PUT");
  assert.equal(request.headers["content-type"], "application/vnd.foyer.envelope");
  assert.equal(request.headers["content-digest"], digestField(request.body));
  const { parameters, point } = await verifiedByOthers(request, "env");
  assert.equal(parameters.tag, "envelope-v1");
  assert.equal(Buffer.from(request.body.slice(0, 12)).toString(), "ENV1sealing1");
  assert.equal(Buffer.from(request.body.slice(12, 28)).toString("hex"), REVISION);
  assert.deepEqual([...request.body.slice(28, 31)], [0, 1, 4]);
  assert.equal(await openedByOthers(town, request, uuidBytes(id), point), '{"answers":{}}');
  const nonce = /^pow1:([\w-]{1,32})$/.exec(request.headers.stamp)[1];
  const stamp = sha256(Buffer.concat([bytes("pow1"), uuidBytes(id), sha256(request.body), bytes(nonce)]));
  assert.ok(stamp[0] < 16, "four zero bits");
});

test("a call with a query and a sealed body is verified and opened by packages nobody here wrote", async () => {
  const town = await makeTown();
  town.answer = () => Response.json({ ok: true }, { status: 201 });
  const { vault } = await device(town);
  const answer = await vault.call({
    method: "POST", path: "/api/v1/oudon/sessions?x=1%202", procedure: 100, plaintext: "secret", portalRevision: REVISION,
  });
  assert.deepEqual(answer, { status: 201, body: '{"ok":true}' });
  const [request] = town.requests;
  assert.equal(request.search, "?x=1%202");
  assert.match(request.headers["signature-input"], /"@query"/);
  const { parameters, point } = await verifiedByOthers(request, "api");
  assert.equal(parameters.tag, "api-v1");
  assert.equal(await openedByOthers(town, request, Buffer.from(parameters.nonce, "base64url"), point), "secret");
});

test("a call without a body carries no digest and no stamp, and every call has a nonce of its own", async () => {
  const town = await makeTown();
  town.answer = () => Response.json([]);
  const { vault } = await device(town);
  await vault.call({ method: "GET", path: "/api/v1/oudon/me" });
  await vault.call({ method: "DELETE", path: "/api/v1/oudon/sessions" });
  const nonces = new Set();
  for (const request of town.requests) {
    assert.equal(request.headers["content-digest"], undefined);
    assert.equal(request.headers.stamp, undefined);
    nonces.add((await verifiedByOthers(request, "api")).parameters.nonce);
  }
  assert.equal(nonces.size, 2);
});

test("the device's key is kept, cannot be extracted, and is made once however many ask at once", async () => {
  const town = await makeTown();
  const storage = new web.MemoryStorage();
  const { vault } = await device(town, { storage });
  await Promise.all([vault.submit(submission), vault.submit(submission), vault.submit(submission)]);
  const again = await device(town, { storage });
  await again.vault.submit(submission);
  await again.vault.drain();
  await vault.drain();
  assert.equal(new Set(town.requests.map((request) => request.headers["device-key"])).size, 1);
  const { privateKey } = await storage.readDeviceKey();
  assert.equal(privateKey.extractable, false);
});

test("a device key that no longer works is replaced, and the person is told", async () => {
  const town = await makeTown();
  const storage = new web.MemoryStorage();
  const first = await subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);
  const second = await subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);
  await storage.keepDeviceKey({ privateKey: first.privateKey, publicKey: second.publicKey }, undefined);
  const notices = [];
  const { vault } = await device(town, { storage, onNotice: (notice) => notices.push(notice) });
  await vault.submit(submission);
  assert.deepEqual(notices, ["device_key_recreated"]);
});

test("without WebCrypto nothing is sent, and the person is told why", async () => {
  const town = await makeTown();
  const notices = [];
  const saved = Object.getOwnPropertyDescriptor(globalThis, "crypto");
  Object.defineProperty(globalThis, "crypto", { value: {}, configurable: true });
  try {
    const { vault } = await device(town, { onNotice: (notice) => notices.push(notice) });
    await assert.rejects(vault.submit(submission), { reason: "no_secure_context" });
  } finally {
    Object.defineProperty(globalThis, "crypto", saved);
  }
  assert.deepEqual(notices, ["no_secure_context"]);
  assert.equal(town.requests.length, 0);
});

test("an envelope is deleted only after the town's receipt for exactly it has been verified", async (t) => {
  const forgeries = {
    "no signature": ({ headers, ...rest }) => ({ ...rest, headers: { "content-type": headers["content-type"] } }),
    "another body": (parts) => ({ ...parts, body: `${parts.body} ` }),
    "another digest": (parts) => ({ ...parts, body: "{}", headers: { ...parts.headers, "content-digest": digestField("{}") } }),
    "another status": (parts) => ({ ...parts, status: 200 }),
    "another key's id": (parts) => ({ ...parts, headers: { ...parts.headers, "signature-input": parts.headers["signature-input"].replace(base64("signing1"), base64("signing2")) } }),
    "fewer components": (parts) => ({ ...parts, headers: { ...parts.headers, "signature-input": parts.headers["signature-input"].replace(' "content-digest";req', "") } }),
    "a flipped bit": (parts) => ({ ...parts, headers: { ...parts.headers, signature: parts.headers.signature.replace(/:(.)/, (_, c) => `:${c === "A" ? "B" : "A"}`) } }),
  };
  for (const [name, change] of Object.entries(forgeries)) {
    await t.test(name, async () => {
      const town = await makeTown();
      town.answer = (request) => town.receipt(request, { change });
      const { vault, states } = await device(town);
      await vault.submit(submission);
      await vault.drain();
      assert.equal((await vault.entries()).length, 1);
      assert.doesNotMatch(states(), /acknowledged/);
      town.answer = null;
      await vault.drain();
      assert.equal((await vault.entries()).length, 0);
    });
  }
  await t.test("the receipt of another envelope", async () => {
    const town = await makeTown();
    town.answer = (request) => town.receipt({ ...request, path: "/api/v1/envelopes/other" });
    const { vault } = await device(town);
    await vault.submit(submission);
    await vault.drain();
    assert.equal((await vault.entries()).length, 1);
  });
});

test("onState tells what becomes of one's own submission, with the receipt at the end", async () => {
  const town = await makeTown();
  const { vault } = await device(town);
  const seen = [];
  const id = await vault.submit({ ...submission, onState: (change) => seen.push(change) });
  await vault.drain();
  assert.deepEqual(seen.map((change) => change.state), ["ready", "sending", "acknowledged"]);
  assert.equal(JSON.parse(seen.at(-1).body).id, id);
  assert.equal(JSON.parse(seen.at(-1).body).number, "OUDON-2026-000001");
});

test("what is tried again says so", async () => {
  const town = await makeTown();
  const { vault, changes } = await device(town);
  await vault.submit(submission);
  await vault.drain();
  town.networkDown = true;
  await vault.submit(submission);
  await vault.drain();
  await vault.drain();
  const [first, second, ...later] = changes.filter(({ state }) => state === "sending").map(({ again }) => again);
  assert.deepEqual([first, second], [false, false]);
  assert.ok(later.length > 0 && later.every(Boolean), String(later));
});

test("a refusal keeps the envelope and its reason; only the person takes it away", async () => {
  const town = await makeTown();
  for (const status of [400, 401, 409, 413, 415, 422]) {
    town.answer = () => town.problem(status, "some_code");
    const { vault, states } = await device(town);
    const id = await vault.submit(submission);
    await vault.drain();
    assert.match(states(), /sending refused$/);
    const [entry] = await vault.entries();
    assert.equal(entry.state, "refused");
    assert.equal(JSON.parse(entry.problem).status, status);
    const before = town.requests.length;
    await vault.drain();
    assert.equal(town.requests.length, before, "not sent again");
    await vault.discard(id);
    assert.equal((await vault.entries()).length, 0);
  }
});

test("what is not the town's own word refuses nothing", async () => {
  const answers = [
    () => new Response("<html>Please log in to this Wi-Fi</html>", { status: 200 }),
    () => new Response("<html>Forbidden</html>", { status: 403, headers: { "content-type": "text/html" } }),
    () => new Response("", { status: 404 }),
    () => new Response("", { status: 502 }),
    () => { throw new TypeError("connection reset"); },
  ];
  for (const answer of answers) {
    const town = await makeTown();
    town.answer = answer;
    const { vault, states } = await device(town);
    await vault.submit(submission);
    await vault.drain();
    assert.match(states(), /sending ready$/);
    town.answer = null;
    await vault.drain();
    assert.match(states(), /acknowledged$/);
  }
});

test("Retry-After is honoured even when the person is impatient", async () => {
  let now = 1_000_000;
  const town = await makeTown();
  town.answer = () => town.problem(503, "busy", { "retry-after": "120" });
  const { vault } = await device(town, { now: () => now });
  await vault.submit(submission);
  await vault.drain();
  assert.equal(town.requests.length, 1);
  town.answer = null;
  await vault.drain();
  assert.equal(town.requests.length, 1);
  now += 121_000;
  await vault.drain();
  assert.equal(town.requests.length, 2);
  assert.equal((await vault.entries()).length, 0);
});

test("one envelope that fails does not hold up the others", async () => {
  const town = await makeTown();
  let first;
  town.answer = (request) => {
    first ??= request.path;
    if (request.path === first) throw new TypeError("no");
    return town.receipt(request);
  };
  const { vault } = await device(town);
  for (let count = 0; count < 6; count += 1) await vault.submit(submission);
  await vault.drain();
  await vault.drain();
  const entries = await vault.entries();
  assert.equal(entries.length, 1);
  assert.ok(first.endsWith(entries[0].id));
});

test("envelopes of an earlier visit are sent at the start of the next", async () => {
  const town = await makeTown();
  const { vault, storage } = await device(town);
  await vault.drain();
  const facts = await town.facts();
  await storage.keepServer(JSON.stringify(facts));
  town.networkDown = true;
  await vault.submit(submission);
  await vault.drain();
  assert.equal((await storage.entries()).length, 1);
  town.networkDown = false;
  const next = await device(town, { storage });
  next.vault.start();
  await next.vault.drain();
  next.vault.stop();
  assert.match(next.states(), /acknowledged/);
  assert.equal((await storage.entries()).length, 0);
});

test("sealing works without a network once the server is known, and says so when it is not", async () => {
  const town = await makeTown();
  town.networkDown = true;
  const { vault, storage } = await device(town);
  await assert.rejects(vault.submit(submission), { reason: "server_unreachable" });
  assert.deepEqual(await vault.call({ method: "GET", path: "/api/v1/oudon/me" }), { status: 0, body: "" });
  await storage.keepServer(JSON.stringify(await town.facts()));
  assert.match(await vault.submit(submission), /^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  assert.equal((await storage.entries()).length, 1);
});

test("nothing that is kept holds a plaintext", async () => {
  const town = await makeTown();
  const { vault, storage } = await device(town);
  town.networkDown = false;
  await vault.drain();
  await storage.keepServer(JSON.stringify(await town.facts()));
  town.networkDown = true;
  await vault.submit({ ...submission, plaintext: "MARIE-SECRETE" });
  const [entry] = await storage.entries();
  assert.ok(!Buffer.from(entry.body).includes("MARIE"));
  assert.ok(!JSON.stringify({ ...entry, body: "" }).includes("MARIE"));
});

test("when the disk is full the envelope is sent all the same, and the person is told once", async () => {
  const town = await makeTown();
  const kept = new web.MemoryStorage();
  kept.putEntry = () => Promise.reject(new DOMException("full", "QuotaExceededError"));
  let told = 0;
  const storage = new web.CarefulStorage(kept, () => (told += 1));
  const { vault, states } = await device(town, { storage });
  town.answer = () => new Response("", { status: 502 });
  await vault.submit(submission);
  await vault.drain();
  assert.equal((await vault.entries()).length, 1);
  town.answer = null;
  await vault.drain();
  assert.match(states(), /acknowledged$/);
  assert.equal((await vault.entries()).length, 0);
  assert.equal(told, 1);
});

test("what there was no room for is in the page only, and says so, until there is room again", async () => {
  const town = await makeTown();
  const kept = new web.MemoryStorage();
  kept.isHeld = undefined;
  const put = kept.putEntry.bind(kept);
  kept.putEntry = () => Promise.reject(new DOMException("full", "QuotaExceededError"));
  const storage = new web.CarefulStorage(kept, () => {});
  const { vault, changes } = await device(town, { storage });
  town.answer = () => new Response("", { status: 502 });
  await vault.submit(submission);
  await vault.drain();
  assert.ok(changes.length >= 3 && changes.every(({ held }) => held === true));
  assert.equal((await vault.entries())[0].held, true);
  kept.putEntry = put;
  await vault.drain();
  assert.equal(changes.at(-1).held, undefined);
  assert.equal((await vault.entries())[0].held, false);
  assert.equal((await kept.entries()).length, 1);
});

test("what is refused after there was no room for it stays refused", async () => {
  const town = await makeTown();
  const kept = new web.MemoryStorage();
  const put = kept.putEntry.bind(kept);
  kept.putEntry = () => Promise.reject(new DOMException("full", "QuotaExceededError"));
  const { vault } = await device(town, { storage: new web.CarefulStorage(kept, () => {}) });
  town.answer = () => town.problem(422, "invalid");
  await vault.submit(submission);
  kept.putEntry = put;
  await vault.drain();
  assert.deepEqual((await vault.entries()).map(({ state }) => state), ["refused"]);
});

test("when the price of a stamp has risen the envelope is stamped again and sent", async () => {
  const town = await makeTown({ stampBits: 1 });
  const { vault, storage } = await device(town);
  await storage.keepServer(JSON.stringify(await town.facts()));
  town.answer = (request) => (town.requests.length === 1 ? town.problem(428, "stamp_too_cheap") : town.receipt(request));
  await vault.submit(submission);
  town.stampBits = 12;
  await vault.drain();
  assert.equal(town.requests.length, 2);
  const [, { headers, body, path }] = town.requests;
  const stamp = sha256(Buffer.concat([bytes("pow1"), uuidBytes(path.split("/").pop()), sha256(body), bytes(headers.stamp.slice(5))]));
  assert.ok(stamp[0] === 0 && stamp[1] < 16);
  assert.equal((await vault.entries()).length, 0);
});

test("a device clock years off is corrected by the server's Date", async () => {
  const town = await makeTown();
  const truth = Date.UTC(2026, 10, 21, 12);
  town.now = truth;
  let calls = 0;
  town.answer = () => (calls++ === 0 ? town.problem(401, "clock") : Response.json([]));
  const { vault } = await device(town, { now: () => Date.UTC(2011, 0, 1) });
  const answer = await vault.call({ method: "GET", path: "/api/v1/oudon/me" });
  assert.equal(answer.status, 200);
  const created = town.requests.map((request) => Number(/created=(\d+)/.exec(request.headers["signature-input"])[1]));
  assert.ok(Math.abs(created[0] - truth / 1000) > 1e8);
  assert.ok(Math.abs(created[1] - truth / 1000) < 5);
  assert.ok(Math.abs(vault.now() - truth / 1000) < 5);
});

test("a device clock that is set in the middle of a visit, forwards or back, stops no call and keeps no envelope", async () => {
  const town = await makeTown();
  const truth = Date.UTC(2026, 10, 21, 12);
  const day = 86_400_000;
  town.now = truth;
  let clock = truth;
  town.answer = (request) => {
    const created = Number(/created=(\d+)/.exec(request.headers["signature-input"])[1]);
    if (request.method === "PUT") return town.receipt(request);
    return Math.abs(created - truth / 1000) > 300 ? town.problem(401, "clock") : Response.json([]);
  };
  const { vault } = await device(town, { now: () => clock });
  await vault.submit(submission);
  await vault.drain();
  for (const wrong of [400 * day, -400 * day]) {
    clock = truth;
    assert.equal((await vault.call({ method: "GET", path: "/api/v1/oudon/me" })).status, 200);
    town.networkDown = true;
    await vault.submit(submission);
    await vault.drain(); // fails, and waits for a moment of this clock
    clock = truth + wrong;
    town.networkDown = false;
    assert.equal((await vault.call({ method: "GET", path: "/api/v1/oudon/me" })).status, 200, `set by ${wrong / day} days`);
    assert.ok(Math.abs(vault.now() - truth / 1000) < 5);
    await vault.drain();
    assert.deepEqual(await vault.entries(), [], `set by ${wrong / day} days`);
  }
});

test("what the clock was corrected by is remembered for visits without a network, and dates what is made then", async () => {
  const town = await makeTown();
  const truth = Date.UTC(2026, 10, 21, 12);
  town.now = truth;
  const storage = new web.MemoryStorage();
  const now = () => Date.UTC(2031, 0, 1);
  const first = await device(town, { now, storage });
  await first.vault.submit(submission);
  town.networkDown = true;
  const { vault } = await device(town, { now, storage });
  assert.ok(Math.abs(vault.now() - truth / 1000) < 5);
  await vault.submit(submission);
  for (const entry of await vault.entries()) assert.ok(Math.abs(entry.createdAt - truth) < 5_000);
});

test("a network that takes everything and gives nothing back holds up no seal that can be made without it", async () => {
  const town = await makeTown();
  const storage = new web.MemoryStorage();
  await storage.keepServer(JSON.stringify(await town.facts()));
  const { vault } = await device(town, { storage, fetch: () => new Promise(() => {}) });
  const began = performance.now();
  await vault.submit(submission);
  assert.ok(performance.now() - began < 6_000);
  assert.equal((await vault.entries()).length, 1);
});

test("who finds the time over after having been busy or asleep reads what has come before giving up", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const answered = web.hangUpAfter(30_000);
  const silent = web.hangUpAfter(30_000);
  t.mock.timers.tick(30_000);
  assert.equal(answered.signal.aborted, false, "its answer lies there");
  answered.done();
  t.mock.timers.tick(1_000);
  assert.equal(answered.signal.aborted, false);
  assert.equal(silent.signal.aborted, true);

  const leaving = new AbortController();
  const left = web.hangUpAfter(30_000, leaving.signal);
  assert.equal(left.signal.aborted, false);
  leaving.abort();
  assert.equal(left.signal.aborted, true);
  assert.equal(web.hangUpAfter(30_000, leaving.signal).signal.aborted, true);
});

test("waiting grows from two seconds to a quarter of an hour, with full jitter", () => {
  assert.equal(web.waitAfter(0, 0.999999), 1_999);
  assert.equal(web.waitAfter(3, 0.5), 8_000);
  assert.equal(web.waitAfter(50, 0.999999), 899_999);
  assert.equal(web.waitAfter(50, 0), 0);
});

test("Retry-After is read as seconds or as a date, and never as more than an hour", () => {
  assert.equal(web.retryAfter("120", 0), 120_000);
  assert.equal(web.retryAfter("Thu, 01 Jan 1970 00:00:30 GMT", 10_000), 20_000);
  assert.equal(web.retryAfter("Thu, 01 Jan 1970 00:00:30 GMT", 90_000), 0);
  assert.equal(web.retryAfter("99999999", 0), 3_600_000);
  for (const nonsense of [null, "soon", "-1x", ""]) assert.equal(web.retryAfter(nonsense, 0), undefined);
});

test("one at a time: work under the lock never overlaps, and a failure lets the next begin", async () => {
  const lock = web.pageLock();
  const log = [];
  const work = (name, fails) => lock(async () => {
    log.push(`${name} begins`);
    await new Promise((resolve) => setImmediate(resolve));
    log.push(`${name} ends`);
    if (fails) throw new Error(name);
  });
  await Promise.allSettled([work("a", true), work("b"), work("c")]);
  assert.deepEqual(log, ["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
});

test("a UUID has its time, its version, its variant and random bits", () => {
  const id = web.uuidText(web.newUuidV7(0x0192f0a1b2c3, Uint8Array.from({ length: 10 }, () => 0xff)));
  assert.equal(id, "0192f0a1-b2c3-7fff-bfff-ffffffffffff");
  assert.deepEqual([...web.uuidBytes(id)].length, 16);
});

test("a stamp search can be interrupted, and finds what node's own hash confirms", () => {
  const context = Buffer.alloc(16, 1);
  const digest = Buffer.alloc(32, 2);
  const search = new web.StampSearch(context, digest, 11);
  let nonce;
  let turns = 0;
  for (; nonce === undefined; turns += 1) nonce = search.run(10);
  assert.ok(turns > 1);
  const hash = sha256(Buffer.concat([bytes("pow1"), context, digest, bytes(nonce)]));
  assert.ok(hash[0] === 0 && hash[1] < 32);
});

test("base64 is read strictly", () => {
  assert.deepEqual([...web.fromBase64("AAEC")], [0, 1, 2]);
  for (const wrong of ["AAE", "A===", "AA=A", "AA-_", " AAEC"]) assert.equal(web.fromBase64(wrong), undefined);
});

test("what a server says about itself is taken whole or not at all", async () => {
  const town = await makeTown();
  const facts = await town.facts();
  assert.equal(web.parseServer(JSON.stringify(facts)).stampBits, 4);
  for (const broken of [
    { ...facts, stamp_bits: 60 }, { ...facts, stamp_bits: "4" }, { ...facts, sealing_key: undefined },
    { ...facts, sealing_key: { id: "AA==", public_key: facts.sealing_key.public_key } }, null, [],
  ]) assert.equal(web.parseServer(JSON.stringify(broken) ?? ""), undefined);
  assert.equal(web.parseServer("<html>"), undefined);
});

test("RFC 9180 A.3.1 opens with the package the page seals with", async () => {
  const hpke = await import("hpke");
  const hex = (text) => Uint8Array.from(Buffer.from(text, "hex"));
  const suite = new hpke.CipherSuite(hpke.KEM_DHKEM_P256_HKDF_SHA256, hpke.KDF_HKDF_SHA256, hpke.AEAD_AES_128_GCM);
  const point = hex("04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a826a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0");
  const keys = {
    publicKey: await suite.DeserializePublicKey(point),
    privateKey: await suite.DeserializePrivateKey(hex("f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2")),
  };
  const opened = await suite.Open(
    keys,
    hex("04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac98536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4"),
    hex("5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434"),
    { aad: hex("436f756e742d30"), info: hex("4f6465206f6e2061204772656369616e2055726e") },
  );
  assert.equal(Buffer.from(opened).toString(), "Beauty is truth, truth beauty");
});

test("RFC 9421 B.2.6: the package used here as a stranger verifies the standard's own signature", async () => {
  const key = createPublicKey({ format: "jwk", key: { kty: "OKP", crv: "Ed25519", x: "JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs" } });
  const good = await httpbis.verifyMessage(
    { keyLookup: (parameters) => Promise.resolve({ id: parameters.keyid, verify: (data, signature) => Promise.resolve(verify(null, data, key, signature)) }) },
    {
      method: "POST",
      url: "https://example.com/foo?param=Value&Pet=dog",
      headers: {
        date: "Tue, 20 Apr 2021 02:07:55 GMT", "content-type": "application/json", "content-length": "18",
        "signature-input": 'sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
        signature: "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:",
      },
    },
  );
  assert.equal(good, true);
});
