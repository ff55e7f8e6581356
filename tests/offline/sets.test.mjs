// What the service worker keeps: one whole set for each town, whatever ends at whichever step, and never two mixed.
import assert from "node:assert/strict";
import { createHash, webcrypto } from "node:crypto";
import { test } from "node:test";
import { load } from "../support/load.mjs";
import { Fate, Life } from "./support/lives.mjs";

const web = await load("worker/sets.ts", "worker/answers.ts");
const ORIGIN = "https://portail.example";

// The browser's Cache API, each call a step of a worker that can be killed.
class Cupboard {
  caches = new Map();

  // `full`: a fate by which a write finds no room.
  of(life, full = new Fate()) {
    const key = (asked) => new URL(typeof asked === "string" ? asked : asked.url, ORIGIN).href;
    const step = async (name, work) => {
      await life.step(`before ${name}`);
      const result = work();
      await life.step(`after ${name}`);
      return result;
    };
    const cache = (name) => {
      const records = () => this.caches.get(name) ?? new Map();
      return {
        match: (asked) => step("match", () => records().get(key(asked))?.clone()),
        put: async (asked, response) => {
          const whole = new Response(await response.arrayBuffer(), { headers: response.headers });
          if (full.strikes("put")) throw new DOMException("no room", "QuotaExceededError");
          return step("put", () => { this.caches.set(name, records().set(key(asked), whole)); });
        },
        delete: (asked) => step("delete", () => records().delete(key(asked))),
        keys: () => step("keys", () => [...records().keys()].map((url) => ({ url }))),
      };
    };
    return {
      open: (name) => step("open", () => { if (!this.caches.has(name)) this.caches.set(name, new Map()); return cache(name); }),
      keys: () => step("names", () => [...this.caches.keys()]),
      delete: (name) => step("forget", () => this.caches.delete(name)),
    };
  }
}

const file = (name, content) => `/assets/${name}.${createHash("sha256").update(content).digest("hex").slice(0, 12)}.js`;

// A server with one version of a town; `lie` changes what it answers.
function version(number, lie = (_path, body) => body) {
  const set = `abcdef${String(number).padStart(2, "0")}`;
  const contents = { [file("shell", `shell ${number}`)]: `shell ${number}`, [file("vault", `vault ${number}`)]: `vault ${number}`, [file("font", "font")]: "font" };
  const list = {
    version: 1, slug: "oudon", language: "fr", set, shells: { fr: "/oudon/shell.html?lang=fr", en: "/oudon/shell.html?lang=en" },
    pages: ["/oudon/mentions-legales?lang=fr", "/oudon/mentions-legales?lang=en"], files: Object.keys(contents), others: [`/api/v1/portals/oudon?revision=${number}`, "/oudon/logo.svg"],
  };
  const bodies = {
    ...contents, "/oudon/offline.json": JSON.stringify(list), "/": "towns", [list.others[0]]: `portal ${number}`, "/oudon/logo.svg": `logo ${number}`,
    "/oudon/shell.html?lang=fr": `<html data-set="${set}">fr ${number}`, "/oudon/shell.html?lang=en": `<html data-set="${set}">en ${number}`,
    "/oudon/mentions-legales?lang=fr": `<html data-set="${set}">mentions ${number}`, "/oudon/mentions-legales?lang=en": `<html data-set="${set}">notice ${number}`,
  };
  const asked = [];
  return { set, list, bodies, asked, answer: (path) => {
    asked.push(path);
    const body = lie(path, bodies[path]);
    return body === undefined ? new Response("", { status: 404 }) : new Response(body, { headers: { date: "Thu, 01 Jan 1970 00:00:00 GMT", "content-type": "text/html" } });
  } };
}

function worker(cupboard, server, life = new Life(new Fate()), full = new Fate()) {
  return new web.Sets({ caches: cupboard.of(life, full), subtle: webcrypto.subtle, fetch: async (path) => {
    await life.step("before fetch");
    const answer = server.answer(path);
    await life.step("after fetch");
    return answer;
  } });
}

