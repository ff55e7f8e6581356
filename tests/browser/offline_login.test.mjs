// A family's space without a network: what a device keeps, who may see it, and what becomes of it. The server is really
// gone. One town: nothing of this is a town's to configure.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { eventually } from '../support/eventually.mjs';
import { CHEAP_STAMPS, startServer, WITHOUT_LIMITS } from '../support/foyer_server.mjs';
import { accessible } from './support/accessible_page.mjs';
import { DESK, launchChromium, ready } from './support/chromium.mjs';
import { account, home, loggedIn, people, staff } from './support/household.mjs';
import { PORTALS, screens } from './support/registration.mjs';

const OPEN = 'Garder mon espace sur cet appareil';
const ASK = 'Le garder, et demander mon mot de passe à l’ouverture';
const NOTHING = 'Ne rien garder (ordinateur partagé)';
const UNLOCK = 'OUVRIR MON ESPACE';
const portal = PORTALS.oudon;

let server, browser;
before(async () => {
  server = await startServer({ stampBits: CHEAP_STAMPS, extra: WITHOUT_LIMITS });
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const at = (path) => `${server.origin}/${portal.slug}/${path}`;

async function withoutNetwork(work) {
  await server.kill();
  try {
    await work();
  } finally {
    await server.start();
  }
}

async function look(page, name) {
  for (const [width, height] of [[1280, 800], [360, 740]]) {
    await page.setViewportSize({ width, height });
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(resolve)))));
    if (process.env.FOYER_PICTURES) {
      await mkdir(process.env.FOYER_PICTURES, { recursive: true });
      await page.screenshot({ path: `${process.env.FOYER_PICTURES}/${name.replace(/\W+/g, '-')}-${width}.png`, fullPage: true });
    }
    await accessible(page, `${name} at ${width} px`);
  }
  await page.setViewportSize(DESK.viewport);
}

// Everything that lies in the database, as far as it can be read; and how many spaces are kept.
const onDisk = (page) =>
  page.evaluate(() => new Promise((resolve, reject) => {
    const opening = indexedDB.open('foyer-vault');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const names = [...opening.result.objectStoreNames];
      const transaction = opening.result.transaction(names);
      const asked = Object.fromEntries(names.map((name) => [name, transaction.objectStore(name).getAll()]));
      transaction.oncomplete = () => {
        opening.result.close();
        const texts = [];
        const walk = (value) => {
          if (typeof value === 'string') texts.push(value);
          else if (ArrayBuffer.isView(value)) texts.push(new TextDecoder('latin1').decode(value));
          else if (value && typeof value === 'object' && !(value instanceof CryptoKey)) Object.values(value).forEach(walk);
        };
        for (const request of Object.values(asked)) walk(request.result);
        const [home] = asked.homes?.result ?? [];
        resolve({ homes: asked.homes?.result.length ?? 0, hasBody: Boolean(home?.body), savedAt: home?.savedAt ?? 0, text: texts.join('\n') });
      };
    };
  }));

const loseKey = (page) =>
  page.evaluate(() => new Promise((resolve, reject) => {
    const opening = indexedDB.open('foyer-vault');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const transaction = opening.result.transaction('facts', 'readwrite');
      transaction.objectStore('facts').delete('home-key');
      transaction.oncomplete = () => {
        opening.result.close();
        resolve();
      };
    };
  }));

// Logged in, on a device that has what opens the town without a network.
async function arrived(person, choice) {
  const visitor = await loggedIn(server, browser, portal, person, { options: DESK });
  const { page } = visitor;
  await eventually('the town is kept on the device', () => page.evaluate(async (town) => (await (await (await caches.open('foyer-kept')).match(`/${town}/offline.json`))?.json())?.set ?? '', portal.slug), { seconds: 30 });
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  if (choice) {
    await visitor.press(choice);
    await page.getByText('C’est noté.').waitFor();
    if (choice !== NOTHING) await eventually('the space is kept', async () => (await onDisk(page)).hasBody);
  }
  return visitor;
}

const open = async (page, path = 'tableau-de-bord') => {
  await page.goto(at(path));
  await ready(page);
};

