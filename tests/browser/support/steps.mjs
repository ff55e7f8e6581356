// Walks through every screen of journey A, normal and in error, and calls `look(page, name)` on each of them. Gives the
// person that it has registered.
import { Visitor } from './visitor.mjs';
import { screens, somebody } from './registration.mjs';
import { nothingTried, ready } from './chromium.mjs';

// Screens of their own address, before anybody has an account: [path, name, the button that finds them empty].
const ENTRANCES = [
  ['', 'landing', null],
  ['connexion', 'login', 'CONNEXION'],
  ['mot-de-passe-perdu', 'lost password', 'ENVOYER'],
  ['mail-non-recu', 'mail not received', 'ENVOYER'],
  ['mot-de-passe?id=1&key=00', 'new password', 'VALIDER'],
  ['mot-de-passe', 'new password, without its key', null],
];

// `query`: added to each address that is opened ("?texte"); `kept`: with a last registration whose network goes away.
export async function everyScreen(page, server, portal, look, { query = '', kept = false } = {}) {
  const visitor = new Visitor(page);
  const open = async (path) => {
    const address = new URL(`${server.origin}/${portal.slug}/${path}`);
    for (const [name, value] of new URLSearchParams(query)) address.searchParams.set(name, value);
    await page.goto(address.href);
    await ready(page);
  };
  const inError = async (name, button = 'SUIVANT') => {
    await visitor.press(button);
    await page.locator('.error_summary').waitFor();
    await look(page, `${name}, in error`);
  };
  const person = somebody();

  for (const [path, name, button] of ENTRANCES) {
    await open(path);
    await look(page, name);
    if (button) await inError(name, button);
  }
  for (const [path, name] of [['mot-de-passe-perdu', 'lost password'], ['mail-non-recu', 'mail not received']]) {
    await open(path);
    await visitor.fill('Identifiant ou adresse électronique', 'personne@example.org');
    await visitor.press('ENVOYER');
    await page.getByText(/Si un espace (à activer )?correspond/).first().waitFor();
    await look(page, `${name}, answered`);
  }

  await open('inscription');
  await look(page, 'welcome');
  await screens.welcome(visitor);
  await visitor.sees('Votre identité');
  await look(page, 'identity');
  await inError('identity');
  await screens.identity(visitor, person);
  await visitor.sees('Votre adresse');
  await look(page, 'address');
  await inError('address');
  await visitor.fill('Code postal', portal.postalCode);
  await look(page, 'address with communes');
  await screens.address(visitor, person, portal);
  await visitor.sees(/Vos téléphones/);
  await look(page, 'contact');
  await inError('contact');
  await screens.contact(visitor, person);
  await visitor.sees(/Votre identifiant/);
  await look(page, 'access');
  if (portal.slug === 'oudon') {
    await inError('access', 'VALIDER');
    await screens.access(visitor, person, portal);
  } else {
    await inError('access');
    await screens.access(visitor, person, portal);
    await look(page, 'services');
    await inError('services', 'VALIDER');
  }
  await visitor.press('Répondre à une question sans image');
  await look(page, 'security question');
  await visitor.press('Choisir une icône');
  await screens.consent(visitor);
  await screens.icon(visitor);
  if (kept) {
    await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('stamp_worker')));
    await page.context().setOffline(true);
    await visitor.press('VALIDER');
    await page.getByText(/enregistrée sur cet appareil/).first().waitFor({ timeout: 20_000 });
    await page.locator('#next-title').waitFor();
    await nothingTried(page, async () => {
      await page.getByText(/Elle n’est pas encore partie/).first().waitFor();
      await look(page, 'confirmation, kept on the device');
    });
    await page.context().setOffline(false);
  } else {
    await visitor.press('VALIDER');
  }
  await page.getByText(/est reçue par la mairie sous le n°/).first().waitFor({ timeout: 30_000 });
  await screens.confirmation(visitor, person, portal);
  await page.getByRole('heading', { name: 'Sur cet appareil' }).waitFor({ state: 'hidden' }); // nothing waits there any more
  await look(page, 'confirmation');
  return person;
}
