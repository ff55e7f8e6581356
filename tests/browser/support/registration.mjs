// Journey A of the product note, told once, and used by every test that needs a family to be registered.
import assert from 'node:assert/strict';
import { eventually } from '../../support/eventually.mjs';
import { linkIn } from '../../support/mail.mjs';

export const PORTALS = {
  oudon: {
    slug: 'oudon', town: 'Oudon', space: 'Espace Famille', sender: 'nepasrepondre_oudon@espace-citoyens.net',
    subject: 'Mairie de Oudon - Création de votre espace personnel',
    number: /^OUDON-\d{4}-\d{6}$/, steps: 4, postalCode: '44521', commune: 'Oudon', severalCommunes: true, childBirthPlace: '',
  },
  saintMaur: {
    slug: 'saint-maur-des-fosses', town: 'Saint-Maur-des-Fossés', space: 'Espace Citoyen',
    sender: 'nepasrepondre_saintmaurdesfosses@espace-citoyens.net',
    subject: 'Mairie de Saint-Maur-des-Fossés - Création de votre espace personnel',
    number: /^SAINTMAUR-\d{4}-\d{6}$/, steps: 5, postalCode: '94210', commune: 'Saint-Maur-des-Fossés', severalCommunes: false,
    childBirthPlace: 'Créteil', // Saint-Maur asks where a child was born
  },
};

let families = 0;
export function somebody(overrides = {}) {
  const number = ++families;
  return {
    birthName: 'Derc’hen', firstNames: 'Fañch', day: '3', month: '11', year: '1985',
    address: '12 bis rue de la Loire', mobile: '06 12 34 56 78', email: `fanch.${number}@example.org`,
    identifier: `fanch.${number}`, password: 'Crêpes-au-beurre-29', ...overrides,
  };
}

// One function per screen, so that a test can stop on any of them. `visitor` is on the screen when it is called.
export const screens = {
  async landing(visitor) {
    await visitor.sees(/Bienvenue sur votre/);
    await visitor.follow('Créer mon espace');
  },
  async welcome(visitor) {
    await visitor.sees('Bonjour et bienvenue');
    await visitor.follow('Je crée mon espace');
  },
  async identity(visitor, person) {
    await visitor.sees('Votre identité');
    await visitor.choose('Civilité', 'Monsieur');
    await visitor.fill('Nom de naissance', person.birthName);
    await visitor.fill('Prénom(s)', person.firstNames);
    await visitor.fill('Jour', person.day);
    await visitor.fill('Mois', person.month);
    await visitor.fill('Année', person.year);
    await visitor.press('SUIVANT');
  },
  async address(visitor, person, portal) {
    await visitor.sees('Votre adresse');
    await visitor.fill('Adresse', person.address);
    await visitor.fill('Code postal', portal.postalCode);
    if (portal.severalCommunes) await visitor.press(portal.commune);
    await eventually('the commune is filled in', async () => (await visitor.value('Commune')) === portal.commune);
    await visitor.press('SUIVANT');
  },
  async contact(visitor, person) {
    await visitor.sees('Vos téléphones et votre adresse électronique');
    await visitor.fill('Téléphone mobile', person.mobile);
    await visitor.fill('Adresse électronique', person.email);
    await visitor.press('SUIVANT');
  },
  async access(visitor, person, portal) {
    await visitor.sees('Votre identifiant et votre mot de passe');
    await visitor.fill('Identifiant', person.identifier);
    await visitor.fill('Mot de passe', person.password);
    if (portal.slug === 'oudon') {
      assert.notEqual(await visitor.value('Clé Enfance'), '', 'the key is filled in');
      assert.equal(await visitor.isEditable('Clé Enfance'), false);
      return;
    }
    await visitor.press('SUIVANT');
    await visitor.sees('SERVICES');
    await visitor.fill('Clé Enfance', 'ABCD-1234');
  },
  async consent(visitor) {
    await visitor.check('checkbox', /J.ai lu comment mes données sont utilisées/);
  },
  async icon(visitor) {
    const [, asked] = await visitor.reads(/Cliquez sur l’icône demandée\s?: (.+)/);
    await visitor.check('radio', asked.trim());
  },
  async confirmation(visitor, person, portal) {
    await visitor.sees('CONFIRMATION DE CRÉATION DE VOTRE ESPACE');
    const [, number] = await visitor.reads(/est reçue par la mairie sous le n°\s(\S+)\./);
    assert.match(number, portal.number);
    await visitor.reads(new RegExp(`Numéro\\s*${number}`));
    await visitor.reads(new RegExp(`Un mail part à l’adresse ${person.email}`));
    return number;
  },
  async login(visitor, person) {
    await visitor.sees('Connexion');
    await visitor.fill('Identifiant', person.identifier);
    await visitor.fill('Mot de passe', person.password);
    await visitor.press('CONNEXION');
  },
};

// From the landing page to where only VALIDER is left.
export async function fillIn(visitor, portal, person) {
  await screens.landing(visitor);
  await screens.welcome(visitor);
  await screens.identity(visitor, person);
  await screens.address(visitor, person, portal);
  await screens.contact(visitor, person);
  await screens.access(visitor, person, portal);
  await screens.consent(visitor);
  await screens.icon(visitor);
}

// From the landing page to the receipt; gives the receipt's number.
export async function register(visitor, portal, person) {
  await fillIn(visitor, portal, person);
  await visitor.press('VALIDER');
  return screens.confirmation(visitor, person, portal);
}

// Opens the mail's link and presses the button of its page.
export async function activate(visitor, server, portal, person) {
  const mail = await server.mailTo(person.email, 'Création');
  assert.equal(mail.subject, portal.subject);
  assert.ok(mail.from.includes(portal.sender), mail.from);
  const link = linkIn(mail);
  assert.match(link, new RegExp(
    `/${portal.slug}/espace-citoyens/CompteCitoyen/Validation\\?id=\\d+&datecreat=\\d{8}&heurecreat=\\d{4}&key=[0-9a-f]{32}$`));
  await visitor.open(link);
  await visitor.press('Activer mon espace');
  return link;
}