// What opens now is one version from its first to its last file.
async function isWhole(cupboard, number) {
  const sets = worker(cupboard, { answer: () => new Response("", { status: 503 }) });
  const { list } = version(number);
  const kept = await sets.kept("oudon");
  assert.equal(kept?.set, list.set);
  assert.match(await (await sets.shell("oudon", null)).text(), new RegExp(`fr ${number}$`));
  assert.match(await (await sets.shell("oudon", "en")).text(), new RegExp(`en ${number}$`));
  assert.match(await (await sets.page("oudon", "/oudon/mentions-legales", null)).text(), new RegExp(`mentions ${number}$`));
  assert.match(await (await sets.page("oudon", "/oudon/mentions-legales", "en")).text(), new RegExp(`notice ${number}$`));
  assert.match(await (await sets.page("oudon", "/oudon/mentions-legales", "xx")).text(), new RegExp(`mentions ${number}$`), "as its other pages do");
  assert.equal(await sets.page("oudon", "/oudon/inscription", "fr"), undefined);
  for (const address of list.files) assert.ok(await sets.file(address), address);
  const portal = await sets.other("oudon", list.others[0]);
  assert.equal(await portal.text(), `portal ${number}`);
  assert.equal(portal.headers.get("date"), null, "a kept answer does not tell the time");
}

test("a worker killed at every step of fetching a new version leaves the old one whole, or has the new one", async (t) => {
  let steps = 0;
  for (let at = 1; ; at += 1) {
    const cupboard = new Cupboard();
    await worker(cupboard, version(1)).keep("oudon");
    const fate = new Fate(at);
    const life = new Life(fate);
    await Promise.race([worker(cupboard, version(2), life).keep("oudon"), life.death]);
    const kept = await worker(cupboard, version(2)).kept("oudon");
    await isWhole(cupboard, kept.set === version(1).set ? 1 : 2);
    // The next worker brings it to an end.
    await worker(cupboard, version(2)).keep("oudon");
    await isWhole(cupboard, 2);
    if (!fate.struck) break;
    steps += 1;
  }
  t.diagnostic(`${steps} steps`);
  assert.ok(steps > 50);
});

test("only what has changed is fetched, and what is as it was is not fetched at all", async () => {
  const cupboard = new Cupboard();
  await worker(cupboard, version(1)).keep("oudon");
  const again = version(1);
  await worker(cupboard, again).keep("oudon");
  assert.deepEqual(again.asked, ["/oudon/offline.json"]);
  const next = version(2);
  await worker(cupboard, next).keep("oudon");
  assert.ok(!next.asked.includes(file("font", "font")));
  assert.ok(next.asked.includes(file("shell", "shell 2")));
});

test("a page that began with the version before still finds its files; those of the one before that are gone", async () => {
  const cupboard = new Cupboard();
  for (const number of [1, 2, 3]) await worker(cupboard, version(number)).keep("oudon");
  const sets = worker(cupboard, version(3));
  assert.ok(await sets.file(file("vault", "vault 2")));
  assert.ok(await sets.other("oudon", "/api/v1/portals/oudon?revision=2"));
  assert.equal(await sets.file(file("vault", "vault 1")), undefined);
  assert.equal([...cupboard.caches.keys()].filter((name) => name.startsWith("foyer-town-")).length, 2);
});

test("what is not what it should be is not kept: another content, another set's page, a list that is none", async () => {
  for (const lie of [
    (path, body) => (path.includes("/vault.") ? "<html>Log in to this Wi-Fi</html>" : body),
    (path, body) => (path.includes("shell.html") ? body.replace("abcdef02", "abcdef03") : body),
    (path, body) => (path.endsWith("offline.json") ? "{}" : body),
    (path, body) => (path.endsWith("offline.json") ? "<html>" : body),
    (path, body) => (path.endsWith("offline.json") ? body.replaceAll('"/assets', '"//evil.example/assets') : body),
    (path, body) => (path.includes("revision=") ? undefined : body),
  ]) {
    const cupboard = new Cupboard();
    await worker(cupboard, version(1)).keep("oudon");
    await assert.rejects(worker(cupboard, version(2, lie)).keep("oudon"));
    await isWhole(cupboard, 1);
  }
});

