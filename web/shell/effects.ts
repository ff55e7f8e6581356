// Carries out what the wizard asks of the world, and answers with events.
import type { Answer, EntryChange, Kept, Vault } from "../vault/index.ts";
import type { Addresses } from "./addresses.ts";
import { counter } from "./counter.ts";
import { fetch_asset } from "./fetch_asset.ts";
import { File, type Effect } from "./module.ts";
import { is_held, type Poll } from "./poll.ts";

export interface World {
  readonly prefix: string; // "/oudon"
  readonly slug: string;
  // The revision of the portal this page runs, hex.
  readonly revision: () => string;
  readonly vault: () => Promise<Vault>;
  readonly send: (event: object) => void;
  readonly load: (file: File, bytes: ArrayBuffer) => boolean;
  // The second part of the module and its texts: there, or not.
  readonly load_family: () => Promise<boolean>;
  // The texts of one more language are there.
  readonly add_language: (language: string) => Promise<boolean>;
  // Somebody has come to a screen of the portal.
  readonly arrived: (path: string) => void;
  readonly wake_after: (effect: number, seconds: number) => void;
  readonly poll: Poll;
  readonly addresses: Addresses;
  // Whose screens these are; empty: nobody's any more.
  readonly present: (owner: string, account: string) => void;
  readonly text_asked: () => boolean;
  readonly show_as: (text: boolean) => void;
}

const FILES: Readonly<Record<string, readonly (readonly [File, string])[]>> = {
  communes: [[File.reference, "reference.bin"]],
  font_extended: [[File.font_regular_extended, "font-regular-extended.ttf"], [File.font_bold_extended, "font-bold-extended.ttf"]],
};

const bound_key = (slug: string): string => `foyer.bound.${slug}`;

// Whether this device was bound to an account when it was last here. A hint only: the server decides.
export function remembered_bound(slug: string): boolean {
  try {
    // At the counter nobody is before they say so, and who is on this computer's other pages is nobody's business.
    return counter === "" && localStorage.getItem(bound_key(slug)) === "yes";
  } catch {
    return false;
  }
}

function remember_bound(slug: string, bound: boolean): void {
  if (counter !== "") return;
  try {
    if (bound) localStorage.setItem(bound_key(slug), "yes");
    else localStorage.removeItem(bound_key(slug));
  } catch {
    // A browser that keeps nothing asks the server on the next visit.
  }
}

// What wipes a family's space from this device, and how often it was said whether the device is bound.
let wiping: Promise<void> = Promise.resolve();
let bound_said = 0;

// "Not bound" is kept only when the space has been wiped: a page that is closed in between finds itself bound the next
// time, is told by the server that it is not, and wipes again.
function say_bound(slug: string, bound: boolean): void {
  bound_said += 1;
  const said = bound_said;
  if (bound) remember_bound(slug, true);
  // The wiping may be the next effect of the same turn.
  else queueMicrotask(() => void wiping.then(() => { if (said === bound_said) remember_bound(slug, false); }));
}

export function carry_out(effect: Effect, world: World): void {
  switch (effect.kind) {
    case "submit":
      void submit(effect, world);
      break;
    case "call":
      void call(effect, world);
      break;
    case "load":
      void load(effect.what, world);
      break;
    case "show_path": {
      const address = address_of(effect.path, world);
      if (effect.replace) history.replaceState(null, "", address);
      else history.pushState(null, "", address);
      world.arrived(effect.path);
      break;
    }
    case "leave":
      location.assign(effect.url);
      break;
    case "remember_bound":
      say_bound(world.slug, effect.bound);
      break;
    case "show_as":
      world.show_as(effect.text);
      break;
    case "print":
      print();
      break;
    case "find_addresses":
      world.addresses.find(effect);
      break;
    case "wake_after":
      world.wake_after(effect.effect, effect.seconds);
      break;
    case "keeping":
      if (effect.act === "forget" || effect.act === "leave") wiping = keeping(effect, world);
      else void keeping(effect, world);
      break;
  }
}

function address_of(path: string, world: World): string {
  const address = new URL(`${world.prefix}/${path}`, location.origin);
  if (world.text_asked()) address.searchParams.set("texte", "1");
  return address.pathname + address.search;
}

const STATES: Readonly<Record<EntryChange["state"], string>> = { ready: "waiting", sending: "sending", acknowledged: "acknowledged", refused: "refused" };

async function submit(effect: Effect & { kind: "submit" }, world: World): Promise<void> {
  const tell = (state: string, body: string): void => { world.send({ kind: "submission", effect: effect.effect, state, body }); };
  try {
    const vault = await world.vault();
    await vault.submit({
      procedure: effect.procedure,
      plaintext: effect.plaintext,
      portalRevision: world.revision(),
      portal: world.slug,
      account: effect.account,
      corrects: effect.corrects,
      // What is in this page only is, to the wizard, still being kept: the page must not be closed. And what has been said to
      // wait for the network goes on waiting while it is tried: whoever listens does not hear both in turn all day.
      onState: (change) => { if (!change.held && !change.again) tell(STATES[change.state], change.body); },
    });
  } catch {
    // Without the server's key nothing can be sealed, and what is not sealed is not kept: the person may try again.
    tell("refused", "");
  }
}

async function call(effect: Effect & { kind: "call" }, world: World): Promise<void> {
  let answer: Answer = { status: 0, body: "" };
  try {
    const vault = await world.vault();
    const ask = (signal?: AbortSignal): Promise<Answer> => vault.call({
      method: effect.method as "GET" | "POST" | "DELETE",
      path: effect.path,
      procedure: effect.procedure,
      plaintext: effect.plaintext,
      portalRevision: world.revision(),
      ...(signal ? { signal } : {}),
    });
    answer = is_held(effect.path) ? await world.poll.ask(ask) : await ask();
  } catch {
    // Status 0 says it: no answer.
  }
  world.send({ kind: "call_result", effect: effect.effect, status: answer.status, body: answer.body });
}

async function keeping(effect: Effect & { kind: "keeping" }, world: World): Promise<void> {
  const { act, owner, account } = effect;
  let kept: Kept = { state: "nothing", choice: "impossible" };
  try {
    const vault = await world.vault();
    if (act === "keep" || act === "seen") world.present(owner, account);
    if (act === "forget" || act === "leave") world.present("", "");
    kept = await vault.keeping(world.slug, effect);
  } catch {
    // Then nothing is kept, and the town is asked.
  }
  if (effect.effect !== 0) world.send({ kind: "kept", effect: effect.effect, ...kept });
}

async function load(what: string, world: World): Promise<void> {
  let available = false;
  try {
    const language = /^texts_(\w+)$/.exec(what)?.[1];
    if (what === "addresses") available = await world.addresses.open();
    else if (what === "family") available = await world.load_family();
    else if (language) available = await world.add_language(language);
    else available = await load_files(what, world);
  } catch {
    // The wizard goes on without it, as it was told.
  }
  world.send({ kind: "loaded", what, available });
}

async function load_files(what: string, world: World): Promise<boolean> {
  const files = await Promise.all((FILES[what] ?? []).map(async ([file, name]) => [file, await fetch_asset(name)] as const));
  return files.length > 0 && files.every(([file, bytes]) => world.load(file, bytes));
}