const sees_space = (page, person) => page.getByRole('heading', { level: 1, name: `Bonjour ${person.firstNames}` }).waitFor();

async function gives(page, password) {
  await page.getByLabel(/^Mot de passe/).fill(password);
  await page.getByRole('button', { name: UNLOCK }).click();
}

test('a device that keeps the space opens it without a network, with its age, and a change made there leaves later', async () => {
  const person = await account(server, portal);
  const visitor = await arrived(person);
  const { page } = visitor;
  assert.equal((await onDisk(page)).homes, 0, 'nothing is kept before the person has chosen');
  await look(page, 'question');
  await visitor.press(OPEN);
  await page.getByText('C’est noté.').waitFor();
  await eventually('the space is kept', async () => (await onDisk(page)).hasBody);
  const { text } = await onDisk(page);
  for (const word of [person.birthName, person.firstNames, person.identifier, person.email, person.password, 'a1']) if (word.length > 3) assert.ok(!text.includes(word), word);

  await withoutNetwork(async () => {
    await open(page);
    await sees_space(page, person);
    await page.getByText(/Vu pour la dernière fois le .*, il y a moins d’une minute\./).waitFor();
    await page.getByText('Sans réseau : cette page montre').waitFor();
    await look(page, 'dashboard without a network');
    await visitor.follow('PROFIL');
    await visitor.sees('Votre identité');
    await visitor.fill('Prénom(s)', 'Fañch-Mari');
    for (let step = 0; step < 8 && (await page.getByRole('button', { name: 'SUIVANT' }).count()) > 0; ++step) {
      const before = await page.title();
      await visitor.press('SUIVANT');
      await eventually('the next step', async () => (await page.title()) !== before);
    }
    await visitor.press('VALIDER');
    await page.getByText(/enregistrée? sur cet appareil/i).first().waitFor();
    // Another visit knows of it, and so does whoever would begin again.
    await open(page);
    await sees_space(page, person);
    await page.getByText('Enregistrée sur cet appareil, pas encore partie').waitFor();
    await look(page, 'dashboard with a request on its way');
    await visitor.follow('PROFIL');
    await page.getByText(/Une modification de votre profil, du .*, attend encore sur cet appareil/).waitFor();
  });
  await open(page);
  await page.getByText('Bonjour Fañch-Mari').waitFor();
  await page.context().close();
});

test('a device that asks for the password shows nothing before it has it, and looks at wrong ones ever more slowly', async () => {
  const person = await account(server, portal);
  const visitor = await arrived(person, ASK);
  const { page } = visitor;
  assert.ok(!(await onDisk(page)).text.includes(person.password));
  // With a network too, and nothing is asked of the town before.
  let calls = [];
  page.on('request', (request) => {
    if (request.isNavigationRequest()) calls = []; // those of the page before
    else if (request.url().includes('/api/v1/oudon/sync')) calls.push(request.url());
  });
  await open(page, 'famille');
  await page.getByRole('heading', { level: 1, name: 'Votre mot de passe' }).waitFor();
  assert.deepEqual(calls, []);
  await look(page, 'the password');
  await withoutNetwork(async () => {
    await open(page);
    await page.getByRole('heading', { level: 1, name: 'Votre mot de passe' }).waitFor();
    // On a machine that is busy, the wait would be over before it is looked at.
    const now = Date.now();
    await page.clock.setFixedTime(now);
    for (let tries = 0; tries < 3; ++tries) {
      await gives(page, 'Pas-celui-la-123!');
      await page.getByText('Ce n’est pas le bon mot de passe. Votre compte n’est pas bloqué.').waitFor();
    }
    await page.getByText(/Attendez \d secondes avant de réessayer/).waitFor();
    await look(page, 'a wrong password');
    // Opening the page again makes no try free.
    await open(page);
    await gives(page, person.password);
    const [, seconds] = await visitor.reads(/Attendez (\d+) secondes? avant de réessayer/);
    await page.clock.setFixedTime(now + (Number(seconds) + 1) * 1000);
    await gives(page, person.password);
    await sees_space(page, person);
    await page.getByText(/Vu pour la dernière fois le/).waitFor();
  });
  await page.context().close();
});

