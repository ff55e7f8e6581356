// Families from a file and the keys of their letters: every route, what it does, and what it refuses.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { startServer, WITHOUT_LIMITS } from '../support/foyer_server.mjs';
import { hire, neverSucceeded } from '../support/staff_api.mjs';

const TOWN = 'saint-maur-des-fosses'; // where families type their keys
let server;
let manager;
let agent; // of the service that gives the keys
before(async () => {
  server = await startServer({ extra: WITHOUT_LIMITS });
  manager = await hire(server, { email: 'responsable@saint-maur.fr', role: 'manager', slug: TOWN });
  agent = await hire(server, { email: 'guichet@saint-maur.fr', services: ['enfance'], slug: TOWN });
});
after(() => server?.stop());

const HEADER = 'family_id;person_id;kind;first_names;birth_name;birth_date;mobile;address;postal_code;commune;authority\n';
const family = (id, { name = 'Martin', mobile = '06 12 34 56 78' } = {}) =>
  `${id};P1;representative;Anne;${name};03/11/1985;${mobile};1 rue Haute;94100;Saint-Maur-des-Fossés;\n${id};P2;child;Léa;${name};07/03/2019;;;;;P1\n`;

async function send(api, bytes) {
  const file = Buffer.from(bytes);
  const begun = await api.call('POST', 'imports', { bytes: file.length });
  assert.equal(begun.status, 201, begun.text);
  for (let at = 0; at < file.length; at += begun.body.part_bytes) {
    const part = await api.call('PUT', `imports/${begun.body.id}/parts/${at}`, undefined,
      { sent: file.subarray(at, at + begun.body.part_bytes), headers: { 'Content-Type': 'text/csv' } });
    assert.equal(part.status, 200, part.text);
  }
  return begun.body.id;
}
const check = async (api, bytes) => {
  const id = await send(api, bytes);
  const plan = await api.call('POST', `imports/${id}/check`, {});
  assert.equal(plan.status, 200, plan.text);
  return { id, plan: plan.body };
};
const write = (api, { id, plan }, more = {}) => api.call('POST', `imports/${id}/write`, { digest: plan.digest, ...more });

test('a file is shown before it is imported, and then is imported as it was shown', async () => {
  const shown = await check(manager, HEADER + family('F1') + family('F2', { name: 'Muñoz' }));
  assert.deepEqual(shown.plan.people, { new: 4, changed: 0, unchanged: 0 });
  assert.equal((await manager.call('GET', 'families')).body.families.length, 0, 'nothing was written');
  const rows = (await manager.call('GET', `imports/${shown.id}/rows?limit=3`)).body;
  assert.equal(rows.rows.length, 3);
  assert.equal((await manager.call('GET', `imports/${shown.id}/rows?after=${rows.next}`)).body.rows.length, 1);
  const written = await write(manager, shown);
  assert.deepEqual(written.body.families, { new: 2, changed: 0, unchanged: 0 });
  assert.equal((await write(manager, shown)).text, written.text, 'asked again, the same');
  assert.equal((await manager.call('GET', 'families')).body.families.length, 2);
});

test('of somebody who changes, each answer is shown before and after', async () => {
  const shown = await check(manager, HEADER + family('F1', { mobile: '06 98 76 54 32' }));
  const { rows } = (await manager.call('GET', `imports/${shown.id}/rows?outcome=changed`)).body;
  assert.deepEqual(rows.map(({ line, changes }) => ({ line, changes })),
    [{ line: 2, changes: [{ column: 'mobile', before: '+33612345678', after: '+33698765432' }] }]);
  assert.equal((await manager.call('GET', `imports/${shown.id}/rows?outcome=unchanged`)).body.rows.length, 1);
  assert.equal((await manager.call('GET', `imports/${shown.id}/rows?outcome=all`)).status, 400);
  assert.equal((await write(manager, shown, { digest: '0'.repeat(64) })).code, 'import_changed');
  assert.equal((await manager.call('DELETE', `imports/${shown.id}`)).status, 204);
  assert.equal((await write(manager, shown)).code, 'import_gone');
});

test('a household that changes between the look and the import is noticed, and nothing is imported', async () => {
  const boss = await hire(server, { email: 'autre@saint-maur.fr', role: 'manager', slug: TOWN });
  const mine = await check(manager, HEADER + family('F1', { mobile: '06 00 00 00 01' }) + family('F3'));
  assert.equal((await write(boss, await check(boss, HEADER + family('F1', { mobile: '06 00 00 00 02' })))).status, 200);
  const refused = await write(manager, mine);
  assert.equal(`${refused.status} ${refused.code}`, '409 import_changed');
  assert.equal((await manager.call('GET', 'families?q=F3')).body.families.length, 0);
  const again = (await manager.call('POST', `imports/${mine.id}/check`, {})).body;
  assert.notEqual(again.digest, mine.plan.digest);
  assert.equal((await boss.call('POST', `imports/${mine.id}/check`, {})).code, 'import_gone', 'a file is its sender’s own');
  assert.equal((await write(manager, { id: mine.id, plan: again })).status, 200);
});

