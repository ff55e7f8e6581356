// The version texte: when it comes, and that nothing is lost on the way. What holds on every screen is in tests/a11y.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { spaceOut } from '../a11y/support/in_page.mjs';
import { DESK, launchChromium, openPage, ready } from './support/chromium.mjs';
import { startServer } from '../support/foyer_server.mjs';
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

test('a key draws one frame at most', async () => {
  const page = await openPage(browser, DESK, `${server.origin}/oudon/inscription/identite`);
  const visitor = new Visitor(page);
  const frames = () => page.evaluate(() => globalThis.foyer_frames);
  const settled = () => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(resolve)))));
  const drawnBy = async (key) => {
    await settled();
    const before = await frames();
    assert.ok(before > 0);
    await page.keyboard.insertText(key);
    await settled();
    return (await frames()) - before;
  };
  await visitor.fill('Nom de naissance', 'Mu');
  // The letter stands in the DOM's own field: where nothing painted changes, nothing is painted.
  assert.ok((await drawnBy('ñ')) <= 1);

  await page.goto(`${server.origin}/oudon/mot-de-passe?id=1&key=00`);
  await ready(page);
  await visitor.field('Mot de passe').click();
  assert.equal(await drawnBy('C'), 1, 'a key that brings the judgement of a password');
  await visitor.reads(/Mot de passe faible/);
  await page.context().close();
});

const view = (page) => page.evaluate(() => document.documentElement.dataset.view);
const becomes = (page, wanted) => page.waitForFunction((value) => document.documentElement.dataset.view === value, wanted);
const caret = (page) => page.evaluate(() => { const { id, value, selectionStart, selectionEnd } = document.activeElement; return { id, value, selectionStart, selectionEnd }; });

test('the version texte, asked for in the middle of a word, loses no letter, and is kept in the address', async () => {
  const page = await openPage(browser, DESK, `${server.origin}/oudon/inscription/identite`);
  const visitor = new Visitor(page);
  await visitor.fill('Nom de naissance', 'Le Goff-L');
  await page.getByRole('button', { name: 'Version texte' }).click();
  assert.equal(await view(page), 'texte');
  assert.equal(new URL(page.url()).searchParams.has('texte'), true);
  assert.equal(await visitor.value('Nom de naissance'), 'Le Goff-L');
  await visitor.fill('Prénom(s)', 'Anne');
  await page.getByRole('button', { name: 'Version graphique' }).click();
  assert.equal(await view(page), 'canvas');
  assert.equal(await visitor.value('Prénom(s)'), 'Anne');
  assert.deepEqual(page.complaints, []);
  await page.goto(`${server.origin}/oudon/inscription/identite?texte`);
  await ready(page);
  assert.equal(await view(page), 'texte');
  await page.context().close();
});

// What brings the version texte by itself while somebody is typing.
const CAUSES = {
  'the graphics context is lost': (page) => page.evaluate(() => { document.getElementById('paint').getContext('webgl2').getExtension('WEBGL_lose_context').loseContext(); }),
  'the text is spaced out': (page) => page.evaluate(spaceOut),
  'the page is translated': (page) => page.evaluate(() => { document.documentElement.classList.add('translated-ltr'); }),
  'the person’s own colours are asked for': (page) => page.emulateMedia({ forcedColors: 'active' }),
  'the window is too narrow to draw in': (page) => page.setViewportSize({ width: 240, height: 600 }),
};

for (const [cause, happens] of Object.entries(CAUSES))
  test(`the version texte comes by itself when ${cause}: the focus, the cursor and each letter stay`, async () => {
    const page = await openPage(browser, DESK, `${server.origin}/oudon/inscription/identite`);
    const visitor = new Visitor(page);
    await visitor.fill('Prénom(s)', 'Anne');
    await visitor.field('Nom de naissance').click();
    await page.keyboard.type('Le Goff');
    for (let left = 0; left < 4; ++left) await page.keyboard.press('ArrowLeft');
    const before = await caret(page);
    assert.equal(before.selectionStart, 3);
    assert.equal(await view(page), 'canvas');
    await happens(page);
    await becomes(page, 'texte');
    assert.deepEqual(await caret(page), before);
    await page.keyboard.type('Du ');
    assert.equal(await visitor.value('Nom de naissance'), 'Le Du Goff');
    for (const [name, value] of [['Jour', '3'], ['Mois', '11'], ['Année', '1985']]) await visitor.fill(name, value);
    await visitor.press('SUIVANT');
    await visitor.sees('Votre adresse');
    // The wizard's own copy comes back.
    await visitor.press('PRÉCÉDENT');
    await visitor.sees('Votre identité');
    assert.equal(await visitor.value('Nom de naissance'), 'Le Du Goff');
    assert.equal(await visitor.value('Prénom(s)'), 'Anne');
    await page.context().close();
  });

test('a composition that is under way when the version texte comes is finished in it', async () => {
  const page = await openPage(browser, DESK, `${server.origin}/oudon/inscription/identite`);
  const visitor = new Visitor(page);
  const session = await page.context().newCDPSession(page);
  await visitor.field('Nom de naissance').click();
  await page.keyboard.type('L');
  await session.send('Input.imeSetComposition', { text: 'e', selectionStart: 1, selectionEnd: 1 });
  await CAUSES['the graphics context is lost'](page);
  await becomes(page, 'texte');
  await session.send('Input.insertText', { text: 'é' });
  await page.keyboard.type('on');
  assert.equal(await visitor.value('Nom de naissance'), 'Léon');
  await page.context().close();
});

test('without WebGL the version texte comes by itself', async () => {
  const context = await browser.newContext(DESK);
  const page = await context.newPage();
  await page.addInitScript(() => {
    HTMLCanvasElement.prototype.getContext = () => null;
  });
  await page.goto(`${server.origin}/saint-maur-des-fosses/inscription/identite`);
  await page.waitForFunction(() => document.documentElement.dataset.view === 'texte');
  await new Visitor(page).fill('Nom de naissance', 'Søren');
  await context.close();
});
