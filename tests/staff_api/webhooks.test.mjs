// Webhooks over the real server, to receivers on this machine: one that verifies by the documented example, one that
// hangs, one that answers 500, one that redirects; who may, where they may go, and sending again.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { eventually } from '../support/eventually.mjs';
import { CHEAP_STAMPS, repository, startServer, WITHOUT_LIMITS } from '../support/foyer_server.mjs';
import { hire, neverSucceeded, StaffApi } from '../support/staff_api.mjs';
import { payload, send, Stranger } from '../wire/support/stranger.mjs';

const EVENTS = ['submission.received', 'submission.corrected', 'submission.waiting', 'submission.decided', 'submission.withdrawn', 'submission.taken', 'submission.released'];
let server;
let administrator;
let folder;
let isFromFoyer;
const receivers = [];
before(async () => {
  server = await startServer({ stampBits: CHEAP_STAMPS, extra: WITHOUT_LIMITS });
  administrator = await hire(server, { email: 'mairie@oudon.fr', role: 'administrator' });
  // The example of the document, word for word; beside this file, so that it finds its package.
  const page = await readFile(join(repository, 'docs/webhooks.md'), 'utf8');
  folder = await mkdtemp(join(repository, 'build/webhooks-example-'));
  const file = join(folder, 'example.mjs');
  await writeFile(file, /```js\n([\s\S]*?)```/.exec(page)[1]);
  ({ isFromFoyer } = await import(file));
});
after(async () => {
  for (const receiver of receivers) receiver.close();
  await server?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

// `answer(response, request)`; keeps what came.
async function receiver(answer) {
  const got = [];
  const listening = createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      got.push({ method: request.method, url: `http://${request.headers.host}${request.url}`, headers: request.headers, body: Buffer.concat(parts) });
      answer(response, got.length);
    });
  });
  await new Promise((resolve) => { listening.listen(0, '127.0.0.1', resolve); });
  receivers.push({ close: () => { listening.close(); listening.closeAllConnections(); } });
  return { url: `http://127.0.0.1:${listening.address().port}/hook?town=oudon`, got };
}
const good = (response) => { response.writeHead(204).end(); };
const add = async (url, events = EVENTS) => {
  const made = await administrator.call('POST', 'webhooks', { url, events });
  assert.equal(made.status, 201, made.text);
  return made.body.id;
};
const deliveries = async (query = '') => (await administrator.call('GET', `deliveries${query}`)).body.deliveries;

let families = 0;
async function register() {
  const device = new Stranger(server.origin, server.facts);
  const request = await device.envelope(await server.revision('oudon'), payload('registration', {
    civility: 'madame', birth_name: 'Martin', first_names: 'Anne', 'birth_date.day': '3', 'birth_date.month': '11', 'birth_date.year': '1985',
    address: '1 rue de la Loire', postal_code: '44521', commune: 'Oudon', mobile: '0612345678', email: `anne${++families}@example.org`,
    identifier: `anne${families}`, password: 'Crêpes-au-beurre-29', consent: 'yes', 'security_check.asked': 'boat', 'security_check.chosen': 'boat',
  }));
  const answer = await send(request);
  assert.equal(answer.status, 201, answer.text);
  return JSON.parse(answer.text).number;
}

