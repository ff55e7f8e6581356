// Families at the console: a file is looked at and imported, letters are made and printed, their squares are read back,
// a family is found, a key is taken back; by keyboard alone where that is harder, and every page with axe.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import decodeQR from 'qr/decode.js';
import { startServer, WITHOUT_LIMITS } from '../../support/foyer_server.mjs';
import { command, hire, PASSWORD } from '../../support/staff_api.mjs';
import { launchChromium, openPage } from '../support/chromium.mjs';
import { DESK_LIGHT, WALL_DARK, accessible, assertCalm, logIn, settled } from '../support/town_hall.mjs';

const TOWN = 'saint-maur-des-fosses'; // where families type their keys
const MANAGER = 'responsable@saint-maur.example';
const AGENT = 'guichet@saint-maur.example';

let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startServer({ extra: WITHOUT_LIMITS }), launchChromium()]);
  await hire(server, { email: MANAGER, role: 'manager', slug: TOWN, name: 'Inès Roy' });
  await hire(server, { email: AGENT, slug: TOWN, name: 'Paul Petit' });
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function deskOf(email, rest, options = DESK_LIGHT) {
  const page = await openPage(browser, options);
  // No printer here: what is printed is looked at by the test itself.
  await page.addInitScript(() => { window.print = () => window.dispatchEvent(new Event('afterprint')); });
  await page.goto(`${server.origin}/${TOWN}/mairie/${rest}`);
  await logIn(page, email, PASSWORD);
  await page.getByRole('button', { name: 'Se déconnecter' }).waitFor();
  return page;
}

const HEADER = 'family_id;person_id;kind;civility;first_names;birth_name;birth_date;mobile;address;apartment;residence;postal_code;commune;school\n';
const person = (family, names, mobile = '06 12 34 56 78') =>
  `${family};P1;representative;Madame;${names};03/11/1985;${mobile};12 rue du Four;4;Les <b>Acacias</b>;94100;Saint-Maur-des-Fossés;\n`;
const child = (family, names, school = '') => `${family};P2;child;;${names};07/03/2019;;;;;;;${school}\n`;
const FAMILIES = HEADER + person('F1', 'Anne;Martin') + child('F1', 'Léa;Martin', 'École du Centre') + person('F2', 'Søren;Muñoz d’Ÿ');
const choose = (page, text) => page.getByLabel('Fichier CSV des familles').setInputFiles({ name: 'familles.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

test('a file with bad lines is shown, mended lines are imported, and the letters come off the printer, one page each', async () => {
  const page = await deskOf(MANAGER, 'importer', { ...DESK_LIGHT, deviceScaleFactor: 2 }); // half as fine as a printer
  await choose(page, `${FAMILIES}F3;P1;chien;;Rex;;;;;;;;;\nF3;P2;child;;=1+1;Martin;31/02/2019;;;;;;;\n`);
  await page.getByRole('heading', { name: 'Ce que l’import changerait' }).waitFor();
  const mistakes = page.getByRole('region', { name: 'Lignes à corriger' });
  await mistakes.getByRole('row', { name: /^5 kind chien/ }).waitFor();
  await mistakes.getByRole('row', { name: /^6 / }).first().waitFor();
  const rows = page.getByRole('region', { name: 'Ligne par ligne' });
  await rows.getByRole('row', { name: /^2 F1 P1 Anne Martin.*nouvelle famille/ }).waitFor();
  await accessible(page, 'what an import would change');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /liste entière/ }).click()]);
  assert.match(file.suggestedFilename(), /\.csv$/);

  await page.getByRole('button', { name: 'Importer exactement cela' }).focus();
  await page.keyboard.press('Enter'); // does nothing while lines are bad, and says why
  await page.getByText('cochez la case pour laisser ces lignes de côté').waitFor();
  await page.getByRole('checkbox', { name: /Laisser de côté les 2 lignes/ }).check();
  await press(page, 'Importer exactement cela');
  await page.getByRole('heading', { name: 'L’import est fait' }).waitFor();
  await page.getByText('2 lignes ont été laissées de côté.').waitFor();
  await page.getByText('2 familles attendent une lettre.').waitFor();
  await accessible(page, 'an import that is done');

  await press(page, 'Faire les lettres');
  const dialog = page.getByRole('dialog', { name: '2 lettres à imprimer' });
  await dialog.waitFor();
  await accessible(page, 'letters to print');
  for (let i = 0; i < 3; ++i) await page.keyboard.press('Escape');
  await dialog.getByRole('button', { name: 'Imprimer les lettres' }).waitFor(); // a slip of the finger loses no key
  await press(page, 'Fermer');
  await dialog.getByText('n’ont pas été imprimées').waitFor();
  await lookAtLetters(page);
  await press(page, 'Imprimer les lettres');
  await dialog.getByRole('status').filter({ hasText: 'L’impression est lancée.' }).waitFor();
  await press(page, 'Fermer');
  await dialog.waitFor({ state: 'detached' });
  await page.locator('.letter').first().waitFor({ state: 'detached' }); // and the keys are gone from the page
  await page.getByText('Aucune famille n’attend de lettre.').waitFor();
  assertCalm(page);
  await page.context().close();
});

