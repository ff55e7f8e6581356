// The town hall's door: sessions, codes, the staff, tokens, the audit log; every body held against docs/openapi.json.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { startServer, WITHOUT_LIMITS } from '../support/foyer_server.mjs';
import { codeAt, command, hire, neverSucceeded, PASSWORD, StaffApi } from '../support/staff_api.mjs';

let server;
let administrator;
before(async () => {
  server = await startServer({ extra: [...WITHOUT_LIMITS, '--client-address-header', 'X-Real-IP'] });
  administrator = await hire(server, { email: 'mairie@oudon.fr', role: 'administrator', name: 'Anne Le Goff' });
});
after(() => server?.stop());

const now = () => Date.now() / 1000;
const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString().replace(/\.\d+Z$/, 'Z');
let machines = 0;
// Somebody at a machine of their own, so that one test's failures are not another's.
function stranger(slug) {
  const api = new StaffApi(server, slug);
  api.extra = { 'X-Real-IP': `192.0.2.${++machines}` };
  return api;
}

test('a temporary password opens nothing but its own replacement', async () => {
  const made = await administrator.call('POST', 'staff', { email: 'luc@oudon.fr', name: 'Luc', role: 'manager' });
  assert.equal(made.status, 201);
  const luc = stranger();
  const session = await luc.logIn('luc@oudon.fr', made.body.password);
  assert.equal(session.body.staff.must_change_password, true);
  assert.equal((await luc.call('GET', 'staff')).code, 'password_change_needed');
  assert.equal((await luc.call('GET', 'session')).status, 200);
  const weak = await luc.call('POST', 'session/password', { current: made.body.password, new: 'azerty' });
  assert.equal(weak.status, 422);
  assert.equal(weak.body.problems[0].field, 'new');
  assert.equal((await luc.call('POST', 'session/password', { current: 'no', new: PASSWORD })).code, 'old_password_wrong');
  const first = luc.cookie;
  assert.equal((await luc.call('POST', 'session/password', { current: made.body.password, new: PASSWORD })).status, 201);
  assert.notEqual(luc.cookie, first);
  assert.equal((await luc.call('GET', 'staff')).status, 200);
  assert.equal((await luc.call('POST', 'session/password', { current: PASSWORD, new: PASSWORD })).code, 'same_password');
});

test('the cookie is for this town’s staff routes, for no script and no other site', async () => {
  const anne = stranger();
  const session = await anne.logIn('mairie@oudon.fr', PASSWORD);
  const cookie = session.headers.get('set-cookie');
  assert.match(cookie, /^foyer_staff=[A-Za-z0-9_-]{43}; Path=\/api\/v1\/admin\/oudon; Max-Age=36000; HttpOnly; SameSite=Strict$/);
  const mine = anne.cookie;
  assert.equal((await anne.logIn('mairie@oudon.fr', PASSWORD)).status, 201);
  assert.notEqual(anne.cookie, mine, 'a new one at each login');
  const fresh = anne.cookie;
  anne.cookie = mine;
  assert.equal((await anne.call('GET', 'session')).status, 401, 'the one before is over');
  anne.cookie = fresh;
  assert.equal((await anne.call('DELETE', 'session')).status, 204);
  anne.cookie = fresh;
  assert.equal((await anne.call('GET', 'session')).code, 'not_logged_in');
});

