// The main job, whole: from the landing page to the dashboard, on both portals, by mouse, by keyboard alone, by touch.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESK, PHONE, launchChromium, openPage, ready } from './support/chromium.mjs';
import { startServer } from '../support/foyer_server.mjs';
import { PORTALS, activate, register, screens, somebody } from './support/registration.mjs';
import { Visitor } from './support/visitor.mjs';
import { wholeJourney } from './support/whole_journey.mjs';

let server, browser;
before(async () => {
  server = await startServer();
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

for (const portal of Object.values(PORTALS)) {
  for (const [how, options] of [['mouse', DESK], ['keyboard', DESK], ['touch', PHONE]]) {
    test(`${portal.town}: a family registers, activates, logs in and out, by ${how}`, async () => {
      const page = await openPage(browser, options, `${server.origin}/${portal.slug}/`);
      const visitor = new Visitor(page, how);
      const person = somebody();

      const number = await register(visitor, portal, person);
      await activate(visitor, server, portal, person);
      await page.getByRole('link', { name: 'Se connecter' }).click();
      await ready(page);
      await screens.login(visitor, person);
      await visitor.sees('Bonjour Fañch');
      await page.getByText(number).first().waitFor();

      await page.reload();
      await ready(page);
      await page.getByText(number).first().waitFor();

      await visitor.press('Se déconnecter');
      await visitor.sees(/Bienvenue sur votre/);
      await page.goto(`${server.origin}/${portal.slug}/tableau-de-bord`);
      await visitor.sees('Connexion');
      assert.deepEqual(page.complaints.filter((complaint) => !/401/.test(complaint)), []);
      await page.context().close();
    });
  }
}

test('Saint-Maur-des-Fossés: a family registers, declares those around it and logs out, in Chromium', async () => {
  const page = await openPage(browser, DESK);
  const { view } = await wholeJourney(new Visitor(page), server, PORTALS.saintMaur, { inPage: (work) => page.evaluate(work), ready: () => ready(page) });
  assert.equal(view, 'canvas');
  assert.deepEqual(page.complaints.filter((complaint) => !/401/.test(complaint)), []);
  await page.context().close();
});

test('a lost password is replaced by the link of a mail, and the old one no longer opens the space', async () => {
  const portal = PORTALS.oudon;
  const page = await openPage(browser, DESK, `${server.origin}/${portal.slug}/`);
  const visitor = new Visitor(page);
  const person = somebody();
  await register(visitor, portal, person);
  await activate(visitor, server, portal, person);

  await page.goto(`${server.origin}/${portal.slug}/mot-de-passe-perdu`);
  await ready(page);
  await visitor.fill('Identifiant ou adresse électronique', person.identifier);
  await visitor.press('ENVOYER');
  await page.getByText(/Si un espace correspond/).waitFor();
  const mail = await server.mailTo(person.email, 'mot de passe');
  await page.goto(/https?:\/\/\S+/.exec(mail.text)[0]);
  await ready(page);
  await visitor.sees('Nouveau mot de passe');
  await visitor.fill('Mot de passe', 'Galettes-de-sarrasin-44');
  await visitor.press('VALIDER');
  await visitor.sees('Connexion');

  await screens.login(visitor, person);
  await page.getByText(/Identifiant ou mot de passe inconnu/).first().waitFor();
  await screens.login(visitor, { ...person, password: 'Galettes-de-sarrasin-44' });
  await visitor.sees(/Bonjour/);
  await page.context().close();
});

test('what is missing is said at the top and beside each field, and the way back keeps what was typed', async () => {
  const page = await openPage(browser, PHONE, `${server.origin}/oudon/inscription/identite`);
  const visitor = new Visitor(page, 'touch');
  await visitor.fill('Prénom(s)', 'Łukasz');
  await visitor.press('SUIVANT');
  await page.getByRole('heading', { name: 'Corrigez ce qui suit pour continuer' }).waitFor();
  assert.match(await page.title(), /^Erreur/);
  const name = visitor.field('Nom de naissance');
  assert.equal(await name.getAttribute('aria-invalid'), 'true');
  await page.locator('.error_summary a').first().click();
  assert.equal(await name.evaluate((element) => element === document.activeElement), true, 'its link leads to the field');

  await screens.identity(visitor, somebody({ firstNames: 'Łukasz' }));
  await visitor.sees('Votre adresse');
  await page.goBack();
  await visitor.sees('Votre identité');
  assert.equal(await visitor.field('Prénom(s)').inputValue(), 'Łukasz');
  await page.goForward();
  await visitor.sees('Votre adresse');
  await visitor.press('PRÉCÉDENT');
  await visitor.sees('Votre identité');
  assert.equal(await visitor.field('Nom de naissance').inputValue(), 'Derc’hen');
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});
