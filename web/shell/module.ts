// The wizard's WebAssembly: what it needs from the page and what it offers. Pointers end here.
import type { Patch } from "../twin/patch.ts";
import type { Keeping } from "../vault/index.ts";
import type { TextureUpdate } from "./renderer.ts";

// What the module calls (wasm-client/platform/page.cpp). None of these may call the module.
export interface Page {
  apply(patch: Patch): void;
  carry_out(effects: Effect[]): void;
  place(width: number, height: number, rectangles: Float32Array): void;
  letters_missing(missing: boolean): void;
  update_texture(update: TextureUpdate): void;
  forget_texture(texture: number): void;
  show(vertices: Uint8Array, indices: Uint16Array, commands: Uint32Array): void;
  now(): number;
}

// What the wizard asks of the world (wasm-client/platform/effect_json.cpp).
export type Effect =
  | { kind: "submit"; effect: number; procedure: number; plaintext: string; account: string; corrects: string }
  | { kind: "call"; effect: number; method: string; path: string; procedure: number; plaintext: string }
  | { kind: "show_path"; path: string; replace: boolean }
  | { kind: "load"; what: string }
  | { kind: "leave"; url: string }
  | { kind: "remember_bound"; bound: boolean }
  | { kind: "show_as"; text: boolean }
  | { kind: "print" }
  | { kind: "find_addresses"; field: string; typed: string; revision: number }
  | { kind: "wake_after"; effect: number; seconds: number }
  | ({ kind: "keeping"; effect: number; account: string } & Keeping);

// In the order of main.cpp's File.
export const enum File { portal, texts, reference, font_regular, font_bold, font_regular_extended, font_bold_extended }

interface Exports {
  memory: WebAssembly.Memory;
  _initialize(): void;
  foyer_buffer(size: number): number;
  foyer_load(file: number): number;
  foyer_start(size: number): number;
  foyer_event(size: number): number;
  foyer_resize(width: number, density: number): number;
  foyer_colours(size: number): number;
  foyer_paint(): void;
  foyer_surface_changed(): void;
  foyer_would_lose_answers(): number;
  foyer_draft?(): number; // a module made before there were drafts has none
}

const TEXTURE_UPDATE_WORDS = 9;

export class Module {
  private readonly decoder = new TextDecoder();
  private readonly encoder = new TextEncoder();

  private constructor(private readonly exports: Exports) {}

  // `response` is the .wasm file on its way; it is compiled while it arrives.
  static async load(response: Promise<Response>, page: Page): Promise<Module> {
    const hold: { module: Module | null } = { module: null };
    const self = (): Module => {
      if (!hold.module) throw new Error("called too early");
      return hold.module;
    };
    const imports: WebAssembly.Imports = {
      page: {
        apply: (at: number, size: number) => { page.apply(JSON.parse(self().text(at, size)) as Patch); },
        carry_out: (at: number, size: number) => { page.carry_out(JSON.parse(self().text(at, size)) as Effect[]); },
        place: (width: number, height: number, at: number, count: number) => { page.place(width, height, new Float32Array(self().exports.memory.buffer, at, count)); },
        letters_missing: (missing: number) => { page.letters_missing(missing !== 0); },
        update_texture: (at: number) => { page.update_texture(self().texture_update(at)); },
        forget_texture: (texture: number) => { page.forget_texture(texture); },
        show: (vertices: number, bytes: number, indices: number, index_count: number, commands: number, command_count: number) => {
          const { buffer } = self().exports.memory;
          page.show(new Uint8Array(buffer, vertices, bytes), new Uint16Array(buffer, indices, index_count), new Uint32Array(buffer, commands, command_count * 3));
        },
        now: () => page.now(),
      },
      // The C library's doors to an operating system; nobody is behind them.
      wasi_snapshot_preview1: closed_doors(),
      env: closed_doors(),
      later: not_yet(),
    };
    const { instance } = await instantiate(response, imports);
    const module = new Module(instance.exports as unknown as Exports);
    hold.module = module;
    module.exports._initialize();
    return module;
  }

