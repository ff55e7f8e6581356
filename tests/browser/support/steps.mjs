// Walks through every screen of journey A, normal and in error, and calls `look(name)` on each of them.
import { Visitor } from './visitor.mjs';
import { screens, somebody } from './registration.mjs';
import { ready } from './chromium.mjs';

export async function everyScreen(page, server, portal, look) {
  const visitor = new Visitor(page);
  const at = (path) => `${server.origin}/${portal.slug}/${path}`;
  const open = async (path) => {
    await page.goto(at(path));
    await ready(page);
  };
  const inError = async (name, button = 'SUIVANT') => {
    await visitor.press(button);
    await page.locator('.error_summary').waitFor();
    await look(`${name}, in error`);
  };
  const person = somebody();

  for (const [path, name] of [['', 'landing'], ['connexion', 'login'], ['mot-de-passe-perdu', 'lost password'], ['mail-non-recu', 'mail not received'], ['mot-de-passe?id=1&key=00', 'new password']]) {
    await open(path);
    await look(name);
  }
  await open('connexion');
  await inError('login', 'CONNEXION');

  await open('inscription');
  await look('welcome');
  await screens.welcome(visitor);
  await look('identity');
  await inError('identity');
  await screens.identity(visitor, person);
  await visitor.sees('Votre adresse');
  await look('address');
  await inError('address');
  await visitor.fill('Code postal', portal.postalCode);
  await look('address with communes');
  await screens.address(visitor, person, portal);
  await visitor.sees(/Vos téléphones/);
  await look('contact');
  await inError('contact');
  await screens.contact(visitor, person);
  await visitor.sees(/Votre identifiant/);
  await look('access');
  if (portal.slug === 'oudon') {
    await inError('access', 'VALIDER');
    await screens.access(visitor, person, portal);
  } else {
    await inError('access');
    await screens.access(visitor, person, portal);
    await look('services');
    await inError('services', 'VALIDER');
  }
  await visitor.press('Répondre à une question sans image');
  await look('security question');
  await visitor.press('Choisir une icône');
  await screens.consent(visitor);
  await screens.icon(visitor);
  await visitor.press('VALIDER');
  await screens.confirmation(visitor, person, portal);
  await look('confirmation');
  return person;
}
