// The words: every key that a language has is used and is there in the other, and every letter of theirs is in the files
// that a first visit fetches.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { LETTERS } from '../../toolchains/generate/fonts.mjs';
import { repository } from '../support/foyer_server.mjs';

const folder = path.join(repository, 'shared/i18n');
const LANGUAGES = ['fr', 'en'];

function texts(language) {
  const all = new Map();
  for (const file of readdirSync(path.join(folder, language)))
    for (const [key, text] of Object.entries(JSON.parse(readFileSync(path.join(folder, language, file), 'utf8')))) all.set(`${path.parse(file).name}_${key}`, text);
  return all;
}

function sources(of) {
  return readdirSync(path.join(repository, of), { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(of, entry.name);
    if (entry.isDirectory()) return sources(name);
    return /\.(cpp|h|mjs)$/.test(name) ? [readFileSync(path.join(repository, name), 'utf8')] : [];
  });
}

test('French and English have the same keys, and none is empty', () => {
  const [french, english] = LANGUAGES.map(texts);
  assert.deepEqual([...french.keys()].filter((key) => !english.has(key)), [], 'missing in English');
  assert.deepEqual([...english.keys()].filter((key) => !french.has(key)), [], 'missing in French');
  for (const language of LANGUAGES)
    assert.deepEqual([...texts(language)].filter(([, text]) => text === '').map(([key]) => key), [], `empty in ${language}`);
});

test('every text is used somewhere', () => {
  const named = new Set();
  for (const room of ['shared', 'wasm-client', 'sync-server'])
    for (const source of sources(room)) for (const [word] of source.matchAll(/\b[a-z]+_\w+/g)) named.add(word);
  // The months are reached by counting from the first.
  const used = (key) => named.has(key) || named.has(key.replace(/(?<=_month_)\d\d$/, '01'));
  assert.deepEqual([...texts('fr').keys()].filter((key) => !used(key)), []);
});

test('every letter of the texts is in both weights that a first visit fetches', () => {
  for (const weight of ['regular', 'bold']) {
    const there = new Set(LETTERS[weight]);
    for (const language of LANGUAGES)
      for (const [key, text] of texts(language))
        // "\u2019" and no-break spaces are set by toolchains/generate/texts.mjs.
        assert.deepEqual([...text].filter((letter) => letter !== '\n' && !there.has(letter)), [], `${language} ${key}, ${weight}`);
  }
});

test('no text blames whoever reads it', () => {
  for (const language of LANGUAGES)
    for (const [key, text] of texts(language)) {
      if (/server_(console|desk|staff|import|export)/.test(key)) continue;
      assert.doesNotMatch(text, /\b(saisie|champ|valeur|format|donnée) (est )?(invalide|incorrecte?|erronée?)\b|\b(invalid|illegal) (input|value|entry|format)\b/i, `${language} ${key}: say what to do`);
    }
});
