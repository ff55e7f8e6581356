// Firefox: one whole journey with the canvas, and the version texte where WebGL is turned off.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from '../support/foyer_server.mjs';
import { startFirefox } from './support/firefox.mjs';
import { PlainVisitor } from './support/plain_visitor.mjs';
import { PORTALS, screens, somebody } from './support/registration.mjs';
import { wholeJourney } from './support/whole_journey.mjs';

let server;
before(async () => {
  server = await startServer();
});
after(() => server?.stop());

async function inFirefox(options, run) {
  const engine = await startFirefox(options);
  try {
    await run(engine);
  } finally {
    await engine.close();
  }
}

test('Oudon: a family registers, activates, logs in and out, in Firefox', () =>
  inFirefox({}, async (engine) => {
    const { view } = await wholeJourney(engine, server, PORTALS.oudon);
    assert.equal(view, 'canvas');
    assert.deepEqual(engine.complaints(), []);
  }));

test('Firefox without WebGL shows the version texte, and its first step can be filled in', () =>
  inFirefox({ webgl: false }, async (engine) => {
    const visitor = new PlainVisitor(engine);
    await visitor.open(`${server.origin}/oudon/`);
    await visitor.ready();
    assert.equal(await visitor.view(), 'texte');
    await screens.landing(visitor);
    await screens.welcome(visitor);
    await screens.identity(visitor, somebody());
    await visitor.sees('Votre adresse');
    assert.equal(await visitor.view(), 'texte');
    assert.deepEqual(engine.complaints(), []);
  }));
