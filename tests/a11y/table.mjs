// ./dev a11y: measures everything and prints the table.
import { parseArgs } from 'node:util';
import { launchChromium } from '../browser/support/chromium.mjs';
import { CHEAP_STAMPS, startServer, WITHOUT_LIMITS } from '../support/foyer_server.mjs';
import { PARTS, WALKS, listenToAll, screens } from './support/proof.mjs';
import { Tally } from './support/rows.mjs';

const { quick, write: renew } = parseArgs({ options: { quick: { type: 'boolean' }, write: { type: 'boolean' } } }).values;

const server = await startServer({ stampBits: CHEAP_STAMPS, extra: WITHOUT_LIMITS });
const tally = new Tally();
let failed = false;

const seconds = (since) => Math.round((Date.now() - since) / 1000);
// Each in a browser of its own: what one does to it is not the next one's affair.
async function part(name, work) {
  const began = Date.now();
  const browser = await launchChromium();
  try {
    const told = await work({ server, browser });
    console.log(`${name}${told ? `: ${told}` : ''} (${seconds(began)} s)`);
  } catch (error) {
    failed = true;
    console.log(`${name}: STOPPED (${seconds(began)} s)\n${error.stack}`);
  } finally {
    await browser.close();
  }
}

try {
  if (renew) {
    await part('transcripts', (around) => listenToAll(around));
  } else {
    for (const walk of quick ? WALKS.quick : WALKS.all) await part(walk.join(', '), async (around) => `${(await screens(around, tally, walk, { all: !quick })).length} screens`);
    for (const [name, work] of Object.entries(PARTS)) await part(name, (around) => work(around, tally, { all: !quick }));
    console.log(`\n${tally.table()}`);
    const misses = tally.misses();
    if (misses.length > 0) console.log(`\n${misses.length} misses\n${misses.map((miss) => `  ${miss}`).join('\n')}`);
    failed ||= misses.length > 0 || tally.unmeasured().length > 0;
  }
} finally {
  await server.stop();
}
process.exitCode = failed ? 1 : 0;
