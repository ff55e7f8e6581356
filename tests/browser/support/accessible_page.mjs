// What everybody needs of a page, and axe's opinion of it.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { examine } from './examine.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// Rules that axe cannot decide here, each with the reason why that is right.
const EXPLAINED = {
  'color-contrast': 'ImGui paints the text; the DOM text above it is transparent. The colours are checked when the portal is loaded.',
};

// `name`: of the screen, for the complaint.
export async function accessible(page, name) {
  await page.evaluate(axe);
  const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations', 'incomplete'] }));
  const say = (list) => list.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.target.join(' ')).join(', ')}`);
  assert.deepEqual(say(result.violations), [], `axe on ${name}`);
  assert.deepEqual(result.incomplete.map((rule) => rule.id).filter((id) => !(id in EXPLAINED)), [], `axe cannot decide on ${name}`);
  assert.deepEqual(await page.evaluate(examine), [], name);
}