test('an event arrives signed, verifies by the documented example, and by no other key, body, address or time', async () => {
  const { url, got } = await receiver(good);
  const id = await add(url);
  const number = await register();
  await eventually('the event', () => got.length > 0);
  const [request] = got;
  const event = JSON.parse(request.body);
  assert.deepEqual({ ...event, id: '', at: '' },
    { id: '', at: '', event: 'submission.received', number, portal: 'oudon', procedure: 'registration', service: '', state: 'received' });
  assert.match(event.id, /^[0-9a-f]{32}$/);
  const key = server.facts.signing_key;
  assert.deepEqual((await administrator.call('GET', 'webhooks')).body.signing_key, key);
  assert.equal(await isFromFoyer(request, key), true);
  assert.equal(await isFromFoyer({ ...request, body: Buffer.concat([request.body, Buffer.from(' ')]) }, key), false);
  assert.equal(await isFromFoyer({ ...request, url: request.url.replace('oudon', 'nantes') }, key), false);
  assert.equal(await isFromFoyer({ ...request, method: 'PUT' }, key), false);
  assert.equal(await isFromFoyer(request, { ...key, id: 'AAAAAAAAAAA=' }), false);
  assert.equal(await isFromFoyer(request, key, Date.now() / 1000 + 3600), false);
  const forged = { ...request.headers, signature: request.headers.signature.replace(/:(.)/, (_, first) => `:${first === 'A' ? 'B' : 'A'}`) };
  assert.equal(await isFromFoyer({ ...request, headers: forged }, key), false);
  assert.equal((await administrator.call('DELETE', `webhooks/${id}`)).status, 204);
});

test('a receiver that hangs, one that answers 500, one that redirects: told in the log, and nobody else waits', async () => {
  const hanging = await receiver(() => {});
  const failing = await receiver((response) => { response.writeHead(500).end('x'.repeat(200_000)); });
  const target = await receiver(good);
  const redirecting = await receiver((response) => { response.writeHead(307, { Location: target.url }).end(); });
  const fine = await receiver(good);
  const ids = [];
  // The one that hangs comes last in each round, so that the others' answers are known while it is waited for.
  for (const one of [failing, redirecting, fine, hanging]) ids.push(await add(one.url, ['submission.received']));
  await register();
  await eventually('all were called', () => [failing, redirecting, fine, hanging].every(({ got }) => got.length > 0));
  const of = async (id) => (await deliveries()).find(({ webhook }) => webhook === id);
  await eventually('the failures are noted', async () => (await of(ids[0])).status === 500 && (await of(ids[1])).status === 307);
  assert.equal((await of(ids[0])).state, 'queued');
  assert.match((await of(ids[1])).reason, /redirection/);
  assert.equal(target.got.length, 0, 'a redirection is not followed');
  assert.equal((await of(ids[2])).state, 'delivered');
  const failed = (await administrator.call('GET', 'webhooks')).body.webhooks.find((one) => one.id === ids[0]);
  assert.equal(failed.failures, 1);
  assert.notEqual(failed.resting_until, null);
  for (const id of ids) assert.equal((await administrator.call('DELETE', `webhooks/${id}`)).status, 204);
});

test('an event outlives the server, and is sent again by a press under the same id', async () => {
  let status = 503;
  const { url, got } = await receiver((response) => { response.writeHead(status).end(); });
  const id = await add(url);
  await register();
  // The worker may still wait for the receiver that hangs, of the test before.
  await eventually('it was tried', () => got.length > 0, { seconds: 40 });
  await server.kill();
  await server.start();
  status = 200;
  const one = await eventually('it is noted', async () => (await deliveries('?state=queued')).find(({ webhook }) => webhook === id));
  // A kill in the midst of an attempt leaves a lease, which the start ends.
  await eventually('it can be sent again', async () => (await administrator.call('POST', `deliveries/${one.id}/resend`, {})).status === 202);
  await eventually('it came', () => got.length >= 2);
  assert.equal(JSON.parse(got.at(-1).body).id, JSON.parse(got[0].body).id);
  await eventually('it is noted', async () => (await deliveries('?state=delivered&limit=1'))[0]?.webhook === id);
  const before = got.length;
  assert.equal((await administrator.call('POST', `webhooks/${id}/test`, {})).status, 202);
  await eventually('the test came', () => got.length > before);
  assert.equal(JSON.parse(got.at(-1).body).event, 'webhook.test');
  assert.equal((await administrator.call('DELETE', `webhooks/${id}`)).status, 204);
});