test('a long name stands whole in the window, with the longest address there is below it, black on white from a dark screen', async () => {
  const file = join(server.data, 'longs.csv');
  const names = 'Jean-Baptiste Marie Théophile;de La Rochefoucauld-Montmorency-Lavallière';
  await writeFile(file, `family_id;person_id;kind;civility;first_names;birth_name;birth_date;mobile;address;address_extra;apartment;floor;residence;building;postal_code;commune
L1;P1;representative;Monsieur;${names};03/11/1985;06 12 34 56 78;124 ter boulevard du Général-Ferrié;Fond de la cour;4;3;Résidence des Marronniers;C;94100;Saint-Maur-des-Fossés\n`);
  await command(server, 'families', 'import', file, '--portal', TOWN);
  const page = await deskOf(MANAGER, 'familles', WALL_DARK);
  await page.getByLabel('Chercher une famille').fill('rochefoucauld');
  await press(page, 'Chercher');
  await page.getByRole('button', { name: /^Voir : Jean-Baptiste/ }).click();
  await page.getByRole('button', { name: 'Nouvelle lettre avec une clé' }).click();
  await laidOut(page);
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => document.fonts.ready);
  const address = page.locator('.letter address');
  const lines = address.locator('span');
  assert.equal(await lines.count(), 6);
  assert.match(await lines.first().innerText(), /Lavallière$/);
  assert.deepEqual(await lines.evaluateAll((all) => all.filter((one) => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth).map((one) => one.textContent)), []);
  const sheet = await page.locator('.letter').boundingBox();
  const box = await address.boundingBox();
  const bottom = ((box.y + box.height - sheet.y) * 25.4) / 96;
  assert.ok(bottom <= 79.5, `the address ends ${bottom} mm from the top`);
  const inks = await page.locator('.letter').evaluate((letter) => [letter.querySelector('address'), letter.querySelector('.body li')].map((node) => getComputedStyle(node).color).concat(getComputedStyle(document.body).backgroundColor));
  assert.deepEqual(inks, ['rgb(17, 17, 17)', 'rgb(17, 17, 17)', 'rgb(255, 255, 255)']);
  await page.context().close();
});

// The sheets need what the town has published, which may still be on its way when the dialog opens.
const laidOut = (page) => page.getByRole('button', { name: 'Imprimer les lettres', disabled: false }).waitFor();

async function lookAtLetters(page) {
  await laidOut(page);
  await page.waitForFunction(() => [...document.querySelectorAll('.letter img')].every((image) => image.complete));
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  assert.equal(pdf.match(/\/Type\s*\/Page\b(?!s)/g).length, 2, 'one page each');
  for (const [, width, height] of pdf.matchAll(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g)) // A4 in points
    assert.ok(Math.abs(Number(width) - 595.3) < 1 && Math.abs(Number(height) - 841.9) < 1, `${width} × ${height}`);

  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => document.fonts.ready);
  const letters = page.locator('.letter');
  assert.equal(await letters.count(), 2);
  const reader = await browser.newPage(); // a page without the console's policy, to take pictures apart
  for (const letter of await letters.all()) {
    const sheet = await letter.boundingBox();
    const address = await letter.locator('address').boundingBox();
    const mm = (px) => (px * 25.4) / 96;
    const left = mm(address.x - sheet.x);
    const top = mm(address.y - sheet.y);
    assert.ok(left >= 100 && left + mm(address.width) <= 190.5, `address ${left} mm from the left`);
    assert.ok(top >= 54 && top + mm(address.height) <= 79.5, `address ${top} mm from the top, ${mm(address.height)} high`);
    const lines = await letter.locator('address span').allInnerTexts();
    assert.deepEqual(lines.slice(1), ['Appartement 4', 'Les <b>Acacias</b>', '12 rue du Four', '94100 SAINT-MAUR-DES-FOSSES']);
    const body = await letter.locator('.body').boundingBox();
    const help = await letter.locator('.help').boundingBox();
    assert.ok(body.y > address.y + address.height && body.y + body.height < help.y, 'nothing lies on anything else');
    const key = (await letter.locator('.groups span').allInnerTexts()).join('-');
    assert.match(key, /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    assert.equal(await readSquare(reader, await letter.screenshot()), `${server.origin}/${TOWN}/inscription?service_key.enfance=${key}`);
  }
  if (process.env.FOYER_PICTURES) await letters.first().screenshot({ path: `${process.env.FOYER_PICTURES}/letter.png` });
  await reader.close();
  await page.emulateMedia({ media: 'screen' });
}

