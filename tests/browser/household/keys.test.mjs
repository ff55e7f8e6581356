// Families that the town knows from another system: a right key brings one up at once, a wrong one never blocks, and two
// representatives of the same children see the children and nothing of each other's life.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { DESK, launchChromium, ready } from '../support/chromium.mjs';
import { CHEAP_STAMPS, startServer, WITHOUT_LIMITS } from '../../support/foyer_server.mjs';
import { account, loggedIn, staff } from '../support/household.mjs';
import { differ, pixelsOf } from '../support/pixels.mjs';
import { PORTALS } from '../support/registration.mjs';

const portal = PORTALS.saintMaur;
const HEADER = 'family_id;person_id;kind;first_names;birth_name;birth_date;mobile;address;postal_code;commune;authority;contact_phone;contact_children;role;living_with';
const MANY = 40;
const FAMILIES = [
  HEADER,
  'F1;P1;representative;Anne;Martin;03/11/1985;06 11 11 11 11;1 rue du Four;94210;Saint-Maur-des-Fossés;;;;;',
  'F1;P2;representative;Jean;Durand;09/04/1984;06 22 22 22 22;2 quai de Bonneuil;94210;Saint-Maur-des-Fossés;;;;;',
  'F1;P3;child;Léa;Martin;07/03/2019;;;;;P1 P2;;;;alternating',
  'F1;P4;child;Tom;Martin;01/09/2021;;;;;P1 P2;;;;alternating',
  'F2;P1;representative;Rose;Petit;12/12/1990;06 33 33 33 33;3 rue de Paris;94210;Saint-Maur-des-Fossés;;;;;',
  ...Array.from({ length: MANY }, (_, i) => `F2;C${i};child;Enfant${String.fromCharCode(65 + (i % 26))}${i < 26 ? 'a' : 'b'};Petit;0${1 + (i % 9)}/0${1 + (i % 8)}/20${10 + (i % 10)};;;;;P1;;;;P1`),
].join('\r\n');

