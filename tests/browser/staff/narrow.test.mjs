// A console on the narrowest screen that is worked at: every page of an administrator at 1024 px, with a family whose names
// have a hundred letters and no space. Nothing is cut, nothing is wider than the screen, the ways to go stand in one row.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { command } from '../../support/staff_api.mjs';
import { payload, send, Stranger } from '../../wire/support/stranger.mjs';
import { launchChromium } from '../support/chromium.mjs';
import { ADMINISTRATOR, agentAt, assertCalm, settled, startTownHall } from '../support/town_hall.mjs';

const NARROW = { viewport: { width: 1024, height: 768 }, locale: 'fr-FR', colorScheme: 'light' };
const LONG = 'Wolfeschlegelstein'.repeat(6).slice(0, 100);

let server;
let browser;
let number;
before(async () => {
  [server, browser] = await Promise.all([startTownHall({ requests: 60 }), launchChromium()]);
  const device = new Stranger(server.origin, server.facts);
  const answer = await send(await device.envelope(await server.revision('oudon'), payload('registration', {
    birth_name: LONG, usage_name: LONG, first_names: LONG, 'birth_date.day': '3', 'birth_date.month': '11', 'birth_date.year': '1985',
    address: `12 ${'r'.repeat(60)}`, postal_code: '44521', commune: 'Oudon', mobile: '06 12 34 56 78', email: `${LONG.slice(0, 60)}@${'sousdomaine'.repeat(4)}.example.org`,
    identifier: LONG.slice(0, 40), password: 'Cheval-blanc-1985!', consent: 'yes', 'security_check.asked': 'house', 'security_check.chosen': 'house',
  })));
  assert.equal(answer.status, 201, answer.text);
  ({ number } = JSON.parse(answer.text));
  const file = join(server.data, 'familles.csv');
  await writeFile(file, `family_id;person_id;kind;first_names;birth_name;birth_date;address\nF1;P1;representative;${LONG};${LONG};03/11/1985;12 ${'r'.repeat(80)}\nF1;P2;child;${LONG};${LONG};07/03/2019;\n`);
  await command(server, 'families', 'import', file, '--portal', 'oudon');
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

// What is wider than what shows it: the page, or a table in its frame.
async function assertFits(page, name) {
  const cut = await page.evaluate(() => {
    const wider = (node) => node.scrollWidth - node.clientWidth;
    return [['the page', document.documentElement], ...[...document.querySelectorAll('main [role=region]')].map((node) => [node.getAttribute('aria-label'), node])]
      .filter(([, node]) => wider(node) > 0).map(([what, node]) => `${what} by ${wider(node)} px`);
  });
  assert.deepEqual(cut, [], `${name}: wider than there is room`);
}

test('every page of an administrator fits on 1024 px, its ways to go in one row', async () => {
  const page = await agentAt(browser, server, ADMINISTRATOR, { options: NARROW, rest: '?vue=all' });
  const ways = page.getByRole('navigation', { name: 'Espace de la mairie' }).getByRole('link');
  await page.getByRole('table').waitFor();
  await settled(page);
  const names = await ways.allInnerTexts();
  assert.ok(names.length > 10, names.join(' '));
  const tops = await ways.evaluateAll((links) => links.map((link) => link.getBoundingClientRect().top));
  assert.equal(new Set(tops).size, 1, `rows of ways at ${tops}`);
  const views = await page.getByRole('navigation', { name: 'Files' }).getByRole('link').evaluateAll((links) => links.map((link) => link.getBoundingClientRect().top));
  assert.equal(new Set(views).size, 1, `rows of views at ${views}`);
  await assertFits(page, 'the queue');
  for (const name of names) {
    const way = page.getByRole('navigation', { name: 'Espace de la mairie' }).getByRole('link', { name, exact: true });
    await way.click();
    await way.and(page.locator('[aria-current=page]')).waitFor();
    await settled(page);
    await assertFits(page, name);
  }
  assertCalm(page);
  await page.context().close();
});

test('the colours follow the screen and the agent’s choice, and on paper are those of the day', async () => {
  const page = await agentAt(browser, server, ADMINISTRATOR, { options: { ...NARROW, colorScheme: 'dark' }, rest: '?vue=all' });
  await page.getByRole('table').waitFor();
  const isDark = () => page.evaluate(() => {
    const light = (colour) => colour.match(/[\d.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
    const [ink, paper] = [getComputedStyle(document.body).color, getComputedStyle(document.querySelector('main [role=region]')).backgroundColor];
    return light(ink) > light(paper);
  });
  const choose = (theme) => page.getByRole('banner').getByRole('combobox').selectOption(theme);
  const seen = [];
  for (const theme of ['system', 'light', 'dark']) {
    await choose(theme);
    seen.push(await isDark());
    await page.emulateMedia({ media: 'print' });
    seen.push(await isDark());
    await page.emulateMedia({ media: null });
  }
  assert.deepEqual(seen, [true, false, false, false, true, false]);
  await page.context().close();
});

test('names of a hundred letters are shown whole in the queue, on the request, and on the family’s page', async () => {
  const page = await agentAt(browser, server, ADMINISTRATOR, { options: NARROW, rest: '?vue=all&q=wolfe' });
  await page.getByRole('row', { name: new RegExp(LONG) }).waitFor();
  await assertFits(page, 'the queue');
  await page.getByRole('link', { name: number }).click();
  await page.getByRole('heading', { level: 1, name: `Demande ${number}` }).waitFor();
  await page.getByRole('table', { name: /^Comparaison avec/ }).waitFor();
  await settled(page);
  await assertFits(page, 'the request');
  await page.getByRole('link', { name: 'Familles', exact: true }).click();
  await page.getByLabel('Chercher une famille').fill('wolfe');
  await page.getByRole('button', { name: 'Chercher', exact: true }).click();
  await page.getByRole('button', { name: /^Voir : Wolfe/ }).click();
  await page.getByRole('heading', { name: 'Famille F1' }).waitFor();
  await page.getByRole('cell', { name: '12 rrrr' }).waitFor();
  await settled(page);
  await assertFits(page, 'the family');
  assertCalm(page);
  await page.context().close();
});