test('a page of another site changes nothing and reads nothing', async () => {
  const before = await administrator.call('GET', 'tokens');
  const body = { name: 'stolen', scopes: ['export'], expires_at: tomorrow() };
  const host = new URL(server.origin).host;
  for (const headers of [
    { Origin: 'https://evil.example' },
    { Origin: 'null' },
    { Origin: `http://${host}.evil.example` },
    { Origin: `https://${host}` },
    { 'Foyer-Staff': null },
  ]) {
    const answer = await administrator.call('POST', 'tokens', body, { headers });
    assert.equal(`${answer.status} ${answer.code}`, '403 cross_site', JSON.stringify(headers));
  }
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', ''])
    assert.equal((await administrator.call('POST', 'tokens', body, { headers: { 'Content-Type': type } })).status, 415, type);
  const login = await stranger().call('POST', 'session', { email: 'mairie@oudon.fr', password: PASSWORD }, { headers: { Origin: 'https://evil.example' } });
  assert.equal(login.code, 'cross_site');
  assert.equal((await administrator.call('GET', 'tokens', undefined, { headers: { Origin: 'https://evil.example' } })).code, 'cross_site');
  assert.deepEqual((await administrator.call('GET', 'tokens')).body, before.body);
  assert.equal((await administrator.call('GET', 'tokens', undefined, { headers: { Origin: server.origin } })).status, 200);
});

test('wrong is wrong: the same answer for a wrong password, an unknown address, somebody disabled', async () => {
  const paul = await hire(server, { email: 'paul@oudon.fr' });
  assert.equal((await administrator.call('PATCH', `staff/${paul.member.id}`, { disabled: true })).body.staff.disabled, true);
  assert.equal((await paul.call('GET', 'session')).status, 401, 'and the session is over at once');
  const answers = new Set();
  for (const [email, password] of [['mairie@oudon.fr', 'no'], ['nobody@oudon.fr', 'no'], ['<b>', 'no'], ['paul@oudon.fr', PASSWORD]]) {
    const answer = await stranger().logIn(email, password);
    assert.equal(answer.code, 'wrong_login');
    assert.equal(answer.headers.get('set-cookie'), null);
    answers.add(answer.text);
  }
  assert.equal(answers.size, 1);
  assert.equal((await administrator.call('PATCH', `staff/${paul.member.id}`, { disabled: false })).status, 200);
  assert.equal((await stranger().logIn('paul@oudon.fr', PASSWORD)).status, 201);
});

test('a wrong password, an unknown address and somebody disabled cost the server the same time', async () => {
  const people = { known: [], disabled: [], unknown: ['nobody1@oudon.fr', 'nobody2@oudon.fr', 'nobody3@oudon.fr'] };
  for (const kind of ['known', 'disabled'])
    for (let i = 0; i < 3; ++i) {
      const { member } = await hire(server, { email: `${kind}${i}@oudon.fr` });
      people[kind].push(member.email);
      if (kind === 'disabled') await administrator.call('PATCH', `staff/${member.id}`, { disabled: true });
    }
  // The processor's time, which other programs on the machine do not change as they change a clock's.
  const spent = async () => {
    const fields = (await readFile(`/proc/${server.pid()}/stat`, 'utf8')).split(') ')[1].split(' ');
    return Number(fields[11]) + Number(fields[12]); // ticks, by itself and for it
  };
  const cost = { known: 0, unknown: 0, disabled: 0 };
  for (let round = 0; round < 4; ++round) // four failures each, before anybody has to wait
    for (const kind of Object.keys(cost)) {
      const before = await spent();
      for (const email of people[kind]) assert.equal((await stranger().logIn(email, 'no')).code, 'wrong_login');
      cost[kind] += (await spent()) - before;
    }
  for (const kind of ['unknown', 'disabled']) {
    const ratio = cost[kind] / cost.known;
    assert.ok(ratio > 0.7 && ratio < 1.4, `${kind}: ${ratio.toFixed(2)} of what a wrong password costs (${JSON.stringify(cost)})`);
  }
});

test('five wrong passwords make an address wait, from wherever, whether it is somebody’s or not', async () => {
  await hire(server, { email: 'guessed@oudon.fr' });
  for (const email of ['guessed@oudon.fr', 'nobody-at-all@oudon.fr']) {
    for (let i = 0; i < 5; ++i) assert.equal((await stranger().logIn(email, 'no')).status, 401);
    const waits = await stranger().logIn(email, PASSWORD);
    assert.equal(`${waits.status} ${waits.code}`, '429 slow_down');
    assert.ok(Number(waits.headers.get('retry-after')) > 0);
  }
});

