// Two parents and three children, one of them not yet born: from the dashboard to the day the town has said yes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESK, launchChromium } from '../support/chromium.mjs';
import { CHEAP_STAMPS, startServer, WITHOUT_LIMITS } from '../../support/foyer_server.mjs';
import { account, home, loggedIn, people, staff } from '../support/household.mjs';
import { PORTALS } from '../support/registration.mjs';

let server, browser;
before(async () => {
  server = await startServer({ stampBits: CHEAP_STAMPS, extra: WITHOUT_LIMITS });
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test('two parents declare two children and one to be born; the town accepts, and Ma famille appears without a reload', async () => {
  const portal = PORTALS.oudon;
  const person = await account(server, portal);
  const visitor = await loggedIn(server, browser, portal, person, { options: DESK });
  const { page } = visitor;
  await people.begin(visitor);
  await people.representative(visitor, { firstNames: 'Maëlle', birthName: 'Le Goff', birth: ['7', '4', '1987'] });
  const both = ['Fañch Derc’hen', 'Maëlle Le Goff'];
  const common = { birthName: 'Derc’hen', authority: both, livingWith: 'En alternance chez ses représentants', collectors: both };
  await people.child(visitor, { ...common, firstNames: 'Gwenn', birth: ['2', '5', '2019'] });
  // What was said of a sister is there already: nothing is asked twice.
  await people.child(visitor, { firstNames: 'Malo', birth: ['2', '5', '2019'] });
  await people.child(visitor, { expected: people.inThreeMonths() });

  const number = await people.send(visitor);
  assert.match(number, portal.number);
  await visitor.reads(/dans un délai de 3 à 6 jours/);
  await visitor.reads(/au plus tard le \d/);

  await home(visitor);
  await page.evaluate(() => { globalThis.sameDocument = true; });
  await staff(server, 'submissions', 'accept', '--portal', portal.slug, number);
  await page.getByRole('link', { name: 'MA FAMILLE', exact: true }).waitFor({ timeout: 30_000 });
  await page.getByText(`Votre demande ${number} est acceptée.`).first().waitFor();
  const letter = await server.mailTo(person.email, 'acceptée');
  assert.ok(letter.text.includes(number), letter.text);
  await visitor.follow('MA FAMILLE');
  await visitor.sees('Ma famille');
  for (const name of ['Fañch Derc’hen', 'Maëlle Le Goff', 'Gwenn Derc’hen', 'Malo Derc’hen']) await page.getByRole('heading', { name }).first().waitFor();
  // The third has its sister's family name already, and a day on which it is expected.
  await page.getByText('Naissance prévue le').first().waitFor();
  assert.equal(await page.evaluate(() => globalThis.sameDocument), true, 'the page has not been loaded anew');
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});
