// The core of it in Firefox and in WebKit, which have no Background Sync: opened once, then without a server from the
// landing page to VALIDER, a page that is left, and the request that arrives once when the server is back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { CHEAP_STAMPS, startServer, WITHOUT_LIMITS } from "../support/foyer_server.mjs";
import { eventually } from "../support/eventually.mjs";
import { startFirefox } from "../browser/support/firefox.mjs";
import { PlainVisitor } from "../browser/support/plain_visitor.mjs";
import { PORTALS, fillIn, somebody } from "../browser/support/registration.mjs";
import { startWebKit } from "../browser/support/webkit.mjs";

for (const [name, start, portal] of [["Firefox", startFirefox, PORTALS.oudon], ["WebKit", startWebKit, PORTALS.oudon]]) {
  test(`${name}: from the second opening without a network, to a request that arrives once`, async () => {
    const server = await startServer({ stampBits: CHEAP_STAMPS, extra: WITHOUT_LIMITS });
    let engine;
    try {
      engine = await start();
      const visitor = new PlainVisitor(engine);
      const person = somebody();
      const home = `${server.origin}/${portal.slug}/`;
      await visitor.open(home);
      await visitor.ready();
      // In a variable of the page, since not every driver waits for promises.
      await eventually("the town is kept on the device", async () => {
        await engine.run((slug) => {
          void caches.open("foyer-kept").then((kept) => kept.match(`/${slug}/offline.json`)).then((found) => { globalThis.town_is_kept = found !== undefined && navigator.serviceWorker.controller !== null; });
        }, portal.slug);
        return engine.run(() => globalThis.town_is_kept === true);
      }, { seconds: 40 });
      await server.kill();
      await visitor.open(home);
      await visitor.ready();
      await fillIn(visitor, portal, person);
      await visitor.press("VALIDER");
      await visitor.reads(/enregistrée sur cet appareil, mais elle n.est pas encore partie/);
      await visitor.open(`${home}?lang=en`);
      await visitor.ready();
      await visitor.reads(/It has not left yet/);
      await server.start();
      await visitor.open(home);
      await visitor.ready();
      await visitor.reads(/Reçue par la mairie, reçu n° OUDON-/);
      await server.mailTo(person.email);
      assert.equal((server.output().match(/ request .*method=PUT .*status=201/g) ?? []).length, 1);
      await visitor.press("Ne plus afficher");
    } finally {
      await engine?.close();
      await server.stop();
    }
  });
}
