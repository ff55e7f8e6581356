// Splits the module in two: what a first visit needs, and what only a family that is logged in needs. Nobody lists
// functions by hand. The header given as --seam declares the only functions of the second file that the first one calls
// (its doors); what can be reached from the module's exports and its table of functions without going through a door
// stays in the first file, all the rest goes into the second (docs/decisions/0007-two-modules.md).
//
//   node split_module.mjs --whole foyer_whole.wasm --seam wasm-client/wizard/family/seam.h --namespace foyer::wizard::family
//        --first foyer.wasm --second foyer-family.wasm
//
// --whole keeps its function names and has not been optimized by Binaryen: merging equal functions before the cut could
// put a function of the first file behind a door. Needs Binaryen's wasm-opt, wasm-dis and wasm-split.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({
  options: Object.fromEntries(["whole", "seam", "namespace", "first", "second", "tools"].map((name) => [name, { type: "string" }])),
});
const folder = mkdtempSync(path.join(os.tmpdir(), "foyer-split-"));
const temporary = (name) => path.join(folder, name);
const run = (tool, ...rest) => execFileSync(options.tools ? path.join(options.tools, tool) : tool, rest, { stdio: ["ignore", "pipe", "inherit"] });

// What Emscripten itself asks of Binaryen at -Oz; the stack's pointer is shared by the two, so it is a global that changes.
const FEATURES = ["--mvp-features", "--enable-mutable-globals"];
// Twice, from a flat form: one round leaves 1 KB (brotli) that the next one finds.
const SMALL = ["--strip-dwarf", "--post-emscripten", "--flatten", "--rereloop", "-Oz", "-Oz", "--low-memory-unused", "--zero-filled-memory", "--strip-debug", "--strip-producers"];

// The names of the functions that a header declares.
function declared(header) {
  if (!existsSync(header)) return [];
  const code = readFileSync(header, "utf8").replace(/\/\/.*$/gm, "");
  return [...code.matchAll(/\b([a-z_]\w*)\s*\([^;{]*\)\s*(?:const)?\s*;/g)].map((match) => match[1]);
}

// The module as text: its functions, whom each calls, and who can be called by anybody.
const NAME = String.raw`\$(?:"[^"]*"|[^\s()"]+)`;
function read(text) {
  const calls = new Map();
  const roots = [];
  let called;
  for (const line of text.split("\n")) {
    const names = (pattern) => [...line.matchAll(new RegExp(pattern, "g"))].map((match) => match[1]);
    const [name] = names(String.raw`^ \(func (${NAME})`);
    if (name) calls.set(name, (called = new Set()));
    else if (/^ \(elem /.test(line)) roots.push(...names(`(${NAME})`));
    else if (/^ \((export|start) /.test(line)) roots.push(...names(String.raw`\((?:func|start) (${NAME})`));
    else if (called) for (const other of names(String.raw`\((?:call|return_call|ref\.func) (${NAME})`)) called.add(other);
  }
  return { calls, roots };
}

function reachable({ calls, roots }, is_door) {
  const seen = new Set();
  const doors = new Set();
  for (const left = [...roots]; left.length > 0;) {
    const name = left.pop();
    if (seen.has(name) || !calls.has(name)) continue;
    if (is_door(name)) {
      doors.add(name);
      continue;
    }
    seen.add(name);
    left.push(...calls.get(name));
  }
  return { seen, doors };
}

// "$foyer::wizard::family::press\28…" or, in newer Binaryens, $"foyer::wizard::family::press(…" -> "press".
function door_of(name) {
  const plain = name.slice(1).replace(/^"/, "").replace(/\\28/g, "(");
  const prefix = `${options.namespace}::`;
  return plain.startsWith(prefix) ? /^(\w+)\(/.exec(plain.slice(prefix.length))?.[1] : undefined;
}

try {
  // Functions of a line or two are copied into their callers first: they would only be doors in the other direction.
  run("wasm-opt", ...FEATURES, "-g", "-ol", "2", "-s", "2", "--one-caller-inline-max-function-size=0", "--inlining-optimizing", options.whole, "-o", temporary("whole.wasm"));
  run("wasm-dis", temporary("whole.wasm"), "-o", temporary("whole.wat"));
  const text = readFileSync(temporary("whole.wat"), "utf8");
  const module = read(text);
  const doors = new Set(declared(options.seam));
  const { seen, doors: used } = reachable(module, (name) => doors.has(door_of(name)));
  const moved = [...module.calls.keys()].filter((name) => !seen.has(name));

  if (moved.length === 0) {
    console.log("split: nothing is behind a door; there is one file only");
    run("wasm-opt", ...FEATURES, ...SMALL, temporary("whole.wasm"), "-o", options.first);
    rmSync(options.second, { force: true });
  } else {
    // Plain names, so that no version's way of quoting matters.
    const short = new Map();
    for (const [, name] of text.matchAll(new RegExp(String.raw`\(func (${NAME})`, "g"))) if (!short.has(name)) short.set(name, `$f${short.size}`);
    const of = (name) => short.get(name) ?? name;
    const renamed = text
      .replace(new RegExp(String.raw`(\((?:func|call|return_call|ref\.func|start) )(${NAME})`, "g"), (_, before, name) => before + of(name))
      .replace(/^ \(elem .*$/gm, (line) => line.replace(new RegExp(NAME, "g"), of));
    writeFileSync(temporary("short.wat"), renamed);
    writeFileSync(temporary("moved"), moved.map((name) => of(name).slice(1)).join("\n"));
    run("wasm-split", ...FEATURES, temporary("short.wat"), `--split-funcs=@${temporary("moved")}`, "--import-namespace=first", "--placeholder-namespace=later", "--export-prefix=%", "-o1", temporary("first.wasm"), "-o2", temporary("second.wasm"));
    run("wasm-opt", ...FEATURES, ...SMALL, temporary("second.wasm"), "-o", temporary("second.small.wasm"));
    run("wasm-opt", ...FEATURES, ...SMALL, temporary("first.wasm"), "-o", temporary("first.small.wasm"));
    copyFileSync(temporary("second.small.wasm"), options.second);
    copyFileSync(temporary("first.small.wasm"), options.first);
    const bytes = (file) => statSync(file).size;
    console.log(`split: ${seen.size} functions stay (${bytes(options.first)} bytes), ${moved.length} come later (${bytes(options.second)} bytes), through ${[...used].map(door_of).sort().join(", ")}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