test('codes: a secret, a code to confirm it, then each login wants one, and none twice', async () => {
  const zoe = await hire(server, { email: 'zoe@oudon.fr' });
  assert.equal((await zoe.call('PUT', 'session/totp', { code: '123456' })).code, 'totp_not_proposed');
  assert.equal((await zoe.call('DELETE', 'session/totp', { code: '123456' })).code, 'totp_off');
  const { secret, uri } = (await zoe.call('POST', 'session/totp', {})).body;
  assert.equal(new URL(uri).searchParams.get('secret'), secret);
  assert.equal((await zoe.call('PUT', 'session/totp', { code: '00000' })).code, 'wrong_code');
  const code = codeAt(secret, now());
  assert.equal((await zoe.call('PUT', 'session/totp', { code })).status, 204);
  assert.equal((await zoe.call('PUT', 'session/totp', { code })).code, 'totp_on');
  assert.equal((await zoe.call('POST', 'session/totp', {})).code, 'totp_on');
  const door = stranger();
  assert.equal((await door.logIn('zoe@oudon.fr', PASSWORD)).code, 'totp_needed');
  assert.equal((await door.logIn('zoe@oudon.fr', 'no')).code, 'wrong_login');
  assert.equal((await door.logIn('zoe@oudon.fr', PASSWORD, { totp: code })).code, 'wrong_login', 'used already');
  const next = codeAt(secret, now() + 30);
  assert.equal((await door.logIn('zoe@oudon.fr', PASSWORD, { totp: next })).status, 201);
  assert.equal((await door.call('DELETE', 'session/totp', { code: next })).code, 'wrong_code', 'used already');
  const reset = await administrator.call('POST', `staff/${zoe.member.id}/reset`, {});
  assert.equal(reset.body.staff.totp, false);
  assert.equal((await door.call('GET', 'session')).status, 401);
  assert.equal((await stranger().logIn('zoe@oudon.fr', reset.body.password)).status, 201);
});

test('codes are switched off with a code', async () => {
  const eve = await hire(server, { email: 'eve@oudon.fr' });
  const { secret } = (await eve.call('POST', 'session/totp', {})).body;
  assert.equal((await eve.call('PUT', 'session/totp', { code: codeAt(secret, now() - 30) })).status, 204);
  assert.equal((await eve.call('DELETE', 'session/totp', { code: codeAt(secret, now() + 30) })).status, 204);
  assert.equal((await stranger().logIn('eve@oudon.fr', PASSWORD)).status, 201);
});

test('the staff: what is wrong is named, an address is one member’s, the last administrator stays', async () => {
  const wrong = await administrator.call('POST', 'staff', { email: 'no', name: '', role: 'agent', services: ['plumbing'] });
  assert.deepEqual(wrong.body.problems.map(({ field }) => field), ['email', 'name', 'services']);
  const taken = await administrator.call('POST', 'staff', { email: 'MAIRIE@oudon.fr', name: 'x', role: 'agent' });
  assert.equal(`${taken.status} ${taken.code}`, '409 email_taken');
  const me = administrator.member.id;
  assert.equal((await administrator.call('PATCH', `staff/${me}`, { role: 'agent' })).code, 'last_administrator');
  assert.equal((await administrator.call('PATCH', 'staff/999999', { name: 'x' })).status, 404);
  assert.equal((await administrator.call('PATCH', 'staff/abc', { name: 'x' })).status, 404);
  assert.equal((await administrator.call('POST', 'staff/999999/reset', {})).status, 404);
  const agent = await administrator.call('POST', 'staff', { email: 'ida@oudon.fr', name: 'Ida', role: 'agent', services: ['enfance'] });
  assert.deepEqual(agent.body.staff.services, ['enfance']);
  const changed = await administrator.call('PATCH', `staff/${agent.body.staff.id}`, { name: 'Ida Roy', role: 'manager', services: [] });
  assert.equal(changed.body.staff.name, 'Ida Roy');
  assert.ok((await administrator.call('GET', 'staff')).body.staff.some(({ name }) => name === 'Ida Roy'));
});

