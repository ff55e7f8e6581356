// The address that finds itself, wherever a family gives one: the browser's own autofill, a co-representative's, a contact's, the
// profile's, one that the town hall wants corrected; without a network on a second visit, and where workers fail.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CHEAP_STAMPS, WITHOUT_LIMITS } from '../support/foyer_server.mjs';
import { eventually } from '../support/eventually.mjs';
import { hire } from '../support/staff_api.mjs';
import { startAddressTown } from './support/address_town.mjs';
import { fillByBrowser } from './support/autofill.mjs';
import { DESK, PHONE, launchChromium, ready } from './support/chromium.mjs';
import { account, home, loggedIn, people, staff } from './support/household.mjs';
import { PORTALS, screens, somebody } from './support/registration.mjs';
import { Visitor } from './support/visitor.mjs';

const saintMaur = PORTALS.saintMaur;
const ROOMS = ['oudon', saintMaur.slug];

let server, browser;
before(async () => {
  server = await startAddressTown(ROOMS, { stampBits: CHEAP_STAMPS, extra: WITHOUT_LIMITS });
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const line = (page) => page.getByRole('combobox', { name: /^Adresse/ });
const options = (page) => page.locator('[role="option"]'); // not those of the system's own lists
// Types what finds it, and takes the first of the list.
async function find(page, typed, address) {
  await line(page).click();
  await page.keyboard.press('Control+A');
  await page.keyboard.type(typed);
  await eventually(`${address} is offered first`, async () => (await options(page).count()) > 1 && (await options(page).first().textContent()).startsWith(address));
  await options(page).first().click();
  await page.getByText('Adresse reconnue.').waitFor();
}
const recognised = (page) => page.getByText('Adresse reconnue.').waitFor();
const value = (page, name) => page.getByRole('textbox', { name }).inputValue();

async function addressStep(context, query = '') {
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(`${server.origin}/oudon/inscription${query}`);
  await ready(page);
  const visitor = new Visitor(page);
  await screens.welcome(visitor);
  await screens.identity(visitor, somebody());
  await visitor.sees('Votre adresse');
  await line(page).waitFor();
  return page;
}

for (const [projection, query] of [['painted', ''], ['version texte', '?texte=1']])
  test(`${projection}: an address that the browser itself fills in is recognised, and nothing opens over it`, async () => {
    const context = await browser.newContext(DESK);
    const page = await addressStep(context, query);
    await line(page).click();
    await fillByBrowser(page, 'field-address', {
      ADDRESS_HOME_STREET_ADDRESS: "2 bis rue d'Alsace\nBâtiment C", ADDRESS_HOME_LINE1: "2 bis rue d'Alsace", ADDRESS_HOME_LINE2: 'Bâtiment C',
      ADDRESS_HOME_ZIP: '44521', ADDRESS_HOME_CITY: 'Oudon', ADDRESS_HOME_COUNTRY: 'FR',
    });
    for (const [name, filled] of [['Code postal', '44521'], ['Commune', 'Oudon'], [/Complément/, 'Bâtiment C']])
      await eventually(`${name} is ${filled}`, async () => (await value(page, name)) === filled);
    await page.getByRole('button', { name: 'SUIVANT' }).click();
    await new Visitor(page).sees('Vos téléphones et votre adresse électronique');
    await page.getByRole('button', { name: 'PRÉCÉDENT' }).click();
    await recognised(page);
    assert.equal(await options(page).count(), 0);
    assert.equal(await line(page).inputValue(), "2 bis rue d'Alsace", "the person's own words stay");
    await context.close();
  });

test('in Saint-Maur a co-representative and a contact have their addresses found, the town hall sees how they were found and has one corrected', async () => {
  const visitor = await loggedIn(server, browser, saintMaur, await account(server, saintMaur), { options: DESK });
  const { page } = visitor;
  const agent = await hire(server, { email: 'claire@mairie.example', slug: saintMaur.slug });
  await people.begin(visitor);

  await visitor.press('AJOUTER UN CO-REPRÉSENTANT');
  await visitor.sees('Nouveau co-représentant');
  await visitor.choose('Civilité', 'Madame');
  await visitor.fill('Nom de naissance', 'Le Goff');
  await visitor.fill('Prénom(s)', 'Maëlle');
  for (const [part, text] of [['Jour', '1'], ['Mois', '2'], ['Année', '1986']]) await visitor.fill(part, text);
  await visitor.choose('Lien avec les enfants', 'Mère');
  await visitor.fill('Téléphone mobile', '06 22 33 44 55');
  await visitor.pick(/Où habite cette personne/, 'radio', 'À une autre adresse');
  await find(page, '2 bis av gal de gaul', '2 bis Avenue du Général de Gaulle 94100');
  assert.equal(await value(page, 'Code postal'), '94100');
  await visitor.fill('N° de bâtiment', 'B');
  await people.save(visitor, 'Maëlle');

  await visitor.press('AJOUTER UN MEMBRE\u00a0: un enfant né ou à naître');
  await visitor.sees('Nouvel enfant');
  await visitor.pick(/Cet enfant est-il né/, 'radio', 'Oui, il est né');
  await visitor.fill('Prénom(s)', 'Gwenn');
  await visitor.fill('Nom de naissance', 'Derc’hen');
  for (const [part, text] of [['Jour', '2'], ['Mois', '5'], ['Année', '2019']]) await visitor.fill(part, text);
  const place = page.getByRole('combobox', { name: /Commune de naissance/ });
  await place.click();
  await page.keyboard.type('arbignie');
  await eventually('the old commune is offered', async () => (await options(page).first().textContent()).startsWith('Arbignieu (01), aujourd’hui Arboys'));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await visitor.pick(/autorité parentale/, 'checkbox', 'Fañch Derc’hen');
  await visitor.pick(/Où habite l.enfant/, 'radio', 'Fañch Derc’hen');
  await people.save(visitor, 'Gwenn');

  await visitor.press('AJOUTER UN CONTACT');
  await visitor.sees('Nouveau contact');
  await visitor.fill('Prénom(s)', 'Rozenn');
  await visitor.fill('Nom', 'Tanguy');
  await visitor.choose("Lien avec l’enfant", 'Grand-parent');
  await visitor.pick(/Que peut faire ce contact/, 'radio', 'Être appelé en cas d’urgence');
  await visitor.fill('Téléphone', '06 33 44 55 66');
  await visitor.pick(/Pour quels enfants/, 'checkbox', 'Gwenn Derc’hen');
  await line(page).click();
  await page.keyboard.type('3333 avenue du general de gaulle');
  await page.getByRole('textbox', { name: 'Code postal' }).fill('94100');
  await page.getByRole('textbox', { name: 'Commune' }).fill('Saint-Maur-des-Fossés');
  await page.keyboard.press('Tab');
  await people.save(visitor, 'Rozenn');
  const number = await people.send(visitor);
  await home(visitor);

  const read = async () => (await agent.call('GET', `submissions/${number}`)).body;
  const note = (detail, key) => detail.sections.flatMap(({ rows }) => rows).find((row) => row.key === key)?.note;
  const sent = await read();
  assert.equal(note(sent, 'representatives.0.address'), 'Dans le fichier des adresses\u00a0: 2 bis Avenue du Général de Gaulle');
  assert.equal(note(sent, 'contacts.0.address'), 'Proche d’une adresse du fichier, mais pas la même');
  assert.equal(note(sent, 'children.0.birth_place'), 'Commune reconnue (INSEE 01015)');
  assert.deepEqual(sent.marks.filter(({ code }) => code === 'address_unverified').map(({ field }) => field), ['contacts.0.address']);

  await staff(server, 'submissions', 'ask', '--portal', saintMaur.slug, '--fields', 'contacts.0.address', '--message', 'Ce numéro n’existe pas.', number);
  await page.getByText(`La mairie vous demande de corriger votre demande ${number}.`).first().waitFor({ timeout: 30_000 });
  await visitor.follow(`Voir le détail de la demande ${number}`);
  await visitor.follow('Corriger ma demande');
  await visitor.sees(`Corriger votre demande ${number}`);
  assert.deepEqual(await page.locator('#scene input:visible').evaluateAll((all) => all.map(({ name }) => name)), ['address', 'postal_code', 'commune'], 'the whole address');
  await find(page, '7 avenue du general de gaulle', '7 Avenue du Général de Gaulle 94100');
  await visitor.press('ENVOYER LA CORRECTION');
  await page.getByText(/Votre correction est reçue par la mairie/).first().waitFor();
  const corrected = await read();
  assert.equal(note(corrected, 'contacts.0.address'), 'Dans le fichier des adresses\u00a0: 7 Avenue du Général de Gaulle');
  assert.deepEqual(corrected.marks.filter(({ code }) => code === 'address_unverified'), []);
  await staff(server, 'submissions', 'accept', '--portal', saintMaur.slug, number);
  await home(visitor);
  await page.getByRole('link', { name: 'MA FAMILLE', exact: true }).waitFor({ timeout: 30_000 });
  await visitor.follow('MA FAMILLE');
  await page.getByRole('heading', { name: 'Rozenn Tanguy' }).waitFor();
  await page.getByText(/7 Avenue du Général de Gaulle/).first().waitFor();
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('by touch, the address of the profile is found anew after a move', async () => {
  const person = await account(server, PORTALS.oudon);
  const visitor = await loggedIn(server, browser, PORTALS.oudon, person, { options: PHONE, how: 'touch' });
  const { page } = visitor;
  await page.goto(`${server.origin}/oudon/profil/adresse`);
  await ready(page);
  await eventually('what the town knows is there', async () => (await line(page).inputValue()) === person.address);
  await find(page, '2 bis rue d alsace', "2 bis Rue d'Alsace 44521 Oudon");
  await visitor.press('SUIVANT');
  await visitor.sees('Vos téléphones et votre adresse électronique');
  await visitor.press('PRÉCÉDENT');
  await recognised(page);
  assert.equal(await line(page).inputValue(), "2 bis Rue d'Alsace");
  await page.context().close();
});

test('on a second visit without a network the addresses are found as before', async () => {
  const context = await browser.newContext(DESK);
  const first = await addressStep(context);
  await eventually('Oudon and its addresses are kept on the device', () =>
    first.evaluate(async () => (await (await caches.open('foyer-kept')).match('/oudon/offline.json')) && (await caches.match(document.documentElement.dataset.addresses)) !== undefined), { seconds: 30 });
  await first.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await first.close();
  await server.kill();
  try {
    const page = await addressStep(context);
    await find(page, '2 bis rue d alsace', "2 bis Rue d'Alsace 44521 Oudon");
    assert.equal(await value(page, 'Commune'), 'Oudon');
  } finally {
    await server.start();
    await context.close();
  }
});

test('where the worker that searches cannot be started, or dies while it searches, the page searches by itself', async () => {
  for (const failure of ['start', 'later']) {
    const context = await browser.newContext(DESK);
    await context.addInitScript((when) => {
      const Real = globalThis.Worker;
      globalThis.Worker = class extends Real {
        constructor(url, given) {
          if (when === 'start' && String(url).includes('address_worker')) throw new DOMException('no workers here', 'SecurityError');
          super(url, given);
          if (String(url).includes('address_worker')) globalThis.searching = this;
        }
      };
    }, failure);
    const page = await addressStep(context);
    if (failure === 'later') {
      await find(page, '2 rue d alsace', "2 Rue d'Alsace");
      // What a browser does that is short of memory: the worker ends, and the page hears an error.
      await page.evaluate(() => {
        globalThis.searching.terminate();
        globalThis.searching.dispatchEvent(new ErrorEvent('error'));
      });
    }
    await find(page, '4 rue d alsace', "4 Rue d'Alsace");
    assert.equal(await page.evaluate(() => globalThis.searching === undefined), failure === 'start');
    await context.close();
  }
});
