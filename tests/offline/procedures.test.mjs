// Every procedure without a network, in Chromium: another town in version texte from the first screen to the last, and
// an entourage that somebody who is logged in declares in a tunnel.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { CHEAP_STAMPS, startServer, WITHOUT_LIMITS } from "../support/foyer_server.mjs";
import { eventually } from "../support/eventually.mjs";
import { DESK, launchChromium, openPage, ready } from "../browser/support/chromium.mjs";
import { account, loggedIn, people } from "../browser/support/household.mjs";
import { PORTALS, fillIn, somebody } from "../browser/support/registration.mjs";
import { Visitor } from "../browser/support/visitor.mjs";
import { EnglishVisitor } from "./support/english.mjs";

let server, browser;
before(async () => {
  server = await startServer({ stampBits: CHEAP_STAMPS, extra: WITHOUT_LIMITS });
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const kept = (page, slug) => eventually("the town is kept on the device", () => page.evaluate(async (town) =>
  (await (await caches.open("foyer-kept")).match(`/${town}/offline.json`)) !== undefined && navigator.serviceWorker.controller !== null, slug), { seconds: 30 });

async function withoutNetwork(work) {
  await server.kill();
  try {
    await work();
  } finally {
    await server.start();
  }
}

test("Saint-Maur in version texte, from its second opening to VALIDER without a network", async () => {
  const portal = PORTALS.saintMaur;
  const person = somebody();
  const page = await openPage(browser, DESK, `${server.origin}/${portal.slug}/?texte=1`);
  await kept(page, portal.slug);
  const before = server.taken();
  await withoutNetwork(async () => {
    await page.goto(`${server.origin}/${portal.slug}/?texte=1`);
    await ready(page);
    assert.equal(await page.evaluate(() => document.documentElement.dataset.view), "texte");
    const visitor = new Visitor(page);
    await fillIn(visitor, portal, person);
    await visitor.press("VALIDER");
    await visitor.reads(/enregistrée sur cet appareil, mais elle n.est pas encore partie/);
    // It is tried again and again; whoever listens is not told so each time.
    const heard = await page.evaluate(async () => {
      const texts = [];
      const observer = new MutationObserver(() => { texts.push(document.getElementById("submission-status").textContent); });
      observer.observe(document.getElementById("scene"), { subtree: true, childList: true, characterData: true });
      for (let tries = 0; tries < 3; ++tries) {
        dispatchEvent(new Event("online"));
        await new Promise((resolve) => setTimeout(resolve, 50)); // it asks for the lock
        await navigator.locks.request("foyer-outbox", () => undefined);
      }
      observer.disconnect();
      return [...new Set(texts)];
    });
    assert.deepEqual(heard.filter((text) => !/n.est pas encore partie/.test(text)), []);
  });
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await page.getByText(/est reçue par la mairie sous le n°/).waitFor();
  await server.mailTo(person.email);
  assert.equal(server.taken() - before, 1);
  await page.context().close();
});

test("Oudon in English, from its second opening to the receipt, the network coming back at the end", async () => {
  const portal = PORTALS.oudon;
  const person = somebody();
  const page = await openPage(browser, { ...DESK, locale: "en-GB" }, `${server.origin}/${portal.slug}/?lang=en`);
  await kept(page, portal.slug);
  const before = server.taken();
  await withoutNetwork(async () => {
    await page.goto(`${server.origin}/${portal.slug}/?lang=en`);
    await ready(page);
    const visitor = new EnglishVisitor(page, portal);
    await fillIn(visitor, portal, person);
    await page.getByRole("button", { name: "Keep my draft on this device" }).waitFor();
    await visitor.press("VALIDER");
    await page.getByText("Your request is saved on this device, but it has not left yet.").waitFor();
    await page.getByRole("heading", { name: "On this device" }).waitFor();
    await page.getByText(/It will leave by itself as soon as the network is back, even if you close this page/).waitFor();
  });
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await page.getByText(/The town hall has received your request under number\sOUDON-/).waitFor();
  await page.getByRole("heading", { level: 1, name: /^CONFIRMATION/ }).waitFor();
  // But for the town hall's own name and address.
  assert.doesNotMatch(await page.locator("body").innerText(), /votre|demande|appareil|étape/i);
  assert.match((await server.mailTo(person.email)).subject, /Creation of your personal account/);
  assert.equal(server.taken() - before, 1);
  await page.context().close();
});

test("an entourage declared without a network waits on the device, says so, and arrives once", async () => {
  const portal = PORTALS.oudon;
  const person = await account(server, portal);
  const visitor = await loggedIn(server, browser, portal, person, { options: DESK });
  const { page } = visitor;
  await kept(page, portal.slug);
  const before = server.taken();
  await withoutNetwork(async () => {
    await people.begin(visitor);
    await people.child(visitor, { firstNames: "Zoé", birthName: person.birthName, birth: ["4", "5", "2019"], authority: ["Fañch Derc’hen"], livingWith: "Fañch Derc’hen" });
    await visitor.press("ALLER À L’ÉTAPE 2");
    await visitor.sees("Récapitulatif");
    await visitor.press("VALIDER");
    await page.getByRole("heading", { name: "Sur cet appareil" }).waitFor();
    await page.getByText("Elle n’est pas encore partie.", { exact: false }).first().waitFor();
  });
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await eventually("it has arrived", () => server.taken() - before === 1);
  await page.getByText(/OUDON-\d{4}-\d{6}/).first().waitFor();
  assert.equal(server.taken() - before, 1);
  await page.context().close();
});
