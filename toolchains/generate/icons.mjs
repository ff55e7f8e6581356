// Draws the pictures that home screens want from each town's logo.svg.
//
//   node toolchains/generate/icons.mjs PORTALS_FOLDER OUTPUT_FOLDER
//
// Manifests may name an SVG, and ours do; but an Android home screen cuts its icon out of a PNG with room around it
// ("maskable"), and iOS takes nothing but a PNG. resvg in WebAssembly draws the same bytes on every machine and runs no
// script of the package at install. Done when pages are built, so that the server needs no SVG library, and named by
// the logo's content: a logo that was changed without a build has no PNGs and is shown as SVG.
//
//   icon-<12 digits of the logo's SHA-256>-{192,512,maskable,touch}.png
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Resvg, initWasm } from "@resvg/resvg-wasm";

const repository = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..");

// What a mask never cuts away is a circle of 80 % (W3C, Web App Manifest, "maskable"); a square in it has 56 % a side.
const SAFE_SQUARE = 0.56;
const TOUCH_SQUARE = 0.8;

function draw(svg, size) {
  const resvg = new Resvg(svg, { fitTo: { mode: "width", value: size }, font: { loadSystemFonts: false } });
  return resvg.render().asPng();
}

// The logo in the middle of a field of the town's colour, without holes: what is cut round or square stays whole.
function on_field(logo, colour, share, size) {
  const side = Math.round(size * share);
  const at = (size - side) / 2;
  const picture = `data:image/svg+xml;base64,${logo.toString("base64")}`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${size}" height="${size}" viewBox="0 0 ${size} ${size}">` +
    `<rect width="${size}" height="${size}" fill="${colour}"/><image x="${at}" y="${at}" width="${side}" height="${side}" xlink:href="${picture}"/></svg>`
  );
}

export async function draw_icons(portals, output) {
  mkdirSync(output, { recursive: true });
  let ready = false;
  for (const town of readdirSync(portals).sort()) {
    const description = path.join(portals, town, "portal.json");
    if (!existsSync(description)) continue;
    const { logo: name, theme } = JSON.parse(readFileSync(description, "utf8"));
    const file = name && path.join(portals, town, name);
    if (!file || !/\.svg$/.test(file) || !existsSync(file)) continue;
    if (!ready) await initWasm(readFileSync(path.join(repository, "node_modules/@resvg/resvg-wasm/index_bg.wasm")));
    ready = true;
    const logo = readFileSync(file);
    const stem = path.join(output, `icon-${createHash("sha256").update(logo).digest("hex").slice(0, 12)}`);
    const colour = /^#[0-9a-f]{6}$/i.test(theme?.primary) ? theme.primary : "#ffffff";
    writeFileSync(`${stem}-192.png`, draw(logo.toString("utf8"), 192));
    writeFileSync(`${stem}-512.png`, draw(logo.toString("utf8"), 512));
    writeFileSync(`${stem}-maskable.png`, draw(on_field(logo, colour, SAFE_SQUARE, 512), 512));
    writeFileSync(`${stem}-touch.png`, draw(on_field(logo, colour, TOUCH_SQUARE, 180), 180));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await draw_icons(process.argv[2] ?? "shared/portals", process.argv[3] ?? "build/icons");
