// Debian's Firefox by WebDriver BiDi, with a fresh profile, on a display.
import { existsSync } from 'node:fs';
import puppeteer from 'puppeteer-core';
import { HOW_TO_INSTALL, surroundings } from './display.mjs';

const executablePath = process.env.FOYER_FIREFOX ?? '/usr/bin/firefox-esr';

const PREFERENCES = {
  'intl.accept_languages': 'fr-FR, fr',
  'app.update.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
};

// {open, run, find, click, type, complaints, close}: an engine for PlainVisitor.
export async function startFirefox({ webgl = true } = {}) {
  if (!existsSync(executablePath)) throw new Error(`${executablePath} is missing: ${HOW_TO_INSTALL}`);
  const around = await surroundings();
  let browser;
  const close = async () => {
    await browser?.close();
    await around.stop();
  };
  try {
    browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath,
      headless: false,
      env: around.env,
      defaultViewport: { width: 1000, height: 800 },
      // Without a graphics card WebGL has to be asked for; and it can be taken away, as some administrators do.
      extraPrefsFirefox: { ...PREFERENCES, ...(webgl ? { 'webgl.force-enabled': true } : { 'webgl.disabled': true }) },
    });
    // Without a window manager the first page's window never gets the focus, and with it no page event about focus.
    const page = await browser.newPage();
    await page.bringToFront();
    const complaints = [];
    page.on('pageerror', (error) => complaints.push(`pageerror: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
    });
    return {
      page,
      complaints: () => complaints,
      open: (url) => page.goto(url),
      run: (inPage, ...values) => page.evaluate(inPage, ...values),
      async find(inPage, ...values) {
        return (await page.evaluateHandle(inPage, ...values)).asElement();
      },
      click: (element) => element.click(),
      type: (element, text) => element.type(text),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
