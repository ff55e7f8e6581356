// ./dev screens: every screen of every procedure, photographed in the running product at 360, 768 and 1280 px, by day and
// by night, for both towns. One WebP per screen and town holds its six pictures, scaled down; docs/screens/README.md shows
// them all. The people are the same each time; the day is the server's, and chance chooses the icons of the security check.
//
//   node toolchains/dev/screens.mjs [--only NAME] [--town SLUG] [--full FOLDER]
//
// --only: just the screens whose name contains it; --full: the pictures themselves too, whole and as PNG, to look at
// closely.
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { DESK, launchChromium, ready } from "../../tests/browser/support/chromium.mjs";
import { everyFamilyPage, everyPerson } from "../../tests/browser/support/family_screens.mjs";
import { everyScreen } from "../../tests/browser/support/steps.mjs";
import { PORTALS, screens, somebody } from "../../tests/browser/support/registration.mjs";
import { Visitor } from "../../tests/browser/support/visitor.mjs";
import { startServer, WITHOUT_LIMITS } from "../../tests/support/foyer_server.mjs";
import { linkIn } from "../../tests/support/mail.mjs";

const { values: options } = parseArgs({ options: { only: { type: "string" }, town: { type: "string" }, full: { type: "string" } } });
const output = path.join(path.dirname(fileURLToPath(import.meta.url)), "../../docs/screens");
const SIZES = [[360, 740], [768, 1024], [1280, 800]];
const LIGHTS = ["light", "dark"];
const SCALE = 0.38;
const QUALITY = 0.22;
const whole = !options.only && !options.town;
if (whole) rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
if (options.full) mkdirSync(options.full, { recursive: true });

const taken = new Map(); // town -> [{name, file}]

