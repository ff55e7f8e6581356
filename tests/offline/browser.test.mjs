// The real thing, in Chromium: portals open without a network, requests leave without a page, a browser that is killed
// loses nothing, and a new version asks before it comes.
import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import decodeQR from "qr/decode.js";
import { CHEAP_STAMPS, portalsFolder, repository, startServer, WITHOUT_LIMITS } from "../support/foyer_server.mjs";
import { eventually } from "../support/eventually.mjs";
import { DESK, launchChromium, openPage, ready } from "../browser/support/chromium.mjs";
import { PORTALS, fillIn, screens, somebody } from "../browser/support/registration.mjs";
import { Visitor } from "../browser/support/visitor.mjs";
import { makeDevice } from "./support/device.mjs";

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

const at = (path = "", slug = portal.slug) => `${server.origin}/${slug}/${path}`;
// Whether the device has all that opens this town.
const keptSet = (page, slug = portal.slug) =>
  page.evaluate(async (town) => (await (await (await caches.open("foyer-kept")).match(`/${town}/offline.json`))?.json())?.set ?? "", slug);
async function kept(page, slug = portal.slug) {
  await eventually(`${slug} is kept on the device`, () => keptSet(page, slug), { seconds: 30 });
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
}

async function visit(slug = portal.slug) {
  const page = await openPage(browser, DESK, at("", slug));
  await kept(page, slug);
  return page;
}

async function withoutNetwork(work) {
  await server.kill();
  try {
    await work();
  } finally {
    await server.start();
  }
}