test('another town’s members and tokens are as unknown as ones that do not exist', async () => {
  const other = await hire(server, { email: 'mairie@saint-maur.fr', role: 'administrator', slug: 'saint-maur-des-fosses' });
  const token = await other.call('POST', 'tokens', { name: 'x', scopes: ['read'], expires_at: tomorrow() });
  const nobody = await administrator.call('PATCH', 'staff/999999', { name: 'x' });
  const theirs = await administrator.call('PATCH', `staff/${other.member.id}`, { name: 'x' });
  assert.equal(theirs.text, nobody.text);
  assert.equal((await administrator.call('POST', `staff/${other.member.id}/reset`, {})).status, 404);
  assert.equal((await administrator.call('DELETE', `tokens/${token.body.token.id}`)).status, 404);
  assert.ok(!(await administrator.call('GET', 'staff')).text.includes('saint-maur'));
  assert.ok(!(await administrator.call('GET', 'audit?limit=1000')).text.includes('saint-maur'));
  assert.equal((await other.call('GET', 'session')).body.staff.name, 'mairie@saint-maur.fr');
  const session = new StaffApi(server, 'oudon');
  session.cookie = other.cookie;
  assert.equal((await session.call('GET', 'staff')).code, 'not_found');
  assert.equal((await administrator.call('GET', 'staff', undefined, { slug: 'nowhere' })).code, 'not_found');
});

test('a body that is not as described is refused, and each mistake named', async () => {
  for (const [sent, path] of [
    ['', ''], ['[]', ''], ['{"email":', ''], ['"text"', ''],
    ['{"name":"x","role":"agent"}', 'email'],
    ['{"email":1,"name":"x","role":"agent"}', 'email'],
    ['{"email":"a@b.fr","name":"x","role":"queen"}', 'role'],
    ['{"email":"a@b.fr","name":"x","role":"agent","services":"enfance"}', 'services'],
    ['{"email":"a@b.fr","name":"x","role":"agent","admin":true}', 'admin'],
    [`{"email":"a@b.fr","name":"${'x'.repeat(2000)}","role":"agent"}`, 'name'],
  ]) {
    const answer = await administrator.call('POST', 'staff', undefined, { sent });
    assert.equal(`${answer.status} ${answer.code}`, '400 malformed_body', sent);
    assert.equal(answer.body.mistakes[0].path, path, sent);
  }
});

test('HTML in every field stays text', async () => {
  const html = '<img src=x onerror=alert(1)>"\'&';
  const made = await administrator.call('POST', 'staff', { email: 'html@oudon.fr', name: html, role: 'agent' });
  assert.equal(made.body.staff.name, html);
  assert.equal((await administrator.call('PATCH', `staff/${made.body.staff.id}`, { name: `${html}2` })).body.staff.name, `${html}2`);
  const token = await administrator.call('POST', 'tokens', { name: html, scopes: ['read'], expires_at: tomorrow() });
  assert.equal(token.body.token.name, html);
  for (const path of ['staff', 'tokens', 'audit']) {
    const answer = await administrator.call('GET', path);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    assert.match(answer.headers.get('content-type'), /^application\/json/);
  }
  for (const body of [{ email: html, name: 'x', role: 'agent' }, { email: 'c@d.fr', name: 'x', role: 'agent', services: [html] }])
    assert.equal((await administrator.call('POST', 'staff', body)).status, 422);
  assert.equal((await stranger().logIn(html, html, { totp: '<b>' })).code, 'wrong_login');
});

