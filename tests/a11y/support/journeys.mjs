// The journeys as they are heard, kept as files that people read: tests/a11y/transcripts. One screen reader goes through
// every screen from its top to its foot; what an error or an answer adds is there as well.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(fileURLToPath(new URL('.', import.meta.url)), '..', 'transcripts');
const fileOf = (journey, slug) => join(folder, `${slug}-${journey}.txt`);

// What another day or another account changes, and what chance chooses.
const MONTH = 'janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre';
const SPARE = [
  [/\b(OUDON|SAINTMAUR)-\d{4}-\d{6}\b/g, '$1-AAAA-NNNNNN'],
  [new RegExp(`((lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) )?(1er|\\d{1,2}) (${MONTH}) \\d{4}( à \\d{1,2}( h|:)( ?\\d{2})?)?`, 'g'), '(date)'],
  [/\bfanch\.\d+/g, 'fanch'],
  [/(icône demandée : ).+/g, '$1(une des icônes)'],
  [/radio, (la maison|l’arbre|le vélo|le bateau|le soleil|le parapluie|la clé|le livre), (.+)\n\1/g, 'radio, (une icône), $2\n(une icône)'],
  [/il y a (moins d’une minute|\d+ minutes?)/g, '(âge)'],
  [/\b\d+ (\+|plus) \d+\b/g, '(somme)'],
  [/127\.0\.0\.1:\d+/g, 'localhost'],
  // All other countries come with their file, in their own time.
  [/(option, France, FR, not selected, position 1), set size \d+(\noption, .*)*/g, '$1 (les pays)'],
];

export const asHeard = (name, phrases) => {
  const text = phrases.join('\n').replace(/[\u00a0\u202f]/g, ' ');
  return `## ${name}\n\n${SPARE.reduce((said, [pattern, instead]) => said.replace(pattern, instead), text)}\n`;
};

export async function keep(journey, slug, screens) {
  await mkdir(folder, { recursive: true });
  await writeFile(fileOf(journey, slug), screens.join('\n'));
}

// What is different from what is kept, in words, or nothing. The switch between the projections says what it will do:
// that one phrase differs.
export async function difference(journey, slug, screens) {
  const kept = await readFile(fileOf(journey, slug), 'utf8').catch(() => '');
  const [one, other] = [kept, screens.join('\n')].map((text) => text.replaceAll('Version graphique', 'Version texte').split('\n'));
  let screen = '';
  for (let line = 0; line < Math.max(one.length, other.length); ++line) {
    if (one[line]?.startsWith('## ')) screen = one[line].slice(3);
    if (one[line] !== other[line]) return `${screen}, line ${line + 1}: “${one[line] ?? 'nothing'}” is kept, “${other[line] ?? 'nothing'}” is heard`;
  }
  return '';
}
