// The town hall's counter: files that families bring. The device is the one of tests/wire, which nobody here wrote.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CHEAP_STAMPS, startServer, WITHOUT_LIMITS } from '../support/foyer_server.mjs';
import { hire, neverSucceeded, StaffApi } from '../support/staff_api.mjs';
import { payload, receiptIsGenuine, send, Stranger } from '../wire/support/stranger.mjs';

let server;
let agent;
let administrator;
let elsewhere;
before(async () => {
  server = await startServer({ stampBits: CHEAP_STAMPS, extra: WITHOUT_LIMITS });
  administrator = await hire(server, { email: 'mairie@oudon.fr', role: 'administrator', name: 'Anne Le Goff' });
  agent = await hire(server, { email: 'luc@oudon.fr', name: 'Luc Morin' });
  elsewhere = await hire(server, { email: 'guichet@saint-maur.fr', slug: 'saint-maur-des-fosses' });
});
after(() => server?.stop());

let families = 0;
async function file(slug = 'oudon') {
  families += 1;
  const device = new Stranger(server.origin, server.facts);
  const request = await device.envelope(await server.revision(slug), payload('registration', {
    civility: 'madame', birth_name: 'Le Goff', first_names: 'Anne-Lise', 'birth_date.day': '3', 'birth_date.month': '11',
    'birth_date.year': String(1960 + families), address: '12 bis rue de la Loire', postal_code: '44521', commune: 'Oudon', mobile: '06 12 34 56 78',
    email: `famille${families}@exemple.fr`, identifier: `famille.${families}`, password: 'Cheval-blanc-1985!',
    'service_key.enfance': 'OUDON-ENFANCE', consent: 'yes', 'security_check.asked': 'house', 'security_check.chosen': 'house',
  }));
  return { ...request, id: request.uuid.text };
}
// As the console sends what it has read from a file.
const handIn = (api, { id, headers, body }, more = {}) => {
  const { 'content-type': type, ...rest } = headers;
  return api.call('PUT', `envelopes/${id}`, undefined, { sent: body, headers: { ...rest, 'Content-Type': type, ...more } });
};

test('a file is received once, and marked wherever the request is shown', async () => {
  const brought = await file();
  const received = await handIn(agent, brought);
  assert.equal(received.status, 201, received.text);
  assert.equal(received.body.id, brought.id);
  assert.equal(await receiptIsGenuine(server.facts, brought, received), true, 'the family may take the receipt home');
  const again = await handIn(administrator, brought);
  assert.equal(again.status, 200);
  assert.equal(again.text, received.text);
  const sent = await send(brought);
  assert.equal(sent.status, 200, 'the device sends it later');
  assert.equal(sent.text, received.text);

  const { number } = received.body;
  const queue = await agent.call('GET', 'submissions?view=all');
  assert.deepEqual(queue.body.items.filter((item) => item.number === number).map((item) => item.origin), ['file']);
  const detail = await agent.call('GET', `submissions/${number}`);
  assert.equal(detail.body.origin, 'file');
  assert.deepEqual(detail.body.history.map(({ event, code, by }) => [event, code, by?.name]), [['received', 'file', 'Luc Morin']]);
  const from = async (query) => (await agent.call('GET', `submissions?${query}`)).body.items.map((item) => item.number);
  assert.deepEqual(await from('view=all&origin=file'), [number]);
  assert.equal((await from('view=all&origin=online')).includes(number), false);
  assert.deepEqual(await from('view=all&origin=counter&q=' + number), []);
  assert.equal((await agent.call('GET', 'submissions?origin=fax')).code, 'malformed_query');
  const exported = await administrator.call('GET', 'exports/submissions?format=jsonl&origin=file');
  assert.equal(exported.text.split('\n').filter(Boolean).map((line) => JSON.parse(line)).find((line) => line.number === number).origin, 'file');
  const log = await administrator.call('GET', 'audit');
  const lines = log.body.lines.filter(({ action }) => action === 'submission.hand_in');
  assert.deepEqual(lines.map(({ actor, object }) => [actor.code, object.code]), [[`staff:${agent.member.id}`, `submission:${number}`]]);
});

test('another town’s file is refused, before and after its own town has received it', async () => {
  const brought = await file();
  for (const status of [201, 200]) {
    const refused = await handIn(elsewhere, brought);
    assert.equal(refused.status, 422);
    assert.equal(refused.code, 'other_town');
    assert.doesNotMatch(refused.text, /OUDON-/);
    assert.equal((await handIn(agent, brought)).status, status);
  }
});

test('what was damaged on its way is told to be damaged, and never ends the agent’s session', async () => {
  const brought = await file();
  const cut = brought.body.slice(0, brought.body.length - 40);
  const flipped = Uint8Array.from(brought.body, (byte, at) => (at === 200 ? byte ^ 1 : byte));
  const other = await file();
  for (const [what, broken] of [
    ['cut', { ...brought, body: cut }],
    ['a byte flipped', { ...brought, body: flipped }],
    ['another file’s signature', { ...brought, headers: { ...brought.headers, signature: other.headers.signature } }],
    ['another file’s body', { ...brought, body: other.body }],
    ['another’s number', { ...brought, id: other.id }],
    ['no number', { ...brought, id: 'x' }],
    ['nothing', { ...brought, body: new Uint8Array() }],
  ]) {
    const refused = await handIn(agent, broken);
    assert.equal(refused.status, 422, `${what}: ${refused.text}`);
    assert.match(refused.body.detail, /abîmé|damaged/, what);
  }
  assert.equal((await agent.call('GET', 'session')).status, 200);
  assert.equal((await handIn(agent, brought)).status, 201, 'the whole one is as good as before');
});

