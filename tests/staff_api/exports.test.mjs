// Exports over the real server, with hostile texts in every field: who may, what a spreadsheet and a script get, the
// documented command word for word, a token that is revoked while its answer is on the way, and the calendar.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { portalsFolder, repository, startServer, WITHOUT_LIMITS } from '../support/foyer_server.mjs';
import { hire, neverSucceeded, StaffApi } from '../support/staff_api.mjs';

const demo = process.env.FOYER_DEMO_DATA ?? join(repository, 'build/native-release/tests/support/demo/foyer-demo-data');
const REQUESTS = 700; // several pages

let server;
let administrator;
let manager;
let agent;
before(async () => {
  server = await startServer({
    extra: WITHOUT_LIMITS,
    prepare: (data) => promisify(execFile)(demo,
      ['--data', data, '--portals', portalsFolder, '--portal', 'oudon', '--requests', String(REQUESTS), '--hostile']),
  });
  administrator = await hire(server, { email: 'mairie@oudon.fr', role: 'administrator' });
  manager = await hire(server, { email: 'cheffe@oudon.fr', role: 'manager' });
  agent = await hire(server, { email: 'agent@oudon.fr' });
});
after(() => server?.stop());

const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString().replace(/\.\d+Z$/, 'Z');
const lines = (text) => text.split('\n').filter(Boolean).map((line) => JSON.parse(line));
async function tokenFor(scopes) {
  const made = await administrator.call('POST', 'tokens', { name: 'script', scopes, expires_at: tomorrow() });
  const api = new StaffApi(server);
  api.token = made.body.secret;
  api.id = made.body.token.id;
  return api;
}

// RFC 4180, by its grammar: everything quoted, CR LF.
function cells(text) {
  const rows = [];
  const pattern = /"((?:[^"]|"")*)"(,|;|\t|\r\n)/gy;
  let row = [];
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    row.push(match[1].replaceAll('""', '"'));
    if (match[2] === '\r\n') {
      rows.push(row);
      row = [];
    }
    if (pattern.lastIndex === text.length) return rows;
  }
  assert.fail(`not RFC 4180 at ${pattern.lastIndex}: ${text.slice(pattern.lastIndex, pattern.lastIndex + 80)}`);
}

test('JSON Lines and CSV hold the same requests, each once, and no cell runs', async () => {
  const json = await manager.call('GET', 'exports/submissions?format=jsonl');
  assert.equal(json.headers.get('transfer-encoding'), 'chunked');
  const objects = lines(json.text);
  assert.equal(objects.length, REQUESTS);
  assert.equal(new Set(objects.map(({ number }) => number)).size, REQUESTS);
  const csv = await manager.call('GET', 'exports/submissions');
  assert.match(csv.headers.get('content-disposition'), /^attachment; filename="oudon-\d{4}-\d\d-\d\d\.csv"$/);
  const [header, ...rows] = cells(csv.text);
  assert.deepEqual(rows.map(([number]) => number), objects.map(({ number }) => number));
  assert.ok(rows.every((row) => row.length === header.length));
  const all = rows.flat();
  assert.deepEqual(all.filter((cell) => /^[=+\-@\t\r\n]/.test(cell)), []);
  assert.ok(all.some((cell) => cell.startsWith("'=")), 'somebody has tried');
  assert.ok(all.some((cell) => cell.includes('<')), 'HTML is text here');
  const excel = await manager.call('GET', 'exports/submissions?separator=semicolon&bom=1&state=accepted');
  assert.ok(excel.text.startsWith('"number";') || excel.text.startsWith('\ufeff"number";'));
  const [, ...accepted] = cells(excel.text.replace('\ufeff', ''));
  assert.equal(accepted.length, objects.filter(({ state }) => state === 'accepted').length);
});

test('who may: managers and tokens for exports, each export two lines of the audit log', async () => {
  assert.equal((await agent.call('GET', 'exports/submissions')).code, 'role_too_low');
  assert.equal((await (await tokenFor(['read'])).call('GET', 'exports/submissions')).code, 'scope_missing');
  const script = await tokenFor(['export']);
  assert.equal((await script.call('GET', 'exports/submissions?procedure=profile')).status, 200);
  const { lines: audit } = (await administrator.call('GET', 'audit?limit=3')).body;
  assert.deepEqual(audit.slice(0, 2).map(({ action, actor }) => `${action} ${actor.code}`),
    [`export.end token:${script.id}`, `export.begin token:${script.id}`]);
  assert.equal(audit[1].details.procedure, 'profile');
  assert.match(audit[0].details.rows, /^\d+$/);
  const elsewhere = new StaffApi(server, 'saint-maur-des-fosses');
  elsewhere.token = script.token;
  assert.equal((await elsewhere.call('GET', 'exports/submissions')).status, 404);
});

test('what is asked wrongly is refused before anything leaves', async () => {
  for (const query of ['format=xlsx', 'separator=x', 'bom=2', 'since=', 'since=-1', 'since=1x', 'since=99999999999999999999', 'since=1&q=anne', 'view=x', 'after=1', 'state=x', 'origin=x'])
    assert.equal((await manager.call('GET', `exports/submissions?${query}`)).code, 'malformed_query', query);
  const unknown = await manager.call('GET', 'exports/submissions?since=999999999');
  assert.equal(`${unknown.status} ${unknown.code}`, '410 cursor_unknown');
});

