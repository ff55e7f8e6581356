// Walks through what a device says about what it keeps, and calls `look(page, name)` on each: the question of a draft, its
// offer, the question of a family's space, the password that opens it, a request carried to another device.
import { eventually } from '../../support/eventually.mjs';
import { nothingTried, openPage, ready } from './chromium.mjs';
import { account } from './household.mjs';
import { fillIn, screens, somebody } from './registration.mjs';
import { Visitor } from './visitor.mjs';

// Nobody is taken for somebody who came before: a registration that looks like another waits for the town hall.
let spaces = 0;

export async function everyOfflineScreen(browser, options, server, portal, look, query = '') {
  const at = (path = '') => `${server.origin}/${portal.slug}/${path}${query}`;
  const open = async (page, path) => {
    await page.goto(at(path));
    await ready(page);
    return new Visitor(page);
  };

  // A draft.
  {
    const page = await openPage(browser, options);
    const visitor = await open(page, 'inscription/identite');
    await screens.identity(visitor, somebody());
    await visitor.sees('Votre adresse');
    await page.getByRole('button', { name: 'Garder mon brouillon sur cet appareil' }).waitFor();
    await look(page, 'the question of a draft');
    await visitor.press('Garder mon brouillon sur cet appareil');
    await page.getByText(/Votre brouillon est gardé sur cet appareil jusqu’au/).waitFor();
    await look(page, 'a draft that is kept');
    await open(page, '');
    await page.getByText(/Vous avez un brouillon du/).waitFor();
    await look(page, 'the offer of a draft');
    await page.context().close();
  }

  // A family's space.
  {
    const person = await account(server, portal, { year: String(1950 + ++spaces) });
    const page = await openPage(browser, options);
    const visitor = await open(page, 'connexion');
    await screens.login(visitor, person);
    await visitor.sees(`Bonjour ${person.firstNames}`);
    await page.getByText('Cette page se met à jour toute seule.').waitFor();
    const ask = 'Le garder, et demander mon mot de passe à l’ouverture';
    await page.getByRole('button', { name: ask }).waitFor();
    await look(page, 'the question of a space');
    await visitor.press(ask);
    await page.getByText('C’est noté.').waitFor();
    await look(page, 'a space that is kept');
    await eventually('the space asks for its password', async () => {
      await open(page, 'tableau-de-bord');
      await page.getByRole('heading', { level: 1, name: 'Votre mot de passe' }).waitFor({ timeout: 2000 });
      return true;
    });
    await look(page, 'the password of a space');
    await page.getByLabel(/^Mot de passe/).fill('Pas-celui-la-123!');
    await visitor.press('OUVRIR MON ESPACE');
    await page.getByText('Ce n’est pas le bon mot de passe. Votre compte n’est pas bloqué.').first().waitFor();
    await look(page, 'the password of a space, a wrong one');
    await page.context().close();
  }

  // A request that is carried.
  {
    const page = await openPage(browser, options);
    const visitor = await open(page, '');
    await fillIn(visitor, portal, somebody());
    await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('stamp_worker')));
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.context().setOffline(true);
    await visitor.press('VALIDER');
    await page.getByRole('button', { name: 'Enregistrer dans un fichier' }).waitFor();
    await nothingTried(page, async () => {
      await page.getByText(/Elle n’est pas encore partie/).first().waitFor();
      await look(page, 'a request to carry');
    });
    await page.context().close();
    const other = await openPage(browser, options);
    await open(other, '');
    await other.evaluate(() => { location.hash = 'deposer'; });
    await other.getByLabel('Choisir le fichier').setInputFiles({ name: 'demande.foyer', mimeType: 'application/json', buffer: Buffer.from('<html>') });
    await other.getByText('Ce fichier n’est ni une demande ni un reçu de ce site.').waitFor();
    await look(other, 'a file that is no request');
    await other.context().close();
  }
}
