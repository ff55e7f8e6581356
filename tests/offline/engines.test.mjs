// The core of it in Firefox and in WebKit, which have no Background Sync: opened once, then without a server from the
// landing page to VALIDER, killed, opened again without a server, killed again, and the request that arrives once when it
// is back. Firefox is killed whole; WebKit's driver ends with any process of its browser, and keeps nothing of it on the
// disk: there the page is closed.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { CHEAP_STAMPS, startServer, WITHOUT_LIMITS } from "../support/foyer_server.mjs";
import { eventually } from "../support/eventually.mjs";
import { startFirefox } from "../browser/support/firefox.mjs";
import { PlainVisitor } from "../browser/support/plain_visitor.mjs";
import { PORTALS, fillIn, somebody } from "../browser/support/registration.mjs";
import { startWebKit } from "../browser/support/webkit.mjs";

const portal = PORTALS.oudon;
const ENGINES = {
  Firefox: {
    start: (profile) => startFirefox({ profile }),
    async killed(engine, profile) {
      await engine.kill();
      return startFirefox({ profile });
    },
  },
  WebKit: {
    start: () => startWebKit(),
    async killed(engine) {
      await engine.freshPage();
      return engine;
    },
  },
};

for (const [name, { start, killed }] of Object.entries(ENGINES)) {
  test(`${name}: from the second opening without a network, ended twice, to a request that arrives once`, async () => {
    const server = await startServer({ stampBits: CHEAP_STAMPS, extra: WITHOUT_LIMITS });
    const profile = await mkdtemp(join(tmpdir(), "foyer-profile-"));
    let engine;
    try {
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
      assert.equal((server.output().match(/ request .*method=PUT .*status=201/g) ?? []).length, 1);
      await visitor.press("Ne plus afficher");
    } finally {
      await engine?.close();
      await server.stop();
      await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    }
  });
}
