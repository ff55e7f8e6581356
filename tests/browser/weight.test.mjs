// What a first visit costs somebody on a poor connection: everything fetched, as it is sent, until the page can be used.
// What the page fetches afterwards, when it has nothing better to do, is counted apart, and what it is for is tried with
// the network gone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESK, PHONE, launchChromium, ready } from './support/chromium.mjs';
import { startServer } from '../support/foyer_server.mjs';
import { PORTALS, screens, somebody } from './support/registration.mjs';
import { Visitor } from './support/visitor.mjs';

const FIRST_VISIT = 200_000;
const MODULE = 150_000;
const COMMUNES = 300_000;
// What a family that logs in fetches on top of that, once: the second part of the module, and its texts.
const FAMILY = 60_000;

let server, browser;
before(async () => {
  server = await startServer();
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

// A browser that has never been here; `fetched` fills with {path, bytes, encoding} as answers end, headers not counted.
// Once the service worker is there, it answers from what it keeps: where that is not meant, it is left out.
const BY_ITSELF = { serviceWorkers: 'block' };

async function stranger(options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  const answers = new Map();
  const fetched = [];
  session.on('Network.responseReceived', ({ requestId, response }) => {
    const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), value]));
    if (response.fromDiskCache || response.url.startsWith('data:')) return;
    answers.set(requestId, { path: new URL(response.url).pathname, encoding: headers['content-encoding'] ?? '', length: headers['content-length'], headers: response.encodedDataLength });
  });
  session.on('Network.requestServedFromCache', ({ requestId }) => answers.delete(requestId));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const answer = answers.get(requestId);
    // What the page had already asked for (a font by its style sheet) comes from the browser's memory.
    if (answer && encodedDataLength > 0) fetched.push({ ...answer, bytes: answer.length ? Number(answer.length) : encodedDataLength - answer.headers });
  });
  return { page, fetched, context };
}

const logical = (path) => path.replace(/^\/assets\/([\w-]+)\.[0-9a-f]{12}\./, '$1.');
const table = (fetched) => fetched.map(({ path, bytes, encoding }) => `${String(bytes).padStart(8)} ${encoding.padEnd(4)} ${logical(path)}`).join('\n');
const sum = (fetched) => fetched.reduce((total, { bytes }) => total + bytes, 0);

for (const portal of Object.values(PORTALS)) {
  for (const [path, name] of [['', 'landing'], ['inscription/identite', 'identity']]) {
    for (const [size, options] of [['a desk', DESK], ['a phone', PHONE]]) {
      test(`${portal.town}: a first visit to the ${name} page on ${size} costs at most ${FIRST_VISIT} bytes`, async (t) => {
        const { page, fetched, context } = await stranger(options);
        await page.goto(`${server.origin}/${portal.slug}/${path}`);
        await ready(page);
        await page.waitForFunction(() => globalThis.foyer_frames > 0);
        const afterwards = await page.evaluate(() => {
          const [{ startTime: ready }] = performance.getEntriesByName('foyer-ready');
          return performance.getEntriesByType('resource').filter(({ startTime }) => startTime > ready).map(({ name }) => new URL(name).pathname);
        });
        const visit = fetched.filter(({ path: address }) => !afterwards.includes(address));
        t.diagnostic(`${sum(visit)} bytes\n${table(visit)}`);
        assert.ok(sum(visit) <= FIRST_VISIT, `${sum(visit)} bytes:\n${table(visit)}`);
        const names = visit.map(({ path: address }) => logical(address));
        for (const needed of ['foyer.wasm', 'shell.js', 'main.css', 'texts-fr.bin', 'font-regular.ttf', 'font-bold.ttf'])
          assert.equal(names.filter((each) => each === needed).length, 1, `${needed} is fetched once`);
        assert.ok(visit.find(({ path: address }) => logical(address) === 'foyer.wasm').bytes <= MODULE);
        for (const later of ['foyer-family.wasm', 'texts-family-fr.bin', 'vault.js', 'reference.bin', 'stamp_worker.js', 'texts-en.bin', 'font-regular-extended.ttf', 'font-bold-extended.ttf'])
          assert.ok(!names.includes(later), `${later} can wait`);
        for (const { path: address, encoding } of visit)
          if (address.startsWith('/assets/')) assert.equal(encoding, 'br', `${address} travels compressed`);
        await context.close();
      });
    }
  }
}

