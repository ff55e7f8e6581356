// The table of numbers that every screen is held to, and what has been measured so far. `./dev a11y` prints it; the tests
// beside it fail where a line misses.

// How a line is held: `none`: what is counted must be 0; `share`: all of them; `least`, `most`: the worst measured figure.
export const ROWS = {
  axe: ['axe-core: violations', 'none'],
  undecided: ['axe-core: what it cannot decide and nobody has explained', 'none'],
  label: ['fields found by their label', 'share'],
  token: ['personal fields with a valid autocomplete token', 'share'],
  filled: ['personal fields filled by the browser (Autofill.trigger)', 'share'],
  accepted: ['filled fields that the wizard has read and accepts', 'share'],
  firefox: ['fields visible to Firefox’s autofill', 'share'],
  bitwarden: ['fields visible to Bitwarden', 'share'],
  tree: ['controls right in Chromium’s accessibility tree', 'share'],
  drift: ['drift between what is painted and its element', 'most', 1, 'px'],
  text: ['contrast of text', 'least', 4.5, ': 1'],
  parts: ['contrast of interface parts', 'least', 3, ': 1'],
  target: ['smallest target', 'least', 44, 'px'],
  keyboard: ['registrations completed by the keyboard alone', 'share'],
  traps: ['controls that Tab does not reach, or does not leave', 'none'],
  hidden: ['stops of Tab where the focus is hidden or not shown', 'none'],
  narrow: ['wider than the window: 320 px', 'none'],
  zoom2: ['wider than the window: 200 %', 'none'],
  zoom4: ['wider than the window: 400 % (320 × 256, scale 4)', 'none'],
  landscape: ['wider than the window: a telephone on its side', 'none'],
  spacing: ['clipped or covered with the text spacing of WCAG 1.4.12', 'none'],
  frames: ['frames drawn in 10 s of rest', 'none'],
  keystroke: ['keystroke to paint: the main thread’s work, 95 of 100', 'most', 16.7, 'ms'],
  typing: ['texts that reach the wizard as they were typed', 'share'],
  heard: ['screens heard alike in canvas and texte', 'share'],
  kept: ['journeys heard as tests/a11y/transcripts has them', 'share'],
};

export class Tally {
  lines = new Map(Object.keys(ROWS).map((id) => [id, { seen: 0, good: 0, worst: null, misses: [] }]));

  // One thing was looked at; `complaint`: what is wrong with it, or nothing.
  one(id, complaint, where) {
    const line = this.lines.get(id);
    ++line.seen;
    if (complaint) line.misses.push(`${where}: ${complaint}`);
    else ++line.good;
  }

  // A figure was measured.
  figure(id, value, where) {
    const line = this.lines.get(id);
    const [, how, bound] = ROWS[id];
    ++line.seen;
    const worse = line.worst === null || (how === 'most' ? value > line.worst : value < line.worst);
    if (worse) line.worst = value;
    const misses = Number.isNaN(value) || (how === 'most' ? value > bound : value < bound);
    if (misses) line.misses.push(`${where}: ${round(value)}`);
  }

  measured(id) {
    const { seen, good, worst, misses } = this.lines.get(id);
    const [, how, , unit] = ROWS[id];
    if (seen === 0) return 'not measured';
    if (how === 'none') return `${misses.length}   (of ${seen})`;
    if (how === 'share') return `${good === seen ? 100 : Math.floor((1000 * good) / seen) / 10} %   (${good} of ${seen})`;
    return `${round(worst)} ${unit}   (of ${seen})`;
  }

  target(id) {
    const [, how, bound, unit] = ROWS[id];
    return how === 'none' ? '0' : how === 'share' ? '100 %' : `${how === 'least' ? '≥' : '≤'} ${bound} ${unit}`;
  }

  // What has been missed, of these lines or of all.
  misses(ids = Object.keys(ROWS)) {
    return ids.flatMap((id) => this.lines.get(id).misses.map((miss) => `${ROWS[id][0]}: ${miss}`));
  }

  unmeasured() {
    return Object.keys(ROWS).filter((id) => this.lines.get(id).seen === 0);
  }

  table() {
    const rows = Object.keys(ROWS).map((id) => {
      const { seen, misses } = this.lines.get(id);
      return [seen === 0 ? '?' : misses.length > 0 ? '✗' : '✓', ROWS[id][0], this.target(id), this.measured(id)];
    });
    const wide = (column) => Math.max(...rows.map((row) => row[column].length));
    const [name, target] = [wide(1), wide(2)];
    return [['', 'number', 'target', 'measured'], ...rows].map(([mark, ...cells]) => `${mark.padEnd(2)}${cells[0].padEnd(name)}  ${cells[1].padEnd(target)}  ${cells[2]}`).join('\n');
  }
}

const round = (value) => Math.round(value * 100) / 100;