// The six pictures on one sheet: a row for each light.
async function sheet(studio, file, pictures) {
  const data = await studio.evaluate(async ({ pictures: shots, scale, quality }) => {
    const GAP = 12;
    const images = await Promise.all(shots.map(async ({ picture, shown }) => {
      const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob());
      return createImageBitmap(image, 0, 0, image.width, Math.min(shown, image.height));
    }));
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

// On a sheet the phone's pictures and the desk's by day are as long as the page; the others, which say the same in the same
// order, are as high as the window.
async function photograph(studio, town, page, name) {
  if (options.only && !name.includes(options.only)) return;
  const before = page.viewportSize();
  const file = name.replace(/[^\w]+/g, "-").toLowerCase();
  const pictures = [];
  for (const light of LIGHTS) {
    await page.emulateMedia({ colorScheme: light });
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height });
      await settled(page);
      const long = (width === 360 && !(light === "dark" && name.endsWith("in error"))) || (width === 1280 && light === "light");
      const length = await page.evaluate(() => document.documentElement.scrollHeight);
      const shown = long ? length : Math.min(length, height);
      const clip = { x: 0, y: 0, width, height: options.full ? length : shown };
      const picture = await page.screenshot({ fullPage: true, clip, animations: "disabled", caret: "hide" });
      pictures.push({ picture: picture.toString("base64"), shown });
      if (options.full) writeFileSync(path.join(options.full, `${town}-${file}-${width}-${light}.png`), picture);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(before);
  await settled(page);
  await sheet(studio, path.join(output, `${town}-${file}.webp`), pictures);
  taken.get(town).push({ name, file: `${town}-${file}.webp` });
}

async function pageOf(context, address) {
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  if (address) {
    await page.goto(address);
    await ready(page);
  }
  return page;
}

// From the mail's link to a space that is kept on this device, behind its password.
async function everySpace({ server, browser }, portal, person, look) {
  const context = await browser.newContext(DESK);
  const page = await pageOf(context);
  const visitor = new Visitor(page);
  await page.goto(linkIn(await server.mailTo(person.email, "Création")));
  await look(page, "the page of the activation link");
  await visitor.press("Activer mon espace");
  await page.getByText(/Votre espace est activé/).first().waitFor();
  await look(page, "an activated space");
  await page.goto(`${server.origin}/${portal.slug}/connexion`);
  await ready(page);
  await visitor.fill("Identifiant", person.identifier);
  await visitor.fill("Mot de passe", "Ce n’est pas lui 29");
  await visitor.press("CONNEXION");
  await page.locator(".error_summary, .status.danger, .notice.danger").first().waitFor();
  await look(page, "login, refused");
  await visitor.fill("Mot de passe", person.password);
  await visitor.press("CONNEXION");
  await visitor.sees(`Bonjour ${person.firstNames}`);
  await visitor.press("Le garder, et demander mon mot de passe à l’ouverture");
  await page.locator(".status.success").first().waitFor();
  await page.reload();
  await page.getByRole("button", { name: "OUVRIR MON ESPACE" }).waitFor();
  await look(page, "a space behind its password");
  await visitor.fill("Mot de passe", "Ce n’est pas lui 29");
  await visitor.press("OUVRIR MON ESPACE");
  await page.locator(".error_summary").waitFor();
  await look(page, "a space behind its password, in error");
  await context.close();
}

// A draft that is kept, and one that is found; what stands at the counter of a device without a network; English.
async function everyOther({ server, browser }, portal, look) {
  const context = await browser.newContext(DESK);
  const page = await pageOf(context, `${server.origin}/${portal.slug}/inscription`);
  const visitor = new Visitor(page);
  await visitor.follow("Je crée mon espace");
  await screens.identity(visitor, somebody());
  await visitor.sees("Votre adresse");
  await page.getByRole("button", { name: "Garder mon brouillon sur cet appareil" }).click();
  await page.getByText(/Votre brouillon est gardé sur cet appareil/).waitFor();
  await look(page, "a draft that is kept");
  await page.evaluate(() => { dispatchEvent(new Event("pagehide")); });
  const again = await pageOf(context, `${server.origin}/${portal.slug}/inscription/identite`);
  await again.getByRole("button", { name: "Reprendre mon brouillon" }).waitFor();
  await look(again, "a draft that is found");
  await context.close();

  const english = await browser.newContext({ ...DESK, locale: "en-GB" });
  const guest = await pageOf(english, `${server.origin}/${portal.slug}/?lang=en`);
  await look(guest, "landing, in English");
  for (const [path, name] of [["inscription", "welcome, in English"], ["inscription/identite", "identity, in English"], ["connexion", "login, in English"]]) {
    await guest.goto(`${server.origin}/${portal.slug}/${path}?lang=en`);
    await ready(guest);
    await look(guest, name);
  }
  await english.close();
}

async function prepare(portal) {
  taken.set(portal.slug, []);
  const server = await startServer({ stampBits: 6, extra: WITHOUT_LIMITS });
  const browser = await launchChromium();
  const stop = async () => {
    await browser.close();
    await server.stop();
  };
  return { portal, server, browser, stop, studio: await browser.newPage(), page: await pageOf(await browser.newContext(DESK)) };
}

// The first thing it does is to ask for somebody, so that people have the same names whichever town is quicker.
async function everyScreenOf({ portal, server, browser, studio, page, stop }) {
  const look = async (on, name) => {
    await photograph(studio, portal.slug, on, name);
    if (name !== "confirmation, kept on the device") return;
    await on.getByRole("button", { name: "Afficher un QR code" }).click();
    await on.locator(".code").waitFor();
    await photograph(studio, portal.slug, on, "a request to carry by hand");
  };
  try {
    const person = await everyScreen(page, server, portal, look, { kept: true });
    await page.context().close();
    await everySpace({ server, browser }, portal, person, look);
    await everyOther({ server, browser }, portal, look);
    await everyFamilyPage(browser, DESK, server, portal.slug, look);
    await everyPerson(browser, DESK, server, portal.slug, look);
  } finally {
    await stop();
  }
}

// Two towns, two cores.
const towns = await Promise.all(Object.values(PORTALS).filter(({ slug }) => !options.town || options.town === slug).map(prepare));
await Promise.all(towns.map(everyScreenOf));

if (whole) {
  let text = `# Every screen

Made by \`./dev screens\` from the running product. On each sheet: 360, 768 and 1280 px, above by day, below by night; the
phone's pictures and the desk's by day show the page to its end. \`./dev screens --full FOLDER\` gives all of them whole and in
their own size. Look at all of them after a change to \`wasm-client/view\` or \`web/style\`, and commit them with it.\n`;
  for (const { slug, town } of Object.values(PORTALS)) {
    text += `\n## ${town}\n`;
    for (const { name, file } of taken.get(slug)) text += `\n### ${name}\n![${town}, ${name}](${file})\n`;
  }
  writeFileSync(path.join(output, "README.md"), text);
}
const pictures = readdirSync(output).filter((name) => name.endsWith(".webp"));
const bytes = pictures.reduce((sum, name) => sum + statSync(path.join(output, name)).size, 0);
console.log(`${pictures.length} sheets, ${(bytes / 1e6).toFixed(1)} MB`);
