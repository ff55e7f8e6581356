// Everything that is measured, in parts. `./dev a11y` runs them all and prints the table; the tests beside this folder
// run them too, a smaller product of towns, projections and sizes unless FOYER_ALL is set.
import { DESK, PHONE, openPage } from '../../browser/support/chromium.mjs';
import { everyFamilyPage, everyPerson } from '../../browser/support/family_screens.mjs';
import { PORTALS, register, somebody } from '../../browser/support/registration.mjs';
import { everyOfflineScreen } from '../../browser/support/offline_screens.mjs';
import { everyScreen } from '../../browser/support/steps.mjs';
import { Visitor } from '../../browser/support/visitor.mjs';
import { autofill } from './autofill.mjs';
import { drift } from './drift.mjs';
import { settled } from './in_page.mjs';
import { asHeard, difference, keep } from './journeys.mjs';
import { autocomplete, axeRules, fields, painted, spaced, tabs, tree, windows } from './measures.mjs';
import { keystroke } from './keystroke.mjs';
import { rest } from './rest.mjs';
import { transcript } from './transcript.mjs';
import { typing } from './typing.mjs';

// A telephone's window, with the mouse that Playwright needs to press; its density makes strokes whole pixels.
const NARROW = { ...PHONE, isMobile: false, hasTouch: false };
const SIZES = { '360 px': NARROW, '1280 px': DESK };

const shownAs = (page, view) => page.evaluate((wanted) => document.documentElement.setAttribute('data-view', wanted), view);

// Looks at one screen with everything. The same elements are then shown by the other style sheet: what differs between
// the projections is that, and whether the wizard is told; walks that ask for ?texte see the latter.
function looking(tally, { size, view, density, all, heard, seen }) {
  return async (page, name) => {
    seen.push(name);
    await page.evaluate(settled);
    const real = await page.evaluate(() => document.documentElement.dataset.view);
    if (real !== view) throw new Error(`${name} is shown as ${real}`);
    const where = { name, view, size, density };
    const said = await transcript(page);
    heard(name, said);
    await axeRules(page, tally, where);
    await fields(page, tally, where);
    await autocomplete(page, tally, where);
    await tree(page, tally, where);
    if (view === 'canvas') await painted(page, tally, where);
    if (view === 'canvas' && all) await drift(page, tally, where);
    await windows(page, tally, where, all ? undefined : ['narrow', 'zoom4']);
    if (view === 'canvas') {
      await shownAs(page, 'texte');
      await page.evaluate(settled);
      const other = { ...where, view: 'texte' };
      await axeRules(page, tally, other);
      await fields(page, tally, other);
      await tree(page, tally, other);
      // As text a page is as wide as its window: the narrowest decides.
      await windows(page, tally, other, all ? undefined : ['zoom4']);
      const heard_there = await transcript(page);
      tally.one('heard', firstDifference(said, heard_there), name);
      await shownAs(page, 'canvas');
      await page.evaluate(settled);
      await spaced(page, tally, where);
    }
    await tabs(page, tally, where);
  };
}

function firstDifference(one, other) {
  const line = one.findIndex((phrase, index) => phrase !== other[index]);
  if (line < 0 && one.length === other.length) return '';
  return line < 0 ? `${one.length} phrases and ${other.length}` : `“${one[line]}” and “${other[line]}”`;
}

const walk = {
  async registration({ server, browser }, portal, options, look, view) {
    const page = await openPage(browser, options);
    await everyScreen(page, server, portal, look, { query: view === 'texte' ? 'texte' : '', kept: true });
    await page.context().close();
  },
  async family({ server, browser }, portal, options, look, view) {
    await everyFamilyPage(browser, options, server, portal.slug, look, view === 'texte' ? '?texte' : '');
    await everyPerson(browser, options, server, portal.slug, look, view === 'texte' ? '?texte' : '');
  },
  offline: ({ server, browser }, portal, options, look, view) => everyOfflineScreen(browser, options, server, portal, look, view === 'texte' ? '?texte' : ''),
};

// [journey, town, size, projection]: which walks are made.
const product = (journeys, towns, sizes, views) => journeys.flatMap((journey) => towns.flatMap((town) => sizes.flatMap((size) => views.map((view) => [journey, town, size, view]))));
export const WALKS = {
  quick: [['registration', 'saintMaur', '360 px', 'canvas'], ['family', 'oudon', '360 px', 'canvas']],
  // What a device says about what it keeps is the same in every town.
  all: [...product(['registration', 'family'], Object.keys(PORTALS), Object.keys(SIZES), ['canvas', 'texte']), ...product(['offline'], ['oudon'], Object.keys(SIZES), ['canvas', 'texte'])],
};

// One walk, with everything measured on the way, and compared with what is kept of it; gives the names of the screens.
export async function screens(around, tally, [journey, town, size, view], { all }) {
  const portal = PORTALS[town];
  const options = SIZES[size];
  const seen = [];
  const said = [];
  const heard = (name, phrases) => said.push(asHeard(name, phrases));
  await walk[journey](around, portal, options, looking(tally, { size, view, density: options.deviceScaleFactor ?? 1, all, heard, seen }), view);
  tally.one('kept', await difference(journey, portal.slug, said), `${journey}, ${portal.town} (${view}, ${size})`);
  return seen;
}

// Renews what is kept, of these journeys.
export async function listenToAll(around, journeys = Object.keys(walk)) {
  for (const [journey, town] of WALKS.all.filter(([name, , size, view]) => journeys.includes(name) && size === '360 px' && view === 'canvas')) {
    const said = [];
    await walk[journey](around, PORTALS[town], DESK, async (page, name) => { said.push(asHeard(name, await transcript(page))); }, 'canvas');
    await keep(journey, PORTALS[town].slug, said);
  }
}

// What is not measured screen by screen.
export const PARTS = {
  autofill,
  async typing(around, tally, { all }) {
    for (const view of all ? ['canvas', 'texte'] : ['canvas']) await typing(around, tally, view);
  },
  async keyboard({ server, browser }, tally) {
    for (const portal of Object.values(PORTALS)) {
      const page = await openPage(browser, DESK, `${server.origin}/${portal.slug}/`);
      let wrong = '';
      await register(new Visitor(page, 'keyboard'), portal, somebody()).catch((error) => { wrong = error.message; });
      tally.one('keyboard', wrong, portal.town);
      await page.context().close();
    }
  },
  // On every screen of the full product besides.
  async drift({ server, browser }, tally, { all }) {
    for (const portal of all ? Object.values(PORTALS) : [PORTALS.oudon]) {
      const page = await openPage(browser, { ...DESK, viewport: { width: 400, height: 700 } }, `${server.origin}/${portal.slug}/inscription/identite`);
      await drift(page, tally, { name: `${portal.town}, identity` });
      await page.context().close();
    }
  },
  rest,
  // A measurement, not a test: it is for ./dev a11y alone.
  keystroke,
};
