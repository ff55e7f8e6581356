// WebKit, the engine of every iPhone: all that a family does, with the canvas.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { lookingIn } from '../a11y/support/engine.mjs';
import { Tally } from '../a11y/support/rows.mjs';
import { startServer } from '../support/foyer_server.mjs';
import { PlainVisitor } from './support/plain_visitor.mjs';
import { PORTALS } from './support/registration.mjs';
import { startWebKit } from './support/webkit.mjs';
import { wholeJourneyIn } from './support/whole_journey.mjs';

// Those that a family sees on the way, each looked at as the table of numbers wants (docs/accessibility.md).
const SCREENS = 16;

let server, engine;
before(async () => {
  server = await startServer();
  engine = await startWebKit();
});
after(async () => {
  await engine?.close();
  await server?.stop();
});

test('Saint-Maur-des-Fossés: a family registers, declares those around it and logs out, in WebKit', async () => {
  const tally = new Tally();
  const { view } = await wholeJourneyIn(engine, new PlainVisitor(engine, lookingIn(engine, tally)), server, PORTALS.saintMaur);
  assert.equal(view, 'canvas');
  assert.deepEqual(tally.misses(), []);
  assert.ok(tally.lines.get('axe').seen >= SCREENS);
  assert.deepEqual(engine.complaints(), []);
});
