// Firefox: all that a family does, with the canvas, and the version texte where WebGL is turned off.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { lookingIn } from '../a11y/support/engine.mjs';
import { Tally } from '../a11y/support/rows.mjs';
import { startServer } from '../support/foyer_server.mjs';
import { startFirefox } from './support/firefox.mjs';
import { PlainVisitor } from './support/plain_visitor.mjs';
import { PORTALS, screens, somebody } from './support/registration.mjs';
import { wholeJourneyIn } from './support/whole_journey.mjs';

// Those that a family sees on the way, each looked at as the table of numbers wants (docs/accessibility.md).
const SCREENS = 16;

let server;
before(async () => {
  server = await startServer();
});
after(() => server?.stop());

const firefox = async (t, options) => {
  const engine = await startFirefox(options);
  t.after(() => engine.close());
  return engine;
};

test('Oudon: a family registers, declares those around it and logs out, in Firefox', async (t) => {
  const engine = await firefox(t);
  const tally = new Tally();
  const { view } = await wholeJourneyIn(engine, new PlainVisitor(engine, lookingIn(engine, tally)), server, PORTALS.oudon);
  assert.equal(view, 'canvas');
  assert.deepEqual(tally.misses(), []);
  assert.ok(tally.lines.get('axe').seen >= SCREENS);
  assert.deepEqual(engine.complaints(), []);
});

test('Firefox without WebGL shows the version texte, and its first step can be filled in', async (t) => {
  const engine = await firefox(t, { webgl: false });
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
});