test('logging out wipes it, without a network too, and the town is told afterwards', async () => {
  const person = await account(server, portal);
  const visitor = await arrived(person, OPEN);
  const { page } = visitor;
  await withoutNetwork(async () => {
    await open(page);
    await sees_space(page, person);
    await visitor.press('Se déconnecter');
    await page.getByText('rien de votre espace n’y reste').waitFor();
    await eventually('it is wiped', async () => (await onDisk(page)).homes === 0);
    await open(page);
    await page.getByRole('heading', { level: 1, name: 'Connexion' }).waitFor();
  });
  await page.evaluate(() => { dispatchEvent(new Event('online')); });
  await eventually('the town is told', () => / request .*method=DELETE .*sessions.*status=204/.test(server.output()), { seconds: 20 });
  await page.context().close();
});

test('a device that is unbound elsewhere loses it at the next contact, and another account never sees it', async () => {
  const first = await account(server, portal);
  const second = await account(server, portal, { firstNames: 'Maïwenn', password: 'Galettes-de-sarrasin-31' });
  const here = await arrived(first, OPEN);
  const elsewhere = await loggedIn(server, browser, portal, first, { options: DESK });
  await elsewhere.follow('Voir mes appareils connectés');
  await elsewhere.page.getByRole('button', { name: /^Déconnecter cet appareil/ }).click();
  await elsewhere.page.getByRole('button', { name: 'Oui, le déconnecter' }).click();
  await elsewhere.page.getByText('Cet appareil est déconnecté.').waitFor();
  await open(here.page);
  await here.page.getByRole('heading', { level: 1, name: 'Connexion' }).waitFor();
  await eventually('it is wiped', async () => (await onDisk(here.page)).homes === 0);
  await screens.login(here, second);
  await here.sees('Bonjour Maïwenn');
  assert.equal((await onDisk(here.page)).homes, 0, 'the second one is asked anew');
  await here.press(ASK);
  await here.page.getByText('C’est noté.').waitFor();
  await eventually('the space is kept', async () => (await onDisk(here.page)).hasBody);
  await withoutNetwork(async () => {
    await open(here.page);
    // What opened the first one's space does not open the second one's.
    await gives(here.page, first.password);
    await here.page.getByText('Ce n’est pas le bon mot de passe. Votre compte n’est pas bloqué.').waitFor();
    await gives(here.page, second.password);
    await sees_space(here.page, second);
  });
  await here.page.context().close();
  await elsewhere.page.context().close();
});

test('on a shared computer nothing is kept; a lost key is said', async () => {
  const person = await account(server, portal);
  const shared = await arrived(person, NOTHING);
  assert.equal((await onDisk(shared.page)).hasBody, false);
  await withoutNetwork(async () => {
    await open(shared.page);
    await shared.page.getByText('Pas de réseau : vos demandes ne peuvent pas être affichées').waitFor();
  });
  await shared.page.context().close();

  const { page } = await arrived(person, OPEN);
  await loseKey(page);
  await withoutNetwork(async () => {
    await open(page);
    await page.getByText('votre navigateur en a perdu la clé', { exact: false }).waitFor();
  });
  await page.context().close();
});

// From the dashboard to where it is said that the declaration waits.
async function declares(visitor, person) {
  await people.begin(visitor);
  await people.child(visitor, { firstNames: 'Zoé', birthName: person.birthName, birth: ['4', '5', '2019'], authority: ['Fañch Derc’hen'], livingWith: 'Fañch Derc’hen' });
  await visitor.press('ALLER À L’ÉTAPE 2');
  await visitor.sees('Récapitulatif');
  await visitor.press('VALIDER');
  await visitor.reads(/enregistrée sur cet appareil, mais elle n.est pas encore partie/);
}

