// Personal data at the town hall: who may, a person's archive, an erasure, what the night erased; statistics. Every body is
// held against docs/openapi.json.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { portalsFolder, repository, startServer, WITHOUT_LIMITS } from '../support/foyer_server.mjs';
import { command, hire, neverSucceeded, StaffApi } from '../support/staff_api.mjs';

const demo = process.env.FOYER_DEMO_DATA ?? join(repository, 'build/native-release/tests/support/demo/foyer-demo-data');
const today = new Date().toISOString().slice(0, 10);
const monthAgo = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10);
const PERIOD = `from=${monthAgo}&to=${today}`;

let server;
let callers;
let requests;
before(async () => {
  server = await startServer({
    extra: WITHOUT_LIMITS,
    prepare: (data) => promisify(execFile)(demo, ['--data', data, '--portals', portalsFolder, '--portal', 'oudon', '--requests', '60']),
  });
  const administrator = await hire(server, { email: 'chef@oudon.fr', role: 'administrator' });
  const made = await administrator.call('POST', 'tokens', {
    name: 'lecture', scopes: ['read'], expires_at: new Date(Date.now() + 86_400_000).toISOString().replace(/\.\d+Z$/, 'Z'),
  });
  const reading = new StaffApi(server);
  reading.token = made.body.secret;
  callers = {
    nobody: new StaffApi(server),
    agent: await hire(server, { email: 'agent@oudon.fr' }),
    manager: await hire(server, { email: 'responsable@oudon.fr', role: 'manager' }),
    administrator,
    elsewhere: await hire(server, { email: 'chef@saint-maur.fr', role: 'administrator', slug: 'saint-maur-des-fosses' }),
    reading,
  };
  requests = (await callers.manager.call('GET', 'submissions?view=all&limit=200')).body.items;
});
after(() => server?.stop());

async function referenceOf({ number }) {
  return (await callers.manager.call('GET', `submissions/${number}`)).body.account.reference;
}

test('each route by each role: managers and administrators of the town, and nobody else', async () => {
  const reference = await referenceOf(requests[0]);
  const routes = [
    // method, path, body, what a manager gets, what a token that may read gets
    ['GET', 'retention', undefined, 200, 200],
    ['GET', 'erasures', undefined, 200, 200],
    ['GET', `statistics?${PERIOD}`, undefined, 200, 200],
    ['GET', `accounts/${reference}`, undefined, 200, 403],
    ['GET', `accounts/${reference}/archive`, undefined, 200, 403],
    ['POST', `accounts/${reference}/erasure`, { confirm: 'not-it' }, 422, 403],
  ];
  for (const [method, path, body, good, token] of routes) {
    const expected = { nobody: 401, agent: 403, manager: good, administrator: good, elsewhere: 404, reading: token };
    for (const [name, status] of Object.entries(expected)) {
      const answer = await callers[name].call(method, path, body, { slug: 'oudon' });
      assert.equal(answer.status, status, `${name}: ${method} ${path}: ${answer.text.slice(0, 200)}`);
      if (status !== good) assert.ok(!answer.text.includes(reference), `${name} is told nothing`);
    }
  }
  for (const path of ['accounts/0000000000000000', 'accounts/0000000000000000/archive'])
    assert.equal((await callers.manager.call('GET', path)).status, 404);
});

// The entries of a .zip that stores them as they are, by its directory.
function entriesOf(zip) {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const entries = {};
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; --left) {
    assert.equal(zip.readUInt32LE(at), 0x02014b50);
    const [size, name, local] = [zip.readUInt32LE(at + 24), zip.readUInt16LE(at + 28), zip.readUInt32LE(at + 42)];
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    entries[zip.subarray(at + 46, at + 46 + name).toString('utf8')] = zip.subarray(start, start + size).toString('utf8');
    at += 46 + name;
  }
  return entries;
}

test('a person’s archive: a page, the same as JSON, a few words; and the look is in the journal', async () => {
  const [request] = requests;
  const reference = await referenceOf(request);
  const response = await fetch(`${server.origin}/api/v1/admin/oudon/accounts/${reference}/archive`, {
    headers: { Cookie: `foyer_staff=${callers.manager.cookie}` },
  });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-disposition'), `attachment; filename="oudon-donnees-${reference}.zip"`);
  assert.equal(response.headers.get('cache-control'), 'no-store');
  const entries = entriesOf(Buffer.from(await response.arrayBuffer()));
  const names = Object.keys(entries);
  assert.equal(names.length, 3);
  const json = JSON.parse(entries[names.find((name) => name.endsWith('.json'))]);
  assert.equal(json.format, 'foyer-person/1');
  assert.ok(json.requests.some(({ number }) => number === request.number));
  assert.ok(json.staff_looks.some(({ action, object }) => action === 'submission.view' && object === `submission:${request.number}`));
  assert.ok(json.staff_looks.some(({ action }) => action === 'account.export'));
  const page = entries[names.find((name) => name.endsWith('.html'))];
  assert.match(page, /^<!doctype html>/);
  assert.ok(page.includes(request.number));
  assert.doesNotMatch(page, /<script|src=/);
  // The terminal makes the same, and never over another file.
  const file = join(server.data, 'person.zip');
  await command(server, 'person', 'export', request.number, '--portal', 'oudon', '--to', file);
  assert.equal(JSON.parse(Object.entries(entriesOf(await readFile(file))).find(([name]) => name.endsWith('.json'))[1]).account.reference, reference);
  await assert.rejects(command(server, 'person', 'export', request.number, '--portal', 'oudon', '--to', file));
});

