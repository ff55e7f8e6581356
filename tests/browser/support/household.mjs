// Journeys B and C of the product note: a family that is logged in declares its people, the staff decides, and what the
// family then sees. Accounts are made over the wire, since journey A has tests of its own; the rest happens in the page.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { linkIn } from '../../support/mail.mjs';
import { Stranger, payload, send } from '../../wire/support/stranger.mjs';
import { openPage, ready } from './chromium.mjs';
import { screens, somebody } from './registration.mjs';
import { Visitor } from './visitor.mjs';

const program = process.env.FOYER_SERVER ?? new URL('../../../build/native-release/sync-server/foyer-server', import.meta.url).pathname;

// The staff's terminal, while the server runs; gives what it prints.
export async function staff(server, ...words) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('FOYER_')));
  const { stdout } = await promisify(execFile)(program, [...words, '--data', server.data, '--portals', server.towns], { env });
  return stdout;
}

const KEYS = { oudon: 'OUDON-ENFANCE' };

// A registered and activated account; gives the person.
export async function account(server, portal, overrides = {}) {
  const person = somebody(overrides);
  const device = new Stranger(server.origin, server.facts);
  const revision = await server.revision(portal.slug);
  const answers = {
    civility: 'monsieur', birth_name: person.birthName, first_names: person.firstNames, 'birth_date.day': person.day, 'birth_date.month': person.month,
    'birth_date.year': person.year, address: person.address, postal_code: portal.postalCode, commune: portal.commune, mobile: person.mobile,
    email: person.email, identifier: person.identifier, password: person.password, consent: 'yes', 'security_check.asked': 'house',
    'security_check.chosen': 'house', ...(KEYS[portal.slug] ? { 'service_key.enfance': KEYS[portal.slug] } : {}), ...person.answers,
  };
  const sent = await send(await device.envelope(revision, payload('registration', answers)));
  assert.equal(sent.status, 201, sent.text);
  const link = linkIn(await server.mailTo(person.email, 'Création'));
  const activated = await fetch(link, { method: 'POST' });
  assert.ok(activated.ok, `${activated.status} ${await activated.text()}`);
  return person;
}

// Logs in, in a browser of its own; `visitor.page` is on the dashboard then.
export async function loggedIn(server, browser, portal, person, { options, how = 'mouse' }) {
  const page = await openPage(browser, options, `${server.origin}/${portal.slug}/connexion`);
  const visitor = new Visitor(page, how);
  await screens.login(visitor, person);
  await visitor.sees(`Bonjour ${person.firstNames}`);
  await page.getByText('Cette page se met à jour toute seule.').waitFor();
  return visitor;
}

async function date(visitor, group, [day, month, year]) {
  for (const [name, value] of [['Jour', day], ['Mois', month], ['Année', year]]) await visitor.fillIn(group, name, value);
}

export const people = {
  // From the dashboard to the list.
  async begin(visitor) {
    await visitor.follow('ENTOURAGE');
    await visitor.sees('MON ENTOURAGE');
    await visitor.press('AJOUTER À MON ENTOURAGE ENFANCE');
    await visitor.sees('Nouvelles personnes');
    await visitor.press('COMMENCER');
    await visitor.sees('Les personnes de votre entourage');
  },
  async representative(visitor, { civility = 'Madame', firstNames, birthName, birth, link = 'Mère', mobile = '06 22 33 44 55' }) {
    await visitor.press('AJOUTER UN CO-REPRÉSENTANT');
    await visitor.sees('Nouveau co-représentant');
    await visitor.choose('Civilité', civility);
    await visitor.fill('Nom de naissance', birthName);
    await visitor.fill('Prénom(s)', firstNames);
    await date(visitor, /Date de naissance/, birth);
    await visitor.choose('Lien avec les enfants', link);
    await visitor.fill('Téléphone mobile', mobile);
    await visitor.pick(/Où habite cette personne/, 'radio', 'À la même adresse que moi');
    await people.save(visitor, firstNames);
  },
  // `authority`, `livingWith`, `collectors`: names as the page writes them.
  async child(visitor, { firstNames, birthName, birth, birthPlace = '', expected, authority = [], livingWith, collectors = [] }) {
    await visitor.press('AJOUTER UN MEMBRE\u00a0: un enfant né ou à naître');
    await visitor.sees('Nouvel enfant');
    await visitor.pick(/Cet enfant est-il né/, 'radio', expected ? 'Non, il est à naître' : 'Oui, il est né');
    if (firstNames) await visitor.fill('Prénom(s)', firstNames);
    if (birthName) await visitor.fill('Nom de naissance', birthName);
    await date(visitor, expected ? /Date prévue/ : /Date de naissance/, expected ?? birth);
    if (birthPlace) await visitor.fill(/^Commune de naissance/, birthPlace);
    for (const name of authority) await visitor.pick(/autorité parentale/, 'checkbox', name);
    if (livingWith) await visitor.pick(/Où habite l.enfant/, 'radio', livingWith);
    for (const name of collectors) await visitor.pick(/venir le chercher/, 'checkbox', name);
    await people.save(visitor, firstNames ?? '');
  },
  async contact(visitor, { firstNames, birthName, relation, role, phone, birth, children }) {
    await visitor.press('AJOUTER UN CONTACT');
    await visitor.sees('Nouveau contact');
    await visitor.fill('Prénom(s)', firstNames);
    await visitor.fill('Nom', birthName);
    await visitor.choose("Lien avec l’enfant", relation);
    await visitor.pick(/Que peut faire ce contact/, 'radio', role);
    if (birth) await date(visitor, /Date de naissance/, birth);
    await visitor.fill('Téléphone', phone);
    for (const name of children) await visitor.pick(/Pour quels enfants/, 'checkbox', name);
    await people.save(visitor, firstNames);
  },
  // A day on which a child may be expected, as the page asks for it.
  inThreeMonths() {
    const day = new Date(Date.now() + 90 * 86_400_000);
    return [day.getDate(), day.getMonth() + 1, day.getFullYear()].map(String);
  },
  async save(visitor, name) {
    await visitor.press('Enregistrer');
    await visitor.sees('Les personnes de votre entourage');
    await visitor.reads(new RegExp(`${name}.*c’est enregistré dans votre déclaration`));
  },
  // From the list to the receipt; gives its number.
  async send(visitor) {
    await visitor.press('ALLER À L’ÉTAPE 2');
    await visitor.sees('Récapitulatif');
    await visitor.press('VALIDER');
    await visitor.sees('Votre dossier est déposé');
    const [, number] = await visitor.reads(/Il porte le n°\s(\S+)\./);
    return number;
  },
};

export const home = async (visitor) => {
  await visitor.follow('Retour au tableau de bord');
  await visitor.sees(/Bonjour/);
};

export { ready };