test("from the second opening on, every town visited opens without a network: each address, both languages, version texte", async () => {
  const page = await visit("oudon");
  const other = await page.context().newPage();
  other.setDefaultTimeout(10_000);
  await other.goto(at("", "saint-maur-des-fosses"));
  await ready(other);
  await kept(other, "saint-maur-des-fosses");
  const complaints = [];
  for (const tab of [page, other]) {
    tab.on("pageerror", (error) => complaints.push(`pageerror: ${error.message}`));
    tab.on("console", (message) => { if (message.type() === "error") complaints.push(`console: ${message.text()}`); });
  }
  await withoutNetwork(async () => {
    // A tab for each town.
    await Promise.all([["oudon", page], ["saint-maur-des-fosses", other]].map(async ([slug, tab]) => {
      for (const [path, french, english] of [
        ["", /Bienvenue sur votre/, /Welcome/],
        ["inscription", /Bonjour et bienvenue/, /welcome/i],
        ["inscription/identite", /Votre identité/, /About you/],
        ["connexion", /Connexion/, /Log in/],
        ["mot-de-passe-perdu", /passe/, /password/i],
        ["mail-non-recu", /mail/, /mail/],
      ]) {
        for (const [language, title] of [["", french], ["lang=en", english]]) {
          for (const texte of ["", "texte=1"]) {
            const query = [language, texte].filter(Boolean).join("&");
            await tab.goto(`${at(path, slug)}${query ? `?${query}` : ""}`);
            await ready(tab);
            await tab.getByRole("heading", { level: 1, name: title }).waitFor();
            assert.equal(await tab.evaluate(() => document.documentElement.lang), language ? "en" : "fr");
            if (texte) assert.equal(await tab.evaluate(() => document.documentElement.dataset.view), "texte");
          }
        }
      }
    }));
    // What the foot of every page leads to, in the town's colours.
    for (const [language, foot, title] of [["", /^Mentions légales/, "Mentions légales et données personnelles"], ["?lang=en", /^Accessibility/, "Accessibility statement"]]) {
      await page.goto(at(language, "oudon"));
      await ready(page);
      await page.getByRole("contentinfo").getByRole("link", { name: foot }).click();
      await page.getByRole("heading", { level: 1, name: title }).waitFor();
      assert.match(await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--primary")), /^#/);
      assert.ok(await page.evaluate(() => document.images[0].complete && document.images[0].naturalWidth > 0), "the town's logo is there");
    }
    // The wizard has what the town's form needs, the communes among it.
    await page.goto(at("inscription/adresse", "oudon"));
  });
  assert.deepEqual(complaints.filter((complaint) => !/ERR_CONNECTION_REFUSED|Failed to load resource/.test(complaint)), []);
  await page.context().close();
});

test("a second visit makes no request for what has not changed", async () => {
  const page = await visit();
  const requests = () => [...server.output().matchAll(/ request .*method=(\S+) .*/g)].map(([line]) => line);
  await page.waitForLoadState("networkidle");
  await eventually("the first visit has asked who the server is", () => requests().some((line) => /api\/v1\/server/.test(line)));
  const before = requests().length;
  await page.goto(at());
  await ready(page);
  // The page and its portal, which say whether anything has changed; who the server is; whether there is a new set, which
  // the worker asks in its own time.
  const routes = () => requests().slice(before).map((line) => /route=(\S+) status=(\d+)/.exec(line).slice(1).join(" ")).filter((route) => !route.startsWith("/service-worker.js"));
  const wanted = ["/api/v1/portals/{slug} 304", "/api/v1/server 200", "/{slug}/offline.json 304", "/{slug}/{path...} 200"];
  await eventually("all is asked that is asked each time", () => wanted.every((route) => routes().includes(route))).catch(() => undefined);
  await page.waitForLoadState("networkidle");
  assert.deepEqual(routes().sort(), wanted);
  await page.context().close();
});

test("it can be installed: manifest, icons, and the browser's own judgement", async () => {
  const page = await visit();
  const session = await page.context().newCDPSession(page);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  assert.deepEqual(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito"), []);
  for (const [slug, name, colour] of [["oudon", "Oudon", "#14505c"], ["saint-maur-des-fosses", "Saint-Maur-des-Fossés", null]]) {
    const answer = await fetch(at("manifest.webmanifest", slug));
    assert.equal(answer.headers.get("content-type"), "application/manifest+json");
    const manifest = await answer.json();
    assert.equal(manifest.short_name, name);
    assert.equal(manifest.start_url, `/${slug}/`);
    assert.equal(manifest.scope, `/${slug}/`);
    assert.equal(manifest.display, "standalone");
    if (colour) assert.equal(manifest.theme_color, colour);
    const sizes = manifest.icons.map((icon) => `${icon.sizes} ${icon.purpose}`);
    assert.deepEqual(sizes, ["192x192 any", "512x512 any", "512x512 maskable", "any any"]);
    for (const icon of manifest.icons.slice(0, 3)) {
      const picture = Buffer.from(await (await fetch(server.origin + icon.src)).arrayBuffer());
      assert.equal(picture.subarray(1, 4).toString(), "PNG");
      assert.equal(`${picture.readUInt32BE(16)}x${picture.readUInt32BE(20)}`, icon.sizes);
    }
    assert.equal((await fetch(at("icon.png", slug))).status, 200);
    assert.match((await (await fetch(at("manifest.webmanifest?lang=en", slug))).json()).start_url, /\?lang=en$/);
  }
  await page.context().close();
});

test("mails, activation pages and calls never come out of the cupboard", async () => {
  const page = await visit();
  await page.goto(`${server.origin}/courrier`);
  await withoutNetwork(async () => {
    for (const address of [`${server.origin}/courrier`, at("espace-citoyens/CompteCitoyen/Validation?id=1&key=00"), `${server.origin}/api/v1/portals`]) {
      const tab = await page.context().newPage();
      await assert.rejects(tab.goto(address), /ERR_CONNECTION_REFUSED/);
      await tab.close();
    }
    await page.goto(at());
    await ready(page);
    assert.equal(await page.evaluate(() => fetch("/api/v1/server").then(() => "answered", () => "failed")), "failed");
  });
  await page.context().close();
});

test("filled in from the first to the last screen without a network, sent by the worker when every page is closed", async () => {
  const before = server.taken();
  const person = somebody();
  const page = await visit();
  const context = page.context();
  const session = await context.browser().newBrowserCDPSession();
  const visitor = new Visitor(page);
  await withoutNetwork(async () => {
    await page.goto(at());
    await ready(page);
    await fillIn(visitor, portal, person);
    await visitor.press("VALIDER");
    await visitor.reads(ON_DEVICE);
    await page.getByRole("heading", { name: "Sur cet appareil" }).waitFor();
    await page.close();
  });
  // No page is open; the browser says that the network is back.
  const { targetInfos } = await session.send("Target.getTargets");
  assert.equal(targetInfos.some(({ type, url }) => type === "page" && url.includes(portal.slug)), false);
  const other = await context.newPage();
  const own = await context.newCDPSession(other);
  const registrations = [];
  own.on("ServiceWorker.workerRegistrationUpdated", (event) => registrations.push(...event.registrations));
  await other.goto(`${server.origin}/api/v1/health`);
  await own.send("ServiceWorker.enable");
  await eventually("the worker is known", () => registrations.length > 0);
  await own.send("ServiceWorker.dispatchSyncEvent", { origin: server.origin, registrationId: registrations[0].registrationId, tag: "foyer-outbox", lastChance: false });
  await server.mailTo(person.email);
  assert.equal(server.taken() - before, 1);
  // The receipt waits for the person.
  await other.goto(at());
  await ready(other);
  await other.getByText(/Reçue par la mairie, reçu n° OUDON-/).waitFor();
  await other.getByRole("button", { name: "Ne plus afficher" }).click();
  await other.getByRole("heading", { name: "Sur cet appareil" }).waitFor({ state: "hidden" });
  assert.equal(server.taken() - before, 1);
  await context.close();
});

test("a browser killed with an unsent request has it when it starts again, and sends it once", async () => {
  const before = server.taken();
  const person = somebody();
  const device = await makeDevice();
  try {
    let page = await device.start();
    await page.goto(at());
    await ready(page);
    await kept(page);
    await withoutNetwork(async () => {
      await page.goto(at());
      await ready(page);
      const visitor = new Visitor(page);
      await fillIn(visitor, portal, person);
      await visitor.press("VALIDER");
      await visitor.reads(ON_DEVICE);
      await device.kill();
      page = await device.start();
      await page.goto(at());
      await ready(page);
      await page.getByText("Elle n’est pas encore partie.", { exact: false }).first().waitFor();
      await device.kill();
    });
    page = await device.start();
    await page.goto(at());
    await page.getByText(/Reçue par la mairie, reçu n° OUDON-/).waitFor();
    await server.mailTo(person.email);
    assert.equal(server.taken() - before, 1);
    assert.equal((await server.mails()).filter((mail) => mail.to.includes(person.email)).length, 1);
  } finally {
    await device.stop();
  }
});

test("a worker killed while it sends loses nothing", async () => {
  const before = server.taken();
  const person = somebody();
  const page = await visit();
  const session = await page.context().newCDPSession(page);
  await session.send("ServiceWorker.enable");
  const visitor = new Visitor(page);
  await withoutNetwork(async () => {
    await fillIn(visitor, portal, person);
    await visitor.press("VALIDER");
    await visitor.reads(ON_DEVICE);
    await page.evaluate(() => navigator.serviceWorker.controller.postMessage({ kind: "deliver" }));
    await session.send("ServiceWorker.stopAllWorkers");
  });
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await screens.confirmation(visitor, person, portal);
  await server.mailTo(person.email);
  assert.equal(server.taken() - before, 1);
  await page.context().close();
});

test("an envelope is carried to another device in a file, and its receipt back", async () => {
  const before = server.taken();
  const person = somebody();
  const page = await visit();
  const visitor = new Visitor(page);
  await fillIn(visitor, portal, person);
  await page.context().setOffline(true);
  await visitor.press("VALIDER");
  await visitor.reads(ON_DEVICE);
  const save = async (from, name) => {
    const [download] = await Promise.all([from.waitForEvent("download"), from.getByRole("button", { name }).click()]);
    assert.match(download.suggestedFilename(), /\.foyer$/);
    return readFile(await download.path(), "utf8");
  };
  const file = await save(page, "Enregistrer dans un fichier");
  assert.ok(!file.includes(person.email) && !file.includes(person.birthName));

  // Also as a code, where it fits: any telephone opens its address.
  await page.getByRole("button", { name: "Afficher un QR code" }).click();
  const picture = page.getByRole("img", { name: "QR code de votre demande" });
  const code = await picture.or(page.getByText(/trop longue pour un QR code/)).first();
  await code.waitFor();
  let address = "";
  if (await picture.isVisible()) {
    const { size, path } = await picture.evaluate((svg) => ({ size: svg.viewBox.baseVal.width, path: svg.firstElementChild.getAttribute("d") }));
    address = readCode(size, path);
    assert.ok(address.startsWith(`${at()}#foyer=`), address.slice(0, 60));
    // Whoever holds it up to a telephone keeps it while the page tries again.
    await page.evaluate(() => { document.querySelector("svg.code").dataset.same = "yes"; });
    await page.getByRole("button", { name: "Envoyer maintenant" }).click();
    await page.getByText("Envoi en cours…").or(page.getByText("Elle n’est pas encore partie.", { exact: false })).first().waitFor();
    await eventually("it has been tried", () => page.evaluate(() => navigator.locks.request("foyer-outbox", () => true)));
    assert.equal(await picture.getAttribute("data-same"), "yes");
  }

  const other = await openPage(browser, DESK, at("#deposer"));
  const hand_in = other.getByLabel("Choisir le fichier");
  for (const damaged of ["", file.slice(0, -20), file.replace('"version": 1', '"version": 9'), "<html>"]) {
    await hand_in.setInputFiles({ name: "demande.foyer", mimeType: "application/json", buffer: Buffer.from(damaged) });
    await other.getByText("Ce fichier n’est ni une demande ni un reçu de ce site.").waitFor();
    await other.evaluate(() => { document.querySelector("#device [role=status]").textContent = ""; });
  }
  await hand_in.setInputFiles({ name: "demande.foyer", mimeType: "application/json", buffer: Buffer.from(file) });
  await other.getByText("La demande est bien lue").waitFor();
  await other.getByText(/Reçue par la mairie, reçu n° OUDON-/).waitFor();
  await server.mailTo(person.email);
  const receipt = await save(other, "Enregistrer le reçu");

  // The first device is still without a network: the receipt frees it all the same.
  await page.evaluate(() => { location.hash = "deposer"; });
  const choose = page.getByLabel("Choisir le fichier");
  await choose.setInputFiles({ name: "autre.foyer", mimeType: "application/json", buffer: Buffer.from(receipt.replace("OUDON-", "OUDOM-")) });
  await page.getByText("Ce reçu n’est celui d’aucune demande de cet appareil.").waitFor();
  await choose.setInputFiles({ name: "recu.foyer", mimeType: "application/json", buffer: Buffer.from(receipt) });
  await page.getByText("Le reçu est bien celui de la mairie").waitFor();
  await screens.confirmation(visitor, person, portal);
  await page.context().setOffline(false);
  assert.equal(server.taken() - before, 1);

  // Handed in again, by the code, on a third device: the same receipt, nothing twice.
  if (address) {
    const third = await openPage(browser, DESK, address);
    await third.getByText(/Reçue par la mairie, reçu n° OUDON-/).waitFor();
    assert.equal(new URL(third.url()).hash, "");
    await third.context().close();
  }
  assert.equal(server.taken() - before, 1);
  assert.equal((await server.mails()).filter((mail) => mail.to.includes(person.email)).length, 1);
  for (const context of [page.context(), other.context()]) await context.close();
});

function readCode(size, path) {
  const scale = 4;
  const width = size * scale;
  const data = new Uint8Array(width * width * 4).fill(255);
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h/g)) {
    for (let dy = 0; dy < scale; dy += 1) for (let dx = 0; dx < scale; dx += 1) data.fill(0, ((y * scale + dy) * width + x * scale + dx) * 4, ((y * scale + dy) * width + x * scale + dx) * 4 + 3);
  }
  return decodeQR({ width, height: width, data });
}

