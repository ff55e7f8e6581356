// From the landing page to the dashboard and out again, in an engine that Playwright does not drive.
import { PlainVisitor } from './plain_visitor.mjs';
import { activate, register, screens, somebody } from './registration.mjs';

export async function wholeJourney(engine, server, portal) {
  const visitor = new PlainVisitor(engine);
  const person = somebody();
  await visitor.open(`${server.origin}/${portal.slug}/`);
  await visitor.ready();
  const view = await visitor.view();

  const number = await register(visitor, portal, person);
  await activate(visitor, server, portal, person);
  await visitor.sees('Votre espace est activé');
  await visitor.follow('Se connecter');
  await visitor.ready();
  await screens.login(visitor, person);
  await visitor.sees('Bonjour Fañch');
  await visitor.reads(new RegExp(number));
  await visitor.press('Se déconnecter');
  await visitor.sees('Bienvenue sur votre');
  await visitor.open(`${server.origin}/${portal.slug}/tableau-de-bord`);
  await visitor.sees('Connexion');
  return { view };
}
