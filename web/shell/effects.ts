// Carries out what the wizard asks of the world, and answers with events.
import type { EntryChange, Vault } from "../vault/index.ts";
import { File, type Effect } from "./module.ts";

export interface World {
  readonly prefix: string; // "/oudon"
  readonly slug: string;
  // The revision of the portal this page runs, hex.
  readonly revision: () => string;
  readonly vault: () => Promise<Vault>;
  readonly send: (event: object) => void;
  readonly load: (file: File, bytes: ArrayBuffer) => boolean;
  readonly text_asked: () => boolean;
  readonly show_as: (text: boolean) => void;
}

const FILES: Readonly<Record<string, readonly (readonly [File, string])[]>> = {
  communes: [[File.reference, "reference.bin"]],
  font_extended: [[File.font_regular_extended, "font-regular-extended.ttf"], [File.font_bold_extended, "font-bold-extended.ttf"]],
  texts_fr: [[File.texts, "texts-fr.bin"]],
  texts_en: [[File.texts, "texts-en.bin"]],
};

export async function fetch_asset(name: string): Promise<ArrayBuffer> {
  const address = FOYER_ASSETS[name];
  if (!address) throw new Error(`no file ${name}`);
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${name}: status ${answer.status}`);
  return answer.arrayBuffer();
}

const bound_key = (slug: string): string => `foyer.bound.${slug}`;

// Whether this device was bound to an account when it was last here. A hint only: the server decides.
export function remembered_bound(slug: string): boolean {
  try {
    return localStorage.getItem(bound_key(slug)) === "yes";
  } catch {
    return false;
  }
}

function remember_bound(slug: string, bound: boolean): void {
  try {
    if (bound) localStorage.setItem(bound_key(slug), "yes");
    else localStorage.removeItem(bound_key(slug));
  } catch {
    // A browser that keeps nothing asks the server on the next visit.
  }
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
      break;
    }
    case "leave":
      location.assign(effect.url);
      break;
    case "remember_bound":
      remember_bound(world.slug, effect.bound);
      break;
    case "show_as":
      world.show_as(effect.text);
      break;
    case "print":
      print();
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
      onState: (change) => { tell(STATES[change.state], change.body); },
    });
  } catch {
    // Without the server's key nothing can be sealed, and what is not sealed is not kept: the person may try again.
    tell("refused", "");
  }
}

async function call(effect: Effect & { kind: "call" }, world: World): Promise<void> {
  let answer = { status: 0, body: "" };
  try {
    const vault = await world.vault();
    answer = await vault.call({
      method: effect.method as "GET" | "POST" | "DELETE",
      path: effect.path,
      procedure: effect.procedure,
      plaintext: effect.plaintext,
      portalRevision: world.revision(),
    });
  } catch {
    // Status 0 says it: no answer.
  }
  world.send({ kind: "call_result", effect: effect.effect, status: answer.status, body: answer.body });
}

async function load(what: string, world: World): Promise<void> {
  let available = false;
  try {
    const files = await Promise.all((FILES[what] ?? []).map(async ([file, name]) => [file, await fetch_asset(name)] as const));
    available = files.length > 0 && files.every(([file, bytes]) => world.load(file, bytes));
  } catch {
    // The wizard goes on without it, as it was told.
  }
  world.send({ kind: "loaded", what, available });
}
