// Makes what a browser fetches: bundles, styles, the module, texts, reference data and fonts, each under a name that
// holds the hash of its content, so that it may be kept for ever, and each compressed once, here, by brotli and gzip.
//
//   node web/build.mjs --wasm build/wasm-release --native build/native-release --output build/web
//
// Sources and their logical names:
//   web/<room>/main.ts            <room>.js            (shell.js, vault.js)
//   web/<room>/<name>_worker.ts   <name>_worker.js
//   web/style/<name>.css          <name>.css           url("font-regular.ttf") and the like become the hashed path
//   wasm-client/foyer*.wasm of --wasm  foyer.wasm, foyer-family.wasm, foyer-address.wasm
//   generated/**/*.bin of --native  texts-fr.bin, texts-family-fr.bin, texts-en.bin, texts-family-en.bin, reference.bin
//   web/index/*.html                copied to <output> as they are: the server fills them in
//   toolchains/generate/icons.mjs   icon-<logo>-192.png and the like, of every town in --portals
//   toolchains/generate/fonts.mjs   font-regular.ttf, font-bold.ttf, font-regular-extended.ttf, font-bold-extended.ttf
//
// <output>/manifest.json says {"shell.js": "/assets/shell.4f0c….js", …}. The scripts know the same table as the constant
// FOYER_ASSETS (bundles that are made before them, files and fonts).
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import zlib from "node:zlib";
import esbuild from "esbuild";
import { LETTERS, draw_fonts, unicode_range } from "../toolchains/generate/fonts.mjs";
import { draw_icons } from "../toolchains/generate/icons.mjs";

const repository = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const options = parseArgs({
  options: {
    wasm: { type: "string", default: path.join(repository, "build/wasm-release") },
    native: { type: "string", default: path.join(repository, "build/native-release") },
    output: { type: "string", default: path.join(repository, "build/web") },
    portals: { type: "string", default: path.join(repository, "shared/portals") },
  },
}).values;

const assets_folder = path.join(options.output, "assets");
mkdirSync(assets_folder, { recursive: true });

// Files below a folder whose name matches, in a settled order; CMake's own folders are not looked into.
function files_below(folder, pattern, depth = 6) {
  if (!existsSync(folder) || depth === 0) return [];
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const name = path.join(folder, entry.name);
      if (entry.isDirectory()) return /^(CMakeFiles|rooms|third_party)$/.test(entry.name) ? [] : files_below(name, pattern, depth - 1);
      return pattern.test(entry.name) ? [name] : [];
    });
}

const manifest = {};
const sizes = [];

async function publish(logical, content) {
  const { name, ext } = path.parse(logical);
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 12);
  const file = path.join(assets_folder, `${name}.${hash}${ext}`);
  manifest[logical] = `/assets/${name}.${hash}${ext}`;
  if (!existsSync(`${file}.br`)) {
    const { constants } = zlib;
    const mode = /\.(js|css|txt|json|svg)$/.test(ext) ? constants.BROTLI_MODE_TEXT : ext === ".ttf" ? constants.BROTLI_MODE_FONT : constants.BROTLI_MODE_GENERIC;
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 22,
      [constants.BROTLI_PARAM_MODE]: mode,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    };
    const [brotli, gzip] = await Promise.all([promisify(zlib.brotliCompress)(content, { params }), promisify(zlib.gzip)(content, { level: 9 })]);
    writeFileSync(file, content);
    writeFileSync(`${file}.gz`, gzip);
    // Last, since its presence says that all three are there.
    writeFileSync(`${file}.br.new`, brotli);
    renameSync(`${file}.br.new`, `${file}.br`);
  }
  sizes.push([logical, content.length, statSync(`${file}.br`).size]);
}

// A browser gets only the texts that it shows: mails and the server's own pages are a third of them, unless the wizard's
// sources name them. What only a family that is logged in sees comes with the second part of the module. Both files hold
// every key's place, empty where the text is not theirs.
const FAMILY_SOURCES = /\/(wizard\/family|shared\/household)\/|\/form\/list_catalogue\./;

function for_the_page(texts, folder) {
  const [, list] = /enum class TextKey[^{]*\{([^}]*)\}/.exec(readFileSync(path.join(folder, "text_keys.h"), "utf8"));
  const keys = list.split(",").map((key) => key.trim()).filter(Boolean);
  const named_by_all = new Set();
  const named_by_family = new Set();
  for (const room of ["wasm-client", "shared"])
    for (const file of files_below(path.join(repository, room), /\.(cpp|h)$/))
      // With or without "TextKey::" before it: the catalogues name theirs bare.
      for (const [word] of readFileSync(file, "utf8").matchAll(/\b[a-z]+_\w+/g)) (FAMILY_SOURCES.test(file) ? named_by_family : named_by_all).add(word);
  const start = texts.indexOf(10) + 1;
  const values = texts.subarray(start).toString("utf8").split("\0").slice(0, -1);
  if (values.length !== keys.length) throw new Error(`${values.length} texts for ${keys.length} keys`);
  const belongs = (key) => {
    if (named_by_all.has(key)) return "first";
    if (named_by_family.has(key) || key.startsWith("family_")) return "family";
    return key.startsWith("server_") ? "server" : "first";
  };
  const file_of = (whose) => Buffer.concat([texts.subarray(0, start), Buffer.from(values.map((text, index) => `${belongs(keys[index]) === whose ? text : ""}\0`).join(""), "utf8")]);
  return { first: file_of("first"), family: file_of("family") };
}

