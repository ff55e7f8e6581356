// The same page for eyes, settings and paper that differ: spaced-out text, narrow windows, a zoom of 400 %, colours of the
// person's own, a printed receipt, letters that few names have.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESK, launchChromium, openPage, ready } from './support/chromium.mjs';
import { clippedTexts, tooWide } from '../a11y/support/in_page.mjs';
import { eventually } from '../support/eventually.mjs';
import { startServer } from '../support/foyer_server.mjs';
import { pdfText } from './support/pdf_text.mjs';
import { differ, pixelsOf } from './support/pixels.mjs';
import { PORTALS, activate, register, screens, somebody } from './support/registration.mjs';
import { Visitor } from './support/visitor.mjs';

let server, browser;
before(async () => {
  server = await startServer();
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const view = (page) => page.evaluate(() => document.documentElement.dataset.view);
const becomes = (page, wanted) => page.waitForFunction((value) => document.documentElement.dataset.view === value, wanted);

test('text spaced out as WCAG 1.4.12 allows brings the version texte, and nothing is cut', async () => {
  const page = await openPage(browser, { ...DESK, viewport: { width: 640, height: 800 }, bypassCSP: true }, `${server.origin}/oudon/inscription/identite`);
  const visitor = new Visitor(page);
  await visitor.fill('Nom de naissance', 'Le Goff');
  assert.equal(await view(page), 'canvas');
  const style = await page.addStyleTag({ content: '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }' });
  await becomes(page, 'texte');
  assert.equal(await page.evaluate(tooWide), '');
  assert.deepEqual(await page.evaluate(clippedTexts), []);
  assert.equal(await visitor.field('Nom de naissance').inputValue(), 'Le Goff');
  await style.evaluate((element) => element.remove());
  await becomes(page, 'canvas');
  assert.equal(await visitor.field('Nom de naissance').inputValue(), 'Le Goff');
  await page.context().close();
});

test("with the person's own colours the version texte comes by itself, with the system's colours in it", async () => {
  const page = await openPage(browser, { ...DESK, forcedColors: 'active' }, `${server.origin}/oudon/inscription/identite`);
  assert.equal(await view(page), 'texte');
  const [colour, system] = await page.evaluate(() => {
    const probe = document.createElement('p');
    probe.style.color = 'CanvasText';
    document.body.append(probe);
    return [getComputedStyle(document.querySelector('h1')).color, getComputedStyle(probe).color];
  });
  assert.equal(colour, system);
  await page.emulateMedia({ forcedColors: 'none' });
  await becomes(page, 'canvas');
  await page.context().close();
});

test('a name in letters that our fonts lack is shown by the device, in the version texte', async () => {
  const portal = PORTALS.oudon;
  const page = await openPage(browser, DESK, `${server.origin}/${portal.slug}/`);
  const visitor = new Visitor(page);
  const person = somebody({ firstNames: 'Ελένη' });
  await register(visitor, portal, person);
  assert.equal(await view(page), 'canvas', 'a field is shown by the page all along');
  await activate(visitor, server, portal, person);
  await page.getByRole('link', { name: 'Se connecter' }).click();
  await ready(page);
  await screens.login(visitor, person);
  await visitor.sees('Bonjour Ελένη');
  await becomes(page, 'texte');
  await visitor.press('Se déconnecter');
  await visitor.sees(/Bienvenue sur votre/);
  await becomes(page, 'canvas');
  // The call that waits for news when one logs out is told so.
  assert.deepEqual(page.complaints.filter((complaint) => !/401/.test(complaint)), []);
  await page.context().close();
});

// U+01CD and U+1EF9: beyond what every visit fetches.
const RARE = 'Ǎnỹa';

test('a name with rare letters is typed, painted and greeted in the same letters', async () => {
  const portal = PORTALS.oudon;
  const page = await openPage(browser, DESK, `${server.origin}/${portal.slug}/`);
  const fonts = [];
  page.on('response', (response) => {
    if (/font-(regular|bold)-extended/.test(response.url())) fonts.push(response.url());
  });
  const visitor = new Visitor(page);
  const person = somebody({ firstNames: RARE });
  assert.deepEqual(fonts, []);
  await register(visitor, portal, person);
  assert.ok(fonts.some((url) => /font-regular-extended/.test(url)), 'the field itself shows them');
  await activate(visitor, server, portal, person);
  await page.getByRole('link', { name: 'Se connecter' }).click();
  await ready(page);
  await screens.login(visitor, person);
  await visitor.sees(`Bonjour ${RARE}`);
  assert.equal(await view(page), 'canvas');

  // Painted with the letters that have come, the title is as wide as the same words in the same font in the page.
  await page.waitForFunction(() => document.fonts.check('600 32px Foyer', 'Ǎỹ'));
  const heading = page.getByRole('heading', { level: 1 });
  const drawn = async () => {
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    const box = await heading.boundingBox();
    const pixels = await pixelsOf(page);
    let last = 0;
    for (let x = Math.round(box.x); x < Math.round(box.x + box.width); ++x)
      for (let y = Math.round(box.y); y < Math.round(box.y + box.height); ++y) if (differ(pixels.at(x, y), pixels.at(Math.round(box.x + box.width) - 1, Math.round(box.y)))) last = x;
    return last - box.x;
  };
  const measured = await heading.evaluate((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return range.getBoundingClientRect().width;
  });
  let width = 0;
  await eventually('it is as wide', async () => Math.abs((width = await drawn()) - measured) <= 3).catch(() => undefined);
  assert.ok(Math.abs(width - measured) <= 3, `${width} px painted, ${measured} px in the page`);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

for (const wanted of ['canvas', 'texte']) {
  test(`the receipt printed from the ${wanted === 'canvas' ? 'painted page' : 'version texte'} has the number, the dates and the contact, and nothing to press`, async () => {
    const portal = PORTALS.saintMaur;
    const page = await openPage(browser, DESK, `${server.origin}/${portal.slug}/${wanted === 'texte' ? '?texte=1' : ''}`);
    const visitor = new Visitor(page);
    const number = await register(visitor, portal, somebody());
    assert.equal(await view(page), wanted);
    const [, due] = await visitor.reads(/au plus tard le\s+(\d{1,2}\S*\s\S+\s\d{4})/i);
    const paper = pdfText(await page.pdf({ format: 'A4' }));
    for (const words of [number, due.replace(/\s/g, ' '), portal.town, 'Numéro']) assert.ok(paper.includes(words), `“${words}” is on the paper: ${paper}`);
    for (const words of ['IMPRIMER', 'Version texte', 'Version graphique', 'English', 'Imprimer']) assert.ok(!paper.includes(words), `“${words}” is not on the paper: ${paper}`);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('#paint').isVisible(), false);
    for (const button of await page.getByRole('button').all()) assert.equal(await button.isVisible(), false, await button.innerText());
    const colours = await page.evaluate(() => [document.body, document.getElementById('stage')].map((element) => getComputedStyle(element).backgroundColor));
    assert.deepEqual(colours, ['rgb(255, 255, 255)', 'rgb(255, 255, 255)']);
    if (process.env.FOYER_PICTURES) await page.screenshot({ path: `${process.env.FOYER_PICTURES}/receipt-${wanted}.png`, fullPage: true });
    await page.emulateMedia({ media: 'screen' });
    assert.equal(await view(page), wanted);
    assert.equal(await page.getByRole('button', { name: /Imprimer/ }).isVisible(), true);
    await page.context().close();
  });
}