// From the picture of the whole sheet, as a telephone sees it.
async function readSquare(reader, png) {
  const { width, height, pixels } = await reader.evaluate(async (base64) => {
    const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const context = canvas.getContext('2d');
    context.drawImage(picture, 0, 0);
    const { data } = context.getImageData(0, 0, picture.width, picture.height);
    let text = '';
    for (let at = 0; at < data.length; at += 0x8000) text += String.fromCharCode(...data.subarray(at, at + 0x8000));
    return { width: picture.width, height: picture.height, pixels: btoa(text) };
  }, png.toString('base64'));
  return decodeQR({ width, height, data: new Uint8Array(Buffer.from(pixels, 'base64')) });
}

test('the same file again changes nothing; another answer is shown before and after', async () => {
  const page = await deskOf(MANAGER, 'importer', WALL_DARK);
  await choose(page, FAMILIES);
  await page.getByText('tout est déjà comme dans le fichier').waitFor();
  await choose(page, FAMILIES.replace('06 12 34 56 78', '06 98 76 54 32'));
  const row = page.getByRole('row', { name: /^2 F1 P1/ });
  await row.getByText('+33612345678').waitFor();
  await row.getByText('+33698765432').waitFor();
  await accessible(page, 'a changed answer, in the dark');
  await press(page, 'Abandonner');
  await choose(page, 'pas;un;fichier\n');
  await page.getByRole('heading', { name: 'Ce fichier ne peut pas être lu' }).waitFor();
  await page.getByRole('row', { name: /^1 family_id .*manque/ }).waitFor();
  assertCalm(page);
  await page.context().close();
});

test('at the counter, with the keyboard alone: a family is found, gets another letter, and a key is taken back', async () => {
  const page = await deskOf(AGENT, 'familles');
  await page.getByRole('row', { name: /^F2 Søren/ }).waitFor();
  await page.getByLabel('Chercher une famille').focus();
  await page.keyboard.type('LÉA mart');
  await page.keyboard.press('Enter');
  await page.getByText('1 famille affichée.').waitFor();
  await page.getByRole('button', { name: 'Voir : Anne Martin' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('cell', { name: 'Les <b>Acacias</b>' }).waitFor(); // text, whatever it looks like
  await accessible(page, 'a family');
  await page.getByRole('button', { name: 'Nouvelle lettre avec une clé' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: '1 lettre à imprimer' });
  await laidOut(page);
  await dialog.getByRole('button', { name: 'Imprimer les lettres' }).focus();
  await page.keyboard.press('Enter');
  await dialog.getByRole('status').filter({ hasText: 'L’impression est lancée.' }).waitFor();
  await dialog.getByRole('button', { name: 'Fermer' }).focus();
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('row', { name: /annulée/ }).waitFor(); // the letter before
  await page.getByRole('button', { name: 'Annuler la clé : Anne Martin, Enfance' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: 'La clé de Anne Martin ne sert plus.' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Importer' }).count(), 0, 'importing is the manager’s');
  assertCalm(page);
  await page.context().close();
});

test('the pages pass axe in both lights, and all keys of a service can be taken back', async () => {
  for (const options of [DESK_LIGHT, WALL_DARK]) {
    const page = await deskOf(MANAGER, 'cles', options);
    for (const [rest, heading] of [['familles', 'Familles'], ['importer', 'Importer des familles'], ['cles', 'Clés de service']]) {
      await page.goto(`${server.origin}/${TOWN}/mairie/${rest}`);
      await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
      await settled(page);
      await accessible(page, `${rest} ${options.colorScheme}`);
      if (process.env.FOYER_PICTURES) await page.screenshot({ path: `${process.env.FOYER_PICTURES}/${rest}-${options.colorScheme}.png` });
    }
    if (options === WALL_DARK) {
      await press(page, 'Annuler toutes les clés d’un service');
      await accessible(page, 'revoking all');
      await press(page, 'Annuler ces clés');
      await page.getByRole('status').filter({ hasText: /clés? annulées?\./ }).waitFor();
    }
    assertCalm(page);
    await page.context().close();
  }
});