// The module, in one file or two; no generated script beside it.
const modules = path.join(options.wasm, "wasm-client");
if (!existsSync(path.join(modules, "foyer.wasm"))) console.log(`note: no module in ${options.wasm}; the pages will have the server's HTML only`);
for (const name of ["foyer.wasm", "foyer-family.wasm", "foyer-address.wasm"])
  if (existsSync(path.join(modules, name))) await publish(name, readFileSync(path.join(modules, name)));

// Texts, reference data, fonts.
for (const file of files_below(path.join(options.native, "generated"), /\.bin$/)) {
  const content = readFileSync(file);
  const language = /^texts-(\w+)\.bin$/.exec(path.basename(file))?.[1];
  if (language) {
    const { first, family } = for_the_page(content, path.dirname(file));
    await publish(`texts-${language}.bin`, first);
    await publish(`texts-family-${language}.bin`, family);
  } else await publish(path.basename(file), content);
}
const fonts = path.join(options.output, "fonts");
const font_maker = path.join(repository, "toolchains/generate/fonts.mjs");
const font_stamp = path.join(fonts, "stamp");
const font_pin = createHash("sha256").update(readFileSync(font_maker)).update(readFileSync(path.join(repository, "package-lock.json"))).digest("hex");
if (!existsSync(font_stamp) || readFileSync(font_stamp, "utf8") !== font_pin) {
  await draw_fonts(fonts);
  writeFileSync(font_stamp, font_pin);
}
for (const file of files_below(fonts, /\.(ttf|txt)$/)) await publish(path.basename(file), readFileSync(file));

// Scripts and styles. Workers come first, so that the others can name them.
const names = {
  name: "foyer-names",
  setup(build) {
    build.onResolve({ filter: /./ }, ({ path: name, kind }) => {
      if (kind !== "url-token") return undefined;
      const logical = path.posix.basename(name);
      return manifest[logical] ? { path: manifest[logical], external: true } : undefined;
    });
  },
};

async function bundle(logical, entry, format) {
  const result = await esbuild.build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: true,
    format,
    target: ["es2021", "chrome94", "firefox94", "safari15"],
    charset: "utf8",
    legalComments: "eof",
    logLevel: "warning",
    define: { FOYER_ASSETS: JSON.stringify(manifest) },
    plugins: [names],
    absWorkingDir: repository,
  });
  // "unicode-range: bold" is short for the letters that the file of that name has.
  const text = result.outputFiles[0].text.replace(/(?<=unicode-range:\s*)(regular|bold|extended)\b/g, (_, name) => unicode_range(LETTERS[name]));
  await publish(logical, Buffer.from(text));
}

const rooms = readdirSync(path.join(repository, "web"), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => path.join(repository, "web", entry.name)).sort();
for (const room of rooms) {
  for (const worker of files_below(room, /_worker\.ts$/)) await bundle(`${path.parse(worker).name}.js`, worker, "iife");
}
for (const file of files_below(path.join(repository, "web/style"), /\.css$/)) {
  // A file that others @import begins with "_".
  if (!path.basename(file).startsWith("_")) await bundle(path.basename(file), file, undefined);
}
// The shell comes last: it fetches the others by their names when it needs them.
for (const room of [...rooms].sort((a, b) => Number(a.endsWith("/shell")) - Number(b.endsWith("/shell")))) {
  const main = path.join(room, "main.ts");
  if (existsSync(main)) await bundle(`${path.basename(room)}.js`, main, "esm");
}

// Pictures for home screens, after the scripts, which have no use for their names.
const icons = path.join(options.output, "icons");
rmSync(icons, { recursive: true, force: true });
await draw_icons(options.portals, icons);
for (const file of files_below(icons, /\.png$/)) await publish(path.basename(file), readFileSync(file));

// The page around a scene, which the server fills in: the folder that is given to the server then has everything.
for (const page of files_below(path.join(repository, "web/index"), /\.html$/)) copyFileSync(page, path.join(options.output, path.basename(page)));

writeFileSync(path.join(options.output, "manifest.json.new"), `${JSON.stringify(manifest, null, 2)}\n`);
renameSync(path.join(options.output, "manifest.json.new"), path.join(options.output, "manifest.json"));

// A page that is open, or a server that is running, may still ask for yesterday's names.
const wanted = new Set(Object.values(manifest).map((address) => path.posix.basename(address)));
for (const entry of readdirSync(assets_folder)) {
  const file = path.join(assets_folder, entry);
  if (!wanted.has(entry.replace(/\.(br|gz|br\.new)$/, "")) && Date.now() - statSync(file).mtimeMs > 24 * 3600 * 1000) rmSync(file);
}

for (const [logical, plain, brotli] of sizes) console.log(`${logical.padEnd(28)} ${String(plain).padStart(8)} ${String(brotli).padStart(8)} brotli`);
