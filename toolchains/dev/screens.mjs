// ./dev screens: every screen of every procedure, photographed in the running product at 360, 768 and 1280 px, by day and
// by night, for both towns. One WebP per screen and town holds its six pictures, half their size; docs/screens/README.md
// shows them all.
//
//   node toolchains/dev/screens.mjs [--only NAME] [--town SLUG] [--errors] [--full FOLDER]
//
// --only: just the screens whose name contains it; --errors: also as they look when something is to be corrected; --full:
// the pictures themselves too, as PNG, to look at closely.
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { DESK, launchChromium } from "../../tests/browser/support/chromium.mjs";
import { everyFamilyPage, everyPerson } from "../../tests/browser/support/family_screens.mjs";
import { everyScreen } from "../../tests/browser/support/steps.mjs";
import { PORTALS } from "../../tests/browser/support/registration.mjs";
import { startServer } from "../../tests/support/foyer_server.mjs";

const { values: options } = parseArgs({ options: { only: { type: "string" }, town: { type: "string" }, full: { type: "string" }, errors: { type: "boolean", default: false } } });
const output = path.join(path.dirname(fileURLToPath(import.meta.url)), "../../docs/screens");
const WIDTHS = [360, 768, 1280];
const LIGHTS = ["light", "dark"];
const SCALE = 0.5;
const QUALITY = 0.72;
const whole = !options.only && !options.town && !options.errors;
if (whole) rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
if (options.full) mkdirSync(options.full, { recursive: true });

const server = await startServer();
const browser = await launchChromium();
const studio = await browser.newPage();
const taken = new Map(); // town -> [{name, file}]

// The six pictures on one sheet: a row for each light.
async function sheet(file, pictures) {
  const data = await studio.evaluate(async ({ pictures: shots, scale, quality }) => {
    const GAP = 16;
    const images = await Promise.all(shots.map(async (base64) => createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob())));
    const columns = images.length / 2;
    const size = ({ width, height }) => ({ width: Math.round(width * scale), height: Math.round(height * scale) });
    const widths = images.slice(0, columns).map((image) => size(image).width);
    const heights = [0, 1].map((row) => Math.max(...images.slice(row * columns, (row + 1) * columns).map((image) => size(image).height)));
    const canvas = new OffscreenCanvas(widths.reduce((sum, width) => sum + width + GAP, GAP), heights[0] + heights[1] + 3 * GAP);
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#9aa0ab";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.imageSmoothingQuality = "high";
    images.forEach((image, index) => {
      const { width, height } = size(image);
      const column = index % columns;
      const x = GAP + widths.slice(0, column).reduce((sum, each) => sum + each + GAP, 0);
      pen.drawImage(image, x, index < columns ? GAP : heights[0] + 2 * GAP, width, height);
    });
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: "image/webp", quality })).arrayBuffer());
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  }, { pictures, scale: SCALE, quality: QUALITY });
  writeFileSync(file, Buffer.from(data, "base64"));
}

// The step has been laid out and painted for this width and light.
async function settled(page) {
  await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(resolve))); }));
}

async function photograph(town, page, name) {
  if (options.only ? !name.includes(options.only) : name.endsWith("in error") && !options.errors) return;
  const before = page.viewportSize();
  const file = `${name.replace(/[^\w]+/g, "-").toLowerCase()}`;
  const pictures = [];
  for (const light of LIGHTS) {
    await page.emulateMedia({ colorScheme: light });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: width === 360 ? 740 : 800 });
      await settled(page);
      const picture = await page.screenshot({ fullPage: true, animations: "disabled", caret: "hide" });
      pictures.push(picture.toString("base64"));
      if (options.full) writeFileSync(path.join(options.full, `${town}-${file}-${width}-${light}.png`), picture);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(before);
  await settled(page);
  await sheet(path.join(output, `${town}-${file}.webp`), pictures);
  taken.get(town).push({ name, file: `${town}-${file}.webp` });
}

try {
  for (const portal of Object.values(PORTALS)) {
    if (options.town && portal.slug !== options.town) continue;
    taken.set(portal.slug, []);
    const context = await browser.newContext(DESK);
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const look = (on, name) => photograph(portal.slug, on, name);
    await everyScreen(page, server, portal, look);
    await context.close();
    await everyFamilyPage(browser, DESK, server, portal.slug, look);
    await everyPerson(browser, DESK, server, portal.slug, look);
  }
} finally {
  await browser.close();
  await server.stop();
}

if (whole) {
  const towns = Object.values(PORTALS);
  let text = `# Every screen

Made by \`./dev screens\` from the running product; on each picture: 360, 768 and 1280 px, above by day, below by night.
Look at all of them after a change to \`wasm-client/view\` or \`web/style\`, and commit them with it.\n`;
  for (const { slug, town } of towns) {
    text += `\n## ${town}\n`;
    for (const { name, file } of taken.get(slug)) text += `\n### ${name}\n![${town}, ${name}](${file})\n`;
  }
  writeFileSync(path.join(output, "README.md"), text);
}
const pictures = readdirSync(output).filter((name) => name.endsWith(".webp"));
const bytes = pictures.reduce((sum, name) => sum + statSync(path.join(output, name)).size, 0);
console.log(`${pictures.length} sheets, ${(bytes / 1e6).toFixed(1)} MB`);
