// What the staff decides and the family answers, while the page is open: a correction of exactly what was asked, and a
// request that is taken back. The one by touch on a telephone, the other by the keyboard alone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESK, PHONE, launchChromium } from '../support/chromium.mjs';
import { CHEAP_STAMPS, startServer, WITHOUT_LIMITS } from '../../support/foyer_server.mjs';
import { account, home, loggedIn, people, staff } from '../support/household.mjs';
import { pdfText } from '../support/pdf_text.mjs';
import { PORTALS } from '../support/registration.mjs';

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

test('a single parent with two contacts, by touch: a correction is asked, exactly that field is corrected, and the town accepts', async () => {
  const visitor = await loggedIn(server, browser, portal, await account(server, portal), { options: PHONE, how: 'touch' });
  const { page } = visitor;
  await people.begin(visitor);
  await people.child(visitor, { firstNames: 'Gwenn', birthName: 'Derc’hen', birth: ['2', '5', '2019'], authority: ['Fañch Derc’hen'], livingWith: 'Fañch Derc’hen' });
  await people.contact(visitor, { firstNames: 'Rozenn', birthName: 'Tanguy', relation: 'Grand-parent', role: 'Les deux', birth: ['1', '2', '1955'], phone: '06 33 44 55 66', children: ['Gwenn Derc’hen'] });
  await people.contact(visitor, { firstNames: 'Yann', birthName: 'Kerbrat', relation: 'Voisin ou voisine', role: 'Être appelé en cas d’urgence', phone: '02 40 00 00 00', children: ['Gwenn Derc’hen'] });
  const number = await people.send(visitor);
  await home(visitor);
  await page.evaluate(() => { globalThis.sameDocument = true; });

  await staff(server, 'submissions', 'ask', '--portal', portal.slug, '--fields', 'children.0.birth_date', '--message', 'L’année ne correspond pas au livret de famille.', number);
  await page.getByText(`La mairie vous demande de corriger votre demande ${number}.`).first().waitFor({ timeout: 30_000 });
  await visitor.follow(`Voir le détail de la demande ${number}`);
  await visitor.sees(`Demande ${number}`);
  await visitor.follow('Corriger ma demande');
  await visitor.sees(`Corriger votre demande ${number}`);
  await page.getByText('L’année ne correspond pas au livret de famille.').first().waitFor();
  const boxes = await page.locator('#scene input:visible, #scene select:visible').evaluateAll((all) => all.map((each) => each.name));
  assert.deepEqual(boxes.map((name) => name.split('.').at(-1)), ['day', 'month', 'year'], 'exactly the field that was asked for');
  assert.equal(await visitor.value('Année'), '2019');
  await visitor.fill('Année', '2018');
  await visitor.press('ENVOYER LA CORRECTION');
  await page.getByText(/Votre correction est reçue par la mairie/).first().waitFor();

  const shown = await staff(server, 'submissions', 'show', '--portal', portal.slug, number);
  assert.match(shown, /2018/);
  await staff(server, 'submissions', 'accept', '--portal', portal.slug, number);
  await home(visitor);
  await page.getByRole('link', { name: 'MA FAMILLE', exact: true }).waitFor({ timeout: 30_000 });
  await visitor.follow('MA FAMILLE');
  await page.getByRole('heading', { name: 'Gwenn Derc’hen' }).waitFor();
  await page.getByText('2 mai 2018').first().waitFor();
  for (const contact of ['Rozenn Tanguy', 'Yann Kerbrat']) await page.getByRole('heading', { name: contact }).waitFor();
  assert.equal(await page.evaluate(() => globalThis.sameDocument), true, 'the page has not been loaded anew');
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('with the keyboard alone a parent declares a child, prints the request and takes it back; a taken one stays', async () => {
  const visitor = await loggedIn(server, browser, portal, await account(server, portal), { options: DESK, how: 'keyboard' });
  const { page } = visitor;
  const declare = async (firstNames) => {
    await people.begin(visitor);
    await people.child(visitor, { firstNames, birthName: 'Derc’hen', birth: ['2', '5', '2019'], authority: ['Fañch Derc’hen'], livingWith: 'Fañch Derc’hen' });
    const number = await people.send(visitor);
    await home(visitor);
    return number;
  };
  const first = await declare('Gwenn');
  await visitor.follow(`Voir le détail de la demande ${first}`);
  await visitor.sees(`Demande ${first}`);
  const paper = pdfText(await page.pdf({ format: 'A4' }));
  const [, due] = await visitor.reads(/au plus tard le\s+(\d{1,2}\S*\s\S+\s\d{4})/i);
  for (const words of [first, due.replace(/\s/g, ' '), portal.town, 'Reçue par la mairie']) assert.ok(paper.includes(words), `“${words}” is on the paper: ${paper}`);
  for (const words of ['Retirer', 'Imprimer', 'Version texte', 'Retour au tableau']) assert.ok(!paper.includes(words), `“${words}” is not on the paper: ${paper}`);

  await visitor.press('Retirer ma demande');
  await visitor.press('Oui, retirer ma demande');
  await page.getByText('Votre demande est retirée.').first().waitFor();
  await home(visitor);
  await page.getByText('Retirée par vous').first().waitFor();

  const second = await declare('Malo');
  await visitor.follow(`Voir le détail de la demande ${second}`);
  await visitor.sees(`Demande ${second}`);
  await visitor.press('Retirer ma demande');
  await staff(server, 'submissions', 'take', '--portal', portal.slug, second);
  await page.getByText('Un agent s’occupe de votre demande').or(page.getByText('Prise en charge par un agent')).first().waitFor({ timeout: 30_000 });
  assert.equal(await page.getByRole('button', { name: 'Retirer ma demande', exact: true }).count(), 0);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});
