// The town hall's counter at the console: files that families bring, handed in by choosing and by dropping, with what
// the family takes home; with the keyboard, and with axe in both lights.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { CHEAP_STAMPS, startServer, WITHOUT_LIMITS } from '../../support/foyer_server.mjs';
import { hire, PASSWORD } from '../../support/staff_api.mjs';
import { payload, Stranger } from '../../wire/support/stranger.mjs';
import { launchChromium, openPage } from '../support/chromium.mjs';
import { DESK_LIGHT, WALL_DARK, accessible, assertCalm, consoleOf, logIn } from '../support/town_hall.mjs';

const AGENT = 'luc@oudon.example';

let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startServer({ stampBits: CHEAP_STAMPS, extra: WITHOUT_LIMITS }), launchChromium()]);
  await hire(server, { email: AGENT, name: 'Luc Morin' });
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function counter(options = DESK_LIGHT) {
  const page = await openPage(browser, options);
  await page.addInitScript(() => {
    window.printed = [];
    window.print = () => {
      window.printed.push(document.querySelector('.letters')?.textContent ?? '');
      window.dispatchEvent(new Event('afterprint'));
    };
  });
  await page.goto(consoleOf(server, 'guichet'));
  await logIn(page, AGENT, PASSWORD);
  await page.getByRole('heading', { name: 'Au guichet', level: 1 }).waitFor();
  return page;
}

let families = 0;
const lowered = (headers) => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

// What web/outbox/carry.ts writes on a family's device.
async function fileOf(name, slug = 'oudon') {
  const device = new Stranger(server.origin, server.facts);
  const { uuid, headers, body } = await device.envelope(await server.revision(slug), payload('registration', {
    birth_name: name, first_names: 'Anne', 'birth_date.day': '3', 'birth_date.month': '11', 'birth_date.year': '1985', address: '12 rue de la Loire',
    postal_code: '44521', commune: 'Oudon', mobile: '06 12 34 56 78', email: `famille${++families}@exemple.fr`, identifier: `famille.${families}`,
    password: 'Cheval-blanc-1985!', 'service_key.enfance': 'OUDON-ENFANCE', consent: 'yes', 'security_check.asked': 'house', 'security_check.chosen': 'house',
  }));
  const text = JSON.stringify({
    foyer: 'envelope', version: 1, origin: server.origin, path: `/api/v1/envelopes/${uuid.text}`, portal: slug, headers: lowered(headers), body: Buffer.from(body).toString('base64'),
  }, null, 1);
  return { name: `demande-${name}.foyer`, mimeType: 'application/json', buffer: Buffer.from(text) };
}

const input = (page) => page.getByLabel('Choisir un ou plusieurs fichiers .foyer');
const rowOf = (page, file) => page.getByRole('region', { name: 'Fichiers remis' }).getByRole('row', { name: new RegExp(file.name) });

test('files are received one by one, each told in plain words, and nothing is doubled', async () => {
  const page = await counter();
  await accessible(page, 'the counter before anything was brought');
  const good = await fileOf('Moreau');
  const cut = { ...(await fileOf('Coupé')), buffer: good.buffer.subarray(0, 900) };
  const photo = { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]) };
  const other = await fileOf('Voisine', 'saint-maur-des-fosses');
  await input(page).setInputFiles([good, cut, photo, other]);
  await page.getByText('Résultat : 1 demande reçue, 3 fichiers non pris.').waitFor();
  await rowOf(page, good).getByText('Reçue', { exact: true }).waitFor();
  await rowOf(page, cut).getByText(/abîmé ou incomplet/).waitFor();
  await rowOf(page, photo).getByText(/Ce n’est pas une demande/).waitFor();
  await rowOf(page, other).getByText(/une autre ville/).waitFor();
  assert.equal(await rowOf(page, other).getByRole('link').count(), 0);
  await accessible(page, 'what became of the files');

  await input(page).setInputFiles([{ ...good, name: 'encore.foyer' }]);
  await page.getByText('Résultat : 1 demande reçue, 1 déjà reçue avant, 3 fichiers non pris.').waitFor();
  const number = await rowOf(page, good).getByRole('link').textContent();
  assert.match(number, /^OUDON-\d{4}-\d{6}$/);
  assert.equal(await rowOf(page, { name: 'encore.foyer' }).getByRole('link').textContent(), number);

  await page.getByRole('link', { name: number }).first().click();
  await page.getByRole('heading', { name: 'Historique' }).waitFor();
  await page.getByText('par fichier', { exact: true }).waitFor();
  await page.getByText(/demande reçue, par fichier · Luc Morin/).waitFor();
  await page.getByRole('link', { name: 'Demandes', exact: true }).click();
  const row = page.getByRole('row', { name: new RegExp(number) });
  await row.getByText('par fichier').waitFor();
  assert.equal(await page.getByRole('row', { name: /Anne Moreau/ }).count(), 1);

  const provenance = page.getByLabel('Provenance');
  await provenance.selectOption({ label: 'par fichier' });
  await page.getByText('1 demande affichée.').waitFor();
  await row.getByText('par fichier').waitFor();
  assert.match(page.url(), /\?provenance=file$/);
  await provenance.selectOption({ label: 'au guichet' });
  await page.getByText(/Aucune demande ne correspond/).waitFor();
  await page.reload();
  await page.getByText(/Aucune demande ne correspond/).waitFor();
  assert.equal(await provenance.locator('option:checked').textContent(), 'au guichet');
  assertCalm(page);
  await page.context().close();
});

