// A town hall with invented requests (tests/support/demo), and an agent at its console.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from '../../support/eventually.mjs';
import { WITHOUT_LIMITS, portalsFolder, repository, startServer } from '../../support/foyer_server.mjs';
import { openPage } from './chromium.mjs';

const program = process.env.FOYER_DEMO_DATA ?? join(repository, 'build/native-release/tests/support/demo/foyer-demo-data');
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const PASSWORD = 'Marée-haute-à-8-heures';
export const CLAIRE = 'claire@mairie.example'; // agent
export const YOUSSEF = 'youssef@mairie.example'; // agent
export const MANAGER = 'responsable@mairie.example';
export const ADMINISTRATOR = 'administration@mairie.example';

// `more`: flags of foyer-demo-data.
export const startTownHall = ({ requests, more = [] }) =>
  startServer({
    extra: WITHOUT_LIMITS,
    prepare: (data) =>
      promisify(execFile)(program, ['--data', data, '--portals', portalsFolder, '--portal', 'oudon', '--requests', String(requests), ...more]),
  });

export const consoleOf = (server, rest = '') => `${server.origin}/oudon/mairie/${rest}`;

export const DESK_LIGHT = { viewport: { width: 1280, height: 800 }, locale: 'fr-FR', colorScheme: 'light' };
export const WALL_DARK = { viewport: { width: 1920, height: 1080 }, locale: 'fr-FR', colorScheme: 'dark' };

// Somebody at the console, logged in; what the browser says about a refused login is not a complaint.
export async function agentAt(browser, server, email, { options = DESK_LIGHT, rest = '', password = PASSWORD } = {}) {
  const page = await openPage(browser, options);
  await page.goto(consoleOf(server, rest));
  await logIn(page, email, password);
  await page.getByRole('button', { name: 'Se déconnecter' }).waitFor();
  return page;
}

export async function logIn(page, email, password = PASSWORD) {
  await page.getByLabel('Adresse électronique').fill(email);
  await page.getByLabel('Mot de passe').fill(password);
  await page.getByRole('button', { name: 'Se connecter' }).click();
}

// The browser itself writes a line for each answer that is an error; those are expected here.
export function assertCalm(page) {
  assert.deepEqual(page.complaints.filter((text) => !/Failed to load resource/.test(text)), []);
}

// Somebody is logged in, and the screen is whole: what it asks for once it has been painted has been asked for, every
// answer has come and is shown, in the town's own letters.
export async function settled(page) {
  await page.getByRole('button', { name: 'Se déconnecter' }).waitFor();
  await eventually('every answer has come', async () => {
    const [begun, left] = [page.calls.begun, page.calls.underWay.size];
    await page.evaluate(async () => {
      for (let time = 0; time < 2; ++time) await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      await document.fonts.ready;
    });
    return left === 0 && page.calls.begun === begun;
  }, { seconds: 30 });
}

// axe, run beside the page's own strict policy. Nothing is explained away on a wide screen.
export async function accessible(page, name) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Runtime.evaluate', { expression: axe });
  const { result } = await devtools.send('Runtime.evaluate', {
    awaitPromise: true,
    returnByValue: true,
    expression: `axe.run(document, { resultTypes: ['violations', 'incomplete'] }).then((result) => JSON.stringify(
      [...result.violations, ...result.incomplete].map((rule) => rule.id + ': ' + rule.nodes.map((node) => node.target.join(' ')).join(', '))))`,
  });
  await devtools.detach();
  assert.deepEqual(JSON.parse(result.value), [], `axe on ${name}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${name} is wider than the screen by ${wide} px`);
}