test('an entourage begun and ended without a network, from what the device keeps behind the password, leaves later and once', async () => {
  const person = await account(server, portal);
  const visitor = await arrived(person, ASK);
  const { page } = visitor;
  const before = server.taken();
  await withoutNetwork(async () => {
    await open(page);
    await gives(page, person.password);
    await sees_space(page, person);
    await declares(visitor, person);
    await page.close();
  });
  // It needs no password to leave: it is sealed. What it says does.
  const next = await page.context().newPage();
  next.setDefaultTimeout(10_000);
  await open(next);
  await next.getByRole('heading', { level: 1, name: 'Votre mot de passe' }).waitFor();
  await eventually('it has arrived', () => server.taken() - before === 1);
  assert.doesNotMatch(await next.locator('#scene').innerText(), /Zoé/);
  await gives(next, person.password);
  await sees_space(next, person);
  await next.getByText(/OUDON-\d{4}-\d{6}/).first().waitFor();
  assert.equal(server.taken() - before, 1);
  await page.context().close();
});

test('a correction that the town asks for is made without a network, from what the device keeps, and leaves later', async () => {
  const person = await account(server, portal);
  const visitor = await arrived(person, OPEN);
  const { page } = visitor;
  await people.begin(visitor);
  await people.child(visitor, { firstNames: 'Gwenn', birthName: person.birthName, birth: ['2', '5', '2019'], authority: ['Fañch Derc’hen'], livingWith: 'Fañch Derc’hen' });
  const number = await people.send(visitor);
  await home(visitor);
  await staff(server, 'submissions', 'ask', '--portal', portal.slug, '--fields', 'children.0.birth_date', '--message', 'L’année ne correspond pas au livret de famille.', number);
  await page.getByText(`La mairie vous demande de corriger votre demande ${number}.`).first().waitFor({ timeout: 30_000 });
  const before = server.taken();
  await withoutNetwork(async () => {
    await open(page);
    await sees_space(page, person);
    await visitor.follow(`Voir le détail de la demande ${number}`);
    await visitor.follow('Corriger ma demande');
    await visitor.sees(`Corriger votre demande ${number}`);
    await visitor.fill('Année', '2018');
    await visitor.press('ENVOYER LA CORRECTION');
    await page.getByText('Votre correction est enregistrée sur cet appareil.', { exact: false }).first().waitFor();
    await page.close();
  });
  const next = await page.context().newPage();
  next.setDefaultTimeout(10_000);
  await open(next);
  await eventually('it has arrived', () => server.taken() - before === 1);
  assert.match(await staff(server, 'submissions', 'show', '--portal', portal.slug, number), /2018/);
  assert.equal(server.taken() - before, 1);
  await page.context().close();
});

test('a declaration whose session was ended elsewhere says what it waits for, and leaves after the login', async () => {
  const person = await account(server, portal);
  const here = await arrived(person, OPEN);
  const elsewhere = await loggedIn(server, browser, portal, person, { options: DESK });
  const before = server.taken();
  await here.page.context().setOffline(true);
  await declares(here, person);
  await elsewhere.follow('Voir mes appareils connectés');
  await elsewhere.page.getByRole('button', { name: /^Déconnecter cet appareil/ }).click();
  await elsewhere.page.getByRole('button', { name: 'Oui, le déconnecter' }).click();
  await elsewhere.page.getByText('Cet appareil est déconnecté.').waitFor();
  await here.page.context().setOffline(false);
  await here.page.getByText(/Elle n’est pas encore partie\s: elle attend que votre espace soit activé \(par le lien reçu par mail\) et que vous vous connectiez sur cet appareil/).waitFor({ timeout: 30_000 });
  assert.equal(server.taken() - before, 0);
  // It has been told once to the page and once to the worker, and neither goes on asking.
  const tries = (server.output().match(/ request .*method=PUT .*status=401/g) ?? []).length;
  assert.ok(tries > 0 && tries < 8, `${tries} tries`);
  await open(here.page, 'connexion');
  await screens.login(here, person);
  await here.sees(`Bonjour ${person.firstNames}`);
  await eventually('it has arrived', () => server.taken() - before === 1);
  await here.page.getByText(/elle attend que votre espace soit activé/).waitFor({ state: 'hidden' });
  assert.equal(server.taken() - before, 1);
  await here.page.context().close();
  await elsewhere.page.context().close();
});