test('somebody of an imported family, without an account, has an archive of their own, and only of what is theirs', async () => {
  const file = join(server.data, 'familles.csv');
  await writeFile(file, 'family_id;person_id;kind;first_names;birth_name;birth_date;mobile;address;postal_code;commune;contact_phone\n' +
    'F9;P1;representative;Solène;Kerbrat;03/11/1985;06 12 34 56 78;1 rue Haute;44521;Oudon;\n' +
    'F9;P2;representative;Yann;Kerbrat;03/11/1984;06 98 76 54 32;2 quai secret;44521;Oudon;\n' +
    'F9;P3;child;Maëlle;Kerbrat;07/03/2019;;;;;\n' +
    'F9;P4;contact;Rose;Voisin;;;;;;02 40 11 22 33\n');
  await command(server, 'families', 'import', file, '--portal', 'oudon');
  const [row] = (await callers.manager.call('GET', 'families?q=kerbrat')).body.families;
  const { people } = (await callers.manager.call('GET', `families/${row.id}`)).body;
  const archiveOf = async (name) => {
    const person = people.find((one) => one.name.startsWith(name));
    const path = `families/${row.id}/people/${person.id}/archive`;
    for (const [caller, status] of Object.entries({ nobody: 401, agent: 403, manager: 200, elsewhere: 404, reading: 403 }))
      assert.equal((await callers[caller].call('GET', path, undefined, { slug: 'oudon' })).status, status, `${caller} and ${name}`);
    const response = await fetch(`${server.origin}/api/v1/admin/oudon/${path}`, { headers: { Cookie: `foyer_staff=${callers.manager.cookie}` } });
    const entries = entriesOf(Buffer.from(await response.arrayBuffer()));
    assert.equal(response.headers.get('content-disposition'), `attachment; filename="oudon-donnees-k${person.id}.zip"`);
    return { entries, json: JSON.parse(Object.entries(entries).find(([name]) => name.endsWith('.json'))[1]) };
  };
  const { json, entries } = await archiveOf('Solène');
  assert.equal(json.account, null);
  assert.deepEqual(json.family.map(({ self, answers }) => [self, answers.first_names]), [[true, 'Solène'], [false, 'Yann'], [false, 'Maëlle'], [false, 'Rose']]);
  assert.equal(json.family[0].answers.mobile, '+33612345678');
  assert.ok(!JSON.stringify(entries).includes('quai secret'), 'the other parent’s address is theirs');
  assert.deepEqual(json.staff_looks.map(({ action }) => action).slice(0, 2), ['family.view', 'family.export']);
  const page = entries['mes-donnees.html'];
  assert.ok(page.includes('Solène') && page.includes('Copie de vos données'));
  assert.ok(!page.includes('Vos demandes'));
  const rose = await archiveOf('Rose');
  assert.deepEqual(rose.json.family.map(({ answers }) => answers.first_names), ['Rose'], 'a contact is told about themselves alone');
  for (const path of [`families/${row.id}/people/999999/archive`, `families/999999/people/${people[0].id}/archive`, `families/${row.id}/people/x/archive`])
    assert.equal((await callers.manager.call('GET', path)).status, 404, path);
});

test('whoever looks for somebody leaves one line, without what was looked for', async () => {
  const lines = async () => (await callers.administrator.call('GET', 'audit?limit=20')).body.lines.filter(({ action }) => action.startsWith('search.'));
  const before = (await lines()).length;
  const found = (await callers.agent.call('GET', 'submissions?view=all&q=a&limit=2')).body;
  await callers.agent.call('GET', `submissions?view=all&q=a&limit=2&after=${encodeURIComponent(found.next)}`);
  await callers.agent.call('GET', 'submissions?view=all&limit=2');
  await callers.agent.call('GET', 'families');
  for (const q of ['nobody@exemple.fr', '0600 0', '42'])
    assert.equal((await callers.agent.call('GET', `submissions?q=${encodeURIComponent(q)}`)).status, 200);
  await callers.agent.call('GET', 'families?q=kerbrat');
  const made = (await lines()).slice(0, -before || undefined).reverse();
  assert.deepEqual(made.map(({ action, details }) => `${action} ${details.by}`),
    ['search.requests name', 'search.requests email', 'search.requests name_or_phone', 'search.requests number', 'search.families name']);
  assert.ok(!JSON.stringify(made).includes('kerbrat') && !JSON.stringify(made).includes('exemple'));
});