test("a device without room at any write keeps what it had, whole, and nothing of the rest", async (t) => {
  let writes = 0;
  for (const before of [[], [1]]) {
    for (let at = 1; ; at += 1) {
      const cupboard = new Cupboard();
      for (const number of before) await worker(cupboard, version(number)).keep("oudon");
      const full = new Fate(at);
      const sets = worker(cupboard, version(2), new Life(new Fate()), full);
      const kept = await sets.keep("oudon").catch((error) => {
        assert.ok(web.isFull(error));
        return undefined;
      });
      if (kept) await isWhole(cupboard, 2);
      else if (before.length > 0) await isWhole(cupboard, 1);
      else assert.equal(await sets.shell("oudon", null), undefined, "the network opens it, and nothing else");
      if (!kept) assert.equal(await sets.file(file("shell", "shell 2")), undefined);
      if (!full.struck) break;
      writes += 1;
    }
  }
  t.diagnostic(`${writes} writes`);
});

test("a cupboard that somebody has half emptied is filled again", async () => {
  const cupboard = new Cupboard();
  await worker(cupboard, version(1)).keep("oudon");
  cupboard.caches.get("foyer-files").delete(new URL(file("vault", "vault 1"), ORIGIN).href);
  await worker(cupboard, version(1)).keep("oudon");
  await isWhole(cupboard, 1);
});

async function answers({ network, patience = () => new Promise(() => {}) }) {
  const cupboard = new Cupboard();
  const sets = worker(cupboard, version(1));
  await sets.keep("oudon");
  let clock = 0;
  const made = new web.Answers({ sets, origin: ORIGIN, now: () => clock, wait: patience });
  const ask = (path, mode = "cors", method = "GET") => made.answer({ url: new URL(path, ORIGIN).href, mode, method }, () => network(path));
  return { ask, pass: (milliseconds) => { clock += milliseconds; } };
}

test("the network comes first for pages; without one, or with a server that cannot, the kept page opens", async () => {
  const text = async (answer) => (await answer).text();
  const fresh = await answers({ network: async () => new Response("fresh") });
  assert.equal(await text(fresh.ask("/oudon/inscription", "navigate")), "fresh");
  assert.equal(await text(fresh.ask("/oudon/inscription/gone", "navigate")), "fresh");
  for (const network of [() => Promise.reject(new TypeError("no network")), async () => new Response("busy", { status: 503 })]) {
    const lost = await answers({ network });
    assert.match(await text(lost.ask("/oudon/inscription/identite?texte=1", "navigate")), /fr 1$/);
    assert.match(await text(lost.ask("/oudon/?lang=en", "navigate")), /en 1$/);
    assert.equal(await text(lost.ask("/", "navigate")), "towns");
    assert.equal(await text(lost.ask("/api/v1/portals/oudon?revision=1")), "portal 1");
  }
  const slow = await answers({ network: () => new Promise(() => {}), patience: async () => undefined });
  assert.match(await text(slow.ask("/oudon/", "navigate")), /fr 1$/);
  // A town never visited has nothing but the network.
  const other = await answers({ network: () => Promise.reject(new TypeError("no network")) });
  await assert.rejects(other.ask("/saint-maur-des-fosses/", "navigate"));
});

test("what is about now, is signed, or belongs to somebody is left alone", async () => {
  const { ask } = await answers({ network: async () => new Response("fresh") });
  for (const path of [
    "/api/v1/server", "/api/v1/oudon/me", "/api/v1/oudon/sync?cursor=1", "/api/v1/portals", "/api/v1/portals/oudon", "/api/v1/envelopes/x", "/courrier", "/courrier/1",
    "/oudon/espace-citoyens/CompteCitoyen/Validation?id=1&key=2", "/oudon/mairie/", "/oudon/mairie/demandes/OUDON-2026-000001", "/oudon/offline.json", "/oudon/shell.html", "/service-worker.js", "https://elsewhere.example/oudon/",
  ]) for (const mode of ["navigate", "cors"]) assert.equal(ask(path, mode), undefined, path);
  assert.equal(ask("/oudon/", "navigate", "POST"), undefined);
  assert.equal(ask("/oudon/inscription", "cors"), undefined);
});