let server, browser, keys;
before(async () => {
  server = await startServer({ stampBits: CHEAP_STAMPS, extra: WITHOUT_LIMITS });
  browser = await launchChromium();
  const file = path.join(server.data, 'families.csv');
  await writeFile(file, FAMILIES);
  await staff(server, 'families', 'import', file, '--portal', portal.slug);
  const lines = (await staff(server, 'keys', 'issue', '--portal', portal.slug, '--service', 'enfance', '--all')).trim().split(/\r?\n/).slice(1);
  keys = lines.map((line) => line.split(';')).map(([family, representative, key]) => ({ family, representative, key }));
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const keyOf = (name) => keys.find(({ representative }) => representative.includes(name)).key;

// From the dashboard to the confirmation of the profile, with this key typed.
async function typeKey(visitor, key) {
  await visitor.follow('PROFIL');
  for (const step of [/identité/i, /adresse/, /téléphones/]) {
    await visitor.sees(step);
    await visitor.press('SUIVANT');
  }
  await visitor.sees('SERVICES');
  await visitor.fill('Clé Enfance', key);
  await visitor.press('VALIDER');
}

test('a right key brings the known family up at once, both parents see their children, and neither sees the other’s life', async () => {
  const anne = await account(server, portal, { firstNames: 'Anne', birthName: 'Martin', mobile: '06 44 44 44 44', address: '12 avenue du Bac', answers: { civility: 'madame' } });
  const jean = await account(server, portal, { firstNames: 'Jean', birthName: 'Durand', mobile: '06 55 55 55 55', address: '14 avenue Foch' });
  const seen = {};
  for (const person of [anne, jean]) {
    const visitor = await loggedIn(server, browser, portal, person, { options: DESK });
    const { page } = visitor;
    await typeKey(visitor, keyOf(person.firstNames));
    await page.getByText('La clé est juste : votre famille est dans « Ma famille ».'.replaceAll(' :', '\u00a0:').replace('« ', '«\u00a0').replace(' »', '\u00a0»')).first().waitFor({ timeout: 20_000 });
    await page.goto(`${server.origin}/${portal.slug}/famille`);
    await ready(page);
    for (const child of ['Léa Martin', 'Tom Martin']) await page.getByRole('heading', { name: child }).waitFor();
    seen[person.firstNames] = await page.locator('#scene').innerText();
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  }
  assert.match(seen.Anne, /Jean Durand/);
  for (const secret of ['06 22 22 22 22', '06 55 55 55 55', 'quai de Bonneuil', 'avenue Foch', jean.email]) assert.ok(!seen.Anne.includes(secret), `${secret}: ${seen.Anne}`);
  assert.match(seen.Jean, /Anne Martin/);
  for (const secret of ['06 11 11 11 11', '06 44 44 44 44', 'rue du Four', 'avenue du Bac', anne.email]) assert.ok(!seen.Jean.includes(secret), `${secret}: ${seen.Jean}`);
});

test('a wrong key blocks nobody: it is said in plain words that the town looks at it, and the staff sees a mark', async () => {
  const person = await account(server, portal);
  const visitor = await loggedIn(server, browser, portal, person, { options: DESK });
  const { page } = visitor;
  await typeKey(visitor, 'ABCD-1234');
  const [, number] = await visitor.reads(/enregistrées par la mairie sous le n°\s(\S+)\./);
  await visitor.follow('Retour au tableau de bord');
  await visitor.sees(/Bonjour/);
  assert.equal(await page.getByRole('link', { name: 'MA FAMILLE', exact: true }).count(), 0);
  const shown = await staff(server, 'submissions', 'show', '--portal', portal.slug, number);
  assert.match(shown, /service_key|key/i);
  await visitor.follow('PROFIL');
  for (let step = 0; step < 3; ++step) await visitor.press('SUIVANT');
  await visitor.sees('SERVICES');
  await visitor.reads(/Clé Enfance saisie le .*\s?: la mairie la vérifie/);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test(`on the page of a family of ${MANY} every card is painted where its elements stand, far down too`, async () => {
  const person = await account(server, portal, { firstNames: 'Rose', birthName: 'Petit', answers: { 'service_key.enfance': keyOf('Rose') } });
  const visitor = await loggedIn(server, browser, portal, person, { options: { ...DESK, deviceScaleFactor: 2 } });
  const { page } = visitor;
  await page.goto(`${server.origin}/${portal.slug}/entourage`);
  await ready(page);
  await page.getByRole('heading', { name: 'Enfant' }).last().waitFor();
  const buttons = page.getByRole('button', { name: /^Modifier/ });
  assert.ok((await buttons.count()) >= MANY, `${await buttons.count()} people`);
  for (const index of [0, Math.floor(MANY / 2), MANY - 1]) {
    await buttons.nth(index).scrollIntoViewIfNeeded();
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(resolve)))));
    const box = await buttons.nth(index).boundingBox();
    const pixels = await pixelsOf(page);
    // From outside towards each side, the first pixel that is not the ground is the frame's.
    const edge = (from, step, at) => {
      const ground = at(from);
      for (let distance = 1; distance <= 40; ++distance) if (differ(at(from + step * distance), ground)) return (from + step * distance) / 2;
      return NaN;
    };
    const row = Math.round((box.y + box.height / 2) * 2);
    const column = Math.round((box.x + box.width / 2) * 2);
    const off = {
      left: edge(Math.round((box.x - 6) * 2), 1, (x) => pixels.at(x, row)) - box.x,
      top: edge(Math.round((box.y - 6) * 2), 1, (y) => pixels.at(column, y)) - box.y,
      bottom: edge(Math.round((box.y + box.height + 6) * 2), -1, (y) => pixels.at(column, y)) + 0.5 - (box.y + box.height),
    };
    for (const [side, distance] of Object.entries(off)) assert.ok(Math.abs(distance) <= 1, `${side} edge of button ${index} off by ${distance} px`);
  }
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});
