// The design's tokens have one name each in the style sheets, the program and the page's script, and the same order where
// they are sent as numbers.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { repository } from '../support/foyer_server.mjs';

const read = (file) => readFileSync(path.join(repository, file), 'utf8');
const named = [...read('shared/portal/tokens.cpp').matchAll(/\{"([\w-]+)", &Tokens::(\w+)\}/g)].map(([, name]) => name);

test('the page sends the colours in the order in which the canvas reads them', () => {
  const sent = [...read('web/shell/colours.ts').match(/const PALETTE = \(([^;]*)\)\.split/)[1].matchAll(/[a-z-]+(?=[ "])/g)].map(([name]) => name);
  const palette = read('wasm-client/view/theme.h').match(/struct Palette \{([^]*?)\n\};/)[1];
  const members = [...palette.matchAll(/Colour (\w+)\{/g)].map(([, name]) => name.replaceAll('_', '-'));
  assert.ok(sent.length > 20, `${sent.length} colours`);
  assert.deepEqual(sent, members);
  assert.deepEqual(sent.filter((name) => !named.includes(name)), [], 'the town’s theme says each of them');
});

test('every colour of the town has a value before its theme arrives, as six digits', () => {
  const base = read('web/style/_base.css');
  for (const name of named) assert.match(base, new RegExp(`--${name}: #[0-9a-f]{6};`), name);
});

test('the style sheets use no colour of their own', () => {
  // White under a code that a telephone reads and under a logo, and paper.
  const allowed = /\.device \.code|#scene \.figure > img|selection/;
  for (const file of ['_page.css', '_device.css', '_texte.css', '_canvas.css'])
    for (const line of read(`web/style/${file}`).split('\n'))
      if (!allowed.test(line)) assert.doesNotMatch(line.replace(/url\([^)]*\)/g, '').replace(/rgba\(20, 22, 40, \.06\)/, ''), /#[0-9a-f]{3,6}\b(?![^{]*\{)|rgba?\(/i, `${file}: ${line}`);
});
