// The pages of a family that is logged in: what everybody must be able to use of them, and that news moves nobody.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { DESK, PHONE, launchChromium } from './support/chromium.mjs';
import { startServer } from '../support/foyer_server.mjs';
import { examine } from './support/examine.mjs';
import { PEOPLE, openAtHome, request, snapshot } from './support/family_town.mjs';
import { Visitor } from './support/visitor.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// Rules that axe cannot decide here, each with the reason why that is right.
const EXPLAINED = {
  'color-contrast': 'ImGui paints the text; the DOM text above it is transparent. The colours are checked when the portal is loaded.',
};

const CORRECTION = { fields: ['children.0.birth_date'], message: "La date ne correspond pas à l'acte.", answers: { 'children.0.first_names': 'Léa' } };
const REQUESTS = [
  request('OUDON-2026-000003', 'entourage', 'waiting', { correction: CORRECTION }),
  request('OUDON-2026-000002', 'profile', 'received'),
  request('OUDON-2026-000001', 'registration', 'accepted'),
];
const DEVICES = [
  { reference: 'here', label: 'Chrome, Windows', bound_at: '2026-11-01T10:00:00Z', last_seen: '2026-11-21T10:00:00Z', this: true },
  { reference: 'phone_1', label: 'Firefox, Android', bound_at: '2026-11-01T10:00:00Z', last_seen: '2026-11-20T10:00:00Z', this: false },
];
const FULL = {
  submissions: REQUESTS, devices: DEVICES, household: { people: PEOPLE },
  messages: [{ at: '2026-11-21T08:30:00Z', kind: 'waiting', text: 'La mairie vous demande une correction.', submission: REQUESTS[0].id }],
  keys: [{ service: 'enfance', state: 'queued', at: '2026-11-20T10:00:00Z' }],
};

const PAGES = [
  { name: 'a new dashboard', path: 'tableau-de-bord', members: {} },
  { name: 'a dashboard', path: 'tableau-de-bord' },
  { name: 'a request to correct', path: 'tableau-de-bord/demande/OUDON-2026-000003' },
  { name: 'the question of a withdrawal', path: 'tableau-de-bord/demande/OUDON-2026-000002', press: 'Retirer ma demande' },
  { name: 'Ma famille', path: 'famille' },
  { name: 'an invitation', path: 'famille', press: 'Inviter cette personne à ouvrir son espace : Paul Martin' },
  { name: 'the profile', path: 'profil/identite' },
  { name: 'the services', path: 'profil/services' },
  { name: 'the password', path: 'profil/mot-de-passe' },
  { name: 'the devices', path: 'profil/appareils', press: 'Déconnecter cet appareil : Firefox, Android' },
];

let server, browser;
before(async () => {
  server = await startServer();
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

for (const slug of ['oudon', 'saint-maur-des-fosses'])
  for (const [size, options] of [['1280 px', DESK], ['360 px', PHONE]])
    test(`${slug}: every page of a family passes axe and can be reached, named and pressed, at ${size}`, async () => {
      for (const { name, path, members = FULL, press } of PAGES) {
        const { page } = await openAtHome(browser, { ...options, hasTouch: false, isMobile: false }, server, slug, path, snapshot(1, members));
        if (press) await page.getByRole('button', { name: press, exact: true }).click();
        else await page.getByText('Chargement').waitFor({ state: 'detached' });
        await page.evaluate(axe);
        const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations', 'incomplete'] }));
        const say = (list) => list.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.target.join(' ')).join(', ')}`);
        assert.deepEqual(say(result.violations), [], `axe on ${name}`);
        assert.deepEqual(result.incomplete.map((rule) => rule.id).filter((id) => !(id in EXPLAINED)), [], `axe cannot decide on ${name}`);
        assert.deepEqual(await page.evaluate(examine), [], name);
        assert.deepEqual(page.complaints, [], name);
        await page.context().close();
      }
    });

test('a decision is read out and shown without moving the focus or the page', async () => {
  const { page, town } = await openAtHome(browser, PHONE, server, 'oudon', 'tableau-de-bord', snapshot(1, FULL));
  const link = page.getByRole('link', { name: 'Voir le détail de la demande OUDON-2026-000001' });
  await link.focus();
  await link.scrollIntoViewIfNeeded();
  const before = await page.evaluate(() => ({ y: scrollY, focus: document.activeElement.id }));
  assert.ok(before.y > 200, 'far down the page');
  const accepted = REQUESTS.map((each) => (each.number.endsWith('2') ? { ...each, state: 'accepted', can_withdraw: false } : each));
  town.say(snapshot(2, { ...FULL, submissions: accepted }));
  await page.getByRole('status').filter({ hasText: 'Votre demande OUDON-2026-000002 est acceptée.' }).waitFor({ state: 'attached' });
  assert.equal(await page.locator('#request-OUDON-2026-000002-state').textContent(), 'Acceptée');
  assert.deepEqual(await page.evaluate(() => ({ y: scrollY, focus: document.activeElement.id })), before);
  await page.context().close();
});

test('without a network the page keeps what it knows and says how old it is', async () => {
  const { page, town } = await openAtHome(browser, DESK, server, 'oudon', 'tableau-de-bord', snapshot(1, FULL));
  town.say('no network');
  await page.getByText('il y a moins d’une minute').waitFor();
  assert.equal(await page.getByRole('article', { name: 'Création de votre espace personnel' }).count(), 1);
  town.say(snapshot(2, FULL));
  await page.getByRole('button', { name: 'Réessayer' }).click();
  await page.getByRole('button', { name: 'Réessayer' }).waitFor({ state: 'detached' });
  await page.context().close();
});

test('with the keyboard alone a withdrawal is asked about, and the answer that changes nothing comes first', async () => {
  const { page } = await openAtHome(browser, DESK, server, 'oudon', 'tableau-de-bord/demande/OUDON-2026-000002', snapshot(1, FULL));
  const visitor = new Visitor(page, 'keyboard');
  await visitor.press('Retirer ma demande');
  const no = page.getByRole('button', { name: 'Non, la garder' });
  await no.waitFor();
  assert.ok(await no.evaluate((element) => element === document.activeElement), 'the focus is on it');
  assert.ok((await page.getByRole('group', { name: /Retirer la demande OUDON-2026-000002/ }).count()) === 1, 'inside the question');
  await page.keyboard.press('Enter');
  const again = page.getByRole('button', { name: 'Retirer ma demande' });
  await again.waitFor();
  assert.ok(await again.evaluate((element) => element === document.activeElement), 'and back again');
  await page.context().close();
});
