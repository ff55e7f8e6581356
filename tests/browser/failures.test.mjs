// A browser test that fails leaves a picture and a trace, in each engine; one that holds leaves nothing.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { decodePng } from './support/pixels.mjs';

const failing = fileURLToPath(new URL('support/failing.mjs', import.meta.url));

test('a test that fails leaves a picture and a trace of the page it failed on, in Chromium, Firefox and WebKit', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'foyer-failures-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  // Run by itself, not as a part of this run.
  const env = { ...process.env, FOYER_FAILURES: folder };
  delete env.NODE_TEST_CONTEXT;
  const ended = await new Promise((resolve) => {
    execFile(process.execPath, ['--test', '--test-reporter=tap', failing], { env }, (error, stdout) => resolve({ code: error?.code ?? 0, stdout }));
  });
  assert.equal(ended.code, 1, ended.stdout);
  assert.match(ended.stdout, /^# pass 1$/m);
  assert.match(ended.stdout, /^# fail 3$/m);
  assert.equal([...ended.stdout.matchAll(/error: 'on purpose'/g)].length, 3, ended.stdout);
  const names = ['Chromium', 'Firefox', 'WebKit'].flatMap((engine) => ['png', engine === 'Chromium' ? 'zip' : 'txt'].map((end) => `fails-in-${engine}-1-${engine}.${end}`));
  assert.deepEqual((await readdir(folder)).sort(), names.sort());
  for (const name of names) {
    const bytes = await readFile(join(folder, name));
    if (name.endsWith('.png')) assert.ok(decodePng(bytes).width >= 800, name);
    else if (name.endsWith('.zip')) assert.equal(bytes.subarray(0, 2).toString(), 'PK', name);
    else assert.match(bytes.toString(), /looks for button OK\n[^]*<h1>What was seen<\/h1>/, name);
  }
});
