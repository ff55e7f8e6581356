// Drafts: kept only where somebody wants it, unreadable without the key, gone after thirty days.
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { test } from "node:test";
import { load } from "../wire/support/load.mjs";
import { Fate, Life } from "./support/lives.mjs";

const web = await load("vault/drafts.ts");
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
