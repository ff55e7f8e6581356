// What a test that fails leaves behind, in build/logs/failures (or the folder FOYER_FAILURES): a picture of every page that
// is open then, and a trace of what was done in it. Chromium's is Playwright's own (`npx playwright-core show-trace FILE`);
// that of the other engines is a text: what the visitor did, what the page complained of, what it fetched, and its HTML.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach } from 'node:test';
import { repository } from '../../support/foyer_server.mjs';

const folder = () => process.env.FOYER_FAILURES ?? join(repository, 'build/logs/failures');
const asFileName = (text) => text.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 120);

// What is open, each with the function that writes what it has to show: (path without its end) => promise. It does so once:
// where tests run beside one another, under the name of the one that failed first.
const open = new Map();

// Programs that are no tests (./dev a11y, ./dev screens) use the same browsers: there nothing has hooks.
const isTest = process.env.NODE_TEST_CONTEXT !== undefined;

export async function leaveTraces(name) {
  await mkdir(folder(), { recursive: true });
  let number = 0;
  for (const [what, write] of [...open]) {
    open.delete(what);
    const path = join(folder(), `${asFileName(name)}-${++number}-${what.kind}`);
    try {
      await write(path);
    } catch (error) {
      await writeFile(`${path}.txt`, `no trace: ${error.stack}\n`);
    }
  }
}

if (isTest) afterEach(async (test) => { if (test.passed === false) await leaveTraces(test.fullName ?? test.name); });

// Calls `write` when a test fails before the function that is given back is called.
export function showWhenFailing(kind, write) {
  const what = { kind };
  open.set(what, write);
  return () => open.delete(what);
}

// Every context of this browser of Playwright's.
export function traced(browser) {
  if (!isTest) return browser;
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (...options) => {
    const context = await newContext(...options);
    await context.tracing.start();
    const done = showWhenFailing('Chromium', async (path) => {
      await context.tracing.stop({ path: `${path}.zip` });
      for (const [index, page] of context.pages().entries()) await page.screenshot({ path: `${path}${index === 0 ? '' : `-${index + 1}`}.png`, timeout: 5000 });
    });
    context.once('close', done);
    return context;
  };
  return browser;
}

// An engine for PlainVisitor, with a trace; `picture` gives a PNG. To be closed by the test's own after(): a test that closes
// it before it has failed has nothing to show.
export function tracedEngine(kind, engine, picture) {
  const began = Date.now();
  const lines = [];
  const done = showWhenFailing(kind, async (path) => {
    await writeFile(`${path}.png`, await picture());
    const page = await engine.run(() => [
      location.href, ...performance.getEntriesByType('resource').map(({ name, startTime, responseEnd }) => `${Math.round(startTime)} to ${Math.round(responseEnd)} ms: ${name}`), document.documentElement.outerHTML,
    ]);
    await writeFile(`${path}.txt`, [...lines, ...engine.complaints(), ...page].join('\n'));
  });
  const ending = (end) => end && (() => {
    done();
    return end();
  });
  return {
    ...engine, close: ending(engine.close), kill: ending(engine.kill),
    did: (what) => { lines.push(`${((Date.now() - began) / 1000).toFixed(2)} ${what}`); },
  };
}
