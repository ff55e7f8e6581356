// The core of it in Firefox and in WebKit, which have no Background Sync: opened once, then without a server from the
// landing page to VALIDER, killed, opened again without a server, killed again, and the request that arrives once when it
// is back. Firefox is killed whole; WebKit's driver ends with any process of its browser, and keeps nothing of it on the
// disk: there the page is closed (webkit_killed.test.mjs kills it). At the end each hands in a file from another device.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { CHEAP_STAMPS, startServer, WITHOUT_LIMITS } from "../support/foyer_server.mjs";
import { eventually } from "../support/eventually.mjs";
import { startFirefox } from "../browser/support/firefox.mjs";
import { PlainVisitor } from "../browser/support/plain_visitor.mjs";
import { PORTALS, fillIn, somebody } from "../browser/support/registration.mjs";
import { startWebKit } from "../browser/support/webkit.mjs";
import { load } from "../support/load.mjs";
import { payload } from "../wire/support/stranger.mjs";

const web = await load("vault/index.ts", "vault/storage.ts", "outbox/locks.ts");

const portal = PORTALS.oudon;
const ENGINES = {
  Firefox: {
    start: (profile) => startFirefox({ profile }),
    async killed(engine, profile) {
      await engine.kill();
      return startFirefox({ profile });
    },
    choose: (input, file) => input.uploadFile(file),
  },
  WebKit: {
    start: () => startWebKit(),
    async killed(engine) {
      await engine.freshPage();
      return engine;
    },
    choose: (input, file, engine) => engine.type(input, file),
  },
};

// What somebody's other device has saved in a file.
async function carried(server) {
  const person = somebody();
  const vault = await web.createVault({
    origin: server.origin, storage: new web.MemoryStorage(), locks: web.pageLock(),
    fetch: (url, init) => (init?.method === "PUT" ? Promise.reject(new TypeError("no network")) : fetch(url, init)),
  });
  const answers = {
    civility: "monsieur", birth_name: person.birthName, first_names: person.firstNames, "birth_date.day": person.day, "birth_date.month": person.month, "birth_date.year": person.year,
    address: person.address, postal_code: portal.postalCode, commune: portal.commune, mobile: person.mobile, email: person.email, identifier: person.identifier,
    password: person.password, consent: "yes", "security_check.asked": "house", "security_check.chosen": "house",
  };
  const id = await vault.submit({ procedure: 1, plaintext: new Uint8Array(payload("registration", answers)), portalRevision: await server.revision(portal.slug), portal: portal.slug });
  const { file } = await vault.carry(id);
  vault.stop();
  return { person, file };
}

for (const [name, { start, killed, choose }] of Object.entries(ENGINES)) {
  test(`${name}: from the second opening without a network, ended twice, to a request that arrives once, and another device’s from a file`, async (t) => {
    const server = await startServer({ stampBits: CHEAP_STAMPS, extra: WITHOUT_LIMITS });
    const profile = await mkdtemp(join(tmpdir(), "foyer-profile-"));
    let engine;
    t.after(async () => {
      await engine?.close();
      await server.stop();
      await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    });
    engine = await start(profile);
    let visitor = new PlainVisitor(engine);
    const person = somebody();
    const home = `${server.origin}/${portal.slug}/`;
    const opens = (address) => eventually(`${address} opens`, async () => {
      await visitor.open(address);
      await visitor.ready();
      return true;
    }, { seconds: 40 });
    await opens(home);
    // In a variable of the page, since not every driver waits for promises.
    await eventually("the town is kept on the device", async () => {
      await engine.run((slug) => {
        void caches.open("foyer-kept").then((kept) => kept.match(`/${slug}/offline.json`)).then((found) => { globalThis.town_is_kept = found !== undefined && navigator.serviceWorker.controller !== null; });
      }, portal.slug);
      return engine.run(() => globalThis.town_is_kept === true);
    }, { seconds: 40 });
    await server.kill();
    await opens(home);
    await fillIn(visitor, portal, person);
    await visitor.press("VALIDER");
    await visitor.reads(/enregistrée sur cet appareil, mais elle n.est pas encore partie/);
    engine = await killed(engine, profile);
    visitor = new PlainVisitor(engine);
    await opens(`${home}?lang=en`);
    await visitor.reads(/It has not left yet/);
    await server.start();
    engine = await killed(engine, profile);
    visitor = new PlainVisitor(engine);
    await opens(home);
    await visitor.reads(/Reçue par la mairie, reçu n° OUDON-/);
    await server.mailTo(person.email);
    assert.equal(server.taken(), 1);
    await visitor.press("Ne plus afficher");

    // Another device's request, in a file.
    const { person: other, file } = await carried(server);
    const path = join(profile, "demande.foyer");
    await writeFile(path, file);
    await opens(`${home}?deposer#deposer`);
    const input = await eventually("the file is asked for", () => engine.find(() => document.getElementById("device-file")));
    await choose(input, path, engine);
    await visitor.reads(/La demande est bien lue/);
    await visitor.reads(/Reçue par la mairie, reçu n° OUDON-/);
    await server.mailTo(other.email);
  });
}

test("Firefox in a private window: a request that waits says what closing it means, and leaves from there", async (t) => {
  const server = await startServer({ stampBits: CHEAP_STAMPS, extra: WITHOUT_LIMITS });
  let engine;
  t.after(async () => {
    await engine?.close();
    await server.stop();
  });
  engine = await startFirefox({ privately: true });
  const visitor = new PlainVisitor(engine);
  const person = somebody();
  await visitor.open(`${server.origin}/${portal.slug}/?texte=1`);
  await visitor.ready();
  await fillIn(visitor, portal, person);
  await server.kill();
  await visitor.press("VALIDER");
  await visitor.reads(/il l’efface dès qu’une fenêtre de navigation privée est fermée/);
  await server.start();
  await engine.run(() => { dispatchEvent(new Event("online")); });
  await visitor.reads(/est reçue par la mairie sous le n°\sOUDON-/);
  await server.mailTo(person.email);
});
