// Drafts: kept only where somebody wants it, unreadable without the key, gone after thirty days.
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { test } from "node:test";
import { load } from "../support/load.mjs";
import { makeTown } from "../wire/support/town.mjs";
import { Fate, Life } from "./support/lives.mjs";

const web = await load("vault/drafts.ts", "vault/index.ts", "vault/storage.ts", "outbox/locks.ts", "install/unsent.ts");
const ORIGIN = "https://portail.example";
const START = Date.UTC(2026, 10, 22);
const TEXT = JSON.stringify({ registration: { birth_name: "Le Goff", first_names: "Fañch" } });

class Shelf {
  key = undefined;
  choice = undefined;
  records = new Map();

  async readDraftKey() { return this.key; }
  async keepDraftKey(key) { return (this.key ??= key); }
  async putDraft(draft) { this.records.set(draft.portal, structuredClone(draft)); }
  async allDrafts() { return [...this.records.values()]; }
  async deleteDraft(portal) { this.records.delete(portal); }
  async wipeDrafts() { this.records.clear(); this.key = undefined; }
  async draftChoice() { return this.choice; }
  async keepDraftChoice(choice) { this.choice = choice; }
}

function drafts(shelf, changes = {}) {
  const clock = { now: START };
  const made = new web.Drafts({ storage: shelf, subtle: webcrypto.subtle, random: (count) => webcrypto.getRandomValues(new Uint8Array(count)), now: () => clock.now, ...changes });
  return { drafts: made, clock };
}

test("nothing is kept before the person has chosen, nor on a shared computer", async () => {
  const shelf = new Shelf();
  const { drafts: mine } = drafts(shelf);
  assert.equal(await mine.keep("oudon", TEXT), false);
  await mine.choose("nothing");
  assert.equal(await mine.keep("oudon", TEXT), false);
  assert.equal(shelf.records.size, 0);
  assert.equal(shelf.key, undefined);
});

test("a kept draft comes back as it was, after the page has gone", async () => {
  const shelf = new Shelf();
  const { drafts: mine } = drafts(shelf);
  await mine.choose("keep");
  assert.equal(await mine.keep("oudon", TEXT), true);
  const again = drafts(shelf).drafts;
  assert.deepEqual(await again.read("oudon"), { portal: "oudon", savedAt: START, text: TEXT });
  assert.equal(await again.read("saint-maur-des-fosses"), undefined);
  assert.deepEqual(await again.list(), [{ portal: "oudon", savedAt: START }]);
});

test("what lies on the disk does not show what was typed, nor how much of it", async () => {
  const shelf = new Shelf();
  const { drafts: mine } = drafts(shelf);
  await mine.choose("keep");
  await mine.keep("oudon", "{}");
  const short = shelf.records.get("oudon").sealed.length;
  await mine.keep("oudon", TEXT);
  const { sealed } = shelf.records.get("oudon");
  assert.equal(sealed.length, short);
  assert.ok(!Buffer.from(sealed).includes("Goff"));
  assert.equal(shelf.key.extractable, false);
});

test("a draft of thirty days is wiped, whichever way the clock has gone", async () => {
  for (const days of [30.01, -31]) {
    const shelf = new Shelf();
    const { drafts: mine, clock } = drafts(shelf);
    await mine.choose("keep");
    await mine.keep("oudon", TEXT);
    clock.now = START + 29.9 * 24 * 3600_000;
    assert.ok(await mine.read("oudon"));
    clock.now = START + days * 24 * 3600_000;
    assert.equal(await mine.read("oudon"), undefined);
    assert.equal(shelf.records.size, 0);
  }
});

test("a clock that nobody has confirmed wipes nothing: a draft from its future is there, one that looks too old waits", async () => {
  const shelf = new Shelf();
  let certain = false;
  const { drafts: mine, clock } = drafts(shelf, { isCertain: () => certain });
  await mine.choose("keep");
  await mine.keep("oudon", TEXT);
  clock.now = 0; // a flat battery
  assert.equal((await mine.read("oudon")).text, TEXT);
  clock.now = Date.UTC(2031, 0, 1);
  assert.equal(await mine.read("oudon"), undefined);
  assert.equal(shelf.records.size, 1);
  // The server has told the time: it was yesterday.
  certain = true;
  clock.now = START + 24 * 3600_000;
  assert.equal((await mine.read("oudon")).text, TEXT);
  clock.now = Date.UTC(2031, 0, 1);
  assert.equal(await mine.read("oudon"), undefined);
  assert.equal(shelf.records.size, 0);
});

test("wiping takes one draft, or all of them and their key; choosing to keep nothing wipes too", async () => {
  const shelf = new Shelf();
  const { drafts: mine } = drafts(shelf);
  await mine.choose("keep");
  await mine.keep("oudon", TEXT);
  await mine.keep("saint-maur-des-fosses", TEXT);
  await mine.wipe("oudon");
  assert.deepEqual((await mine.list()).map(({ portal }) => portal), ["saint-maur-des-fosses"]);
  await mine.choose("nothing");
  assert.equal(shelf.records.size, 0);
  assert.equal(shelf.key, undefined);
});

test("a draft whose key is gone, that was changed, or that was put in another town's place is no draft", async () => {
  for (const harm of [
    (shelf) => { shelf.key = undefined; },
    (shelf) => { shelf.records.get("oudon").sealed[3] ^= 1; },
    (shelf) => { shelf.records.set("oudon", { ...shelf.records.get("other"), portal: "oudon" }); },
  ]) {
    const shelf = new Shelf();
    const { drafts: mine } = drafts(shelf);
    await mine.choose("keep");
    await mine.keep("other", TEXT);
    await mine.keep("oudon", TEXT);
    harm(shelf);
    const { text, lost } = await mine.read("oudon");
    assert.deepEqual({ text, lost }, { text: "", lost: true }, "to be said");
    assert.equal(shelf.records.has("oudon"), false);
  }
});