test("a new version is fetched aside and asked for between procedures, and the old one still registers", async () => {
  const folder = await mkdtemp(join(tmpdir(), "foyer-versions-"));
  // Next month's set: another style sheet, and a portal with another text.
  const assets = join(folder, "web");
  const portals = join(folder, "portals");
  const web = process.env.FOYER_WEB ?? join(repository, "build/web");
  await cp(web, assets, { recursive: true });
  await cp(portalsFolder, portals, { recursive: true });
  for (const town of await readdir(portals)) {
    const file = join(portals, town, "portal.json");
    const json = JSON.parse(await readFile(file, "utf8").catch(() => "null"));
    if (json) await writeFile(file, JSON.stringify({ ...json, stamp_bits: CHEAP_STAMPS }));
  }
  const own = await startServer({ portals, extra: ["--assets", assets, ...WITHOUT_LIMITS] });
  try {
    const page = await openPage(browser, DESK, `${own.origin}/oudon/`);
    await kept(page);
    const first = await keptSet(page);
    const visitor = new Visitor(page);
    await screens.landing(visitor);
    await screens.welcome(visitor);
    await visitor.fill("Nom de naissance", "Le Goff");

    // The town publishes another portal, and restarts its server.
    const file = join(portals, "oudon", "portal.json");
    const json = JSON.parse(await readFile(file, "utf8"));
    json.contact.hours.fr = "Le lundi, de 9 h à 10 h";
    await own.kill();
    await writeFile(file, JSON.stringify(json));
    await own.start();
    await page.evaluate(() => navigator.serviceWorker.controller.postMessage({ kind: "keep", slug: "oudon" }));
    await eventually("the new set is in place", async () => (await keptSet(page)) !== first);
    // In the middle of a procedure nobody is asked.
    assert.equal(await page.getByText("Une nouvelle version de cette page est prête.").count(), 0);
    assert.equal(await visitor.value("Nom de naissance"), "Le Goff");

    // The old page goes on with its own portal, and the server understands it.
    const person = somebody();
    await screens.identity(visitor, person);
    await screens.address(visitor, person, portal);
    await screens.contact(visitor, person);
    await screens.access(visitor, person, portal);
    await screens.consent(visitor);
    await screens.icon(visitor);
    await visitor.press("VALIDER");
    await screens.confirmation(visitor, person, portal);
    await own.mailTo(person.email);

    // At its end it is.
    await page.getByText("Une nouvelle version de cette page est prête.").waitFor();
    await page.getByRole("button", { name: "Recharger la page" }).click();
    await ready(page);
    const set = await page.evaluate(() => document.documentElement.dataset.set);
    assert.notEqual(set, first);

    // Without a network it is the new one that opens, whole.
    await own.kill();
    await page.goto(`${own.origin}/oudon/`);
    await ready(page);
    assert.equal(await page.evaluate(() => document.documentElement.dataset.set), set);
    await page.getByText("Le lundi, de 9 h à 10 h").first().waitFor();
    await page.context().close();
  } finally {
    await own.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
