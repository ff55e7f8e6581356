// What is typed, composed, pasted and undone is the same text in the wizard: its own copy comes back when a step is left
// and entered again.
import { DESK, openPage, ready } from '../../browser/support/chromium.mjs';
import { eventually } from '../../support/eventually.mjs';
import { Visitor } from '../../browser/support/visitor.mjs';

const SAMPLES = {
  'a dead key: ^ then e': async ({ page, session }) => {
    await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Dead', code: 'BracketLeft', windowsVirtualKeyCode: 229 });
    await session.send('Input.imeSetComposition', { text: '^', selectionStart: 1, selectionEnd: 1 });
    await session.send('Input.insertText', { text: 'ê' });
    await page.keyboard.type('che');
    return 'êche';
  },
  'é ő ł ž ñ ø by the keyboard': async ({ page }) => {
    await page.keyboard.type('éőłžñø');
    return 'éőłžñø';
  },
  'an input method’s composition': async ({ page, session }) => {
    await session.send('Input.imeSetComposition', { text: 'e', selectionStart: 1, selectionEnd: 1 });
    await session.send('Input.imeSetComposition', { text: 'é', selectionStart: 1, selectionEnd: 1 });
    await session.send('Input.insertText', { text: 'é' });
    await page.keyboard.type('lise');
    return 'élise';
  },
  'a composition that is given up': async ({ page, session }) => {
    await page.keyboard.type('Le');
    await session.send('Input.imeSetComposition', { text: 'xyz', selectionStart: 3, selectionEnd: 3 });
    await session.send('Input.imeSetComposition', { text: '', selectionStart: 0, selectionEnd: 0 });
    await page.keyboard.type(' Goff');
    return 'Le Goff';
  },
  'what is pasted, in decomposed letters': async ({ page }) => {
    await page.evaluate(() => navigator.clipboard.writeText('Mun\u0303oz'));
    await page.keyboard.press('Control+V');
    return 'Mun\u0303oz';
  },
  'what is undone and done again': async ({ page }) => {
    await page.keyboard.type('Tanguy');
    await page.keyboard.press('Backspace');
    await page.keyboard.type('x');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+Shift+z');
    await page.keyboard.press('Backspace');
    await page.keyboard.type('y');
    return null; // whatever the browser makes of it: the wizard has the same
  },
};

// Passwords of the shapes that browsers and managers propose: their usual length and letters.
const GENERATED = {
  'Chromium': 'kJ8qWz4fTn.Pb2x', // 15, letters, digits and one of -_.:!
  'Firefox': 'bX4mPq9RtYc7WvK', // 15, letters and digits
  'Safari': 'xezjim-1sugxe-kyvCot', // three groups of six
  'Bitwarden': 'q7RzW2mKp9XcVt', // 14, letters and digits
  'a manager of words': 'loutre nuage pivot cerise tambour verger sable', // seven words
};

export async function typing({ server, browser }, tally, view = 'canvas') {
  const query = view === 'texte' ? '?texte' : '';
  const page = await openPage(browser, DESK, `${server.origin}/oudon/inscription/identite${query}`);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.origin });
  const session = await page.context().newCDPSession(page);
  const visitor = new Visitor(page);
  const name = visitor.field('Nom de naissance');
  for (const [what, type] of Object.entries(SAMPLES)) {
    await page.goto(`${server.origin}/oudon/inscription/identite${query}`);
    await ready(page);
    await name.click();
    const expected = await type({ page, session });
    const typed = await name.inputValue();
    for (const [field, value] of [['Prénom(s)', 'Fañch'], ['Jour', '3'], ['Mois', '11'], ['Année', '1985']]) await visitor.fill(field, value);
    await visitor.press('SUIVANT');
    await visitor.sees('Votre adresse');
    await visitor.press('PRÉCÉDENT');
    await visitor.sees('Votre identité');
    const kept = await name.inputValue();
    const wrong = expected !== null && typed !== expected ? `the field has “${typed}” for “${expected}”` : kept !== typed.normalize('NFC') ? `the wizard has “${kept}” for “${typed}”` : '';
    tally.one('typing', wrong, `${what} (${view})`);
  }
  for (const [maker, made] of Object.entries(GENERATED)) {
    await page.goto(`${server.origin}/oudon/mot-de-passe?id=1&key=00${query.replace('?', '&')}`);
    await ready(page);
    await visitor.field('Mot de passe').click();
    await page.evaluate((text) => navigator.clipboard.writeText(text), made);
    await page.keyboard.press('Control+V');
    const judged = await eventually('the password is judged', async () => /Mot de passe (suffisant|faible)/.exec(await page.locator('#scene').innerText())).catch(() => null);
    const kept = await visitor.value('Mot de passe');
    tally.one('typing', kept !== made ? `the field has “${kept}”` : judged?.[1] === 'suffisant' ? '' : 'it is not accepted', `a password as ${maker} makes them (${view})`);
  }
  await page.context().close();
}