test('an erasure: asked first, held up by what is open, then for good; the chain of the journal holds', async () => {
  const open = requests.find(({ state }) => ['received', 'processing', 'waiting'].includes(state));
  const reference = await referenceOf(open);
  const before = (await callers.manager.call('GET', `accounts/${reference}`)).body;
  assert.equal(before.erasure.id, null);
  assert.ok(before.erasure.open_requests.includes(open.number));
  const held = await callers.manager.call('POST', `accounts/${reference}/erasure`, { confirm: reference });
  assert.equal(`${held.status} ${held.code}`, '409 open_requests');
  assert.equal((await callers.manager.call('GET', `accounts/${reference}`)).status, 200, 'nothing was erased');
  const wrong = await callers.manager.call('POST', `accounts/${reference}/erasure`, { confirm: reference, also: 1 });
  assert.equal(wrong.status, 400);
  // An agent has it open meanwhile.
  await callers.agent.call('PUT', `submissions/${open.number}/viewing`, {});
  const done = await callers.manager.call('POST', `accounts/${reference}/erasure`, { confirm: reference, open_too: true });
  assert.equal(done.status, 200, done.text);
  assert.deepEqual(done.body.erased, before.erasure.erased);
  assert.equal((await callers.agent.call('PUT', `submissions/${open.number}/viewing`, {})).status, 404);
  assert.equal((await callers.manager.call('GET', `accounts/${reference}`)).status, 404);
  assert.equal((await callers.manager.call('POST', `accounts/${reference}/erasure`, { confirm: reference, open_too: true })).status, 404);
  const listed = (await callers.manager.call('GET', 'erasures')).body.erasures;
  assert.deepEqual(listed[0], done.body);
  assert.match(await command(server, 'audit', 'verify', '--portal', 'oudon'), /each as it was written/);
  assert.match(await command(server, 'person', 'erasures', '--portal', 'oudon'), new RegExp(reference));
});

test('what the night erases is tried and done at the terminal while the server runs, and shown to managers', async () => {
  const tried = await command(server, 'retention', 'run', '--portal', 'oudon', '--dry-run');
  assert.match(tried, /terminal;yes;done;pending_accounts;30;/);
  const real = await command(server, 'retention', 'run', '--portal', 'oudon');
  const erased = (text) => text.trim().split('\n').slice(1).map((line) => line.split(';').slice(4).join(';'));
  assert.deepEqual(erased(real).slice(0, 5), erased(tried).slice(0, 5));
  const shown = (await callers.manager.call('GET', 'retention')).body;
  assert.equal(shown.runs[0].dry_run, false);
  assert.equal(shown.runs[0].state, 'done');
  assert.equal(shown.runs[1].dry_run, true);
  assert.equal(shown.rules.find(({ rule }) => rule === 'refused_requests').days, 425);
  assert.match(await command(server, 'retention', 'report', '--portal', 'oudon'), /terminal;no;done;reports;1826;/);
  assert.match(await command(server, 'audit', 'verify', '--portal', 'oudon'), /each as it was written/);
});

test('statistics: every day of the period, sums that agree, and a clear answer to a period that is none', async () => {
  const made = (await callers.manager.call('GET', `statistics?${PERIOD}`)).body;
  assert.equal(made.days.length, 31);
  for (const name of Object.keys(made.total))
    assert.equal(made.days.reduce((sum, day) => sum + day[name], 0), made.total[name], name);
  assert.ok(made.total.received > 0);
  const parts = await Promise.all(['registration', 'entourage', 'profile'].map(async (procedure) =>
    (await callers.manager.call('GET', `statistics?${PERIOD}&procedure=${procedure}`)).body.total.received));
  assert.equal(parts.reduce((a, b) => a + b), made.total.received);
  for (const wrong of ['', `from=${today}&to=${monthAgo}`, 'from=2010-01-01&to=2026-01-01', 'from=yesterday&to=today', `${PERIOD}&procedure=login`])
    assert.equal((await callers.manager.call('GET', `statistics?${wrong}`)).status, 400, wrong);
});

test('every documented operation on personal data has succeeded', () => {
  assert.deepEqual(neverSucceeded(['privacy']), []);
});
