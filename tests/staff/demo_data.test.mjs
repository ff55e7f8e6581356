// foyer-demo-data: fills new folders and its own, and no other.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { eventually } from '../support/eventually.mjs';
import { program as serverProgram, portalsFolder, repository, startServer } from '../support/foyer_server.mjs';

const program = process.env.FOYER_DEMO_DATA ?? join(repository, 'build/native-release/tests/support/demo/foyer-demo-data');
const web = process.env.FOYER_WEB ?? join(repository, 'build/web');
const run = (data, ...more) =>
  new Promise((resolve) => {
    execFile(program, ['--data', data, '--portals', portalsFolder, '--portal', 'oudon', ...more], (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, stdout, stderr });
    });
  });

let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foyer-demo-'));
});
after(() => rm(folder, { recursive: true, force: true }));

test('the same seed at the same instant tells the same town; a second run adds nothing', async () => {
  const wishes = ['--requests', '60', '--seed', '5', '--now', '1795428000'];
  const first = await run(join(folder, 'one'), ...wishes);
  assert.equal(first.code, 0, first.stderr);
  assert.match(first.stdout, /^oudon: 60 requests, OUDON-2026-000001 to OUDON-2026-000060, entourage \d+, profile \d+, registration \d+/);
  assert.match(first.stdout, /a family: +\/oudon\/connexion as \S+ with the password/);
  assert.equal((await run(join(folder, 'two'), ...wishes)).stdout, first.stdout);
  assert.match((await run(join(folder, 'one'), ...wishes)).stdout, /has requests already/);
});

test('a folder that may hold families who exist is refused and left as it is', async () => {
  const real = join(folder, 'real');
  await run(real, '--requests', '1');
  await rm(join(real, 'demonstration'));
  const before = await readFile(join(real, 'foyer.sqlite'));
  const refused = await run(real, '--requests', '5');
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /not a demonstration's\. Nothing was changed/);
  assert.deepEqual(await readFile(join(real, 'foyer.sqlite')), before);
  await writeFile(join(real, 'demonstration'), '');
  assert.equal((await run(real, '--requests', '5')).code, 0);
});

test('a folder that a demonstration has begun is filled, one that has served families never again', async () => {
  const server = await startServer();
  try {
    await server.kill();
    const { stdout } = await run(server.data, '--requests', '3');
    assert.match(stdout, /^oudon: 3 requests/);
    // The same folder, served in earnest for a moment.
    // The tests' own variables are none of its settings.
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('FOYER_')));
    const earnest = execFile(serverProgram, ['serve', '--host', '127.0.0.1', '--port', '0', '--data', server.data, '--portals', portalsFolder, '--assets', web], { env });
    let said = '';
    for (const stream of [earnest.stdout, earnest.stderr]) stream.on('data', (chunk) => { said += chunk; });
    const ended = new Promise((resolve) => earnest.once('exit', resolve));
    await eventually('it serves', () => said.includes('is ready') || earnest.exitCode !== null, { seconds: 30 });
    earnest.kill('SIGTERM');
    await ended;
    assert.match(said, /is ready/);
    const refused = await run(server.data, '--requests', '3');
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /not a demonstration's/);
  } finally {
    await server.stop();
  }
});

test('a word it does not know is told with its usage', async () => {
  const refused = await run(join(folder, 'three'), '--request', '5');
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /--requests N/);
});
