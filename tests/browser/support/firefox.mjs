// Debian's Firefox by WebDriver BiDi, with a fresh profile, on a display.
import { existsSync, readdirSync } from 'node:fs';
import puppeteer from 'puppeteer-core';
import { eventually } from '../../support/eventually.mjs';
import { tracedEngine } from './failures.mjs';
import { HOW_TO_INSTALL, surroundings } from './display.mjs';

const executablePath = process.env.FOYER_FIREFOX ?? '/usr/bin/firefox-esr';

const PREFERENCES = {
  'intl.accept_languages': 'fr-FR, fr',
  'app.update.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  // After a crash: no windows of before, no question.
  'browser.sessionstore.resume_from_crash': false,
  'toolkit.startup.max_resumed_crashes': -1,
};

// {open, run, find, click, type, complaints, close}: an engine for PlainVisitor.
// `profile`: a folder that outlives it; `kill` ends it as a flat battery would.
// `privately`: every window is a private one.
export async function startFirefox({ webgl = true, profile = undefined, privately = false } = {}) {
  if (!existsSync(executablePath)) throw new Error(`${executablePath} is missing: ${HOW_TO_INSTALL}`);
  const around = await surroundings();
  let browser;
  const close = async () => {
    await browser?.close().catch(() => {});
    await around.stop();
  };
  try {
    browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath,
      ...(profile === undefined ? {} : { userDataDir: profile }),
      headless: false,
      env: around.env,
      defaultViewport: { width: 1000, height: 800 },
      // Without a graphics card WebGL has to be asked for; and it can be taken away, as some administrators do.
      extraPrefsFirefox: { ...PREFERENCES, ...(webgl ? { 'webgl.force-enabled': true } : { 'webgl.disabled': true }), 'browser.privatebrowsing.autostart': privately },
    });
    // Without a window manager the first page's window never gets the focus, and with it no page event about focus.
    const page = await browser.newPage();
    await page.bringToFront();
    const complaints = [];
    page.on('pageerror', (error) => complaints.push(`pageerror: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
    });
    return tracedEngine('Firefox', {
      page,
      complaints: () => complaints,
      open: (url) => page.goto(url),
      run: (inPage, ...values) => page.evaluate(inPage, ...values),
      wait: (inPage, ...values) => page.evaluate(inPage, ...values),
      script: (text) => page.evaluate(`${text}; null`),
      async find(inPage, ...values) {
        return (await page.evaluateHandle(inPage, ...values)).asElement();
      },
      click: (element) => element.click(),
      type: (element, text) => element.type(text),
      async kill() {
        const child = browser.process();
        const ended = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGKILL');
        await ended;
        // puppeteer puts back what it had put aside.
        if (profile !== undefined) await eventually('the profile is at rest', () => !readdirSync(profile).some((name) => name.endsWith('.puppeteer')));
        await close();
      },
      close,
    }, () => page.screenshot());
  } catch (error) {
    await close();
    throw error;
  }
}
