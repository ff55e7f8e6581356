// Every screen of every procedure, as it is and in error, against the table of numbers (support/rows.mjs). Here each screen
// is looked at at least once; FOYER_ALL (./dev test --all) and ./dev a11y make the full product.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launchChromium } from '../browser/support/chromium.mjs';
import { CHEAP_STAMPS, startServer, WITHOUT_LIMITS } from '../support/foyer_server.mjs';
import { PARTS, WALKS, screens } from './support/proof.mjs';
import { Tally } from './support/rows.mjs';

const all = Boolean(process.env.FOYER_ALL);
const FEWEST = { registration: 25, family: 34 };
// By the keyboard a family registers in browser/journey.test.mjs.
const NAMES = { autofill: 'a profile that the browser keeps fills the personal fields, and the wizard accepts them', typing: 'dead keys, composition, pasting and undoing give the wizard the text of the field', drift: 'a field is painted where its element stands, at every density and scrolled', rest: 'at rest no frame is drawn' };

let server, browser;
before(async () => {
  server = await startServer({ stampBits: CHEAP_STAMPS, extra: WITHOUT_LIMITS });
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

// Two walks at a time, each with an account of its own.
describe('every screen holds the numbers and is heard as kept', { concurrency: 2 }, () => {
  for (const walk of all ? WALKS.all : WALKS.quick)
    test(walk.join(', '), async () => {
      const tally = new Tally();
      const seen = await screens({ server, browser }, tally, walk, { all });
      assert.deepEqual(tally.misses(), []);
      assert.ok(seen.length >= FEWEST[walk[0]], `${seen.length} screens`);
    });
});

for (const [part, name] of Object.entries(NAMES))
  test(name, async () => {
    const tally = new Tally();
    await PARTS[part]({ server, browser }, tally, { all });
    assert.deepEqual(tally.misses(), []);
  });
