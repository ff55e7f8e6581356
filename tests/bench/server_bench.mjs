// Measures the real server over loopback and prints what it measured: no thresholds, since machines differ. Only the
// ratios can be compared from one machine to another.
//
//   node tests/bench/server_bench.mjs      (./dev bench builds first)
import { CHEAP_STAMPS, startServer, WITHOUT_LIMITS } from "../support/foyer_server.mjs";
import { payload, send, Stranger } from "../wire/support/stranger.mjs";

const LOGINS = 60; // of each kind, alternating
const AT_ONCE = 24;
const TOGETHER = 480;
const ONE_BY_ONE = 120;
const RECEIPTS = 240;

const sorted = (times) => [...times].sort((a, b) => a - b);
const quantile = (times, part) => sorted(times)[Math.min(times.length - 1, Math.floor(times.length * part))];
const milliseconds = (value) => `${value.toFixed(1)} ms`;

async function timed(request, ...expected) {
  const begin = performance.now();
  const answer = await send(request);
  const spent = performance.now() - begin;
  if (!expected.includes(answer.status)) throw new Error(`${answer.status} ${answer.text.slice(0, 300)}`);
  return spent;
}

// Sends all with so many under way at a time; the time of each, and how many came through in a second.
async function sendAll(requests, atOnce, ...expected) {
  const times = [];
  const waiting = [...requests];
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let request = waiting.shift(); request; request = waiting.shift()) times.push(await timed(request, ...expected));
    }),
  );
  return { times, perSecond: (requests.length * 1000) / (performance.now() - begin) };
}

const server = await startServer({ stampBits: CHEAP_STAMPS, extra: [...WITHOUT_LIMITS, "--limits-logins-per-hour", "100000", "--limits-connections-per-address", "1000"] });
try {
  const revision = await server.revision("oudon");
  const device = new Stranger(server.origin, server.facts);
  const family = (name) =>
    payload("registration", {
      civility: "madame", birth_name: "Le Goff", first_names: "Anne-Lise", "birth_date.day": "3", "birth_date.month": "11",
      "birth_date.year": "1985", address: "12 bis rue de la Loire", postal_code: "44521", commune: "Oudon", mobile: "06 12 34 56 78",
      email: `${name}@exemple.fr`, identifier: name, password: "Cheval-blanc-1985!", "service_key.enfance": "OUDON-ENFANCE", consent: "yes",
      "security_check.asked": "house", "security_check.chosen": "house",
    });
  const envelopes = async (prefix, count) => {
    const list = [];
    for (let number = 0; number < count; number += 1) list.push(await device.envelope(revision, family(`${prefix}.${number}`)));
    return list;
  };
  const login = (identifier) =>
    device.call("POST", "/api/v1/oudon/sessions", { revision, procedure: 100, plaintext: payload("login", { identifier, password: "Wrong-horse-1986!" }) });

  // Made beforehand: while this process seals, it does not notice that a connection has ended.
  const single = await envelopes("alone", ONE_BY_ONE);
  const many = await envelopes("many", TOGETHER);
  const questions = [];
  for (const envelope of many.slice(0, RECEIPTS)) questions.push(await device.call("GET", `/api/v1/receipts/${envelope.uuid.text}`));

  // Before anything else is hashed: one account whose password the server has had the time to hash.
  await timed(await device.envelope(revision, family("known")), 201);
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const unknown = [];
  const wrong = [];
  for (let count = 0; count < LOGINS; count += 1) {
    unknown.push(await timed(await login(`nobody.${count}`), 401));
    wrong.push(await timed(await login("known"), 401));
  }
  const ofUnknown = quantile(unknown, 0.5);
  const ofWrong = quantile(wrong, 0.5);
  console.log(`login refused        unknown ${milliseconds(ofUnknown)}, wrong password ${milliseconds(ofWrong)} (medians of ${LOGINS}): ratio ${(ofUnknown / ofWrong).toFixed(3)}`);

  const alone = await sendAll(single, 1, 201);
  const together = await sendAll(many, AT_ONCE, 201);
  console.log(`envelopes stored     ${together.perSecond.toFixed(0)}/s with ${AT_ONCE} at once (p99 ${milliseconds(quantile(together.times, 0.99))}), ` +
    `${alone.perSecond.toFixed(0)}/s one by one: ratio ${(together.perSecond / alone.perSecond).toFixed(1)}; passwords are being hashed meanwhile`);

  const receipts = await sendAll(questions, 4, 200);
  console.log(`receipts asked for   median ${milliseconds(quantile(receipts.times, 0.5))}, p99 ${milliseconds(quantile(receipts.times, 0.99))}`);
  console.log("The client runs on the same machine and takes its share of it.");
} finally {
  await server.stop();
}