test('a dropped file is taken anywhere on the page; its receipt is copied, printed, and saved for the family’s device', async () => {
  const page = await counter(WALL_DARK);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const file = await fileOf('Le-Goff');
  const transfer = await page.evaluateHandle(({ name, text }) => {
    const data = new DataTransfer();
    data.items.add(new File([text], name));
    return data;
  }, { name: file.name, text: file.buffer.toString() });
  await page.dispatchEvent('h1', 'dragover', { dataTransfer: transfer });
  await page.dispatchEvent('h1', 'drop', { dataTransfer: transfer });
  await page.getByText('Résultat : 1 demande reçue.').waitFor();
  const row = rowOf(page, file);
  const number = await row.getByRole('link').textContent();
  await accessible(page, 'a dropped file, in the dark');

  await row.getByRole('button', { name: 'Copier le numéro' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText(`Numéro ${number} copié.`).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), number);

  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => window.printed.length === 1);
  const [paper] = await page.evaluate(() => window.printed);
  for (const words of ['Accusé de réception', number, 'Création', 'Réponse prévue avant le']) assert.ok(paper.includes(words), `${words}: ${paper}`);

  // The same sheet as a printer gets it: one page of A4, dark on white though the screen is dark.
  await page.evaluate(() => { window.print = () => {}; });
  await row.getByRole('button', { name: /^Imprimer/ }).click();
  await page.locator('.receipt').waitFor({ state: 'attached' });
  await page.emulateMedia({ media: 'print' });
  assert.deepEqual(await page.locator('.receipt').evaluate((sheet) => [getComputedStyle(sheet).color, getComputedStyle(document.body).backgroundColor]), ['rgb(17, 17, 17)', 'rgb(255, 255, 255)']);
  await page.emulateMedia({ media: null });
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  assert.equal(pdf.match(/\/Type\s*\/Page\b(?!s)/g).length, 1);
  const [, width, height] = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf);
  assert.ok(Math.abs(Number(width) - 595.3) < 1 && Math.abs(Number(height) - 841.9) < 1, `${width} × ${height}`);
  await page.locator('.receipt').waitFor({ state: 'detached' });

  const [download] = await Promise.all([page.waitForEvent('download'), row.getByRole('button', { name: 'Enregistrer le reçu' }).click()]);
  assert.equal(download.suggestedFilename(), `recu-${number}.foyer`);
  const saved = JSON.parse(await readFile(await download.path(), 'utf8'));
  assert.equal(saved.foyer, 'receipt');
  assert.equal(JSON.parse(saved.body).number, number);
  assert.match(saved.headers['signature-input'], /tag="receipt-v1"/);

  await input(page).setInputFiles([{ name: 'recu.foyer', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(saved)) }]);
  await rowOf(page, { name: 'recu.foyer' }).getByText(/C’est un reçu, pas une demande/).waitFor();
  assertCalm(page);
  await page.context().close();
});

test('a network that is away is told, and the same file is tried again at a press', async () => {
  const page = await counter();
  const file = await fileOf('Petit');
  await page.route('**/envelopes/*', (route) => route.abort());
  await input(page).setInputFiles([file]);
  await page.getByText('Résultat : 1 fichier non pris.').waitFor();
  await page.unroute('**/envelopes/*');
  await rowOf(page, file).getByRole('button', { name: /^Réessayer/ }).click();
  await page.getByText('Résultat : 1 demande reçue.').waitFor();
  await page.context().close();
});
