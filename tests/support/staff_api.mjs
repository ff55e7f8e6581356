// The staff's API as docs/openapi.json describes it. Every call made through here is held against the document: the path
// and method are in it, a good request's body fits its schema, and so does every answer.
// The validator is ajv: it speaks JSON Schema 2020-12, which is what OpenAPI 3.1 is made of (Debian's C++ ones stop at draft 7).
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { program, repository } from './foyer_server.mjs';

export const openapi = JSON.parse(readFileSync(join(repository, 'docs/openapi.json'), 'utf8'));
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addFormat('date', /^\d{4}-\d{2}-\d{2}$/);
ajv.addFormat('date-time', /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);
ajv.addSchema({ ...openapi, $id: 'foyer' });
const pointer = (...parts) => `foyer#/${parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
const compiled = new Map();
function mistakes(place, value) {
  if (!compiled.has(place)) compiled.set(place, ajv.compile({ $ref: place }));
  const validate = compiled.get(place);
  return validate(value) ? '' : ajv.errorsText(validate.errors);
}

// [{method, path, operation}] of the whole document.
export const operations = Object.entries(openapi.paths).flatMap(([path, item]) =>
  METHODS.filter((method) => item[method]).map((method) => ({ method: method.toUpperCase(), path, operation: item[method] })));

const fits = (template, path) => new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(path);
function operationOf(method, path) {
  // Among templates that fit, the one with the fewest places is meant.
  const found = operations.filter((one) => one.method === method && fits(one.path, path))
    .sort((a, b) => (a.path.match(/\{/g)?.length ?? 0) - (b.path.match(/\{/g)?.length ?? 0))[0];
  assert.ok(found, `${method} ${path} is in docs/openapi.json`);
  return found;
}

// Follows one $ref into components.
function placeOf(parts) {
  let value = openapi;
  for (const part of parts) value = value?.[part];
  return value?.$ref ? value.$ref.slice(2).split('/') : parts;
}
const at = (parts) => parts.reduce((value, part) => value?.[part], openapi);

const exercised = new Set(); // "POST /path 201"

function holdRequest({ method, path, operation }, body) {
  if (body === undefined) {
    assert.ok(!operation.requestBody?.required, `${method} ${path} wants a body`);
    return;
  }
  assert.ok(operation.requestBody, `${method} ${path} takes no body`);
  const wrong = mistakes(pointer('paths', path, method.toLowerCase(), 'requestBody', 'content', 'application/json', 'schema'), body);
  assert.equal(wrong, '', `what was sent to ${method} ${path} and accepted fits the document`);
}

function holdAnswer({ method, path, operation }, answer) {
  const what = `${method} ${path} answers ${answer.status}`;
  exercised.add(`${method} ${path} ${answer.status}`);
  if (answer.status === 503) return;
  assert.ok(operation.responses[answer.status], `${what}: described`);
  const parts = placeOf(['paths', path, method.toLowerCase(), 'responses', String(answer.status)]);
  const content = at(parts).content;
  if (!content) {
    assert.equal(answer.text, '', `${what}: without a body`);
    return;
  }
  const type = (answer.headers.get('content-type') ?? '').split(';')[0];
  assert.ok(content[type], `${what}: as ${type}`);
  if (type === 'application/json' || type === 'application/problem+json')
    assert.equal(mistakes(pointer(...parts, 'content', type, 'schema'), answer.body), '', `${what}: ${answer.text}`);
  assert.equal(answer.headers.get('cache-control'), 'no-store', `${what}: kept by nobody`);
}

// The operations of these tags of which no success has been seen.
export function neverSucceeded(tags) {
  return operations.filter(({ operation }) => operation.tags.some((tag) => tags.includes(tag)))
    .filter(({ method, path }) => ![...exercised].some((seen) => seen.startsWith(`${method} ${path} 2`)))
    .map(({ method, path }) => `${method} ${path}`);
}

// One caller: nobody, somebody with a session, or a script with a token.
export class StaffApi {
  constructor(server, slug = 'oudon') {
    this.server = server;
    this.slug = slug;
    this.cookie = '';
    this.token = '';
    this.extra = {}; // headers of every call
  }

  // `path`: behind /api/v1/admin/<slug>/. `sent`: the bytes instead of a body. `headers`: null takes one away.
  async call(method, path, body, { headers = {}, sent, slug = this.slug } = {}) {
    const url = `/api/v1/admin/${slug}/${path}`;
    const all = { ...this.extra };
    if (this.cookie) all.Cookie = `foyer_staff=${this.cookie}`;
    if (this.token) all.Authorization = `Bearer ${this.token}`;
    if (this.cookie && method !== 'GET') all['Foyer-Staff'] = '1';
    if (body !== undefined || sent !== undefined) all['Content-Type'] = 'application/json';
    for (const [name, value] of Object.entries(headers)) {
      if (value === null) delete all[name];
      else all[name] = value;
    }
    const response = await fetch(this.server.origin + url, { method, headers: all, body: sent ?? (body === undefined ? undefined : JSON.stringify(body)) });
    const text = await response.text();
    const answer = { status: response.status, headers: response.headers, text, body: undefined };
    if (/json\b/.test(response.headers.get('content-type') ?? '')) answer.body = JSON.parse(text);
    answer.code = answer.body?.code;
    const operation = operationOf(method, url.split('?')[0]);
    holdAnswer(operation, answer);
    if (answer.status < 300 && sent === undefined) holdRequest(operation, body);
    const cookie = /^foyer_staff=([^;]*)/.exec(response.headers.get('set-cookie') ?? '');
    if (cookie) this.cookie = cookie[1];
    return answer;
  }

  async logIn(email, password, more = {}) {
    return this.call('POST', 'session', { email, password, ...more });
  }
}

// foyer-server's own commands on the data of a running server. Gives what was printed; throws with `code` otherwise.
export async function command(server, ...words) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('FOYER_')));
  const { stdout } = await promisify(execFile)(program, [...words, '--data', server.data, '--portals', server.towns], { env });
  return stdout;
}

export const PASSWORD = 'Marées-basses-de-1994';

// Somebody of the town hall, logged in with a password of their own.
export async function hire(server, { email, role = 'agent', services = [], slug = 'oudon', name = email }) {
  const printed = await command(server, 'staff', 'add', email, '--portal', slug, '--name', name, '--role', role,
    ...(services.length ? ['--services', services.join(',')] : []));
  const temporary = /temporary password: (\S+)/.exec(printed)[1];
  const api = new StaffApi(server, slug);
  assert.equal((await api.logIn(email, temporary)).status, 201);
  const changed = await api.call('POST', 'session/password', { current: temporary, new: PASSWORD });
  assert.equal(changed.status, 201, changed.text);
  api.member = changed.body.staff;
  return api;
}

// RFC 6238 once more, in another language.
export function codeAt(base32, seconds) {
  const bits = [...base32].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(seconds / 30)));
  const mac = createHmac('sha1', secret).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