test('who may, where it may go, and another town’s are unknown', async () => {
  const manager = await hire(server, { email: 'cheffe@oudon.fr', role: 'manager' });
  assert.equal((await manager.call('GET', 'webhooks')).code, 'role_too_low');
  for (const url of ['', 'http://example.org/', 'https://u:p@example.org/', 'file:///etc/passwd', 'https://example.org/#x', 'http://10.0.0.1/', `https://a.fr/${'x'.repeat(500)}`]) {
    const refused = await administrator.call('POST', 'webhooks', { url, events: EVENTS });
    assert.deepEqual(refused.body.problems.map(({ field }) => field), ['url'], url);
  }
  assert.deepEqual((await administrator.call('POST', 'webhooks', { url: 'https://a.fr/', events: [] })).body.problems.map(({ field }) => field), ['events']);
  for (const events of [['submission.erased'], 'submission.received', undefined])
    assert.equal((await administrator.call('POST', 'webhooks', { url: 'https://a.fr/', events })).code, 'malformed_body');
  const id = await add('https://a.example/', ['submission.withdrawn']);
  const other = await hire(server, { email: 'mairie@saint-maur.fr', role: 'administrator', slug: 'saint-maur-des-fosses' });
  assert.equal((await other.call('DELETE', `webhooks/${id}`)).status, 404);
  assert.equal((await other.call('POST', `webhooks/${id}/test`, {})).status, 404);
  assert.deepEqual((await other.call('GET', 'webhooks')).body.webhooks, []);
  const [delivery] = await deliveries('?limit=1');
  assert.equal((await other.call('POST', `deliveries/${delivery.id}/resend`, {})).status, 404);
  assert.deepEqual((await other.call('GET', 'deliveries')).body.deliveries, []);
  const script = new StaffApi(server);
  script.token = (await administrator.call('POST', 'tokens', { name: 'x', scopes: ['read', 'decide', 'import', 'export'], expires_at: new Date(Date.now() + 86_400_000).toISOString().replace(/\.\d+Z$/, 'Z') })).body.secret;
  assert.equal((await script.call('GET', 'webhooks')).code, 'scope_missing');
  for (let i = 1; i < 10; ++i) await add(`https://a.example/${i}`, ['submission.withdrawn']);
  assert.equal((await administrator.call('POST', 'webhooks', { url: 'https://a.example/', events: EVENTS })).code, 'too_many');
  assert.equal((await administrator.call('GET', 'deliveries?state=x')).code, 'malformed_query');
  const actions = (await administrator.call('GET', 'audit?limit=30')).body.lines.map(({ action }) => action);
  assert.ok(actions.includes('webhook.add'));
});

test('an address inside the town’s network is not called', async () => {
  const before = (await administrator.call('GET', 'webhooks')).body.webhooks[0].id;
  assert.equal((await administrator.call('DELETE', `webhooks/${before}`)).status, 204);
  // The address is well formed; what it leads to is judged when it is called.
  const id = await add('https://169.254.169.254/latest/meta-data', ['submission.withdrawn']);
  assert.equal((await administrator.call('POST', `webhooks/${id}/test`, {})).status, 202);
  const told = await eventually('it was refused', async () => (await deliveries()).find(({ webhook, reason }) => webhook === id && reason !== ''));
  assert.match(told.reason, /not a public one/);
  assert.equal((await administrator.call('DELETE', `webhooks/${id}`)).status, 204);
});

test('with an event on its way to a receiver that hangs the server stops all the same', async () => {
  const hanging = await receiver(() => {});
  const id = await add(hanging.url);
  assert.equal((await administrator.call('POST', `webhooks/${id}/test`, {})).status, 202);
  await eventually('it hangs', () => hanging.got.length > 0);
  const begin = Date.now();
  await server.stop();
  assert.ok(Date.now() - begin < 8_000, `${Date.now() - begin} ms`);
});

test('every documented operation of webhooks has succeeded', () => {
  assert.deepEqual(neverSucceeded(['webhooks']), []);
});
