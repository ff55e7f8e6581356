// The screens of a family that only a town that answers can show: sent, looked at, corrected, decided. The others, each as it
// is and in error, are in tests/a11y.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { accessible } from '../support/accessible_page.mjs';
import { DESK, launchChromium, ready } from '../support/chromium.mjs';
import { CHEAP_STAMPS, startServer, WITHOUT_LIMITS } from '../../support/foyer_server.mjs';
import { account, home, loggedIn, people, staff } from '../support/household.mjs';
import { PORTALS } from '../support/registration.mjs';

const SIZES = [[1280, 800], [360, 740]];

let server, browser;
before(async () => {
  server = await startServer({ stampBits: CHEAP_STAMPS, extra: WITHOUT_LIMITS });
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const settled = (page) => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(resolve)))));

for (const portal of [PORTALS.oudon]) {
  test(`${portal.town}: what a family sees of its requests passes axe and can be reached and named, at 1280 and 360 px`, async () => {
    const person = await account(server, portal);
    const visitor = await loggedIn(server, browser, portal, person, { options: DESK });
    const { page } = visitor;
    let looked = 0;
    const look = async (name) => {
      for (const [width, height] of SIZES) {
        await page.setViewportSize({ width, height });
        await settled(page);
        if (process.env.FOYER_PICTURES) {
          const folder = `${process.env.FOYER_PICTURES}/${portal.slug}`;
          await mkdir(folder, { recursive: true });
          await page.screenshot({ path: `${folder}/${String(looked).padStart(2, '0')}-${name.replace(/\W+/g, '-')}-${width}.png`, fullPage: true });
        }
        await accessible(page, `${name} at ${width} px`);
      }
      await page.setViewportSize({ width: SIZES[0][0], height: SIZES[0][1] });
      ++looked;
    };
    const inError = async (name, button) => {
      await visitor.press(button);
      await page.locator('.error_summary').waitFor();
      await look(`${name}, in error`);
    };

    await look('dashboard');
    await people.begin(visitor);
    await people.child(visitor, { firstNames: 'Gwenn', birthName: 'Derc’hen', birth: ['2', '5', '2019'], authority: ['Fañch Derc’hen'], livingWith: 'Fañch Derc’hen' });
    await visitor.press('ALLER À L’ÉTAPE 2');
    await visitor.sees('Récapitulatif');
    await visitor.press('VALIDER');
    await visitor.sees('Votre dossier est déposé');
    const [, number] = await visitor.reads(/Il porte le n°\s(\S+)\./);
    await look('confirmation');

    await home(visitor);
    await visitor.follow(`Voir le détail de la demande ${number}`);
    await visitor.sees(`Demande ${number}`);
    await look('request');

    await staff(server, 'submissions', 'ask', '--portal', portal.slug, '--fields', 'children.0.birth_date', '--message', 'L’année ne correspond pas à celle du livret de famille.', number);
    await page.getByRole('link', { name: 'Corriger ma demande' }).waitFor({ timeout: 30_000 });
    await look('request, correction asked');
    await visitor.follow('Corriger ma demande');
    await visitor.sees(/Corriger votre demande/);
    await look('correction');
    const year = page.getByRole('textbox', { name: 'Année' });
    await year.fill('');
    await inError('correction', 'ENVOYER LA CORRECTION');
    await year.fill('2018');
    await visitor.press('ENVOYER LA CORRECTION');
    await page.getByText(/Votre correction est reçue par la mairie/).first().waitFor();
    await look('correction sent');
    await staff(server, 'submissions', 'accept', '--portal', portal.slug, number);

    await page.goto(`${server.origin}/${portal.slug}/famille`);
    await ready(page);
    await page.getByRole('heading', { name: 'Gwenn Derc’hen' }).waitFor();
    await look('household');
    await page.goto(`${server.origin}/${portal.slug}/entourage`);
    await ready(page);
    await page.getByRole('heading', { name: 'Gwenn Derc’hen' }).waitFor();
    await look('entourage, with people the town knows');

    await home(visitor);
    await look('dashboard, with a family');
    assert.ok(looked >= 10, `${looked} screens looked at`);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
}

test('at rest the dashboard draws no frame, while it waits for news', async () => {
  const portal = PORTALS.oudon;
  const visitor = await loggedIn(server, browser, portal, await account(server, portal), { options: DESK });
  const { page } = visitor;
  await page.waitForRequest((request) => /\/sync\?.*wait=/.test(request.url()), { timeout: 15_000 }).catch(() => undefined);
  await settled(page);
  const frames = () => page.evaluate(() => globalThis.foyer_frames);
  const rest = await frames();
  assert.ok(rest > 0);
  await page.waitForTimeout(4000);
  assert.equal(await frames(), rest, 'frames drawn in 4 s of rest');
  await page.context().close();
});
