// The same answers give the same problems in WebAssembly as on the server: one table of cases. The native half is
// tests/shared/form/cases_test.cpp.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const bytes = await readFile(process.env.FOYER_RULES ?? join(repository, 'build/wasm-release/tests/rules/rules.wasm'));
const doors = new Proxy({}, { get: () => () => 0, has: () => true });
const module = await WebAssembly.compile(bytes);
const imports = {};
for (const { module: room, name } of WebAssembly.Module.imports(module)) (imports[room] ??= {})[name] = doors[name];
const { exports } = await WebAssembly.instantiate(module, imports);
exports._initialize();

function problemsOf(question) {
  const text = new TextEncoder().encode(JSON.stringify(question));
  const at = exports.rules_buffer(text.length);
  new Uint8Array(exports.memory.buffer, at, text.length).set(text);
  const answer = exports.rules_check();
  return new TextDecoder().decode(new Uint8Array(exports.memory.buffer, answer, exports.rules_size()));
}

const cases = JSON.parse(await readFile(join(repository, 'tests/shared/form/cases.json'), 'utf8'));
const portals = {};
for (const slug of new Set(cases.map((one) => one.portal)))
  portals[slug] = await readFile(join(repository, 'shared/portals', slug, 'portal.json'), 'utf8');

test('there are at least forty cases', () => assert.ok(cases.length >= 40));

for (const one of cases) {
  test(`in WebAssembly: ${one.name}`, () => {
    const answers = Object.fromEntries(
      Object.entries(one.answers).map(([key, value]) => [key, typeof value === 'string' ? value : value.repeat.repeat(value.times)]));
    const expected = one.problems.map((problem) => `${problem.field}: ${problem.code}${problem.severity === 'warning' ? ' (warning)' : ''}\n`).join('');
    assert.equal(problemsOf({ portal: portals[one.portal], procedure: one.procedure, answers, known: one.known ?? [] }), expected);
  });
}
