// One function for each thing that is measured on a screen, whatever screen it is. Each is given the page, the tally, and
// where we are: {name, view, size}.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { showIn } from './emulated.mjs';
import { contrast, pixelsOf, pixelsOfWhole } from '../../browser/support/pixels.mjs';
import { bitwardenSees, clippedTexts, controls, firefoxSees, settled, spaceBack, spaceOut, tokens, tooWide, wordsAndFrames } from './in_page.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// What axe cannot decide, by its rule or by rule and reason, and why that is right.
const EXPLAINED = {
  canvas: { 'color-contrast': 'ImGui paints the words, and the DOM’s own words on them are transparent: the painted ones are measured in the picture (below, and in the line “contrast of text”).' },
  texte: { 'color-contrast: bgGradient': 'The arrow of a list is two small gradients at its edge, where no word comes; the ground below the words is one colour of the theme, and checked with it.' },
};

const at = ({ name, view, size }) => `${name} (${view}, ${size})`;

export async function axeRules(page, tally, where) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  const explained = EXPLAINED[where.view];
  const look = () => page.evaluate(async () => {
    const result = await globalThis.axe.run(document, { resultTypes: ['violations', 'incomplete'] });
    const reason = ({ any }) => any[0]?.data?.messageKey ?? '';
    const say = (list) => list.map(({ id, nodes }) => ({ id, reasons: nodes.map((node) => `${id}: ${reason(node)}`), nodes: nodes.map((node) => `${node.target.join(' ')} ${reason(node)}`.trim()).join(', ') }));
    return { violations: say(result.violations), incomplete: say(result.incomplete) };
  });
  const undecided = ({ incomplete }) => incomplete.filter(({ id, reasons }) => !(id in explained) && !reasons.every((reason) => reason in explained));
  let seen = await look();
  // A page that changes while axe goes through it (a request is tried again) leaves it undecided: it looks once more.
  if (undecided(seen).length > 0) {
    await page.evaluate(settled);
    seen = await look();
  }
  const say = (list) => list.map(({ id, nodes }) => `${id}: ${nodes}`).join('; ');
  tally.one('axe', say(seen.violations), at(where));
  tally.one('undecided', say(undecided(seen)), at(where));
}

export async function fields(page, tally, where) {
  for (const control of await page.evaluate(controls)) {
    if (control.field) tally.one('label', control.labelled ? '' : control.id, at(where));
    // A label is part of the target of its box; a link in a sentence is as high as its line (WCAG 2.2, 2.5.8, “inline”).
    if (control.inline) continue;
    const box = control.label && control.box.right - control.box.left < 60 ? union(control.box, control.label) : control.box;
    tally.figure('target', Math.min(box.right - box.left, box.bottom - box.top), `${at(where)}, ${control.id}`);
  }
  for (const { id, wrong } of await page.evaluate(firefoxSees)) tally.one('firefox', wrong && `${id}: ${wrong}`, at(where));
  for (const { id, wrong } of await page.evaluate(bitwardenSees)) tally.one('bitwarden', wrong && `${id}: ${wrong}`, at(where));
}
const union = (a, b) => ({ left: Math.min(a.left, b.left), top: Math.min(a.top, b.top), right: Math.max(a.right, b.right), bottom: Math.max(a.bottom, b.bottom) });

// HTML's vocabulary for what a person says about themselves; about somebody else a browser is to offer nothing.
const OWN = {
  civility: 'honorific-prefix', birth_name: 'family-name', usage_name: 'family-name', first_names: 'given-name',
  'birth_date.day': 'bday-day', 'birth_date.month': 'bday-month', 'birth_date.year': 'bday-year',
  address: 'address-line1', address_extra: 'address-line2', postal_code: 'postal-code', commune: 'address-level2',
  mobile: 'tel', home_phone: 'tel', work_phone: 'tel', email: 'email', identifier: 'username', password: /^(new|current)-password$/,
};

export async function autocomplete(page, tally, where) {
  const others = /\/(entourage|correction)\//.test(page.url());
  for (const { name, token } of await page.evaluate(tokens)) {
    if (!OWN[name]) continue;
    const wanted = others ? 'off' : OWN[name];
    const last = token.split(' ').at(-1);
    tally.one('token', (wanted instanceof RegExp ? wanted.test(last) : last === wanted) ? '' : `${name}: “${token}”`, at(where));
  }
}

// Chromium's tree against what the elements say: docs/scene-dom.md.
const ROLES = { textbox: ['textbox'], combobox: ['combobox', 'ComboBoxMenuButton', 'ComboBoxSelect', 'MenuListPopup', 'PopUpButton'], checkbox: ['checkbox'], radio: ['radio'], link: ['link'], button: ['button'] };
const squeeze = (text) => text.replace(/[\s\u00a0\u202f]+/g, ' ').trim();

