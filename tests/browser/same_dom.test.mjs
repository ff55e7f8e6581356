// One scene, one DOM (docs/scene-dom.md), whoever makes it: what the server writes, what the twin makes in an empty page,
// and what the twin leaves of the server's elements when it adopts them are the same, element by element.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESK, launchChromium, ready } from './support/chromium.mjs';
import { startServer } from '../support/foyer_server.mjs';
import { PORTALS } from './support/registration.mjs';

const SCREENS = {
  '': 'landing', inscription: 'welcome', 'inscription/identite': 'identity', connexion: 'login',
  'mot-de-passe-perdu': 'lost password', 'mail-non-recu': 'mail not received', '?lang=en': 'landing in English',
  'inscription/identite?lang=en': 'identity in English',
};

let server, browser;
before(async () => {
  server = await startServer();
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

// Places belong to the painter; what is typed, ticked or chosen is compared as the person finds it, not as it was written.
const told = () => {
  const lines = [document.documentElement.lang, document.title];
  const tell = (node, depth) => {
    const indent = '  '.repeat(depth);
    if (node instanceof Text) {
      lines.push(`${indent}"${node.data}"`);
      return;
    }
    const attributes = [...node.attributes]
      .filter(({ name }) => name !== 'style' && name !== 'checked' && name !== 'selected' && !(name === 'value' && node.matches('input:not([type=checkbox], [type=radio])')))
      .map(({ name, value }) => `${name}=${JSON.stringify(value)}`)
      .sort();
    if (node.matches('input, select')) attributes.push(`→ ${JSON.stringify(node.value)} ${node.checked ?? ''}`);
    lines.push(`${indent}${node.localName} ${attributes.join(' ')}`);
    for (const child of node.childNodes) tell(child, depth + 1);
  };
  for (const child of document.getElementById('scene').childNodes) tell(child, 0);
  return lines.join('\n');
};

for (const portal of Object.values(PORTALS)) {
  for (const [path, name] of Object.entries(SCREENS)) {
    test(`${portal.town}, ${name}: the server, the twin alone and the twin after the server make the same DOM`, async () => {
      const address = `${server.origin}/${portal.slug}/${path}`;
      const scriptless = await browser.newContext({ ...DESK, javaScriptEnabled: false });
      const written = await scriptless.newPage();
      await written.goto(address);
      const from_server = await written.evaluate(told);
      assert.ok(from_server.split('\n').length > 10, 'the server has written the screen');
      await scriptless.close();

      const context = await browser.newContext(DESK);
      const empty = await context.newPage();
      await empty.route((url) => url.pathname === new URL(address).pathname, async (route) => {
        const answer = await route.fetch();
        const body = (await answer.text()).replace(/(<div id="scene">).*(<\/div>\n<\/div>\n<footer)/s, '$1$2');
        await route.fulfill({ response: answer, body });
      });
      await empty.goto(address);
      await ready(empty);
      assert.equal(await empty.evaluate(told), from_server, 'the twin in an empty page');

      const adopting = await context.newPage();
      await adopting.goto(address);
      await ready(adopting);
      assert.equal(await adopting.evaluate(told), from_server, 'the twin after the server');
      await context.close();
    });
  }
}
