// What a browser does to what it should keep, in Chromium: it is erased under an open page, finds no room at the worst
// moment, loses its keys, or is asked to keep it and does not want to. It is said each time, and nothing is lost.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { CHEAP_STAMPS, startServer, WITHOUT_LIMITS } from "../support/foyer_server.mjs";
import { eventually } from "../support/eventually.mjs";
import { DESK, launchChromium, openPage, ready } from "../browser/support/chromium.mjs";
import { PORTALS, fillIn, screens, somebody } from "../browser/support/registration.mjs";
import { Visitor } from "../browser/support/visitor.mjs";

const KEEP = "Garder mon brouillon sur cet appareil";
const ON_DEVICE = /enregistrée sur cet appareil, mais elle n.est pas encore partie/;
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
// Does something to the stores of the database; gives the result of the request that `work` makes. The page may evaluate
// no text by itself, so all of it is one.
const inDatabase = (page, work, ...values) =>
  page.evaluate(`(${(act, given) => new Promise((resolve, reject) => {
    const opening = indexedDB.open("foyer-vault");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const names = [...opening.result.objectStoreNames];
      const transaction = opening.result.transaction(names, "readwrite");
      const asked = act(Object.fromEntries(names.map((name) => [name, transaction.objectStore(name)])), ...given);
      transaction.oncomplete = () => {
        opening.result.close();
        resolve(asked?.result);
      };
    };
  })})(${work}, ${JSON.stringify(values)})`);

// As far as the address, with a draft that is kept.
async function withDraft(page, person) {
  const visitor = new Visitor(page);
  await screens.landing(visitor);
  await screens.welcome(visitor);
  await screens.identity(visitor, person);
  await visitor.sees("Votre adresse");
  await page.getByRole("button", { name: KEEP }).click();
  await eventually("the draft is kept", () => inDatabase(page, ({ drafts }) => drafts.count()));
  return visitor;
}

test("data that are erased under an open page are missed at once: what was typed goes on, and what waited leaves once", async () => {
  const before = server.taken();
  const page = await openPage(browser, DESK, home());
  const { length } = await server.mails();
  // A request waits, and another one is being filled in.
  const first = somebody();
  const visitor = new Visitor(page);
  await fillIn(visitor, portal, first);
  await eventually("the town is kept", () => page.evaluate(async () => (await (await caches.open("foyer-kept")).match("/oudon/offline.json")) !== undefined), { seconds: 30 });
  await server.kill();
  await visitor.press("VALIDER");
  await visitor.reads(ON_DEVICE);
  const other = await page.context().newPage();
  other.setDefaultTimeout(10_000);
  await other.goto(home());
  await ready(other);
  const second = somebody();
  const writer = await withDraft(other, second);
  await writer.fill("Adresse", second.address);

  const session = await page.context().newCDPSession(page);
  await session.send("Storage.clearDataForOrigin", { origin: server.origin, storageTypes: "indexeddb" });
  for (const each of [page, other]) await each.getByText(/Les données de ce site viennent d’être effacées de votre navigateur, alors que cette page était ouverte/).waitFor();
  // The choice is gone with the draft: it is asked for again, and nothing is kept before.
  await other.getByRole("button", { name: KEEP }).waitFor();
  assert.equal(await inDatabase(other, ({ drafts }) => drafts.count()), 0);
  assert.equal(await writer.value("Adresse"), second.address);
  await eventually("what waited is kept again", async () => (await inDatabase(other, ({ entries }) => entries.count())) === 1);

  await server.start();
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await screens.confirmation(visitor, first, portal);
  await screens.address(writer, second, portal);
  await screens.contact(writer, second);
  await screens.access(writer, second, portal);
  await screens.consent(writer);
  await screens.icon(writer);
  await writer.press("VALIDER");
  await screens.confirmation(writer, second, portal);
  for (const { email } of [first, second]) await server.mailTo(email);
  assert.equal((await server.mails()).length - length, 2);
  assert.equal(server.taken() - before, 2);
  await page.context().close();
});