test('bad lines are told with line, column and what to do, and stop the import unless they are left out', async () => {
  const shown = await check(manager, `${HEADER}${family('F4')}F5;P1;representative;=cmd|' /C calc'!A0;Martin;03/11/1985;;;;;\nF6;P1;chien;Rex;Martin;;;;;;\n`);
  assert.equal(shown.plan.bad_lines, 2);
  assert.deepEqual(shown.plan.mistakes.map(({ line, column, code }) => `${line} ${column} ${code}`), ['4 first_names name_characters', '5 kind kind']);
  const refused = await write(manager, shown);
  assert.equal(`${refused.status} ${refused.code}`, '409 import_bad_lines');
  const report = await manager.call('GET', `imports/${shown.id}/mistakes.csv`);
  const text = report.text;
  assert.match(report.headers.get('content-disposition'), /^attachment; filename="[a-z-]+\.csv"$/);
  assert.match(text, /\n4;first_names;'=cmd\|/, 'no spreadsheet runs what a file said');
  assert.equal((await write(manager, shown, { skip_bad: true })).status, 200);
  assert.equal((await manager.call('GET', 'families?q=F4')).body.families.length, 1);
  assert.equal((await manager.call('GET', 'families?q=F6')).body.families.length, 0);
});

test('parts out of place, too large or too many, and files too large are refused', async () => {
  assert.equal((await manager.call('POST', 'imports', { bytes: 17 * 1024 * 1024 })).status, 413);
  assert.equal((await manager.call('POST', 'imports', { bytes: 0 })).status, 400);
  const { id } = (await manager.call('POST', 'imports', { bytes: 10 })).body;
  const part = (at, sent) => manager.call('PUT', `imports/${id}/parts/${at}`, undefined, { sent, headers: { 'Content-Type': 'text/csv' } });
  assert.equal((await part(0, '01234')).body.received, 5);
  assert.equal((await part(3, '01234')).code, 'import_place');
  assert.equal((await part(5, '0123456789')).code, 'import_place');
  assert.equal((await part(0, 'x'.repeat(2 * 1024 * 1024))).status, 413);
  assert.equal((await manager.call('PUT', `imports/${id}/parts/5`, undefined, { sent: '56789' })).status, 415);
  assert.equal((await manager.call('POST', `imports/${id}/check`, {})).code, 'import_incomplete');
  assert.equal((await manager.call('GET', `imports/${id}/rows`)).code, 'import_not_checked');
  assert.equal((await manager.call('POST', 'imports/0123/check', {})).code, 'import_gone');
});

// Every kind of slip, again and again.
const BROKEN = [
  'B{n};P1;representative;Mu\xf1oz;Martin;03/11/1985;;;;;', // Windows-1252: written as latin1 below
  'B{n};P1;representative;"Anne;Martin;03/11/1985;;;;;',
  'B{n};P1;representative;Anne;Martin',
  'B{n};P1;representative;=1+1;Martin;03/11/1985;;;;;',
  'B{n};P1;representative;<img src=x onerror=alert(1)>;Martin;03/11/1985;;;;;',
  'B{n};P1;representative;A\0nne;Martin;03/11/1985;;;;;',
  `B{n};P1;representative;${'A'.repeat(1200)};Martin;03/11/1985;;;;;`,
  'B{n};P1;child;Tom;Martin;31/02/2019;;;;;',
  ';P1;child;Tom;Martin;01/02/2019;;;;;',
  'SAME;P1;child;Tom;Martin;01/02/2019;;;;;',
];

test('fifty thousand lines of every broken kind are each told, in bounded time and memory, and nothing is half-done', async () => {
  const before = (await manager.call('GET', 'families?q=GOOD')).body.families.length;
  let csv = HEADER + 'SAME;P1;child;Zoé;Martin;01/02/2019;;;;;\n';
  let good = 1;
  for (let i = 0; i < 49_999; ++i) {
    if (i % 100 === 7) ++good;
    csv += i % 100 === 7 ? `GOOD${i};P1;child;Tim;Martin;01/02/2019;;;;;\n` : `${BROKEN[i % BROKEN.length].replace('{n}', String(i))}\n`;
  }
  const memory = async () => Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${server.pid()}/status`, 'utf8'))[1]) / 1024;
  const began = process.hrtime.bigint();
  const shown = await check(manager, Buffer.from(csv, 'latin1'));
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  const used = await memory();
  assert.equal(shown.plan.bad_lines, 50_000 - good);
  assert.equal(shown.plan.mistakes.length, 100);
  const report = (await manager.call('GET', `imports/${shown.id}/mistakes.csv`)).text.trimEnd().split('\n');
  const told = new Set(report.slice(1).map((line) => line.split(';')[0]));
  assert.equal(told.size, 50_000 - good, 'every bad line is in the file');
  assert.equal((await write(manager, shown)).code, 'import_bad_lines');
  assert.equal((await manager.call('GET', 'families?q=SAME')).body.families.length, before);
  assert.ok(used < 700, `${used} MB`);
  console.log(`# ${Buffer.byteLength(csv, 'latin1')} bytes looked at in ${seconds.toFixed(1)} s, the server then holds ${used.toFixed(0)} MB`);
});

test('keys: told once in a letter, listed without the key, one voided by the next, revoked', async () => {
  const [one] = (await manager.call('GET', 'families?q=F1')).body.families;
  const made = await agent.call('POST', `families/${one.id}/keys`, { service: 'enfance', last_day: tomorrow() });
  assert.equal(made.status, 201, made.text);
  const [letter] = made.body.letters;
  assert.deepEqual(letter.address, ['Anne Martin', '1 rue Haute', '94100 SAINT-MAUR-DES-FOSSES']);
  assert.equal(letter.link, `${server.origin}/${TOWN}/inscription?service_key.enfance=${letter.key}`);
  const seen = await manager.call('GET', `families/${one.id}`);
  assert.equal(seen.body.keys[0].state, 'live');
  assert.ok(!seen.text.includes(letter.key));
  assert.ok(!(await manager.call('GET', 'keys')).text.includes(letter.key));
  assert.equal((await agent.call('POST', `families/${one.id}/keys`, { service: 'enfance' })).status, 201);
  assert.deepEqual((await manager.call('GET', `families/${one.id}`)).body.keys.map(({ state }) => state), ['live', 'revoked']);
  const [live] = (await manager.call('GET', 'keys?state=live')).body.keys;
  assert.equal((await agent.call('DELETE', `keys/${live.id}`)).status, 204);
  assert.equal((await agent.call('DELETE', `keys/${live.id}`)).status, 404);
  assert.equal((await manager.call('GET', 'keys?state=live')).body.keys.length, 0);
  assert.equal((await manager.call('GET', 'keys?state=stolen')).status, 400);
});

const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

test('letters for all: only who waits gets one, and nobody twice', async () => {
  const without = async () => (await manager.call('GET', 'families?without_key=enfance')).body;
  const waiting = await without();
  assert.equal(waiting.without_key, waiting.families.length);
  const families = waiting.families.map(({ id }) => id);
  const made = (await manager.call('POST', 'keys', { service: 'enfance', families })).body;
  assert.equal(made.letters.length, families.length);
  assert.equal((await without()).without_key, 0);
  const again = (await manager.call('POST', 'keys', { service: 'enfance', families })).body;
  assert.deepEqual([again.letters.length, again.spared], [0, families.length]);
  const [first, ...rest] = (await manager.call('GET', 'keys?state=live')).body.keys;
  assert.equal((await manager.call('POST', 'keys/revoke', { keys: [first.id, 999_999] })).body.revoked, 1);
  assert.equal((await manager.call('POST', 'keys/revoke', { service: 'enfance' })).body.revoked, rest.length);
  assert.equal((await manager.call('POST', 'keys/revoke', {})).status, 400);
});

test('a service of nobody’s, a day that is over, and a town that asks for no key are refused', async () => {
  const [one] = (await manager.call('GET', 'families?q=F1')).body.families;
  const refused = async (api, body) => (await api.call('POST', `families/${one.id}/keys`, body)).code;
  assert.equal(await refused(manager, { service: 'plomberie' }), 'service_unknown');
  assert.equal(await refused(manager, { service: 'enfance', last_day: '2020-01-01' }), 'day_wrong');
  assert.equal(await refused(manager, { service: 'enfance', last_day: '2099-01-01' }), 'day_wrong');
  const other = await hire(server, { email: 'seniors@saint-maur.fr', services: ['seniors'], slug: TOWN });
  assert.equal(await refused(other, { service: 'enfance' }), 'service_unknown');
  const oudon = await hire(server, { email: 'responsable@oudon.fr', role: 'manager' });
  assert.equal((await oudon.call('GET', `families/${one.id}`)).code, 'not_found', 'another town’s family is unknown');
  assert.equal((await oudon.call('POST', `families/${one.id}/keys`, { service: 'enfance' })).code, 'not_found');
  assert.equal((await oudon.call('POST', 'keys', { service: 'enfance', families: [one.id] })).code, 'keys_not_typed');
  assert.equal((await manager.call('POST', 'keys', { service: 'enfance', families: [999_999] })).code, 'not_found');
});

test('each of it is a line of the audit log, without a name and without a key', async () => {
  const boss = await hire(server, { email: 'mairie@saint-maur.fr', role: 'administrator', slug: TOWN });
  const { text, body } = await boss.call('GET', 'audit?limit=1000');
  const actions = new Set(body.lines.map(({ action }) => action));
  for (const action of ['families.import', 'family.view', 'key.issue', 'key.revoke']) assert.ok(actions.has(action), action);
  for (const secret of ['Martin', 'Anne', '1 rue Haute']) assert.ok(!text.includes(secret), secret);
});

test('every operation on families, keys and imports has succeeded at least once', () => {
  assert.deepEqual(neverSucceeded(['families', 'keys', 'imports']), []);
});