test('only somebody of the town hall hands in, at a screen, from the console’s own page', async () => {
  const brought = await file();
  assert.equal((await handIn(new StaffApi(server), brought)).status, 401);
  assert.equal((await handIn(agent, brought, { Origin: 'https://evil.example' })).code, 'cross_site');
  assert.equal((await handIn(agent, brought, { 'Foyer-Staff': null })).code, 'cross_site');
  assert.equal((await handIn(agent, brought, { 'Content-Type': 'application/json' })).status, 415);
  const script = new StaffApi(server);
  const made = await administrator.call('POST', 'tokens', {
    name: 'script', scopes: ['read', 'decide', 'import', 'export'], expires_at: new Date(Date.now() + 86_400_000).toISOString().replace(/\.\d+Z$/, 'Z'),
  });
  script.token = made.body.secret;
  assert.equal((await handIn(script, brought)).code, 'scope_missing');
  const large = await handIn(agent, { ...brought, body: new Uint8Array(70_000).fill(0x20) });
  assert.equal(large.status, 413);
  assert.equal((await handIn(agent, brought)).status, 201);
});

const open = async (api) => (await api.call('POST', 'counter', {})).body;
const sendWith = (request, ticket) => send({ ...request, headers: { ...request.headers, 'foyer-counter': ticket } });
const originOf = async (number) => (await agent.call('GET', `submissions/${number}`)).body.origin;

test('what is sent beside an agent’s ticket is marked, told in the audit log, and answered as any other', async () => {
  const { ticket, expires_at: until } = await open(agent);
  assert.match(ticket, /^[\w-]{43}$/);
  const left = (Date.parse(until) - Date.now()) / 60_000;
  assert.ok(left > 115 && left <= 121, `${left} minutes`);
  const made = await file();
  const received = await sendWith(made, ticket);
  assert.equal(received.status, 201, received.text);
  assert.equal(received.headers.get('foyer-counter'), 'counter');
  assert.equal(await receiptIsGenuine(server.facts, made, received), true);
  const again = await sendWith(made, ticket);
  assert.equal(again.status, 200);
  assert.equal(again.headers.get('foyer-counter'), 'counter', 'also when the first answer was lost');
  const { number } = JSON.parse(received.text);
  const detail = (await agent.call('GET', `submissions/${number}`)).body;
  assert.equal(detail.origin, 'counter');
  assert.deepEqual(detail.history.map(({ event, code, by }) => [event, code, by?.name]), [['received', 'counter', 'Luc Morin']]);
  const lines = (await administrator.call('GET', 'audit')).body.lines.filter(({ action }) => /counter/.test(action));
  assert.deepEqual(lines.map(({ actor, action, object }) => [actor.code, action, object.code]).reverse(), [
    [`staff:${agent.member.id}`, 'counter.open', ''], [`staff:${agent.member.id}`, 'submission.counter', `submission:${number}`],
  ]);
});

test('a ticket that is not good costs the mark and nothing else', async () => {
  const { ticket: used } = await open(agent);
  assert.equal((await sendWith(await file(), used)).headers.get('foyer-counter'), 'counter');
  const { ticket: foreign } = await open(elsewhere);
  const gone = await hire(server, { email: 'partie@oudon.fr', name: 'Partie' });
  const { ticket: disabled } = await open(gone);
  assert.equal((await administrator.call('PATCH', `staff/${gone.member.id}`, { disabled: true })).status, 200);
  for (const [what, ticket] of [['another device’s', used], ['another town’s', foreign], ['a disabled agent’s', disabled], ['invented', 'x'.repeat(43)], ['no ticket', '{}']]) {
    const received = await sendWith(await file(), ticket);
    assert.equal(received.status, 201, what);
    assert.equal(received.headers.get('foyer-counter'), 'online', what);
    assert.equal(await originOf(JSON.parse(received.text).number), 'online', what);
  }
  const { ticket: kept } = await open(agent);
  for (const [tab, how] of [['one', 'counter'], ['one', 'counter'], ['other', 'online'], ['', 'online'], ['one.other', 'online'], ['one', 'counter']]) {
    const received = await sendWith(await file(), `${kept}.${tab}`); // each from a device of its own, as after a reload
    assert.equal(received.headers.get('foyer-counter'), how, `of the tab “${tab}”`);
  }
  assert.equal((await sendWith(await file(), kept)).headers.get('foyer-counter'), 'online', 'without a tab');
  const plain = await send(await file());
  assert.equal(plain.headers.get('foyer-counter'), null);
});

test('a ticket opens nothing', async () => {
  const { ticket } = await open(agent);
  const stranger = new StaffApi(server);
  stranger.token = ticket;
  assert.equal((await stranger.call('GET', 'session')).status, 401);
  stranger.token = '';
  stranger.cookie = ticket;
  assert.equal((await stranger.call('GET', 'session')).status, 401);
  assert.equal((await new StaffApi(server).call('POST', 'counter', {})).status, 401);
});

test('every route of the counter has answered well once', () => {
  assert.deepEqual(neverSucceeded(['counter']), []);
});
