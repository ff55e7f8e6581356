// Envelopes carried by hand: what a file and a code hold, and what is not taken for one.
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { test } from "node:test";
import encodeQR from "qr";
import decodeQR from "qr/decode.js";
import { load } from "../support/load.mjs";
import { makeTown } from "../wire/support/town.mjs";

const web = await load("vault/index.ts", "vault/storage.ts", "outbox/locks.ts", "outbox/carry.ts", "code/main.ts");
const ORIGIN = "https://portail.example";

async function device(town, storage = new web.MemoryStorage()) {
  await storage.keepServer(JSON.stringify(await town.facts()));
  const vault = await web.createVault({ origin: ORIGIN, storage, fetch: town.fetch, locks: web.pageLock() });
  return { vault, storage };
}

// An envelope that waits on a device without a network.
async function waiting(plaintext = "x".repeat(1024)) {
  const town = await makeTown({ stampBits: 8 });
  town.networkDown = true;
  const { vault, storage } = await device(town);
  const id = await vault.submit({ procedure: 2, plaintext, portalRevision: "00".repeat(16), portal: "oudon" });
  await vault.drain();
  return { town, vault, storage, id };
}

test("a file carries exactly the envelope, to exactly the server it was signed for", async () => {
  const { town, vault, storage, id } = await waiting();
  const { file } = await vault.carry(id);
  const [entry] = await storage.entries();
  const read = web.readEnvelopeFile(file, ORIGIN);
  assert.deepEqual({ ...read }, { id, path: entry.path, headers: entry.headers, body: entry.body, portal: "oudon", procedure: 2 });
  assert.equal(web.readEnvelopeFile(file, "https://elsewhere.example"), "another_address");

  town.networkDown = false;
  const other = await device(town);
  assert.deepEqual(await other.vault.takeIn({ file }), { kind: "envelope", id });
  await other.vault.drain();
  const [sent] = town.requests;
  assert.equal(sent.path, entry.path);
  for (const [name, value] of Object.entries(entry.headers)) assert.equal(sent.headers[name], value, name);
  assert.deepEqual(Buffer.from(sent.body), Buffer.from(entry.body));

  // The receipt goes back by hand too; a false one changes nothing.
  const [receipt] = await other.vault.receipts();
  const back = web.receiptFile(receipt);
  for (const forged of [back.replace("OUDON-2026-000001", "OUDON-2026-000002"), back.replace('"status": 201', '"status": 200'), back.replace(/"content-digest": "[^"]+"/, '"content-digest": "sha-256=:AAAA:"')]) {
    assert.notEqual(forged, back);
    assert.equal((await vault.takeIn({ file: forged })).kind, "receipt_of_nothing");
    assert.equal((await vault.entries()).length, 1);
  }
  assert.deepEqual(await vault.takeIn({ file: back }), { kind: "receipt", id });
  assert.equal((await vault.entries()).length, 0);
  assert.equal((await vault.receipts()).length, 1);
  assert.equal((await vault.takeIn({ file: back })).kind, "receipt_of_nothing");
});

test("what is no envelope of ours is not taken for one", async () => {
  const { vault, id } = await waiting();
  const { file } = await vault.carry(id);
  const changed = (change) => JSON.stringify({ ...JSON.parse(file), ...change });
  const headers = JSON.parse(file).headers;
  for (const wrong of [
    "", "null", "[]", "{}", "<html>", file.slice(0, -20), changed({ foyer: "receipt" }), changed({ version: 2 }), changed({ body: "AAAA" }), changed({ body: 7 }),
    changed({ path: "/api/v1/oudon/sessions" }), changed({ path: "/api/v1/envelopes/../oudon/sessions" }), changed({ path: "https://evil.example/api/v1/envelopes/x" }),
    changed({ headers: { ...headers, authorization: "x" } }), changed({ headers: { ...headers, stamp: "a\r\nb: c" } }), changed({ headers: { ...headers, signature: undefined } }),
    changed({ headers: { ...headers, "content-type": "text/plain" } }), changed({ portal: undefined }),
  ]) assert.equal(web.readEnvelopeFile(wrong, ORIGIN), "not_an_envelope", wrong.slice(0, 60));
  assert.equal((await vault.takeIn({ file: "hello" })).kind, "not_understood");
  assert.equal(web.readReceiptFile(file), undefined);
});

test("a code holds the whole envelope of a usual size, and gives every header back", async () => {
  const { town, vault, storage, id } = await waiting();
  const { address } = await vault.carry(id);
  assert.ok(address.startsWith(`${ORIGIN}/oudon/#foyer=`));
  assert.ok(address.length <= web.LARGEST_ADDRESS);
  const [entry] = await storage.entries();
  const hash = new URL(address).hash;
  const read = await web.readEnvelopeAddress(hash, "oudon", webcrypto.subtle);
  assert.deepEqual({ ...read, headers: { ...read.headers } }, { id, path: entry.path, headers: { ...entry.headers }, body: entry.body, portal: "oudon", procedure: 2 });

  // As a reader of codes sees it.
  const scale = 4;
  const rows = encodeQR(address, "raw", { ecc: "low", border: 4, encoding: "byte", scale });
  const data = new Uint8Array(rows.length * rows.length * 4).fill(255);
  rows.forEach((row, y) => row.forEach((dark, x) => { if (dark) data.fill(0, (y * rows.length + x) * 4, (y * rows.length + x) * 4 + 3); }));
  assert.equal(decodeQR({ width: rows.length, height: rows.length, data }), address);

  town.networkDown = false;
  const other = await device(town);
  assert.deepEqual(await other.vault.takeIn({ hash, portal: "oudon" }), { kind: "envelope", id });
  await other.vault.drain();
  assert.equal(town.requests.length, 1);
  for (const broken of ["#foyer=", "#foyer=AAAA", "#deposer", `${hash}!`, hash.replace("#foyer=AQ", "#foyer=Ag"), hash.slice(0, 200)])
    assert.equal((await other.vault.takeIn({ hash: broken, portal: "oudon" })).kind, "not_understood");
});

test("an envelope too large for a code says so and goes by file", async () => {
  const { vault, id } = await waiting("x".repeat(8 * 1024));
  const carried = await vault.carry(id);
  assert.equal(carried.address, undefined);
  assert.equal(web.readEnvelopeFile(carried.file, ORIGIN).id, id);
});

test("the largest address fits a code", () => {
  const { size } = web.draw("x".repeat(web.LARGEST_ADDRESS));
  assert.ok(size <= 157 + 8, `${size}`);
});
