// What a family's browser, network and mail may do to a registration: it arrives, and it arrives once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CHEAP_STAMPS, startServer, WITHOUT_LIMITS } from '../support/foyer_server.mjs';
import { eventually } from '../support/eventually.mjs';
import { linkIn } from '../support/mail.mjs';
import { payload, send, Stranger } from '../wire/support/stranger.mjs';
import { DESK, launchChromium, openPage, ready } from './support/chromium.mjs';
import { PORTALS, fillIn, register, screens, somebody } from './support/registration.mjs';
import { Visitor } from './support/visitor.mjs';

const portal = PORTALS.oudon;
const ON_DEVICE = /enregistrée sur cet appareil, mais elle n.est pas encore partie/;

let server, browser;
before(async () => {
  server = await startServer({ stampBits: CHEAP_STAMPS, extra: WITHOUT_LIMITS });
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const at = (path = '') => `${server.origin}/${portal.slug}/${path}`;

// A page of its own on the landing page; `prepare` has its context first.
async function visit(prepare = () => {}) {
  const page = await openPage(browser, DESK);
  await prepare(page.context());
  await page.goto(at());
  await ready(page);
  return new Visitor(page);
}

// Nothing more is on its way from this page, and so many envelopes came since `before`, each with one mail.
async function arrived(visitor, before, people) {
  await visitor.page.waitForLoadState('networkidle');
  // The server writes its line when it has answered.
  await eventually('each is written down', () => server.taken() - before >= people.length);
  assert.equal(server.taken() - before, people.length, 'envelopes taken');
  for (const person of people) {
    await server.mailTo(person.email);
    assert.equal((await server.mails()).filter((mail) => mail.to.includes(person.email)).length, 1, `mails to ${person.email}`);
  }
}

// Registers as another program would, where the journey before is not what a test is about.
async function registeredByWire(changes = {}) {
  const person = somebody(changes);
  const device = new Stranger(server.origin, server.facts);
  const answer = await send(await device.envelope(await server.revision(portal.slug), payload('registration', {
    civility: 'monsieur', birth_name: person.birthName, first_names: person.firstNames, 'birth_date.day': person.day,
    'birth_date.month': person.month, 'birth_date.year': person.year, address: person.address, postal_code: portal.postalCode,
    commune: portal.commune, mobile: person.mobile, email: person.email, identifier: person.identifier, password: person.password,
    consent: 'yes', 'security_check.asked': 'house', 'security_check.chosen': 'house',
  })));
  assert.equal(answer.status, 201, answer.text);
  return { person, mail: await server.mailTo(person.email) };
}

for (const year of [1970, 2031]) {
  test(`a device whose clock says ${year} registers all the same`, async () => {
    const before = server.taken();
    const person = somebody();
    const visitor = await visit((context) =>
      context.addInitScript((start) => {
        const True = Date;
        const shift = start - True.now();
        globalThis.Date = class extends True {
          constructor(...parts) {
            if (parts.length > 0) super(...parts);
            else super(True.now() + shift);
          }
          static now() {
            return True.now() + shift;
          }
        };
      }, Date.UTC(year, 0, 2)));
    assert.equal(await visitor.page.evaluate(() => new Date().getUTCFullYear()), year);
    await register(visitor, portal, person);
    await arrived(visitor, before, [person]);
    assert.deepEqual(visitor.page.complaints.filter((complaint) => !/status of 401/.test(complaint)), []);
    await visitor.page.context().close();
  });
}

test('a network that drops each file twice opens the portal all the same', async () => {
  const drops = new Map();
  const visitor = await visit((context) => context.route(/\/(foyer\.[^/]*\.wasm|texts-[^/]*\.bin|portals\/oudon\?.*)$/, (route) => {
    const address = route.request().url();
    const before = drops.get(address) ?? 0;
    if (before === 2) return route.fallback();
    drops.set(address, before + 1);
    return route.abort('connectionreset');
  }));
  assert.deepEqual([...drops.values()], [2, 2, 2], [...drops.keys()].join(' '));
  assert.deepEqual(visitor.page.complaints.filter((complaint) => !/ERR_CONNECTION_RESET/.test(complaint)), []);
  await visitor.page.context().close();
});

test('two tabs that register at once are two requests, each with its number', async () => {
  const before = server.taken();
  const first = await visit();
  const people = [somebody(), somebody()];
  await fillIn(first, portal, people[0]);
  const second = new Visitor(await first.page.context().newPage());
  await second.open(at());
  await ready(second.page);
  await fillIn(second, portal, people[1]);
  await Promise.all([first.press('VALIDER'), second.press('VALIDER')]);
  const numbers = await Promise.all([screens.confirmation(first, people[0], portal), screens.confirmation(second, people[1], portal)]);
  assert.notEqual(numbers[0], numbers[1]);
  await arrived(first, before, people);
  await first.page.context().close();
});

test('a double click on VALIDER sends one request', async () => {
  const before = server.taken();
  const person = somebody();
  const visitor = await visit();
  await fillIn(visitor, portal, person);
  await visitor.page.getByRole('button', { name: 'VALIDER' }).dblclick();
  await screens.confirmation(visitor, person, portal);
  await arrived(visitor, before, [person]);
  await visitor.page.context().close();
});

test('without a network the request waits on the device, and leaves once when the network is back', async () => {
  const before = server.taken();
  const person = somebody();
  const visitor = await visit();
  const context = visitor.page.context();
  await fillIn(visitor, portal, person);
  await context.setOffline(true);
  await visitor.press('VALIDER');
  await visitor.reads(ON_DEVICE);
  assert.equal(server.taken(), before);
  await context.setOffline(false);
  await screens.confirmation(visitor, person, portal);
  await arrived(visitor, before, [person]);
  await context.close();
});

test('a page closed without a network sends its request when the site is next opened', async () => {
  const before = server.taken();
  const person = somebody();
  const visitor = await visit();
  const context = visitor.page.context();
  await fillIn(visitor, portal, person);
  await context.setOffline(true);
  await visitor.press('VALIDER');
  await visitor.reads(ON_DEVICE);
  await visitor.page.close();
  await context.setOffline(false);
  const later = new Visitor(await context.newPage());
  await later.open(at());
  await server.mailTo(person.email);
  await arrived(later, before, [person]);
  await context.close();
});

test('a server killed between taking the request and saying so has it once when it is back', async () => {
  const before = server.taken();
  const person = somebody();
  const visitor = await visit();
  await fillIn(visitor, portal, person);
  const killed = new Promise((resolve, reject) => {
    const takeAndDie = async (route) => {
      assert.equal((await route.fetch()).status(), 201);
      await server.kill();
      await route.abort();
    };
    visitor.page.route('**/api/v1/envelopes/*', (route) => takeAndDie(route).then(resolve, reject), { times: 1 }).catch(reject);
  });
  await visitor.press('VALIDER');
  await killed;
  await visitor.reads(ON_DEVICE);
  await server.start();
  await screens.confirmation(visitor, person, portal);
  await arrived(visitor, before, [person]);
  await visitor.page.context().close();
});

test('who chooses an identifier that is taken is registered, told by mail, and chooses another when activating', async () => {
  const owner = await registeredByWire();
  const person = somebody({ identifier: owner.person.identifier });
  const visitor = await visit();
  await register(visitor, portal, person);
  const mail = await server.mailTo(person.email);
  const told = /L.identifiant que vous aviez choisi, «\s?(\S+)\s?», appartient déjà à quelqu.un d.autre/;
  assert.equal(told.exec(mail.text)?.[1], person.identifier);
  assert.doesNotMatch(owner.mail.text, told);
  assert.equal((await server.mails()).filter(({ to }) => to.includes(owner.person.email)).length, 1);

  await visitor.open(linkIn(mail));
  await visitor.reads(/appartient déjà à quelqu.un d.autre\. Choisissez-en un autre/);
  await visitor.press('Activer mon espace');
  await visitor.reads(/Écrivez un identifiant de 3 à 64/);
  await visitor.fill('Nouvel identifiant', owner.person.identifier);
  await visitor.press('Activer mon espace');
  await visitor.reads(/est déjà pris lui aussi/);
  const another = `${person.identifier}.44`;
  await visitor.fill('Nouvel identifiant', another);
  await visitor.press('Activer mon espace');
  await visitor.sees('Votre espace est activé');
  await visitor.reads(new RegExp(`Votre identifiant\\s?: ${another}`));
  await visitor.follow('Se connecter');
  await ready(visitor.page);
  await screens.login(visitor, { ...person, identifier: another });
  await visitor.sees('Bonjour');
  await visitor.page.context().close();
});

test('after another activation mail the first link says so, the second works, and only once', async () => {
  const { person, mail } = await registeredByWire();
  const visitor = await visit();
  await visitor.follow('Je n’ai pas reçu le mail d’activation');
  await visitor.fill('Identifiant ou adresse électronique', person.identifier);
  await visitor.press('ENVOYER');
  await visitor.reads(/un nouveau mail vient de partir/);
  const second = await eventually('the second mail', async () => {
    const mails = (await server.mails()).filter(({ to }) => to.includes(person.email));
    return mails.length === 2 && mails[1];
  });
  await visitor.open(linkIn(mail));
  await visitor.sees('Un lien plus récent vous a été envoyé');

  // The same page open twice, and pressed in both.
  const other = new Visitor(await visitor.page.context().newPage());
  await visitor.open(linkIn(second));
  await other.open(linkIn(second));
  await visitor.press('Activer mon espace');
  await visitor.sees('Votre espace est activé');
  await other.press('Activer mon espace');
  await other.sees('Votre espace est déjà activé');
  await visitor.open(linkIn(second));
  await visitor.sees('Votre espace est déjà activé');
  await visitor.page.context().close();
});

test('a link with a wrong key and one of nobody each get their own sentence, and activate nothing', async () => {
  const { mail } = await registeredByWire();
  const link = new URL(linkIn(mail));
  const changed = (name, value) => {
    const other = new URL(link);
    other.searchParams.set(name, value);
    return other.href;
  };
  const visitor = await visit();
  for (const key of ['0'.repeat(32), link.searchParams.get('key').slice(0, -1), '']) {
    await visitor.open(changed('key', key));
    await visitor.sees('Ce lien n’est pas complet');
  }
  for (const id of ['999999', 'un', '']) {
    await visitor.open(changed('id', id));
    await visitor.sees('Ce lien ne correspond à aucune demande');
  }
  await visitor.open(link.href);
  await visitor.press('Activer mon espace');
  await visitor.sees('Votre espace est activé');
  await visitor.page.context().close();
});

test('the link English changes the language in the middle of a step and keeps what was typed', async () => {
  const visitor = await visit();
  await screens.landing(visitor);
  await screens.welcome(visitor);
  await visitor.sees('Votre identité');
  await visitor.fill('Nom de naissance', 'Siobhán');
  await visitor.follow('English');
  await visitor.sees('About you');
  assert.equal(await visitor.page.evaluate(() => document.documentElement.lang), 'en');
  assert.equal(await visitor.page.getByRole('textbox', { name: 'Birth name', exact: true }).inputValue(), 'Siobhán');
  await visitor.follow('Français');
  await visitor.sees('Votre identité');
  assert.equal(await visitor.value('Nom de naissance'), 'Siobhán');
  await visitor.page.context().close();
});
