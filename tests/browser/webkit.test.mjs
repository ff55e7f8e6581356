// WebKit, the engine of every iPhone: all that a family does, with the canvas.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from '../support/foyer_server.mjs';
import { PlainVisitor } from './support/plain_visitor.mjs';
import { PORTALS } from './support/registration.mjs';
import { startWebKit } from './support/webkit.mjs';
import { wholeJourneyIn } from './support/whole_journey.mjs';

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
  const { view } = await wholeJourneyIn(engine, new PlainVisitor(engine), server, PORTALS.saintMaur);
  assert.equal(view, 'canvas');
  assert.deepEqual(engine.complaints(), []);
});