test("no room when a request is to be kept: it is in the page only, says so, can be saved to a file, and leaves once", async () => {
  const before = server.taken();
  const person = somebody();
  const page = await openPage(browser, DESK);
  const session = await page.context().newCDPSession(page);
  await session.send("Storage.overrideQuotaForOrigin", { origin: server.origin, quotaSize: 300_000 });
  await page.goto(home());
  await ready(page);
  await page.getByText(/Il manque de la place sur cet appareil/).waitFor();
  const visitor = new Visitor(page);
  await fillIn(visitor, portal, person);
  // Something else takes what room there is, to the last kilobyte.
  await page.evaluate(async () => {
    const database = await new Promise((resolve) => {
      const opening = indexedDB.open("photographs");
      opening.onupgradeneeded = () => opening.result.createObjectStore("all", { autoIncrement: true });
      opening.onsuccess = () => resolve(opening.result);
    });
    const fits = (size) => new Promise((resolve) => {
      const transaction = database.transaction("all", "readwrite");
      transaction.objectStore("all").put(crypto.getRandomValues(new Uint8Array(size)));
      transaction.oncomplete = () => resolve(true);
      transaction.onabort = () => resolve(false);
    });
    for (const size of [50_000, 10_000, 1_000]) while (await fits(size));
    database.close();
  });
  await page.context().setOffline(true);
  await visitor.press("VALIDER");
  await page.getByText(/Votre navigateur ne garde rien sur cet appareil/).waitFor();
  await page.getByText(/Elle n’est que dans cette page/).waitFor();
  await visitor.reads(/Ne fermez pas encore cette page/);
  assert.doesNotMatch(await page.locator("body").innerText(), ON_DEVICE);
  assert.doesNotMatch(await page.locator("#device").innerText(), /même si vous fermez cette page/);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Enregistrer dans un fichier" }).click()]);
  assert.equal(JSON.parse(await readFile(await download.path(), "utf8")).foyer, "envelope");
  // Whoever leaves all the same is asked first.
  const asked = page.waitForEvent("dialog");
  const left = page.close({ runBeforeUnload: true });
  const dialog = await asked;
  assert.equal(dialog.type(), "beforeunload");
  await dialog.dismiss();
  await left;
  await page.context().setOffline(false);
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await screens.confirmation(visitor, person, portal);
  await page.getByText(/Elle n’est que dans cette page/).waitFor({ state: "hidden" });
  await server.mailTo(person.email);
  assert.equal(server.taken() - before, 1);
  await page.context().close();
});

test("keys that are lost are said, and the draft that nobody can read any more is gone", async () => {
  for (const lost of [["device-key", "draft-key"], ["device-key", "draft-key", "draft-choice", "server", "born"]]) {
    const person = somebody();
    const page = await openPage(browser, DESK, home());
    await withDraft(page, person);
    await page.evaluate(() => dispatchEvent(new Event("pagehide")));
    await inDatabase(page, ({ facts }, keys) => { for (const key of keys) facts.delete(key); }, lost);
    const next = await page.context().newPage();
    next.setDefaultTimeout(10_000);
    await page.close();
    await next.goto(home());
    await ready(next);
    await next.getByText("Les données de ce site ont été effacées de votre navigateur.").waitFor();
    await next.getByText(/Votre brouillon ne peut plus être lu\s: votre navigateur en a perdu la clé/).waitFor();
    await eventually("the draft is gone", async () => (await inDatabase(next, ({ drafts }) => drafts.count())) === 0);
    if (lost.includes("draft-choice")) {
      // Another device to the town, which registers like any other.
      const visitor = new Visitor(next);
      await fillIn(visitor, portal, person);
      await visitor.press("VALIDER");
      await screens.confirmation(visitor, person, portal);
    }
    await next.context().close();
  }
});

test("the browser is asked to keep what is here where something is at stake, not before, and its answer is said", async () => {
  const recorded = () => {
    const { persist } = StorageManager.prototype;
    StorageManager.prototype.persist = function () {
      globalThis.asked = (globalThis.asked ?? 0) + 1;
      return persist.call(this);
    };
  };
  const times = (page) => page.evaluate(() => globalThis.asked ?? 0);
  const MAY = /il l’efface dès qu’une fenêtre de navigation privée est fermée/;
  for (const granted of [false, true]) {
    const context = await browser.newContext(DESK);
    await context.addInitScript(recorded);
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    await page.goto(home());
    await ready(page);
    if (granted) {
      const session = await context.newCDPSession(page);
      const { targetInfo } = await session.send("Target.getTargetInfo");
      const whole = await browser.newBrowserCDPSession();
      await whole.send("Browser.grantPermissions", { origin: server.origin, browserContextId: targetInfo.browserContextId, permissions: ["durableStorage"] });
    }
    const person = somebody();
    const visitor = new Visitor(page);
    await screens.landing(visitor);
    await screens.welcome(visitor);
    await screens.identity(visitor, person);
    await visitor.sees("Votre adresse");
    assert.equal(await times(page), 0);
    // Chromium keeps it as soon as it may, without having been asked.
    await page.getByRole("button", { name: KEEP }).click();
    if (!granted) await eventually("it is asked for the draft's sake", async () => (await times(page)) === 1);
    await screens.address(visitor, person, portal);
    await screens.contact(visitor, person);
    await screens.access(visitor, person, portal);
    await screens.consent(visitor);
    await screens.icon(visitor);
    await context.setOffline(true);
    await visitor.press("VALIDER");
    await visitor.reads(ON_DEVICE);
    await page.getByRole("button", { name: "Enregistrer dans un fichier" }).waitFor();
    assert.equal(await times(page), granted ? 0 : 1, "nobody is asked twice");
    assert.equal(await page.evaluate(() => navigator.storage.persisted()), granted);
    if (granted) assert.doesNotMatch(await page.locator("#device").innerText(), MAY);
    else await page.getByText(MAY).waitFor();
    await context.close();
  }
});
