// The parts of the vault that only a browser has: its database, its locks between tabs, its workers.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import esbuild from "esbuild";
import { chromium } from "playwright-core";
import { traced } from "../browser/support/failures.mjs";
import { repository } from "../support/foyer_server.mjs";
import { makeTown } from "./support/town.mjs";

let browser;
let http;
let town;
let origin;

async function bundle(contents, format) {
  const { outputFiles } = await esbuild.build({
    stdin: { contents, resolveDir: repository, loader: "ts" }, bundle: true, write: false, format, target: "es2022", logLevel: "warning",
  });
  return outputFiles[0].text;
}

before(async () => {
  town = await makeTown({ stampBits: 8 });
  const files = {
    "/": ["text/html", "<!doctype html><title>vault</title>"],
    "/favicon.ico": ["image/x-icon", ""],
    "/vault.js": ["text/javascript", await bundle('export * from "./web/vault/index.ts";', "esm")],
    "/stamp_worker.js": ["text/javascript", await bundle('import "./web/vault/stamp_worker.ts";', "iife")],
  };
  http = createServer((request, response) => {
    const file = files[request.url];
    if (file) {
      response.writeHead(200, { "content-type": file[0] }).end(file[1]);
      return;
    }
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      town
        .fetch(origin + request.url, { method: request.method, headers: request.headers, body: chunks.length > 0 ? Buffer.concat(chunks) : undefined })
        .then(async (answer) => response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(Buffer.from(await answer.arrayBuffer())))
        .catch(() => response.destroy());
    });
  });
  await new Promise((resolve) => http.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${http.address().port}`;
  browser = traced(await chromium.launch({
    executablePath: process.env.FOYER_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
  }));
});
after(async () => {
  await browser?.close();
  http?.closeAllConnections();
  http?.close();
});

// A tab with a vault at window.vault; what it reports is in window.changes and window.notices.
async function tab(context) {
  const page = await context.newPage();
  await page.goto(`${origin}/`);
  await page.evaluate(async (base) => {
    const { createVault } = await import(`${base}/vault.js`);
    globalThis.changes = [];
    globalThis.notices = [];
    globalThis.vault = await createVault({
      stampWorkerUrl: "/stamp_worker.js",
      onChange: (change) => globalThis.changes.push(change),
      onNotice: (notice) => globalThis.notices.push(notice),
    });
  }, origin);
  return page;
}

const submit = (page) => page.evaluate(() => globalThis.vault.submit({ procedure: 1, plaintext: "{}", portalRevision: "00".repeat(16) }));
const waiting = (page) => page.evaluate(async () => (await globalThis.vault.entries()).length);
const drained = (page) => page.evaluate(() => globalThis.vault.drain());

test("what could not be sent is still there after a reload, is sent then, and comes from the same device", async () => {
  const context = await browser.newContext();
  const page = await tab(context);
  town.answer = () => new Response("", { status: 502 });
  const id = await submit(page);
  await drained(page);
  assert.equal(await waiting(page), 1);
  await page.close();
  town.answer = null;
  const later = await tab(context);
  assert.equal(await waiting(later), 1);
  await drained(later);
  assert.equal(await waiting(later), 0);
  await submit(later);
  await drained(later);
  const changes = await later.evaluate(() => globalThis.changes);
  assert.ok(changes.some((change) => change.id === id && change.state === "acknowledged"));
  assert.equal(new Set(town.requests.map((request) => request.headers["device-key"])).size, 1);
  assert.deepEqual(await later.evaluate(() => globalThis.notices), []);
  await context.close();
});

test("two tabs are one device, send each envelope once, and tell one another", async () => {
  const context = await browser.newContext();
  town.requests.length = 0;
  town.answer = null;
  const [one, other] = [await tab(context), await tab(context)];
  const ids = await Promise.all([submit(one), submit(other), submit(one), submit(other)]);
  await Promise.all([drained(one), drained(other)]);
  assert.deepEqual(town.requests.map((request) => request.path.split("/").pop()).sort(), [...ids].sort());
  assert.equal(new Set(town.requests.map((request) => request.headers["device-key"])).size, 1);
  for (const page of [one, other]) {
    await page.waitForFunction((count) => globalThis.changes.filter(({ state }) => state === "acknowledged").length === count, ids.length);
  }
  await context.close();
});

test("cleared data mean a new key, and the person is told", async () => {
  const context = await browser.newContext();
  const page = await tab(context);
  await submit(page);
  await drained(page);
  await page.goto(`${origin}/`);
  await page.evaluate(() => new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase("foyer-vault");
    request.onsuccess = resolve;
    request.onerror = reject;
  }));
  const again = await tab(context);
  await submit(again);
  assert.deepEqual(await again.evaluate(() => globalThis.notices), ["device_key_recreated"]);
  await context.close();
});

// What somebody may do while pages are open.
const ERASURES = {
  "by a script": (page) => page.evaluate(() => new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase("foyer-vault");
    request.onsuccess = resolve;
    request.onerror = reject;
  })),
  "in the browser's settings": async (page) => {
    const session = await page.context().newCDPSession(page);
    await session.send("Storage.clearDataForOrigin", { origin, storageTypes: "indexeddb" });
  },
};

for (const [how, erase] of Object.entries(ERASURES)) {
  test(`a database that is erased ${how} under two open pages is said in both, and what waited leaves once`, async () => {
    const context = await browser.newContext();
    const [one, other] = [await tab(context), await tab(context)];
    for (const page of [one, other]) await page.evaluate(() => { globalThis.erased = 0; globalThis.vault.onErased(() => { globalThis.erased += 1; }); });
    town.answer = null;
    await submit(one);
    await drained(one);
    town.answer = () => new Response("", { status: 502 });
    const ids = [await submit(one), await submit(other)];
    await Promise.all([drained(one), drained(other)]);
    // Both have looked at what is there, as their strips do.
    for (const page of [one, other]) {
      assert.equal(await waiting(page), 2);
      assert.equal((await page.evaluate(() => globalThis.vault.receipts())).length, 1);
    }
    await erase(one);
    for (const page of [one, other]) await page.waitForFunction(() => globalThis.erased > 0);
    assert.equal(await waiting(one), 2);
    const third = await tab(context);
    assert.equal(await waiting(third), 2, "it is on the disk again");
    assert.equal((await third.evaluate(() => globalThis.vault.receipts())).length, 1);
    town.requests.length = 0;
    town.answer = null;
    await Promise.all([one, other, third].map(drained));
    assert.equal(await waiting(third), 0);
    assert.deepEqual([...new Set(town.requests.map(({ path }) => path.split("/").pop()))].sort(), ids.sort());
    assert.equal((await third.evaluate(() => globalThis.vault.receipts())).length, 3);
    assert.deepEqual(await one.evaluate(() => globalThis.notices), []);
    await context.close();
  });
}

test("a database that is as it was when its connection is lost is nothing to speak of", async () => {
  const context = await browser.newContext();
  const page = await tab(context);
  await page.evaluate(() => { globalThis.erased = 0; globalThis.vault.onErased(() => { globalThis.erased += 1; }); });
  await submit(page);
  // A newer page asks for another version: whoever has it open makes way.
  await page.evaluate(() => new Promise((resolve, reject) => {
    const opening = indexedDB.open("foyer-vault", 90);
    opening.onerror = reject;
    opening.onsuccess = () => { opening.result.close(); resolve(); };
  }));
  await drained(page);
  assert.equal(await waiting(page), 0);
  assert.equal(await page.evaluate(() => globalThis.erased), 0);
  await context.close();
});

test("without a worker's file stamps are made on the page itself", async () => {
  const context = await browser.newContext();
  await context.route("**/stamp_worker.js", (route) => route.abort());
  const page = await tab(context);
  await submit(page);
  await drained(page);
  assert.equal(await waiting(page), 0);
  await context.close();
});

test("without a database what is sent is sent all the same, and the person is told", async () => {
  const context = await browser.newContext();
  await context.addInitScript(() => Object.defineProperty(globalThis, "indexedDB", { value: { open: () => { throw new DOMException("no", "SecurityError"); } } }));
  const page = await tab(context);
  await submit(page);
  await drained(page);
  assert.equal(await waiting(page), 0);
  assert.deepEqual(await page.evaluate(() => globalThis.notices), ["storage_unavailable"]);
  await context.close();
});