test('since a cursor: nothing, and then what was decided', async () => {
  const whole = await manager.call('GET', 'exports/submissions?format=jsonl');
  const cursor = whole.headers.get('foyer-cursor');
  assert.equal((await manager.call('GET', `exports/submissions?format=jsonl&since=${cursor}`)).text, '');
  const { number } = lines(whole.text).find(({ state }) => state === 'received');
  assert.equal((await manager.call('POST', `submissions/${number}/take`, {})).status, 200);
  const next = await manager.call('GET', `exports/submissions?format=jsonl&since=${cursor}`);
  assert.deepEqual(lines(next.text).map((one) => `${one.number} ${one.state}`), [`${number} processing`]);
  assert.deepEqual(cells((await manager.call('GET', `exports/submissions?since=${cursor}`)).text).map(([first]) => first), ['number', number]);
});

test('the documented command works, and only fetches what is new the second time', async () => {
  const page = await readFile(join(repository, 'docs/exports.md'), 'utf8');
  const command = /```sh\n([\s\S]*?)```/.exec(page)[1];
  const folder = await mkdtemp(join(tmpdir(), 'foyer-export-'));
  try {
    const script = await tokenFor(['export']);
    const run = () => promisify(execFile)('bash', ['-euo', 'pipefail', '-c', command],
      { cwd: folder, env: { PATH: process.env.PATH, FOYER: `${server.origin}/api/v1/admin/oudon`, TOKEN: script.token } });
    const fetched = async () => lines(await readFile(join(folder, 'requests.jsonl'), 'utf8'));
    await run();
    const first = await fetched();
    assert.equal(first.length, REQUESTS);
    const { number } = first.find(({ state }) => state === 'received');
    assert.equal((await manager.call('POST', `submissions/${number}/take`, {})).status, 200);
    await run();
    assert.deepEqual((await fetched()).map((one) => one.number), [number]);
    // A token that has been revoked: curl fails, and the cursor stays.
    const before = await readFile(join(folder, 'cursor'), 'utf8');
    await administrator.call('DELETE', `tokens/${script.id}`);
    await assert.rejects(run());
    assert.equal(await readFile(join(folder, 'cursor'), 'utf8'), before);
    await writeFile(join(folder, 'cursor'), '');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('a reader that stops reading stops nobody: others read, decide and export', async () => {
  const script = await tokenFor(['export']);
  const stopped = await new Promise((resolve, reject) => {
    const call = request(`${server.origin}/api/v1/admin/oudon/exports/submissions?format=jsonl`,
      { headers: { Authorization: `Bearer ${script.token}` } }, resolve);
    call.once('error', reject);
    call.end();
  });
  stopped.once('error', () => {});
  const [one] = (await manager.call('GET', 'submissions?view=new&limit=1')).body.items;
  assert.equal((await manager.call('POST', `submissions/${one.number}/take`, {})).status, 200);
  assert.equal((await manager.call('POST', `submissions/${one.number}/release`, {})).status, 200);
  assert.equal((await manager.call('GET', 'exports/submissions?view=late')).status, 200);
  stopped.destroy();
});

test('a calendar: an address each, good for nothing else, over when a new one is made', async () => {
  const made = await agent.call('POST', 'calendar', { view: 'all' });
  assert.equal(made.status, 201);
  const address = new URL(made.body.address);
  const read = async (url) => {
    const answer = await fetch(url);
    return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
  };
  const calendar = await read(address);
  assert.equal(`${calendar.status} ${calendar.type}`, '200 text/calendar; charset=utf-8');
  assert.match(calendar.text, /^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\n[\s\S]*BEGIN:VEVENT[\s\S]*END:VCALENDAR\r\n$/);
  assert.ok(calendar.text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75));
  const unfolded = calendar.text.replaceAll('\r\n ', '');
  assert.match(unfolded, /\r\nSUMMARY:(À traiter|En retard)\s: OUDON-\d{4}-\d{6} \(.+\)\r\n/);
  assert.equal(unfolded.match(/BEGIN:VEVENT/g).length, unfolded.match(/UID:OUDON-\d{4}-\d{6}@/g).length);

  const key = address.searchParams.get('key');
  for (const path of ['exports/submissions', 'submissions', 'session', 'audit']) {
    assert.equal((await read(`${server.origin}/api/v1/admin/oudon/${path}?key=${key}`)).status, 401, path);
    const bearer = new StaffApi(server);
    bearer.token = key;
    assert.equal((await bearer.call('GET', path)).code, 'scope_missing', path);
  }
  // No other token is taken from an address; as a header it is.
  const script = await tokenFor(['export']);
  assert.equal((await read(`${server.origin}/api/v1/admin/oudon/calendar.ics?key=${script.token}`)).status, 401);
  assert.equal((await script.call('GET', 'calendar.ics')).status, 200);
  const both = await tokenFor(['export', 'calendar']);
  assert.equal((await read(`${server.origin}/api/v1/admin/oudon/calendar.ics?key=${both.token}`)).status, 401);
  assert.equal((await read(address.href.replace('/oudon/', '/saint-maur-des-fosses/'))).status, 404);
  assert.equal((await read(`${server.origin}/api/v1/admin/oudon/calendar.ics?view=late&key=${key}`)).status, 400);

  const mine = await agent.call('POST', 'calendar', { view: 'mine' });
  assert.equal((await read(address)).status, 401, 'the one before is over');
  assert.ok(!(await read(mine.body.address)).text.includes('VEVENT'));
  assert.equal((await agent.call('GET', 'calendar.ics?view=mine')).status, 200, 'and with a session');
  assert.equal((await agent.call('DELETE', 'calendar')).status, 204);
  assert.equal((await agent.call('DELETE', 'calendar')).status, 204);
  assert.equal((await read(mine.body.address)).status, 401);
  assert.ok(!server.output().includes(key), 'the log has no address with a key');
});

test('every documented export has succeeded', () => {
  assert.deepEqual(neverSucceeded(['exports']), []);
});
