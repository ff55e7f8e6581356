// Devices that fare badly, in Chromium: a page or the whole browser that dies at any moment keeps nobody from opening
// the portal again, and a clock that is years off keeps nobody from registering.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer } from "node:tls";
import { after, before, test } from "node:test";
import { CHEAP_STAMPS, startServer, WITHOUT_LIMITS } from "../support/foyer_server.mjs";
import { eventually } from "../support/eventually.mjs";
import { DESK, launchChromium, openPage, ready } from "../browser/support/chromium.mjs";
import { PORTALS, activate, fillIn, screens, somebody } from "../browser/support/registration.mjs";
import { Visitor } from "../browser/support/visitor.mjs";
import { makeDevice } from "./support/device.mjs";

const portal = PORTALS.oudon;
let server, browser;
before(async () => {
  server = await startServer({ stampBits: CHEAP_STAMPS, extra: WITHOUT_LIMITS });
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const home = () => `${server.origin}/${portal.slug}/`;
const kept = (page) => eventually("the town is kept on the device", () => page.evaluate(async () =>
  (await (await caches.open("foyer-kept")).match("/oudon/offline.json")) !== undefined && navigator.serviceWorker.controller !== null), { seconds: 30 });

// Opens, and comes as far as the database and the lock that every page and the worker share.
async function opens(page) {
  await page.goto(home());
  await ready(page);
  assert.equal(await page.evaluate(() => navigator.locks.request("foyer-outbox", () => "free")), "free");
  assert.equal(await page.evaluate(() => new Promise((resolve) => {
    const opening = indexedDB.open("foyer-vault");
    opening.onsuccess = () => { opening.result.close(); resolve("open"); };
    opening.onblocked = () => resolve("blocked");
    opening.onerror = () => resolve("broken");
  })), "open");
}

const WORKER_FETCHES = "while the worker fetches its page";

// What a page is doing when it dies.
const MOMENTS = {
  "before anything has come": async () => {},
  [WORKER_FETCHES]: async (page) => { void page.goto(home()).catch(() => undefined); },
  "as soon as its page is there": async (page) => { await page.goto(home(), { waitUntil: "commit" }); },
  "while its files come": async (page) => { await page.goto(home(), { waitUntil: "domcontentloaded" }); },
  "as soon as it can be used": async (page) => { await page.goto(home()); await ready(page); },
  "while the worker keeps the town and sends": async (page) => {
    await page.goto(home());
    await ready(page);
    await page.evaluate(() => { for (const message of [{ kind: "keep", slug: "oudon" }, { kind: "deliver" }]) navigator.serviceWorker.controller.postMessage(message); });
  },
  "while it holds the lock": async (page) => {
    await page.goto(home());
    await ready(page);
    await page.evaluate(() => new Promise((resolve) => { void navigator.locks.request("foyer-outbox", () => { resolve(); return new Promise(() => {}); }); }));
  },
  "in the middle of a transaction": async (page) => {
    await page.goto(home());
    await ready(page);
    await page.evaluate(() => new Promise((resolve) => {
      const opening = indexedDB.open("foyer-vault");
      opening.onsuccess = () => {
        const store = opening.result.transaction(["entries", "facts", "drafts", "receipts"], "readwrite").objectStore("facts");
        // Never complete: each request asks the next.
        const again = () => { store.get("server").onsuccess = again; };
        again();
        resolve();
      };
    }));
  },
};

// Once it has crashed: a navigation that Chromium hands to a worker just as its process dies is never answered (8 of 180
// tries under load, and nothing of ours runs there), until the page is opened once more. So that moment is left to the test
// of the browser that is killed.
test("a page whose process crashes at any moment does not hold up the one that is opened after it", async (t) => {
  const first = await openPage(browser, DESK, home());
  await kept(first);
  const context = first.context();
  // The worker lives where its pages live: it dies with them.
  await first.close();
  let slowest = 0;
  for (const [moment, live] of Object.entries(MOMENTS)) {
    if (moment === WORKER_FETCHES) continue;
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    await live(page);
    const crashed = page.waitForEvent("crash");
    const session = await context.newCDPSession(page);
    void session.send("Page.crash").catch(() => undefined);
    await crashed;
    const next = await context.newPage();
    next.setDefaultTimeout(15_000);
    const began = performance.now();
    await opens(next).catch((error) => { throw new Error(`a page crashed ${moment}: ${error.message}`, { cause: error }); });
    slowest = Math.max(slowest, performance.now() - began);
    await next.close();
  }
  t.diagnostic(`the slowest opened after ${Math.round(slowest)} ms`);
  await context.close();
});

test("a browser that is killed at any moment opens the portal when it starts again", async () => {
  const device = await makeDevice();
  try {
    let page = await device.start();
    await page.goto(home());
    await ready(page);
    for (const moment of [WORKER_FETCHES, "as soon as it can be used", "while the worker keeps the town and sends", "in the middle of a transaction"]) {
      // The first of them before the town is kept.
      await MOMENTS[moment](page).catch((error) => { throw new Error(`${moment}: ${error.message}`, { cause: error }); });
      await device.kill();
      page = await device.start();
      await opens(page).catch((error) => { throw new Error(`a browser was killed ${moment}: ${error.message}`, { cause: error }); });
      await kept(page);
    }
  } finally {
    await device.stop();
  }
});

// A town's portal stands behind TLS: browsers may do otherwise there.
async function throughTls() {
  const folder = await mkdtemp(join(tmpdir(), "foyer-tls-"));
  const [key, cert] = ["key.pem", "cert.pem"].map((name) => join(folder, name));
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-keyout", key, "-out", cert], { stdio: "ignore" });
  const secure = createServer({ key: await readFile(key), cert: await readFile(cert) }, (socket) => {
    const inner = connect(Number(new URL(server.origin).port), "127.0.0.1");
    for (const [one, other] of [[socket, inner], [inner, socket]]) one.pipe(other).on("error", () => one.destroy());
  });
  await new Promise((resolve) => secure.listen(0, "127.0.0.1", resolve));
  await rm(folder, { recursive: true });
  return { origin: `https://localhost:${secure.address().port}`, stop: () => { secure.close(); } };
}

test("the next person who goes back to a form that keeps nothing finds it empty, in a browser that keeps pages alive too", async () => {
  const secure = await throughTls();
  const lively = await launchChromium({ ignoreDefaultArgs: ["--disable-back-forward-cache"] });
  try {
    const page = await openPage(lively, { ...DESK, ignoreHTTPSErrors: true }, `${secure.origin}/${portal.slug}/`);
    const visitor = new Visitor(page);
    await screens.landing(visitor);
    await screens.welcome(visitor);
    await page.getByLabel("Civilité").selectOption("madame");
    await visitor.field("Prénom(s)").fill("Maëlle");
    const shown = () => page.evaluate(() => ["civility", "first_names"].map((name) => document.querySelector(`#scene [name=${name}]`).value));
    // Some browsers keep it alive all the same.
    await page.evaluate(() => { for (const kind of ["pagehide", "pageshow"]) dispatchEvent(new PageTransitionEvent(kind, { persisted: true })); });
    assert.deepEqual(await shown(), ["madame", "Maëlle"]);
    await page.goto(`${secure.origin}/`);
    await page.goBack();
    await ready(page);
    await visitor.field("Prénom(s)").waitFor();
    assert.deepEqual(await shown(), ["", ""]);
    // This browser would have kept the page: it says what kept it from it.
    const reasons = await page.evaluate(() => performance.getEntriesByType("navigation")[0].notRestoredReasons.reasons.map(({ reason }) => reason));
    assert.ok(reasons.includes("response-cache-control-no-store"), String(reasons));
    await page.context().close();
  } finally {
    await lively.close();
    secure.stop();
  }
});

test("a device without room says that it will not open without a network, and registers all the same", async () => {
  const person = somebody();
  const context = await browser.newContext(DESK);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const session = await context.newCDPSession(page);
  await session.send("Storage.overrideQuotaForOrigin", { origin: server.origin, quotaSize: 400_000 });
  await page.goto(home());
  await ready(page);
  await page.getByText(/Il manque de la place sur cet appareil/).waitFor();
  assert.equal(await page.evaluate(async () => (await caches.open("foyer-kept")).match("/oudon/offline.json").then((found) => found !== undefined)), false);
  const visitor = new Visitor(page);
  await fillIn(visitor, portal, person);
  await visitor.press("VALIDER");
  await screens.confirmation(visitor, person, portal);
  await context.close();
});

test("somebody who saves data has the town kept too: nothing of it is fetched a second time", async () => {
  const context = await browser.newContext(DESK);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setDataSaverOverride", { dataSaverEnabled: true });
  await page.goto(home());
  await ready(page);
  assert.equal(await page.evaluate(() => navigator.connection.saveData), true);
  await kept(page);
  const before = server.output().length;
  await page.reload();
  await ready(page);
  await page.waitForLoadState("networkidle");
  assert.doesNotMatch(server.output().slice(before), /\/assets\/|shell\.html|theme\.css/);
  await context.close();
});

// Two devices side by side.
const YEARS = [1970, 2031].map((year) => ({ year, then: new Date(Date.UTC(year, 0, 2, 8)) }));
const onBoth = (work) => Promise.all(YEARS.map((device) => work(device).catch((error) => { throw new Error(`${device.year}: ${error.message}`, { cause: error }); })));

test("a device that believes in 1970 or in 2031 registers, reads its receipt and logs in", () => onBoth(async ({ year, then }) => {
  const person = somebody();
  const context = await browser.newContext(DESK);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.clock.setSystemTime(then);
  const visitor = new Visitor(page);
  await page.goto(home());
  await ready(page);
  assert.equal(await page.evaluate(() => new Date().getUTCFullYear()), year);
  await fillIn(visitor, portal, person);
  await visitor.press("VALIDER");
  await screens.confirmation(visitor, person, portal);
  await activate({ open: (url) => page.goto(url), press: (name) => page.getByRole("button", { name }).click() }, server, portal, person);
  await page.goto(`${home()}connexion`);
  await ready(page);
  await screens.login(visitor, person);
  await page.waitForURL(/tableau-de-bord/);
  await context.close();
}));

test("a device that believes in 1970 or in 2031 and has no network takes a registration, which arrives once", async () => {
  const devices = new Map();
  await onBoth(async ({ year }) => {
    const first = await openPage(browser, DESK, home());
    await kept(first);
    devices.set(year, { context: first.context(), person: somebody() });
    await first.close();
  });
  await server.kill();
  try {
    await onBoth(async ({ year, then }) => {
      const { context, person } = devices.get(year);
      const page = await context.newPage();
      page.setDefaultTimeout(10_000);
      await page.clock.setSystemTime(then);
      await page.goto(home());
      await ready(page);
      const visitor = new Visitor(page);
      await fillIn(visitor, portal, person);
      await visitor.press("VALIDER");
      await visitor.reads(/enregistrée sur cet appareil, mais elle n.est pas encore partie/);
      await page.close();
    });
  } finally {
    await server.start();
  }
  await onBoth(async ({ year }) => {
    const { context, person } = devices.get(year);
    const next = await context.newPage();
    next.setDefaultTimeout(15_000);
    await next.goto(home());
    await next.getByText(/Reçue par la mairie, reçu n° OUDON-/).waitFor();
    await server.mailTo(person.email);
    assert.equal((await server.mails()).filter((mail) => mail.to.includes(person.email)).length, 1);
    await context.close();
  });
});

test("a draft outlives a clock that is mended, and one that has lost its battery", async () => {
  const other = await browser.newContext(DESK);
  const draft = await other.newPage();
  draft.setDefaultTimeout(10_000);
  await draft.clock.setSystemTime(new Date(Date.UTC(2031, 0, 2)));
  await draft.goto(home());
  await ready(draft);
  const writer = new Visitor(draft);
  await screens.landing(writer);
  await screens.welcome(writer);
  await screens.identity(writer, somebody());
  await draft.getByRole("button", { name: "Garder mon brouillon sur cet appareil" }).click();
  await draft.getByText(/Votre brouillon est gardé sur cet appareil jusqu’au/).waitFor();
  await draft.evaluate(() => { dispatchEvent(new Event("pagehide")); });
  await kept(draft);
  // Its clock is right now. Then the battery is flat, and there is no network.
  await draft.close();
  const mended = await other.newPage();
  mended.setDefaultTimeout(10_000);
  await mended.clock.setSystemTime(new Date());
  await mended.goto(home());
  await ready(mended);
  await mended.getByText(/Vous avez un brouillon du/).waitFor();
  await mended.close();
  await server.kill();
  try {
    const flat = await other.newPage();
    flat.setDefaultTimeout(10_000);
    await flat.clock.setSystemTime(new Date(Date.UTC(1970, 0, 1)));
    await flat.goto(home());
    await ready(flat);
    await flat.getByText(/Vous avez un brouillon du/).waitFor();
  } finally {
    await server.start();
  }
  await other.close();
});
