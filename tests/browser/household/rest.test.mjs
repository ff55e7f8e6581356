// A dashboard that waits for news costs nothing while there are none.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESK, launchChromium } from '../support/chromium.mjs';
import { CHEAP_STAMPS, startServer, WITHOUT_LIMITS } from '../../support/foyer_server.mjs';
import { account, loggedIn } from '../support/household.mjs';
import { PORTALS } from '../support/registration.mjs';

let server, browser;
before(async () => {
  server = await startServer({ stampBits: CHEAP_STAMPS, extra: WITHOUT_LIMITS });
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const settled = (page) => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(resolve)))));

test('at rest the dashboard draws no frame, while it waits for news', async () => {
  const portal = PORTALS.oudon;
  const visitor = await loggedIn(server, browser, portal, await account(server, portal), { options: DESK });
  const { page } = visitor;
  await page.waitForRequest((request) => /\/sync\?.*wait=/.test(request.url()), { timeout: 15_000 }).catch(() => undefined);
  await settled(page);
  const frames = () => page.evaluate(() => globalThis.foyer_frames);
  const rest = await frames();
  assert.ok(rest > 0);
  await page.waitForTimeout(4000);
  assert.equal(await frames(), rest, 'frames drawn in 4 s of rest');
  await page.context().close();
});