test('whoever comes to log in gets the family\u2019s part while the page rests, once, and it weighs little', async (t) => {
  const { page, fetched, context } = await stranger({ ...PHONE, ...BY_ITSELF });
  const part = () => fetched.filter(({ path }) => /^(foyer-family\.wasm|texts-family-fr\.bin)$/.test(logical(path)));
  await page.goto(`${server.origin}/oudon/`);
  await ready(page);
  const texts = page.waitForResponse((response) => response.url().includes('texts-family-fr'));
  const module = page.waitForResponse((response) => response.url().includes('foyer-family'));
  await page.getByRole('link', { name: /connecte/i }).first().tap();
  await Promise.all([texts, module].map(async (answer) => (await answer).finished()));
  await page.reload();
  await ready(page);
  await page.waitForLoadState('networkidle');
  t.diagnostic(`${sum(part())} bytes\n${table(part())}`);
  assert.deepEqual(part().map(({ path }) => logical(path)).sort(), ['foyer-family.wasm', 'texts-family-fr.bin']);
  assert.ok(sum(part()) <= FAMILY, table(part()));
  await context.close();
});

test('the communes are fetched when somebody comes to the postal code, not before, and weigh little', async () => {
  const { page, fetched, context } = await stranger({ ...DESK, ...BY_ITSELF });
  const visitor = new Visitor(page);
  const person = somebody();
  await page.goto(`${server.origin}/oudon/inscription/identite`);
  await ready(page);
  await screens.identity(visitor, person);
  await visitor.sees('Votre adresse');
  await visitor.fill('Adresse', person.address);
  const communes = () => fetched.find(({ path }) => logical(path) === 'reference.bin');
  assert.equal(communes(), undefined);
  const arrival = page.waitForResponse((response) => logical(new URL(response.url()).pathname) === 'reference.bin');
  await visitor.field('Code postal').focus();
  await (await arrival).finished();
  await visitor.fill('Code postal', PORTALS.oudon.postalCode);
  await page.getByRole('button', { name: 'Couffé' }).waitFor();
  assert.ok(communes().bytes <= COMMUNES, `${communes().bytes} bytes`);
  assert.equal(communes().encoding, 'br');
  await context.close();
});

test('a step that asks for a birth place fetches the countries with the first field that is touched', async () => {
  const { page, fetched, context } = await stranger(DESK);
  const visitor = new Visitor(page);
  await page.goto(`${server.origin}/saint-maur-des-fosses/inscription/identite`);
  await ready(page);
  assert.ok(!fetched.some(({ path }) => logical(path) === 'reference.bin'));
  await visitor.field('Nom de naissance').focus();
  const country = page.getByRole('combobox', { name: /Pays/ });
  await country.selectOption({ label: 'Portugal' });
  assert.equal(await country.inputValue(), 'PT');
  await context.close();
});

test('whoever opened the page may press VALIDER in a tunnel: it is kept, and arrives with the network', async () => {
  const portal = PORTALS.oudon;
  const { page, context } = await stranger(PHONE);
  const visitor = new Visitor(page, 'touch');
  const person = somebody();
  // The page's last errand: with the server's key it can seal without asking anybody.
  const prepared = page.waitForResponse((response) => response.url().endsWith('/api/v1/server'));
  const worker = page.waitForResponse((response) => response.url().includes('stamp_worker'));
  await page.goto(`${server.origin}/${portal.slug}/inscription/identite`);
  await ready(page);
  await (await prepared).finished();
  await (await worker).finished();

  await context.setOffline(true);
  await screens.identity(visitor, person);
  await visitor.sees('Votre adresse');
  await visitor.fill('Adresse', person.address);
  await visitor.fill('Code postal', portal.postalCode);
  await visitor.fill('Commune', portal.commune);
  await visitor.press('SUIVANT');
  await screens.contact(visitor, person);
  await screens.access(visitor, person, portal);
  await screens.consent(visitor);
  await screens.icon(visitor);
  await visitor.press('VALIDER');
  await visitor.sees('CONFIRMATION DE CRÉATION DE VOTRE ESPACE');
  await page.getByText(/enregistrée sur cet appareil/).first().waitFor({ timeout: 20_000 });

  await context.setOffline(false);
  await page.getByText(/est reçue par la mairie sous le n°/).first().waitFor({ timeout: 30_000 });
  await server.mailTo(person.email, 'Création');
  await context.close();
});
