// The console's words: what is used is there, what is there is used, and its places agree with what fills them.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { repository } from '../support/foyer_server.mjs';

const room = join(repository, 'web/staff');
const texts = JSON.parse(await readFile(join(room, 'texts.fr.json'), 'utf8'));
const sources = await Promise.all(
  (await readdir(room)).filter((name) => /\.tsx?$/.test(name)).map((name) => readFile(join(room, name), 'utf8')));
const source = sources.join('\n');

// say("key"), count("one", "several"), and every other place where a key stands as a word of its own.
const literals = new Set([...source.matchAll(/["'](\w+)["']/g)].map(([, name]) => name));
// word("family", code, …), choices("family", …) and say(`family_${…}`): the codes come from the server.
const families = new Set([...source.matchAll(/\b(?:word|known|choices)\("(\w+)"/g), ...source.matchAll(/say\(`(\w+)_\$\{/g)].map(([, name]) => `${name}_`));

test('every text is used', () => {
  const unused = Object.keys(texts).filter((key) => !literals.has(key) && ![...families].some((family) => key.startsWith(family)));
  assert.deepEqual(unused, []);
});

test('every text that is asked for is there', () => {
  const asked = [...source.matchAll(/\b(?:say|count)\((?:\s*\w+(?:\.\w+)* [^"'`]*\? )?"(\w+)"/g)].map(([, key]) => key);
  assert.ok(asked.length > 100, `${asked.length} texts are asked for by name`);
  assert.deepEqual(asked.filter((key) => !(key in texts)), []);
});

test('whatever the server writes into the journal has its word', async () => {
  const folder = join(repository, 'sync-server');
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.cpp'));
  const server = (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('\n');
  // Where a line of the audit log is made: call.line("…"), audit_line(…, "…", …); decisions put their names together.
  const made = [...server.matchAll(/line\([^;]*?;/g)].flatMap(([call]) => [...call.matchAll(/"([a-z]+\.[a-z_]+)"/g)].map(([, name]) => name));
  const decided = ['accept', 'refuse', 'ask'].flatMap((kind) => [`submission.${kind}`, `bulk.${kind}`]);
  const actions = new Set([...made, ...decided, 'submission.take', 'submission.release']);
  assert.ok(actions.size > 20, [...actions].join(' '));
  assert.deepEqual([...actions].filter((action) => !(`audit_${action.replaceAll('.', '_')}` in texts)), []);
});

test('texts are French as it is printed: curved apostrophes, no space before nothing, nothing empty', () => {
  for (const [key, text] of Object.entries(texts)) {
    assert.notEqual(text.trim(), '', key);
    assert.equal(text, text.trim(), key);
    assert.doesNotMatch(text, /['"]/, `${key}: ’ and « » are the marks`);
    assert.doesNotMatch(text, /<|&\w+;/, `${key}: no markup`);
  }
});

test('plural texts have their places in both forms', () => {
  for (const [key, text] of Object.entries(texts)) {
    if (!key.endsWith('_several')) continue;
    const one = texts[key.replace(/_several$/, '_one')];
    assert.ok(one, `${key} has no form for one`);
    assert.match(text, /\{(count|names)\}/, key);
  }
});
