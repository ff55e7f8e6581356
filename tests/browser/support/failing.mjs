// Tests that fail, for failures.test.mjs: each engine has a page open then.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DESK, launchChromium, openPage } from './chromium.mjs';
import { startFirefox } from './firefox.mjs';
import { PlainVisitor } from './plain_visitor.mjs';
import { startWebKit } from './webkit.mjs';

const PAGE = 'data:text/html,<title>A page</title><h1>What was seen</h1><button>OK</button>';

let browser;
after(() => browser?.close());

test('fails in Chromium', async () => {
  browser = await launchChromium();
  const page = await openPage(browser, DESK);
  await page.goto(PAGE);
  assert.fail('on purpose');
});

test('holds in Chromium', async () => {
  const page = await openPage(browser, DESK);
  await page.goto(PAGE);
  await page.context().close();
});

for (const [name, start] of [['Firefox', startFirefox], ['WebKit', startWebKit]])
  test(`fails in ${name}`, async (t) => {
    const engine = await start();
    t.after(() => engine.close());
    const visitor = new PlainVisitor(engine);
    await visitor.open(PAGE);
    await visitor.press('OK');
    assert.fail('on purpose');
  });
