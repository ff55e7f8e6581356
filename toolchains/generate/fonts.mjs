// Cuts the two weights of Inter that the wizard uses into the files a browser fetches. The canvas and the DOM
// use the same file, so a letter typed in a field looks like the letter painted beside it.
//
//   node toolchains/generate/fonts.mjs OUTPUT_FOLDER
//
// base      Latin-1 with œ Œ Ÿ, typographic punctuation and the few signs the screens use: what every screen and most
//           names need, 11 KB a weight. Latin Extended-A would make each first visit 5 KB heavier.
// extended  the whole Latin script with its combining marks: fetched when a letter outside the base appears. Inter
//           draws all of Latin Extended-A, B and Additional (Polish Ł, Hausa Ƙ, Skolt Ǩ, Vietnamese); Source Sans 3 lacks 178 of them.
//
// Hinting is dropped (the canvas rasterises without it, and phones never had it), and so are the OpenType features that
// the canvas does not follow, kerning among them: the DOM must not space letters otherwise than the canvas does. The
// extended files keep what places a combining mark on its letter, since names are typed, and shown, in the DOM.
import { mkdir, readFile, writeFile, copyFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import subset_font from "subset-font";

const range = (first, last) => Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)).join("");

const PUNCTUATION = "\u2010\u2011\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u202f\u2009\u20ac";
const SIGNS = "\u2190\u2192\u2713\u25cf";
// The style sheets name the same letters (unicode-range in web/style), or a browser would look for them in the wrong file.
const BASE = range(0x20, 0x7e) + range(0xa0, 0xff) + "\u0152\u0153\u0178" + PUNCTUATION + SIGNS + "\ufffd";
const EXTENDED = BASE + "\u2012\u201a\u201e\u2020\u2030\u2039\u203a\u2122\u2191\u2193\u2212" + range(0x100, 0x24f) + range(0x250, 0x2af) + range(0x2b0, 0x2ff) + range(0x300, 0x36f) +
  range(0x1ab0, 0x1aff) + range(0x1d00, 0x1dbf) + range(0x1e00, 0x1eff) + range(0x2070, 0x209f) + range(0x2c60, 0x2c7f) + range(0xa720, 0xa7ff);

const WEIGHTS = { regular: "Inter-Regular.woff2", bold: "Inter-SemiBold.woff2" };
const REPERTOIRES = [
  { suffix: "", letters: BASE, features: [], dropped: ["GPOS", "GSUB", "GDEF"] },
  { suffix: "-extended", letters: EXTENDED, features: ["ccmp", "mark", "mkmk"], dropped: [] },
];

async function main(output) {
  const repository = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..");
  const source = path.join(repository, "node_modules/inter-ui");
  await mkdir(output, { recursive: true });
  for (const [weight, file] of Object.entries(WEIGHTS)) {
    const whole = await readFile(path.join(source, "web", file));
    for (const { suffix, letters, features, dropped } of REPERTOIRES) {
      const font = await subset_font(whole, letters, {
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

await main(process.argv[2] ?? "build/fonts");