export async function tree(page, tally, where) {
  const wanted = (await page.evaluate(controls)).filter(({ dom }) => dom);
  const session = await page.context().newCDPSession(page);
  try {
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    const { root } = await session.send('DOM.getDocument', { depth: -1 });
    const backend = new Map();
    const walk = (node) => {
      const { attributes = [] } = node;
      const place = attributes.findIndex((text, index) => index % 2 === 0 && text === 'id');
      if (place >= 0) backend.set(attributes[place + 1], node.backendNodeId);
      for (const child of node.children ?? []) walk(child);
    };
    walk(root);
    const found = new Map(nodes.filter(({ ignored }) => !ignored).map((node) => [node.backendDOMNodeId, node]));
    for (const control of wanted) {
      const node = found.get(backend.get(control.dom));
      tally.one('tree', node ? differences(control, node) && `${control.id}: ${differences(control, node)}` : `${control.id}: not there`, at(where));
    }
  } finally {
    await session.detach();
  }
}

function differences(control, node) {
  const property = (name) => node.properties?.find((each) => each.name === name)?.value?.value;
  const truth = (value) => value === true || value === 'true';
  const wrong = [];
  const same = (what, is, should) => {
    if (is !== should) wrong.push(`${what} is “${is}” and should be “${should}”`);
  };
  if (!ROLES[control.role].includes(node.role?.value)) wrong.push(`role is ${node.role?.value}`);
  same('name', squeeze(node.name?.value ?? ''), control.name);
  if (control.name === '') wrong.push('no name');
  if (control.lost) wrong.push('described by what is not there');
  same('description', squeeze(node.description?.value ?? ''), control.description);
  if (control.value !== null && !control.secret) same('value', squeeze(String(node.value?.value ?? '')), squeeze(control.value));
  if (control.secret && /[^•]/u.test(String(node.value?.value ?? ''))) wrong.push('says the password');
  // Chromium says it of entries only; of boxes and lists the words beside them do.
  if (control.role === 'textbox') same('required', truth(property('required')), control.required);
  same('invalid', truth(property('invalid')), control.invalid);
  same('disabled', truth(property('disabled')), control.disabled);
  if (control.role === 'textbox') same('read only', truth(property('readonly')), control.readonly);
  if (control.checked !== null) same('checked', String(property('checked')), String(control.checked));
  if (control.expanded !== null) same('expanded', String(property('expanded')), control.expanded);
  return wrong.join('; ');
}

// In the picture: the ground is the commonest colour, the ink the one among the commoner others that differs most.
export async function painted(page, tally, where) {
  // A page that is taller than a canvas can be is drawn window by window (web/shell/stage.ts), and pictures of the whole of
  // such a page make Chromium's own canvas too tall.
  const TALLEST = 8000;
  if (await page.evaluate(([tallest, density]) => document.documentElement.scrollHeight * density <= tallest, [TALLEST, where.density ?? 1])) {
    const { words, frames } = await page.evaluate(wordsAndFrames);
    return inPicture(page, tally, where, words, frames, await pixelsOfWhole(page), 0);
  }
  const [height, seen] = await page.evaluate(() => [document.documentElement.scrollHeight, innerHeight]);
  for (let top = 0; top < height; top += Math.floor(seen * 0.8)) {
    await page.evaluate((y) => scrollTo({ top: y, behavior: 'instant' }), top);
    await page.evaluate(settled);
    const [at, { words, frames }] = [await page.evaluate(() => scrollY), await page.evaluate(wordsAndFrames)];
    const inside = (box) => box.top > at + 4 && box.bottom < at + seen - 4;
    await inPicture(page, tally, where, words.filter(inside), frames.filter(inside), await pixelsOf(page), at);
  }
  await page.evaluate(() => { scrollTo({ top: 0, behavior: 'instant' }); });
}

