// Cuts the two weights of Inter that the wizard uses into the files a browser fetches. The canvas and the DOM
// use the same file, so a letter typed in a field looks like the letter painted beside it.
//
//   node toolchains/generate/fonts.mjs OUTPUT_FOLDER
//
// base      what the screens' own texts and most names need, and nothing else: each first visit pays for it. The regular
//           weight, in which people type, has every letter of Latin-1; the bold one, in which the page speaks, those
//           of French and English. 9 and 8 KB, where all of Latin-1 with its signs was 11 KB a weight.
// extended  the whole Latin script with its combining marks: fetched when a letter outside the base appears. Inter
//           draws all of Latin Extended-A, B and Additional (Polish Ł, Hausa Ƙ, Skolt Ǩ, Vietnamese); Source Sans 3 lacks 178 of them.
//
// web/build.mjs writes the same letters into the style sheets (unicode-range), else a browser would look for them in the
// wrong file.
//
// Hinting is dropped (the canvas rasterises without it, and phones never had it), and so are the OpenType features that
// the canvas does not follow, kerning among them: the DOM must not space letters otherwise than the canvas does. The
// extended files keep what places a combining mark on its letter, since names are typed, and shown, in the DOM.
import { mkdir, readFile, writeFile, copyFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import subset_font from "subset-font";

const range = (first, last) => Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)).join("");

const ASCII = range(0x20, 0x7e);
const PUNCTUATION = "\u00a0\u00ab\u00b0\u00bb\u2011\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u202f\u20ac\ufffd";
const REGULAR = ASCII + PUNCTUATION + "\u00b7" + range(0xc0, 0xd6) + range(0xd8, 0xf6) + range(0xf8, 0xff) + "\u0152\u0153\u0178";
const BOLD = ASCII + PUNCTUATION + "ÀÂÆÇÈÉÊËÎÏÔÙÛÜàâæçèéêëîïôùûüÿŒœŸ";
const EXTENDED = range(0x20, 0x7e) + range(0xa0, 0x24f) + range(0x250, 0x2af) + range(0x2b0, 0x2ff) + range(0x300, 0x36f) + range(0x1ab0, 0x1aff) + range(0x1d00, 0x1dbf) +
  range(0x1e00, 0x1eff) + "\u2009" + range(0x2010, 0x2015) + range(0x2018, 0x201e) + "\u2020\u2022\u2026\u202f\u2030\u2039\u203a" + range(0x2070, 0x209f) + "\u20ac\u2122" +
  range(0x2190, 0x2193) + "\u2212\u25cf\u2713" + range(0x2c60, 0x2c7f) + range(0xa720, 0xa7ff) + "\ufffd";

const WEIGHTS = { regular: "Inter-Regular.woff2", bold: "Inter-SemiBold.woff2" };
const REPERTOIRES = [
  { suffix: "", letters: { regular: REGULAR, bold: BOLD }, features: [], dropped: ["GPOS", "GSUB", "GDEF"] },
  { suffix: "-extended", letters: { regular: EXTENDED, bold: EXTENDED }, features: ["ccmp", "mark", "mkmk"], dropped: [] },
];

// CSS's way of saying which letters these are: "U+20-7E,U+A0".
export function unicode_range(letters) {
  const codes = [...new Set(letters)].map((letter) => letter.codePointAt(0)).sort((a, b) => a - b);
  const runs = [];
  for (const code of codes)
    if (runs.length > 0 && runs.at(-1)[1] === code - 1) runs.at(-1)[1] = code;
    else runs.push([code, code]);
  return runs.map(([first, last]) => `U+${first.toString(16)}${last === first ? "" : `-${last.toString(16)}`}`).join(",");
}
export const LETTERS = { regular: REGULAR, bold: BOLD, extended: EXTENDED };

export async function draw_fonts(output) {
  const repository = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..");
  const source = path.join(repository, "node_modules/inter-ui");
  await mkdir(output, { recursive: true });
  for (const [weight, file] of Object.entries(WEIGHTS)) {
    const whole = await readFile(path.join(source, "web", file));
    for (const { suffix, letters, features, dropped } of REPERTOIRES) {
      const font = await subset_font(whole, letters[weight], {
        targetFormat: "sfnt",
        noHinting: true,
        noLayoutClosure: true,
        keepFeatures: features,
        dropTables: [...dropped, "DSIG", "BASE"],
      });
      await writeFile(path.join(output, `font-${weight}${suffix}.ttf`), font);
    }
  }
  // The Open Font Licence travels with the font.
  await copyFile(path.join(source, "LICENSE.txt"), path.join(output, "font-licence.txt"));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await draw_fonts(process.argv[2] ?? "build/fonts");
