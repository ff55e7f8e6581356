// The declaration that French law asks for, what every page says of it, and what a page says where no program runs.
import assert from 'node:assert/strict';
import { access, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { DESK, PHONE, launchChromium, openPage, ready } from '../browser/support/chromium.mjs';
import { PORTALS } from '../browser/support/registration.mjs';
import { portalsFolder, repository, startServer } from '../support/foyer_server.mjs';
import { axeRules } from './support/measures.mjs';
import { Tally } from './support/rows.mjs';

const plain = (text) => text.replace(/\s+/g, ' ');

let server, browser;
before(async () => {
  server = await startServer();
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

// The rows of docs/accessibility.md: {criteria, state, test}.
const rows = async () =>
  (await readFile(join(repository, 'docs/accessibility.md'), 'utf8'))
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => cells.length === 6 && /^\d+\.\d+/.test(cells[1]))
    .map(([, criteria, state, how, shown]) => ({ criteria, state, how, shown }));

test('each row of the RGAA table has a state, and a test that is there where a test shows it', async () => {
  const table = await rows();
  assert.ok(table.length >= 50, `${table.length} rows`);
  for (const { criteria, state, how, shown } of table) {
    assert.ok(['held', 'built', 'human', 'not held'].includes(state), `${criteria}: ${state}`);
    assert.ok(how.length > 10, criteria);
    assert.equal(shown !== '', state === 'held', `${criteria}: ${state} by “${shown}”`);
    if (shown) for (const file of shown.split(', ')) await access(join(repository, file));
  }
});

for (const portal of Object.values(PORTALS))
  test(`${portal.town}: the declaration says in the law's words what is known not to hold, and whom to turn to`, async () => {
    const page = await openPage(browser, DESK);
    await page.goto(`${server.origin}/${portal.slug}/accessibilite`);
    const text = (await page.locator('main').innerText()).replace(/\s+/g, ' ');
    for (const words of [
      'Déclaration d’accessibilité', 'article 47 de la loi n° 2005-102 du 11 février 2005', 'État de conformité', 'est non conforme avec le référentiel général', 'version 4.1.2',
      'Résultats des tests', 'Contenus non accessibles', 'Établissement de cette déclaration', 'Technologies utilisées', 'Environnement de test', 'Retour d’information et contact',
      'Voies de recours', 'Défenseur des droits', 'Libre réponse 71120, 75342 Paris CEDEX 07',
    ])
      assert.ok(text.replaceAll('\'', '’').includes(words), `“${words}” is in ${text}`);
    for (const { criteria } of (await rows()).filter(({ state }) => state === 'not held')) assert.ok(text.includes(`critère ${criteria}`), `criterion ${criteria} is declared`);
    assert.deepEqual([...text.matchAll(/critères? (\d+\.\d+)/g)].map(([, number]) => number), (await rows()).filter(({ state }) => state === 'not held').map(({ criteria }) => criteria));
    const tally = new Tally();
    await axeRules(page, tally, { name: 'declaration', view: 'texte', size: '1280 px' });
    assert.deepEqual(tally.misses(), []);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

test('every page has its landmarks, its first link leads to the content, and its foot leads to the declaration and the legal notice', async () => {
  for (const path of ['', 'inscription/identite', 'connexion', 'tableau-de-bord', 'accessibilite', 'mentions-legales', 'espace-citoyens/CompteCitoyen/Validation?id=1', 'nulle-part']) {
    const page = await openPage(browser, DESK);
    await page.goto(`${server.origin}/oudon/${path}`);
    if (!/accessibilite|mentions|Validation|nulle/.test(path)) await ready(page);
    for (const role of ['banner', 'main', 'contentinfo']) assert.equal(await page.getByRole(role).count(), 1, `${role} of /oudon/${path}`);
    assert.equal(await page.getByRole('main').getByRole('heading', { level: 1 }).count(), 1);
    const first = page.locator('a').first();
    assert.equal(await first.innerText(), 'Aller au contenu');
    assert.ok((await page.locator(await first.getAttribute('href')).count()) === 1);
    const foot = page.getByRole('contentinfo').getByRole('link');
    const leads = await foot.evaluateAll((links) => links.map((link) => [link.textContent.replace(/\s/g, ' '), new URL(link.href).pathname]));
    assert.deepEqual(leads, [['Accessibilité : non conforme', '/oudon/accessibilite'], ['Mentions légales et données personnelles', '/oudon/mentions-legales']]);
    await page.context().close();
  }
});

test('the English page leads to the English statement and notice', async () => {
  const page = await openPage(browser, DESK, `${server.origin}/oudon/?lang=en`);
  await page.getByRole('contentinfo').getByRole('link', { name: 'Accessibility: not compliant' }).click();
  await page.getByRole('heading', { level: 1, name: 'Accessibility statement' }).waitFor();
  await page.goto(`${server.origin}/oudon/?lang=en`);
  await page.getByRole('contentinfo').getByRole('link', { name: 'Legal notice and personal data' }).click();
  await page.getByRole('heading', { level: 1, name: 'Legal notice and personal data' }).waitFor();
  await page.context().close();
});

for (const portal of Object.values(PORTALS))
  test(`${portal.town}: the legal notice says who publishes, how long what is kept, and whom to write to`, async () => {
    const file = JSON.parse(await readFile(join(portalsFolder, portal.slug, 'portal.json'), 'utf8'));
    for (const size of [DESK, PHONE]) {
      const page = await openPage(browser, size);
      await page.goto(`${server.origin}/${portal.slug}/mentions-legales`);
      const text = plain(await page.locator('main').innerText());
      for (const words of [file.town_hall, file.contact.address, file.contact.phone, file.legal.director, file.legal.host, ...file.privacy.paragraphs.map(({ fr }) => fr)])
        assert.ok(text.includes(plain(words)), `“${words}” is in ${text}`);
      // What the town's own words promise ("deux ans") is what its rules hold.
      for (const promised of ['Votre compte et votre famille : 2 ans après', 'Une demande acceptée : 2 ans après']) assert.ok(text.includes(promised), promised);
      assert.equal(await page.getByRole('link', { name: `Écrire à ${file.privacy.contact}` }).getAttribute('href'), `mailto:${file.privacy.contact}`);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
      const tally = new Tally();
      await axeRules(page, tally, { name: 'legal notice', view: 'texte', size: `${size.viewport.width} px` });
      assert.deepEqual(tally.misses(), []);
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    }
  });

test('the durations of the legal notice are those that the nightly job holds', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'foyer-portals-'));
  let town;
  try {
    await cp(portalsFolder, folder, { recursive: true });
    const file = join(folder, 'oudon/portal.json');
    const retention = { pending_accounts: 31, inactive_accounts: 1095, inactive_notice: 45, accepted_requests: 800, refused_requests: 426, withdrawn_requests: 1, former_versions: 731, devices: 401, mails: 365, kept_after_erasure: 427 };
    const { legal, ...document } = JSON.parse(await readFile(file, 'utf8'));
    assert.ok(legal);
    await writeFile(file, JSON.stringify({ ...document, retention }));
    town = await startServer({ portals: folder });
    // Devices that keep the page hear of it, though the portal itself is the same.
    const [before, now] = await Promise.all([server, town].map(async ({ origin }) => (await fetch(`${origin}/oudon/offline.json`)).json()));
    assert.equal(now.others[0], before.others[0]);
    assert.notEqual(now.set, before.set);
    const page = await openPage(browser, DESK);
    await page.goto(`${town.origin}/oudon/mentions-legales`);
    const kept = (await page.locator('#kept-list li').allInnerTexts()).map(plain);
    for (const [subject, duration] of [
      ['Un compte jamais activé', '31 jours après'], ['Votre compte et votre famille', '3 ans après'], ['Votre compte et votre famille', 'prévient 45 jours avant'],
      ['Une demande acceptée', '800 jours après'], ['Une demande refusée', '426 jours après'], ['Une demande que vous avez annulée', '1 jour après'],
      ['Ce que vous aviez écrit', '731 jours après'], ['Un appareil', '401 jours après'], ['La trace des mails', '1 an '], ['Si vous faites effacer', '427 jours après'],
    ])
      assert.ok(kept.some((line) => line.startsWith(subject) && line.includes(duration)), `${subject}: ${duration}: ${kept.join('\n')}`);
    assert.doesNotMatch(plain(await page.locator('main').innerText()), /Responsable de la publication|Hébergement/, 'nothing is said of what the town does not say');
    await page.context().close();
  } finally {
    await town?.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

test('a town that has had an audit says so, and its page does not publish it twice', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'foyer-portals-'));
  let town;
  try {
    await cp(portalsFolder, folder, { recursive: true });
    const file = join(folder, 'oudon/portal.json');
    const accessibility = { audited_on: '2027-03-01', audited_by: 'Cabinet Exemple', rate: 78 };
    await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), accessibility }));
    town = await startServer({ portals: folder });
    const declaration = (await (await fetch(`${town.origin}/oudon/accessibilite`)).text()).replace(/[\u00a0\u202f]/g, ' ');
    for (const words of ['en conformité partielle', '1er mars 2027 par Cabinet Exemple', '78 % des critères']) assert.ok(declaration.includes(words), words);
    assert.match((await (await fetch(`${town.origin}/oudon/`)).text()).replace(/[\u00a0\u202f]/g, ' '), /Accessibilité : partiellement conforme/);
    assert.equal((await (await fetch(`${town.origin}/api/v1/portals/oudon`)).json()).accessibility, undefined);
  } finally {
    await town?.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

for (const portal of Object.values(PORTALS)) {
  const contact = async () => JSON.parse(await readFile(join(portalsFolder, portal.slug, 'portal.json'), 'utf8')).contact;
  const says = (text, { phone, address, hours }) => {
    for (const words of [phone, address, hours.fr]) assert.ok(plain(text).includes(plain(words)), `“${words}” is in ${text}`);
  };

  test(`${portal.town}: without JavaScript the page says how else to reach the town hall`, async () => {
    const context = await browser.newContext({ ...DESK, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${server.origin}/${portal.slug}/inscription/identite`);
    says(await page.locator('noscript').innerText(), await contact());
    assert.ok(await page.locator('noscript').isVisible());
    await context.close();
  });

  test(`${portal.town}: without WebAssembly it does too, and keeps what the server has written`, async () => {
    const context = await browser.newContext(DESK);
    const page = await context.newPage();
    await page.addInitScript(() => { delete globalThis.WebAssembly; });
    await page.goto(`${server.origin}/${portal.slug}/inscription/identite`);
    const otherwise = page.locator('#otherwise');
    await otherwise.waitFor();
    says(await otherwise.innerText(), await contact());
    assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), 'Votre identité');
    assert.equal(await page.evaluate(() => document.documentElement.dataset.view), 'texte');
    await context.close();
  });
}
