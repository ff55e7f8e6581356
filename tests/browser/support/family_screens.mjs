// Walks through every screen of a family that is logged in, normal and in error, and calls `look(page, name)` on each.
// What the town knows is said by the test (support/family_town.mjs); declaring people needs nobody else.
import { openAtHome, PEOPLE, request, snapshot } from './family_town.mjs';
import { people } from './household.mjs';
import { PORTALS } from './registration.mjs';
import { Visitor } from './visitor.mjs';

const CORRECTION = { fields: ['children.0.birth_date'], message: "La date ne correspond pas à l'acte.", answers: { 'children.0.first_names': 'Léa' } };
export const REQUESTS = [
  request('OUDON-2026-000003', 'entourage', 'waiting', { correction: CORRECTION }),
  request('OUDON-2026-000002', 'profile', 'received'),
  request('OUDON-2026-000001', 'registration', 'accepted'),
];
const DEVICES = [
  { reference: 'here', label: 'Chrome, Windows', bound_at: '2026-11-01T10:00:00Z', last_seen: '2026-11-21T10:00:00Z', this: true },
  { reference: 'phone_1', label: 'Firefox, Android', bound_at: '2026-11-01T10:00:00Z', last_seen: '2026-11-20T10:00:00Z', this: false },
];
export const FULL = {
  submissions: REQUESTS, devices: DEVICES, household: { people: PEOPLE },
  messages: [{ at: '2026-11-21T08:30:00Z', kind: 'waiting', text: 'La mairie vous demande une correction.', submission: REQUESTS[0].id }],
  keys: [{ service: 'enfance', state: 'queued', at: '2026-11-20T10:00:00Z' }],
};

const PAGES = [
  { name: 'a new dashboard', path: 'tableau-de-bord', members: {} },
  { name: 'a dashboard', path: 'tableau-de-bord' },
  { name: 'a dashboard without a network', path: 'tableau-de-bord', then: 'no network' },
  { name: 'a request to correct', path: 'tableau-de-bord/demande/OUDON-2026-000003' },
  { name: 'a correction', path: 'correction/OUDON-2026-000003', error: 'ENVOYER LA CORRECTION' },
  { name: 'the question of a withdrawal', path: 'tableau-de-bord/demande/OUDON-2026-000002', press: 'Retirer ma demande' },
  { name: 'Ma famille', path: 'famille' },
  { name: 'an invitation', path: 'famille', press: 'Inviter cette personne à ouvrir son espace : Paul Martin' },
  { name: 'the profile, identity', path: 'profil/identite', empty: 'Nom de naissance', error: 'SUIVANT' },
  { name: 'the profile, address', path: 'profil/adresse', empty: 'Code postal', error: 'SUIVANT' },
  { name: 'the profile, contact', path: 'profil/contact', empty: 'Adresse électronique', error: 'SUIVANT' },
  { name: 'the services', path: 'profil/services' },
  { name: 'the password', path: 'profil/mot-de-passe', error: 'VALIDER' },
  { name: 'the devices', path: 'profil/appareils', press: 'Déconnecter cet appareil : Firefox, Android' },
];

const inError = async (page, visitor, name, button, look) => {
  await visitor.press(button);
  await page.locator('.error_summary').waitFor();
  await look(page, `${name}, in error`);
};

export async function everyFamilyPage(browser, options, server, slug, look, query = '') {
  for (const { name, path, members, press, error, empty, then } of PAGES) {
    const { page, town } = await openAtHome(browser, options, server, slug, path + query, snapshot(1, members ?? FULL));
    const visitor = new Visitor(page);
    // The page has heard from the town, and shows it.
    await page.locator(path.startsWith('profil') || path.startsWith('correction') ? 'form, #title' : '#title').first().waitFor();
    await page.waitForFunction(() => !document.querySelector('#family-status')?.textContent && !/Chargement/.test(document.querySelector('#scene').innerText));
    if (press) await visitor.follow(press);
    if (then) {
      town.say(then);
      await page.getByRole('button', { name: 'Réessayer' }).waitFor();
    }
    await look(page, name);
    if (empty) await visitor.field(empty).fill('');
    if (error) await inError(page, visitor, name, error, look);
    await page.context().close();
  }
}

// The people of a household: nobody yet, each kind of person as it is, in error and with what an answer asks for, the
// list with somebody removed, and the recap.
export async function everyPerson(browser, options, server, slug, look, query = '') {
  const { childBirthPlace: birthPlace } = Object.values(PORTALS).find((portal) => portal.slug === slug);
  const { page } = await openAtHome(browser, options, server, slug, `entourage${query}`, snapshot(1));
  const visitor = new Visitor(page);
  await visitor.sees('MON ENTOURAGE');
  await page.getByRole('heading', { name: 'Les personnes que la mairie connaît' }).waitFor();
  await look(page, 'entourage');
  await visitor.press('AJOUTER À MON ENTOURAGE ENFANCE');
  await visitor.sees('Nouvelles personnes');
  await look(page, 'new people');
  await visitor.press('COMMENCER');
  await visitor.sees('Les personnes de votre entourage');
  await look(page, 'people, nobody yet');
  await inError(page, visitor, 'people, nobody yet', 'ALLER À L’ÉTAPE 2', look);
  for (const [button, title, name, choice] of [
    ['AJOUTER UN CO-REPRÉSENTANT', 'Nouveau co-représentant', 'a representative', [/Où habite cette personne/, 'À une autre adresse']],
    ['AJOUTER UN MEMBRE\u00a0: un enfant né ou à naître', 'Nouvel enfant', 'a child', [/Cet enfant est-il né/, 'Non, il est à naître']],
    ['AJOUTER UN CONTACT', 'Nouveau contact', 'a contact', null],
  ]) {
    await visitor.press(button);
    await visitor.sees(title);
    await look(page, name);
    await inError(page, visitor, name, 'Enregistrer', look);
    if (choice) {
      await visitor.pick(choice[0], 'radio', choice[1]);
      await look(page, `${name}, with what the answer asks for`);
    }
    await visitor.press('Annuler');
    await visitor.sees('Les personnes de votre entourage');
  }
  await people.child(visitor, { firstNames: 'Gwenn', birthName: 'Derc’hen', birth: ['2', '5', '2019'], birthPlace, authority: ["Anne-Lise Derc'hen"], livingWith: "Anne-Lise Derc'hen" });
  await people.contact(visitor, { firstNames: 'Rozenn', birthName: 'Tanguy', relation: 'Grand-parent', role: 'Être appelé en cas d’urgence', phone: '06 33 44 55 66', children: ['Gwenn Derc’hen'] });
  await look(page, 'people, a child and a contact');
  await visitor.press('Supprimer Rozenn Tanguy');
  await page.getByRole('button', { name: /Annuler la suppression/ }).waitFor();
  await look(page, 'people, one removed');
  await visitor.press('ALLER À L’ÉTAPE 2');
  await visitor.sees('Récapitulatif');
  await look(page, 'recap');
  await page.context().close();
}