async function inPicture(page, tally, where, words, frames, pixels, scrolled) {
  const density = pixels.width / (await page.evaluate(() => document.documentElement.clientWidth));
  for (const box of [...words, ...frames]) {
    box.top -= scrolled;
    box.bottom -= scrolled;
  }
  const to = (value, limit) => Math.min(Math.max(Math.round(value * density), 0), limit - 1);
  for (const word of words) {
    const [left, right, top, bottom] = [to(word.left, pixels.width), to(word.right, pixels.width), to(word.top, pixels.height), to(word.bottom, pixels.height)];
    const colours = new Map();
    for (let y = top; y <= bottom; ++y)
      for (let x = left; x <= right; ++x) {
        const key = pixels.number(x, y);
        colours.set(key, (colours.get(key) ?? 0) + 1);
      }
    const [[ground, most], ...others] = [...colours].sort((a, b) => b[1] - a[1]);
    const total = (right - left + 1) * (bottom - top + 1);
    // A line's strokes fill a tenth of its box; blended edges are many colours of few pixels each.
    const inks = others.filter(([, count]) => count >= Math.max(3, (total - most) * 0.02));
    if (inks.length === 0) continue;
    const colour = (number) => [number >> 16, (number >> 8) & 255, number & 255];
    const best = Math.max(...inks.map(([ink]) => contrast(colour(ink), colour(ground))));
    tally.figure('text', best, `${at(where)}, ${word.id}`);
  }
  for (const frame of frames) {
    const row = to((frame.top + frame.bottom) / 2, pixels.height);
    const from = Math.max(to(frame.left - 3, pixels.width), 0);
    const ground = pixels.at(from, row);
    let best = 1;
    // The box of a tick is drawn smaller than its target.
    for (let x = from; x <= to(frame.left + (frame.tick ? 14 : 3), pixels.width); ++x) best = Math.max(best, contrast(pixels.at(x, row), ground));
    tally.figure('parts', best, `${at(where)}, ${frame.id}`);
  }
}

// Tab goes to every control, shows where it is, and goes on.
export async function tabs(page, tally, where) {
  // From the page's first link, as somebody who has just come. What was being typed is taken over when its field is left,
  // which may clear a complaint with its link: only then is it counted.
  await page.evaluate(() => { document.querySelector('a[href]').focus(); });
  await page.evaluate(settled);
  const wanted = await page.evaluate(() => {
    getSelection().removeAllRanges();
    const seen = new Set();
    return [...document.querySelectorAll('a[href], button, input, select')].filter((element) => {
      if (element.disabled || element.tabIndex < 0 || !element.checkVisibility()) return false;
      if (element.type !== 'radio') return true;
      // Tab stops once in a group of radios.
      if (seen.has(element.name)) return false;
      return seen.add(element.name);
    }).length;
  });
  await page.evaluate(() => { globalThis.tab_stops = [document.activeElement]; });
  let reached = 1;
  let last = null;
  for (let press = 0; press < wanted + 5; ++press) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      if (globalThis.tab_stops.includes(element)) return { again: true, same: globalThis.tab_stops.at(-1) === element, id: element.id || element.className };
      globalThis.tab_stops.push(element);
      const box = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      const visible = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
      const [x, y] = [Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1), Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1)];
      const top = document.elementFromPoint(x, y);
      const covered = top !== null && top !== element && !element.contains(top) && !top.contains(element) && ![...(element.labels ?? [])].some((label) => label.contains(top));
      const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
      return { id: element.id || element.className, wrong: !visible ? 'outside the window' : covered ? `covered by ${top.id || top.localName}` : ring ? '' : 'nothing shows it' };
    });
    if (stop === null) break;
    if (stop.again) {
      if (stop.same) last = stop.id;
      break;
    }
    ++reached;
    tally.one('hidden', stop.wrong && `${stop.id}: ${stop.wrong}`, at(where));
  }
  tally.one('traps', last ? `held at ${last}` : reached < wanted ? `${reached} of ${wanted} controls are reached` : '', at(where));
}

const WINDOWS = [
  ['narrow', { width: 320, height: 640 }, 2],
  ['zoom2', { width: 640, height: 400 }, 2],
  ['zoom4', { width: 320, height: 256 }, 4],
  ['landscape', { width: 740, height: 360 }, 2],
];

// In windows of every size: the page is never wider than its window, and nothing is lost.
export async function windows(page, tally, where, rows = WINDOWS.map(([row]) => row)) {
  try {
    for (const [row, size, density] of WINDOWS) {
      if (!rows.includes(row)) continue;
      await showIn(page, size, density);
      tally.one(row, await page.evaluate(tooWide), at(where));
    }
  } finally {
    await showIn(page, page.viewportSize(), where.density ?? 1);
  }
}

// With a person's own spacing the version texte comes by itself, whole.
export async function spaced(page, tally, where) {
  await page.evaluate(spaceOut);
  try {
    await page.waitForFunction(() => document.documentElement.dataset.view === 'texte', null, { timeout: 10_000 });
    await page.evaluate(settled);
    tally.one('spacing', [await page.evaluate(tooWide), ...(await page.evaluate(clippedTexts))].filter(Boolean).join('; '), at(where));
  } finally {
    await page.evaluate(spaceBack);
    await page.waitForFunction((view) => document.documentElement.dataset.view === view, where.view, { timeout: 10_000 });
    await page.evaluate(settled);
  }
}
