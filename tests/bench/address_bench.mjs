// How well and how fast addresses are found, beside the npm packages minisearch and fuse.js on the same data in Node; and
// how large and fast the index of a department of 400,000 addresses is. Prints what it measured: no thresholds (the tests
// have those), and only ratios can be compared from one machine to another.
//
//   node tests/bench/address_bench.mjs [SAMPLE.csv]      (./dev bench builds first)
import { execFileSync } from 'node:child_process';
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import { department, numbers } from './address_department.mjs';
import { openAddresses } from '../support/address_module.mjs';

const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const server = process.env.FOYER_SERVER ?? join(repository, 'build/native-release/sync-server/foyer-server');
const wasm = process.env.FOYER_ADDRESS_WASM ?? join(repository, 'build/wasm-release/tests/bench/address.wasm');
const givenSample = process.argv[2] ?? process.env.FOYER_ADDRESS_SAMPLE ?? join(repository, '../shared/data/addresses-france-sample.csv');
const folder = mkdtempSync(join(tmpdir(), 'foyer-addresses-'));
const quantile = (times, part) => [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))];
const percent = (share) => `${(share * 100).toFixed(1).padStart(5)} %`;

function read(file) {
  const [header, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  const columns = header.split(';');
  return lines.map((line) => Object.fromEntries(line.split(';').map((value, at) => [columns[at], value])));
}
const textOf = (row) => [row.numero, row.rep, row.nom_voie, row.code_postal, row.nom_commune].filter(Boolean).join(' ');
const withoutAccents = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('œ', 'oe').replaceAll('Œ', 'OE');
function mistyped(text, random) {
  return text.replace(/\p{L}{5,}/gu, (word) => {
    const at = random.below(word.length);
    const letter = String.fromCharCode(97 + random.below(26));
    const kind = random.below(4);
    if (kind === 0) return word.slice(0, at) + letter + word.slice(at);
    if (kind === 1) return word.slice(0, at) + word.slice(at + 1);
    if (kind === 2) return word.slice(0, at) + letter + word.slice(at + 1);
    const first = Math.min(at, word.length - 2);
    return word.slice(0, first) + word[first + 1] + word[first] + word.slice(first + 2);
  });
}
const WAYS = [
  ['own full text, first', 1, (text) => text],
  ['capitals, no accents, first', 1, (text) => withoutAccents(text).toUpperCase()],
  ['a mistake in each word of five letters, first', 1, mistyped],
  ['first 60 % of the characters, in the first five', 5, (text) => text.slice(0, Math.floor(text.length * 0.6))],
];

async function write(file, rows) {
  const out = createWriteStream(file);
  rows((line) => out.write(line + '\n'));
  await new Promise((done) => out.end(done));
}
const memory = () => {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

// Several of them, each as its users would set it up: name, and search(text) giving texts of addresses.
async function finders(index, rows) {
  const list = [];
  const foyer = await openAddresses(wasm, readFileSync(index));
  list.push({ name: 'foyer (wasm)', memory: foyer.memory(), search: (text) => foyer.search(text, 5).map(({ label }) => label) });
  let before = memory();
  const mini = new MiniSearch({ fields: ['text'], storeFields: ['text'], processTerm: (term) => withoutAccents(term).toLowerCase(), searchOptions: { prefix: true, fuzzy: 0.2 } });
  mini.addAll(rows.map((row, id) => ({ id, text: textOf(row) })));
  list.push({ name: 'minisearch', memory: memory() - before, search: (text) => mini.search(text).slice(0, 5).map((found) => found.text) });
  before = memory();
  const fuse = new Fuse(rows.map((row) => ({ text: textOf(row) })), { keys: ['text'], ignoreLocation: true, ignoreDiacritics: true, threshold: 0.5 });
  list.push({ name: 'fuse.js', memory: memory() - before, search: (text) => fuse.search(text, { limit: 5 }).map(({ item }) => item.text) });
  return list;
}

async function compare(file, index) {
  const rows = read(file);
  // fuse.js takes milliseconds a query: it is asked every eighth address, the others all.
  for (const finder of await finders(index, rows)) {
    const asked = finder.name === 'fuse.js' ? rows.filter((_, at) => at % 8 === 0) : rows;
    const times = [];
    const rates = WAYS.map(([name, within, change]) => {
      const random = numbers(6);
      let found = 0;
      for (const row of asked) {
        const typed = change(textOf(row), random);
        const begin = performance.now();
        const list = finder.search(typed);
        times.push(performance.now() - begin);
        if (list.slice(0, within).includes(textOf(row))) found += 1;
      }
      return `${percent(found / asked.length)}  ${name}`;
    });
    console.log(`${finder.name}: ${quantile(times, 0.5).toFixed(3)} ms a query (p99 ${quantile(times, 0.99).toFixed(3)}), ${megabytes(finder.memory)} of memory, ${asked.length} addresses`);
    for (const rate of rates) console.log(`    ${rate}`);
  }
}

try {
  let sample = givenSample;
  if (!existsSync(sample)) {
    sample = join(folder, 'sample.csv');
    await write(sample, (line) => department(2700, line, { communes: 60 }));
    console.log('no sample of real addresses here: measured on a made-up one');
  }
  const index = join(folder, 'sample.idx');
  execFileSync(server, ['addresses', 'build', sample, '--out', index]);
  await compare(sample, index);

  for (const [count, options] of [[400_000, {}], [15_000, { code: '94', communes: 1 }]]) {
    const file = join(folder, `${count}.csv`);
    await write(file, (line) => department(count, line, options));
    const begin = performance.now();
    execFileSync(server, ['addresses', 'build', file, '--out', `${file}.idx`]);
    const built = performance.now() - begin;
    const bytes = readFileSync(`${file}.idx`);
    const packed = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } });
    console.log(`${count} addresses: ${statSync(`${file}.idx`).size} bytes, ${packed.length} in brotli; built in ${(built / 1000).toFixed(1)} s (${((built / count) * 1000).toFixed(1)} s a million)`);
    const foyer = await openAddresses(wasm, bytes);
    const random = numbers(7);
    const rows = read(file);
    const times = [];
    const warm = textOf(rows[0]);
    for (let size = 1; size <= warm.length; size += 1) foyer.search(warm.slice(0, size), 5);
    const held = foyer.memory();
    for (let address = 0; address < 100; address += 1) {
      const text = textOf(rows[random.below(rows.length)]);
      // The least of three: what the machine does besides is not the search's.
      for (let size = 1; size <= text.length; size += 1)
        times.push(Math.min(...[1, 2, 3].map(() => {
          const start = performance.now();
          foyer.search(text.slice(0, size), 5);
          return performance.now() - start;
        })));
    }
    console.log(`    a key in wasm: ${quantile(times, 0.5).toFixed(2)} ms, p99 ${quantile(times, 0.99).toFixed(2)} ms over ${times.length} keys; memory grew by ${foyer.memory() - held} bytes`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