  // Adds the second part of the module (toolchains/split_module.mjs): it uses the first part's memory and functions, and
  // puts its own into the table in which the first part looks for them. To be done once.
  async extend(bytes: ArrayBuffer): Promise<void> {
    await WebAssembly.instantiate(bytes, { first: this.exports as unknown as WebAssembly.ModuleImports });
  }

  // False: these are not the bytes they should be.
  load(file: File, bytes: ArrayBuffer): boolean {
    this.write(new Uint8Array(bytes));
    return this.exports.foyer_load(file) !== 0;
  }

  start(start: object): boolean {
    return this.exports.foyer_start(this.write_json(start)) !== 0;
  }

  // True: there is something new to paint.
  event(event: object): boolean {
    return this.exports.foyer_event(this.write_json(event)) !== 0;
  }

  resize(width: number, density: number): boolean {
    return this.exports.foyer_resize(width, density) !== 0;
  }

  // True: there is something new to paint.
  colours(colours: Uint32Array): boolean {
    return this.exports.foyer_colours(this.write(new Uint8Array(colours.buffer))) !== 0;
  }

  paint(): void {
    this.exports.foyer_paint();
  }

  // What had been handed over to be drawn with is gone: the next paint() hands it over again.
  surface_changed(): void {
    this.exports.foyer_surface_changed();
  }

  would_lose_answers(): boolean {
    return this.exports.foyer_would_lose_answers() !== 0;
  }

  // What has been typed and not sent, as text; empty when there is nothing.
  draft(): string {
    const size = this.exports.foyer_draft?.() ?? 0;
    return size === 0 ? "" : this.text(this.exports.foyer_buffer(size), size);
  }

  private write(bytes: Uint8Array): number {
    const at = this.exports.foyer_buffer(bytes.length);
    new Uint8Array(this.exports.memory.buffer, at, bytes.length).set(bytes);
    return bytes.length;
  }

  private write_json(value: object): number {
    // A lone surrogate is no text; the module would refuse the whole message.
    const json = JSON.stringify(value, (_, member: unknown) => (typeof member === "string" ? member.replace(/\p{Surrogate}/gu, "\ufffd") : member));
    return this.write(this.encoder.encode(json));
  }

  private text(at: number, size: number): string {
    return this.decoder.decode(new Uint8Array(this.exports.memory.buffer, at, size));
  }

  private texture_update(at: number): TextureUpdate {
    const { buffer } = this.exports.memory;
    const [texture = 0, texture_width = 0, texture_height = 0, x = 0, y = 0, width = 0, height = 0, pixels = 0, bytes_per_row = 0] = new Uint32Array(buffer, at, TEXTURE_UPDATE_WORDS);
    const bytes = height > 0 ? (height - 1) * bytes_per_row + width : 0;
    return { texture, texture_width, texture_height, x, y, width, height, bytes_per_row, pixels: new Uint8Array(buffer, pixels, bytes) };
  }
}

// Whatever name is asked for is a function that fails politely (WASI's "not supported").
function closed_doors(): WebAssembly.ModuleImports {
  const NOT_SUPPORTED = 58;
  return new Proxy({}, {
    get: (_, name) => (...values: unknown[]) => {
      if (name === "proc_exit") throw new Error(`the module ended: ${String(values[0])}`);
      return NOT_SUPPORTED;
    },
  });
}

// The doors to the second part, until it is there. The wizard waits for Loaded before it goes through one.
function not_yet(): WebAssembly.ModuleImports {
  return new Proxy({}, {
    get: (_, name) => () => {
      throw new Error(`function ${String(name)} has not been fetched yet`);
    },
  });
}

async function instantiate(response: Promise<Response>, imports: WebAssembly.Imports): Promise<WebAssembly.WebAssemblyInstantiatedSource> {
  const answer = await response;
  if (!answer.ok) throw new Error(`the module: status ${answer.status}`);
  // Streaming wants the right media type; a proxy in between may have lost it.
  if (answer.headers.get("Content-Type")?.startsWith("application/wasm")) return WebAssembly.instantiateStreaming(answer, imports);
  return WebAssembly.instantiate(await answer.arrayBuffer(), imports);
}