test("a tab that keeps or wipes a draft tells the others", async () => {
  const shelf = new Shelf();
  const tabs = [];
  const channel = () => {
    const own = { onmessage: null, postMessage: (data) => { for (const tab of tabs) if (tab !== own) tab.onmessage?.({ data }); } };
    tabs.push(own);
    return own;
  };
  const heard = [];
  const { drafts: one } = drafts(shelf, { channel: channel() });
  drafts(shelf, { channel: channel(), onElsewhere: (portal) => heard.push(portal) });
  await one.choose("keep");
  await one.keep("oudon", TEXT);
  await one.wipe("oudon");
  assert.deepEqual(heard, ["oudon", "oudon"]);
});

test("a page killed at any step of keeping leaves the draft before, or the new one, never half of one", async () => {
  for (let at = 1; ; at += 1) {
    const shelf = new Shelf();
    const { drafts: before } = drafts(shelf);
    await before.choose("keep");
    await before.keep("oudon", '"old"');
    const fate = new Fate(at);
    const life = new Life(fate);
    const stepped = new Proxy(shelf, { get: (target, name) => typeof target[name] !== "function" ? target[name] : async (...values) => {
      await life.step(`before ${name}`);
      const result = await target[name](...values);
      await life.step(`after ${name}`);
      return result;
    } });
    await Promise.race([drafts(stepped).drafts.keep("oudon", '"new"'), life.death]);
    const { text } = await drafts(shelf).drafts.read("oudon");
    assert.ok(text === '"old"' || text === '"new"');
    if (!fate.struck) break;
  }
});

// What a draft with these sections still holds after `sent`, on one device whose page keeps its drafts at `place`.
async function leftOf(sections, place, sent, { received = false } = {}) {
  const town = await makeTown({ stampBits: 0 });
  town.answer = async (request) => {
    if (!received) return new Response("", { status: 502 });
    const names = { 1: "registration", 2: "entourage", 3: "profile" };
    const procedure = names[request.body[28] * 256 + request.body[29]];
    return town.receipt(request, { body: { id: request.path.split("/").pop(), procedure } });
  };
  const make = () => web.createVault({ origin: ORIGIN, storage: new web.MemoryStorage(), fetch: town.fetch, locks: web.pageLock() });
  const [vault, elsewhere] = [await make(), await make()];
  await sent(vault, elsewhere);
  await vault.drain();
  const left = await web.unsent(vault, place, JSON.stringify({ version: 1, path: "x", ...sections }), 0);
  for (const each of [vault, elsewhere]) each.stop();
  return left === "" ? [] : Object.keys(JSON.parse(left)).filter((name) => name in sections);
}
const submission = (procedure, portal, more = {}) => ({ procedure, plaintext: "{}", portalRevision: "00".repeat(16), portal, ...more });
const REGISTRATION = { registration: { birth_name: "Le Goff" } };
const ACCOUNT = "oudon/0011223344556677";
const OF_ACCOUNT = { entourage: { "children.0.first_names": "Zoé" }, profile: { mobile: "0612345678" } };

for (const received of [false, true]) {
  const state = received ? "has been received" : "waits";
  test(`a draft whose request ${state} is done with, and what else is in it is not`, async () => {
    assert.deepEqual(await leftOf(REGISTRATION, "oudon", async (vault) => {
      vault.draftOf("oudon");
      await vault.submit(submission(1, "oudon"));
    }, { received }), []);
    assert.deepEqual(await leftOf(OF_ACCOUNT, ACCOUNT, async (vault) => {
      vault.draftOf(ACCOUNT);
      await vault.submit(submission(3, "oudon"));
    }, { received }), ["entourage"]);
    assert.deepEqual(await leftOf({ ...OF_ACCOUNT, correction: { mobile: "0612345678" } }, ACCOUNT, async (vault) => {
      vault.draftOf(ACCOUNT);
      await vault.submit(submission(2, "oudon", { corrects: "0193a5c2-0000-7000-8000-000000000000" }));
    }, { received }), ["entourage", "profile"]);
  });

  test(`a draft outlives another town’s request, and another account’s, that ${state}`, async () => {
    assert.deepEqual(await leftOf(REGISTRATION, "oudon", async (vault) => {
      vault.draftOf("saint-maur-des-fosses");
      await vault.submit(submission(1, "saint-maur-des-fosses"));
    }, { received }), ["registration"]);
    assert.deepEqual(await leftOf(OF_ACCOUNT, ACCOUNT, async (vault) => {
      vault.draftOf("oudon/8899aabbccddeeff");
      await vault.submit(submission(2, "oudon", { account: "another" }));
    }, { received }), ["entourage", "profile"]);
  });

  test(`a draft outlives a request that was carried here from another device, and ${state}`, async () => {
    assert.deepEqual(await leftOf(REGISTRATION, "oudon", async (vault, elsewhere) => {
      vault.draftOf("oudon");
      elsewhere.draftOf("oudon");
      const { file } = await elsewhere.carry(await elsewhere.submit(submission(1, "oudon")));
      assert.equal((await vault.takeIn({ file })).kind, "envelope");
    }, { received }), ["registration"]);
  });
}
