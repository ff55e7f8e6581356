// Mails through a real mail server (npm smtp-server): encrypted, logged in, refused for now, refused for ever, cut off.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { SMTPServer } from "smtp-server";
import { eventually } from "../support/eventually.mjs";
import { CHEAP_STAMPS, startServer } from "../support/foyer_server.mjs";
import { readMail } from "../support/mail.mjs";
import { payload, send, Stranger } from "../wire/support/stranger.mjs";

const folder = mkdtempSync(path.join(tmpdir(), "foyer-smtp-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const key = path.join(folder, "key.pem");
const certificate = path.join(folder, "certificate.pem");
execFileSync("openssl", [
  "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost",
  "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", certificate,
], { stdio: "ignore" });

// `answer(attempt, stage)` gives an error to refuse with, or nothing. Received mails are kept with what the session was.
async function postOffice(answer = () => null) {
  const received = [];
  let attempts = 0;
  const office = new SMTPServer({
    key: readFileSync(key),
    cert: readFileSync(certificate),
    authMethods: ["PLAIN", "LOGIN"],
    onAuth: (auth, session, done) =>
      auth.username === "mairie" && auth.password === "mot de passe" ? done(null, { user: auth.username }) : done(new Error("no")),
    onRcptTo: (address, session, done) => {
      attempts += 1;
      done(answer(attempts, "recipient"));
    },
    onData: (stream, session, done) => {
      const parts = [];
      stream.on("data", (part) => parts.push(part));
      stream.on("end", () => {
        const raw = Buffer.concat(parts).toString("utf8");
        received.push({ raw, mail: readMail(raw), secure: session.secure, user: session.user, from: session.envelope.mailFrom.address });
        const refusal = answer(attempts, "data");
        if (refusal === "hang up") {
          office.connections.forEach((connection) => connection._socket.destroy());
          return;
        }
        done(refusal);
      });
    },
  });
  office.on("error", () => {}); // a connection that is cut on purpose
  await new Promise((resolve) => office.listen(0, "127.0.0.1", resolve));
  return {
    received,
    attempts: () => attempts,
    port: office.server.address().port,
    close: () => new Promise((resolve) => office.close(resolve)),
  };
}

const refusal = (code) => Object.assign(new Error("refused"), { responseCode: code });

async function townWith(office, extra = []) {
  return startServer({
    stampBits: CHEAP_STAMPS,
    extra: [
      "--smtp-host", "localhost", "--smtp-port", String(office.port), "--smtp-username", "mairie", "--smtp-password", "mot de passe",
      "--smtp-ca-file", certificate, "--smtp-first-retry-seconds", "1", ...extra,
    ],
  });
}

async function register(town, email) {
  const facts = await (await fetch(`${town.origin}/api/v1/server`)).json();
  const revision = (await fetch(`${town.origin}/api/v1/portals/oudon`)).headers.get("portal-revision");
  const device = new Stranger(town.origin, facts);
  const answers = {
    birth_name: "Le Goff", first_names: "Anne-Lise", "birth_date.day": "3", "birth_date.month": "11", "birth_date.year": "1985",
    address: "12 bis rue de la Loire", postal_code: "44521", commune: "Oudon", mobile: "06 12 34 56 78", email,
    identifier: email.split("@")[0], password: "Cheval-blanc-1985!", consent: "yes",
    "security_check.asked": "house", "security_check.chosen": "house",
  };
  const answer = await send(await device.envelope(revision, payload("registration", answers)));
  assert.equal(answer.status, 201, answer.text);
}

async function scenario(answer, run) {
  const office = await postOffice(answer);
  const town = await townWith(office);
  try {
    await run(office, town);
  } finally {
    await town.stop();
    await office.close();
  }
}

test("the activation mail leaves encrypted and logged in, with the guide's sender, subject and link", () =>
  scenario(() => null, async (office, town) => {
    await register(town, "anne@example.org");
    const [first] = await eventually("the mail", async () => office.received.length > 0 && office.received);
    assert.equal(first.secure, true);
    assert.equal(first.user, "mairie");
    assert.equal(first.from, "nepasrepondre_oudon@espace-citoyens.net");
    assert.equal(first.mail.subject, "Mairie de Oudon - Création de votre espace personnel");
    assert.match(first.mail.to, /anne@example\.org/);
    assert.match(first.mail.text, /Votre demande de création d.un espace personnel a bien été prise en compte\./);
    assert.match(first.mail.text, /\/oudon\/espace-citoyens\/CompteCitoyen\/Validation\?id=\d+&datecreat=\d{8}&heurecreat=\d{4}&key=[0-9a-f]{32}/);
    assert.match(first.mail.html, /<html lang="fr">/);
    assert.doesNotMatch(first.raw.split("\r\n\r\n")[0], /[^\x00-\x7f]/, "headers are ASCII");
  }));

test("a mail refused for now comes again and keeps its Message-ID", () =>
  scenario((attempt, stage) => (attempt <= 2 && stage === "data" ? refusal(451) : null), async (office, town) => {
    await register(town, "anne@example.org");
    await eventually("the third attempt", async () => office.received.length >= 3);
    const ids = new Set(office.received.map(({ mail }) => mail.messageId));
    assert.equal(ids.size, 1);
    assert.equal(new Set(office.received.map(({ raw }) => raw)).size, 1);
    await eventually("it is marked as sent", async () => /mail_sent/.test(town.output()));
    assert.equal(office.received.length, 3);
  }));

test("a mail refused for ever is not sent again", () =>
  scenario((attempt, stage) => (stage === "recipient" ? refusal(550) : null), async (office, town) => {
    await register(town, "nobody@example.org");
    await eventually("it is marked as dead", async () => /mail_dead/.test(town.output()));
    assert.equal(office.attempts(), 1);
    assert.doesNotMatch(town.output(), /nobody@example|example\.org/, "no address in the log");
  }));

test("a connection cut after the text was sent does not lose the mail", () =>
  scenario((attempt, stage) => (attempt === 1 && stage === "data" ? "hang up" : null), async (office, town) => {
    await register(town, "anne@example.org");
    await eventually("the second attempt", async () => office.received.length >= 2);
    assert.equal(office.received[0].mail.messageId, office.received[1].mail.messageId);
    await eventually("it is marked as sent", async () => /mail_sent/.test(town.output()));
  }));

test("a mail server whose certificate nobody vouches for gets neither mail nor password", async () => {
  const office = await postOffice();
  const other = path.join(folder, "other.pem");
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=other", "-keyout", path.join(folder, "other.key"), "-out", other], { stdio: "ignore" });
  const town = await townWith(office, ["--smtp-ca-file", other]);
  try {
    await register(town, "anne@example.org");
    await eventually("it is put off", async () => /mail_delayed/.test(town.output()));
    assert.equal(office.received.length, 0);
  } finally {
    await town.stop();
    await office.close();
  }
});
