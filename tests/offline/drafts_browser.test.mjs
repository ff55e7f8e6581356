// Drafts in Chromium: one question, a browser that dies, an offer, and nothing where nothing was wanted.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { CHEAP_STAMPS, startServer, WITHOUT_LIMITS } from "../support/foyer_server.mjs";
import { eventually } from "../support/eventually.mjs";
import { DESK, launchChromium, openPage, ready } from "../browser/support/chromium.mjs";
import { PORTALS, screens, somebody } from "../browser/support/registration.mjs";
import { Visitor } from "../browser/support/visitor.mjs";
import { makeDevice } from "./support/device.mjs";

const KEEP = "Garder mon brouillon sur cet appareil";
const NOTHING = "Ne rien garder (ordinateur partagé)";
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

const at = (path = "") => `${server.origin}/${portal.slug}/${path}`;

// What lies in the database: {choice, drafts: how many, text: everything that can be read in them}.
const onDisk = (page) =>
  page.evaluate(() => new Promise((resolve, reject) => {
    const opening = indexedDB.open("foyer-vault");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const transaction = opening.result.transaction(["drafts", "facts"]);
      const drafts = transaction.objectStore("drafts").getAll();
      const choice = transaction.objectStore("facts").get("draft-choice");
      transaction.oncomplete = () => {
        opening.result.close();
        resolve({ choice: choice.result, drafts: drafts.result.length, savedAt: drafts.result[0]?.savedAt ?? 0, text: drafts.result.map(({ sealed }) => new TextDecoder("latin1").decode(sealed)).join("") });
      };
    };
  }));

// The page is told that it will be left: what it would keep in a moment, it keeps now.
const leaving = (page) => page.evaluate(() => { dispatchEvent(new Event("pagehide")); });

async function toAddress(page, person) {
  const visitor = new Visitor(page);
  await visitor.follow("Créer mon espace");
  await visitor.follow("Je crée mon espace");
  await screens.identity(visitor, person);
  await visitor.sees("Votre adresse");
  return visitor;
}

test("who wants a draft is asked once, finds it after the browser has died, and has none left once it is sent", async () => {
  const person = somebody();
  const device = await makeDevice();
  try {
    const page = await device.start();
    await page.goto(at());
    await ready(page);
    const visitor = await toAddress(page, person);
    await page.getByRole("button", { name: KEEP }).click();
    await page.getByText(/Votre brouillon est gardé sur cet appareil jusqu’au/).waitFor();
    await screens.address(visitor, person, portal);
    await visitor.sees(/Vos téléphones/);
    const since = await page.evaluate(() => Date.now());
    await visitor.fill("Téléphone mobile", person.mobile);
    await page.locator("body").click();
    await eventually("the draft is kept", async () => (await onDisk(page)).savedAt >= since);
    await leaving(page);
    assert.ok(!(await onDisk(page)).text.includes(person.birthName));
    await device.kill();

    const next = await device.start();
    await next.goto(at());
    await ready(next);
    await next.getByText(/Vous avez un brouillon du/).waitFor();
    assert.equal(await next.getByRole("button", { name: KEEP }).count(), 0, "asked only once");
    await next.getByRole("button", { name: "Reprendre mon brouillon" }).click();
    const resumed = new Visitor(next);
    await resumed.sees(/Vos téléphones/);
    assert.match(await resumed.value("Téléphone mobile"), /06 12 34 56 78/);
    await resumed.fill("Adresse électronique", person.email);
    await resumed.press("SUIVANT");
    await screens.access(resumed, person, portal);
    await screens.consent(resumed);
    await screens.icon(resumed);
    await resumed.press("VALIDER");
    await screens.confirmation(resumed, person, portal);
    await eventually("the draft is gone", async () => (await onDisk(next)).drafts === 0);
    await next.goto(at());
    await ready(next);
    await next.waitForLoadState("networkidle");
    assert.equal(await next.getByText(/Vous avez un brouillon/).count(), 0);
  } finally {
    await device.stop();
  }
});

test("on a shared computer nothing is kept, and nobody is asked again", async () => {
  const person = somebody();
  const page = await openPage(browser, DESK, at());
  const visitor = await toAddress(page, person);
  await page.getByRole("button", { name: NOTHING }).click();
  await page.getByText("Rien n’est gardé sur cet appareil.").waitFor();
  await screens.address(visitor, person, portal);
  await visitor.sees(/Vos téléphones/);
  await leaving(page);
  assert.deepEqual(await onDisk(page), { choice: "nothing", drafts: 0, savedAt: 0, text: "" });
  const next = await page.context().newPage();
  await next.goto(at("inscription/identite"));
  await ready(next);
  await next.waitForLoadState("networkidle");
  assert.equal(await next.getByText(/Vous avez un brouillon/).count(), 0);
  assert.equal(await next.getByRole("button", { name: KEEP }).count(), 0);
  await page.context().close();
});

test("a draft is wiped at a press, and two tabs on one draft tell each other", async () => {
  const person = somebody();
  const page = await openPage(browser, DESK, at());
  await toAddress(page, person);
  await page.getByRole("button", { name: KEEP }).click();
  await eventually("the draft is kept", async () => (await onDisk(page)).drafts === 1);
  const other = await page.context().newPage();
  other.setDefaultTimeout(10_000);
  await other.goto(at());
  await ready(other);
  await other.getByRole("button", { name: "Reprendre mon brouillon" }).click();
  await new Visitor(other).fill("Adresse", "3 rue du Port");
  await page.getByText(/aussi ouvert dans un autre onglet/).waitFor();
  await other.getByRole("button", { name: "Effacer le brouillon et ne plus rien garder" }).click();
  await eventually("it is wiped, and the choice is kept", async () => {
    const { drafts, choice } = await onDisk(other);
    return drafts === 0 && choice === "nothing";
  });
  await page.context().close();
});
