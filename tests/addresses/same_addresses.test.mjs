// The same text gives the same list in WebAssembly as on the server, and both find what they should: rates over real
// addresses where the sample lies beside the repository, over made-up ones everywhere.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { department, numbers } from '../bench/address_department.mjs';
import { openAddresses } from '../support/address_module.mjs';

const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const server = process.env.FOYER_SERVER ?? join(repository, 'build/native-release/sync-server/foyer-server');
const wasm = process.env.FOYER_ADDRESS_WASM ?? join(repository, 'build/wasm-release/tests/bench/address.wasm');
const folder = mkdtempSync(join(tmpdir(), 'foyer-addresses-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const made = [];
department(6000, (line) => made.push(line), { communes: 12 });
writeFileSync(join(folder, 'made.csv'), made.join('\n') + '\n');
const real = process.env.FOYER_ADDRESS_SAMPLE ?? join(repository, '../shared/data/addresses-france-sample.csv');
const sources = [['made-up addresses', join(folder, 'made.csv'), 15, 0.85], ['the sample of real addresses', real, 4, 0.99]].filter(([, file]) => existsSync(file));

const textOf = (fields) => [fields[2], fields[3], fields[4], fields[5], fields[7]].filter(Boolean).join(' ');
const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('œ', 'oe').replaceAll('Œ', 'OE');
const random = numbers(3);
const mistyped = (text) => text.replace(/\p{L}{5,}/gu, (word) => {
  const at = random.below(word.length - 1);
  return random.chance(0.5) ? word.slice(0, at) + word.slice(at + 1) : word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2);
});

for (const [at, [name, file, step, beginnings]] of sources.entries()) {
  const index = join(folder, `${at}.idx`);
  execFileSync(server, ['addresses', 'build', file, '--out', index]);
  const module = await openAddresses(wasm, readFileSync(index));
  const texts = readFileSync(file, 'utf8').trim().split('\n').slice(1).filter((_, at) => at % step === 0).map((line) => textOf(line.split(';')));
  const onServer = (queries) => execFileSync(server, ['addresses', 'search', index, '--queries', '-'], { input: queries.join('\n') + '\n', maxBuffer: 1 << 28 })
    .toString().trim().split('\n').map((line) => JSON.parse(line));
  const share = (queries, within) => queries.filter((query, at) => module.search(query, within).some(({ label }) => label === texts[at])).length / queries.length;

  test(`${name}: the lists are the same on both sides`, () => {
    const queries = texts.flatMap((text) => [text, mistyped(text), text.slice(0, text.length / 2), plain(text).toUpperCase()]);
    onServer(queries).forEach(({ query, results }, at) => {
      assert.equal(query, queries[at]);
      assert.deepEqual(results.map(({ label, score, state }) => ({ label, score: Math.round(score * 1000), state })), module.search(query, 5), query);
    });
  });
  test(`${name}: each is found first and matched by its own text, also in capitals without accents`, () => {
    for (const text of texts) assert.equal(module.search(text, 1)[0]?.state, 'matched', text);
    assert.ok(share(texts, 1) >= 0.999);
    assert.ok(share(texts.map((text) => plain(text).toUpperCase()), 1) >= 0.999);
  });
  test(`${name}: a typing mistake in each longer word does not hide them`, () => assert.ok(share(texts.map(mistyped), 1) >= 0.98));
  test(`${name}: the first 60 % of the text offer them`, () =>
    assert.ok(share(texts.map((text) => text.slice(0, Math.floor(text.length * 0.6))), 5) >= beginnings));
  test(`${name}: memory does not grow with the number of searches`, () => {
    const before = module.memory();
    for (let round = 0; round < 20; round += 1) for (const text of texts.slice(0, 100)) module.search(text, 5);
    assert.equal(module.memory(), before);
  });
}

// Some minutes: ./dev test --all. A byte that a search forgot would be a megabyte here.
const MILLION = 1_000_000;
const skip = process.env.FOYER_ALL ? false : 'takes minutes: ./dev test --all';
const asked = (texts, at) => {
  const text = texts[at % texts.length];
  return at % 3 === 0 ? text : text.slice(0, 4 + (at % 23));
};
const texts = made.slice(1).map((line) => textOf(line.split(';')));

test('a million searches leave the memory of a browser as it was', { skip }, async () => {
  const module = await openAddresses(wasm, readFileSync(join(folder, '0.idx')));
  for (let at = 0; at < 10_000; at += 1) module.search(asked(texts, at), 5);
  const before = module.memory();
  const begin = performance.now();
  for (let at = 0; at < MILLION; at += 1) module.search(asked(texts, at), 5);
  console.log(`# ${((performance.now() - begin) / MILLION).toFixed(4)} ms a search, ${module.memory() - before} bytes more of ${before}`);
  assert.equal(module.memory(), before);
});

test('a million searches leave the memory of the server as it was', { skip }, async () => {
  const program = spawn(server, ['addresses', 'search', join(folder, '0.idx'), '--queries', '-', '--limit', '1'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const resident = () => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${program.pid}/status`, 'utf8'))[1]);
  let answers = 0;
  let early = 0;
  let late = 0;
  program.stdout.on('data', (part) => {
    for (const byte of part) answers += byte === 10 ? 1 : 0;
    if (early === 0 && answers >= MILLION / 10) early = resident();
    if (answers >= MILLION - 1000) late = Math.max(late, resident());
  });
  const ended = new Promise((done) => program.on('close', done));
  for (let at = 0; at < MILLION; at += 1000) {
    const part = Array.from({ length: 1000 }, (_, more) => asked(texts, at + more)).join('\n') + '\n';
    if (!program.stdin.write(part)) await new Promise((drained) => program.stdin.once('drain', drained));
  }
  while (late === 0) await new Promise((more) => program.stdout.once('data', more));
  program.stdin.end();
  await ended;
  console.log(`# ${early} kB after a tenth of them, ${late} kB at their end`);
  assert.equal(answers, MILLION);
  assert.ok(late - early < 1024, `${early} kB, then ${late} kB`);
});
