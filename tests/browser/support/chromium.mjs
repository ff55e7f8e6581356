// Debian's Chromium with software WebGL, as in the toolchain notes: a fresh profile, no background traffic.
import { chromium } from 'playwright-core';
import { traced } from './failures.mjs';

export const launchChromium = async (options = {}) =>
  slowed(traced(await chromium.launch({
    ...options,
    executablePath: process.env.FOYER_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader',
      '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run',
    ],
  })));

// FOYER_SLOW=6: every page's processor is six times slower and every answer comes late, so that a test that wins its races
// on a quiet machine loses them here, while somebody looks.
function slowed(browser) {
  const rate = Number(process.env.FOYER_SLOW ?? 1);
  if (!(rate > 1)) return browser;
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (...options) => {
    const context = await newContext(...options);
    const networks = [];
    const newPage = context.newPage.bind(context);
    context.newPage = async () => {
      const page = await newPage();
      const session = await context.newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate });
      await session.send('Network.enable');
      const network = (offline) => session.send('Network.emulateNetworkConditions', { offline, latency: 40 * rate, downloadThroughput: -1, uploadThroughput: -1 });
      networks.push(network);
      await network(false);
      page.once('close', () => networks.splice(networks.indexOf(network), 1));
      return page;
    };
    // What one session says of the network, another does not take back.
    const setOffline = context.setOffline.bind(context);
    context.setOffline = async (offline) => {
      await setOffline(offline);
      await Promise.all(networks.map((network) => network(offline)));
    };
    return context;
  };
  return browser;
}

export const DESK = { viewport: { width: 1280, height: 800 }, locale: 'fr-FR' };
export const PHONE = {
  viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true, locale: 'fr-FR',
};

// A page that remembers what went wrong in it (`complaints`), and which of its document's calls have no answer yet.
export async function openPage(browser, options, url) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.complaints = [];
  page.calls = { begun: 0, underWay: new Set() };
  page.on('request', (request) => {
    if (request.isNavigationRequest()) page.calls.underWay.clear(); // of the document that goes, nobody hears any more
    page.calls.begun += 1;
    page.calls.underWay.add(request);
  });
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => { page.calls.underWay.delete(request); });
  page.on('pageerror', (error) => page.complaints.push(`pageerror: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') page.complaints.push(`console: ${message.text()}`);
  });
  if (url) {
    await page.goto(url);
    await ready(page);
  }
  return page;
}

// The module is at work, by canvas or as version texte.
export const ready = (page) =>
  page.waitForFunction(() => document.documentElement.dataset.ready === 'yes', null, { timeout: 20_000 });

// While `work` goes on nothing that waits is tried again, and what is said of it stays: whoever sends holds this lock
// (web/outbox/locks.ts).
export async function nothingTried(page, work) {
  await page.evaluate(() => new Promise((held) => {
    void navigator.locks.request('foyer-outbox', () => {
      held();
      return new Promise((resolve) => { globalThis.let_go = resolve; });
    });
  }));
  try {
    return await work();
  } finally {
    await page.evaluate(() => { globalThis.let_go(); });
  }
}