test('tokens: shown once, good for what they are for, until they are revoked', async () => {
  const wish = { name: 'Export du soir', scopes: ['export'], expires_at: tomorrow() };
  const made = await administrator.call('POST', 'tokens', wish);
  const script = new StaffApi(server);
  script.token = made.body.secret;
  assert.equal((await script.call('GET', 'audit?limit=2')).body.lines.length, 2);
  assert.equal((await script.call('GET', 'session')).code, 'scope_missing');
  assert.equal((await script.call('POST', 'tokens', wish)).code, 'scope_missing');
  const listed = (await administrator.call('GET', 'tokens')).body.tokens.find(({ id }) => id === made.body.token.id);
  assert.notEqual(listed.last_used_at, null);
  assert.ok(!(await administrator.call('GET', 'tokens')).text.includes(made.body.secret));
  const other = new StaffApi(server, 'saint-maur-des-fosses');
  other.token = script.token;
  assert.equal((await other.call('GET', 'audit')).status, 404);
  assert.equal((await administrator.call('DELETE', `tokens/${made.body.token.id}`)).status, 204);
  assert.equal((await script.call('GET', 'audit')).code, 'not_logged_in');
  assert.equal((await administrator.call('DELETE', `tokens/${made.body.token.id}`)).status, 404);
  for (const [change, field] of [[{ name: ' ' }, 'name'], [{ scopes: [] }, 'scopes'], [{ expires_at: '2020-01-01T00:00:00Z' }, 'expires_at'], [{ expires_at: '2199-01-01T00:00:00Z' }, 'expires_at']])
    assert.deepEqual((await administrator.call('POST', 'tokens', { ...wish, ...change })).body.problems.map((problem) => problem.field), [field]);
  for (const expires_at of ['tomorrow', '2027-02-31T00:00:00Z', '2027-01-01', '2027-01-01T00:00:00+01:00'])
    assert.equal((await administrator.call('POST', 'tokens', { ...wish, expires_at })).body.mistakes[0].path, 'expires_at');
  for (const authorization of ['Basic YTpi', 'Bearer ', 'Bearer foyer_', 'bearer'])
    assert.equal((await script.call('GET', 'audit', undefined, { headers: { Authorization: authorization } })).status, 401);
});

test('the audit log tells it all, page by page, to administrators', async () => {
  const newest = await administrator.call('GET', 'audit?limit=3');
  assert.equal(newest.body.lines.length, 3);
  assert.ok(newest.body.lines[0].sequence > newest.body.lines[2].sequence);
  const older = await administrator.call('GET', `audit?limit=3&before=${newest.body.next}`);
  assert.equal(older.body.lines[0].sequence, newest.body.next - 1);
  const all = [];
  for (let next = 0; next !== null;) {
    const page = (await administrator.call('GET', `audit?after=${next}&limit=10`)).body;
    all.push(...page.lines);
    next = page.next;
  }
  assert.deepEqual(all.map(({ sequence }) => sequence), all.map((_, index) => index + 1));
  // The nightly job may have come before everybody.
  const first = all.find(({ action }) => !action.startsWith('retention.'));
  assert.equal(first.action, 'staff.add');
  assert.equal(first.actor.code, 'terminal');
  const actions = new Set(all.map(({ action }) => action));
  for (const action of ['session.begin', 'session.end', 'session.refused', 'staff.password', 'staff.change', 'staff.reset', 'staff.totp_on', 'staff.totp_off', 'token.add', 'token.revoke'])
    assert.ok(actions.has(action), action);
  assert.equal(all.find(({ action }) => action === 'token.add').actor.name, 'Anne Le Goff');
  for (const query of ['after=x', 'after=-1', 'limit=0', 'limit=x', 'before=1.5'])
    assert.equal((await administrator.call('GET', `audit?${query}`)).status, 400, query);
  assert.match(await command(server, 'audit', 'verify', '--portal', 'oudon'), new RegExp(`^oudon: ${all.length} lines, each as it was written`));
});

test('an English reader is answered in English, everybody else in French', async () => {
  assert.match((await stranger().call('GET', 'staff')).body.detail, /Connectez-vous/);
  assert.match((await stranger().call('GET', 'staff', undefined, { headers: { 'Accept-Language': 'en' } })).body.detail, /Log in again/);
});

test('every operation of these four groups was seen to succeed', () => {
  assert.deepEqual(neverSucceeded(['session', 'staff', 'tokens', 'audit']), []);
});
