// The whole of it in one engine, whichever drives it: a family registers, activates its account, logs in, declares those
// around it, sends that, and logs out.
import assert from 'node:assert/strict';
import { eventually } from '../../support/eventually.mjs';
import { home, people } from './household.mjs';
import { activate, register, screens, somebody } from './registration.mjs';

const REST = 2000; // milliseconds

// `inPage` runs a function in the page; `ready` waits until its module is at work.
export async function wholeJourney(visitor, server, portal, { inPage, ready }) {
  const person = somebody();
  await visitor.open(`${server.origin}/${portal.slug}/`);
  await ready();
  const view = await inPage(() => document.documentElement.dataset.view);

  const registration = await register(visitor, portal, person);
  await activate(visitor, server, portal, person);
  await visitor.sees('Votre espace est activé');
  await visitor.follow('Se connecter');
  await ready();
  await screens.login(visitor, person);
  await visitor.sees('Bonjour Fañch');
  await visitor.reads(new RegExp(registration));
  await visitor.reads(/Cette page se met à jour toute seule/);

  await people.begin(visitor);
  await people.representative(visitor, { firstNames: 'Maëlle', birthName: 'Le Goff', birth: ['7', '4', '1987'] });
  const both = ['Fañch Derc’hen', 'Maëlle Le Goff'];
  await people.child(visitor, {
    firstNames: 'Gwenn', birthName: 'Derc’hen', birth: ['2', '5', '2019'], birthPlace: portal.childBirthPlace, authority: both,
    livingWith: 'En alternance chez ses représentants', collectors: both,
  });
  await people.child(visitor, { expected: people.inThreeMonths() });
  await people.contact(visitor, {
    firstNames: 'Rozenn', birthName: 'Tanguy', relation: 'Grand-parent', role: 'Être appelé en cas d’urgence', phone: '06 33 44 55 66', children: ['Gwenn Derc’hen'],
  });
  const declaration = await people.send(visitor);
  assert.match(declaration, portal.number);

  await home(visitor);
  await visitor.reads(new RegExp(declaration));
  // While it waits for news nothing is drawn.
  await inPage(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null))))));
  const frames = () => inPage(() => globalThis.foyer_frames);
  const drawn = await frames();
  assert.ok(view === 'texte' || drawn > 0);
  await new Promise((resolve) => setTimeout(resolve, REST));
  assert.equal(await frames(), drawn, `frames drawn in ${REST} ms of rest`);

  await visitor.press('Se déconnecter');
  await visitor.sees('Bienvenue sur votre');
  await eventually('the town has heard it', () => /method=DELETE .*status=204/.test(server.output()));
  await visitor.open(`${server.origin}/${portal.slug}/tableau-de-bord`);
  await visitor.sees('Connexion');
  return { view };
}

// In an engine that Playwright does not drive.
export const wholeJourneyIn = (engine, visitor, server, portal) =>
  wholeJourney(visitor, server, portal, { inPage: (work) => engine.run(work), ready: () => visitor.ready() });
