// Runs clang-tidy over our own sources, each file once: a file whose text, headers, flags and settings were judged
// clean before is not judged again. The memory of that is outside the repository, shared by its clones.
//
//   node tidy.mjs BUILD_FOLDER [PATH…]
//
// PATH begins the paths of the files to look at, from the repository: "shared/", "wasm-client/main". None: all of them.
//
// BUILD_FOLDER has compile_commands.json, and was built: the headers of each file are asked from ninja.
import { createHash } from "node:crypto";
import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { availableParallelism, homedir } from "node:os";
import path from "node:path";

const [, , build, ...only] = process.argv;
const root = process.cwd();
const cache = path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), ".cache"), "foyer/tidy");
mkdirSync(cache, { recursive: true });

const ours = (file) => file.startsWith(root + path.sep) && !/\/(\.foyer|build|node_modules)\//.test(file.slice(root.length));
const sha256 = (text) => createHash("sha256").update(text).digest("hex");

const commands = JSON.parse(readFileSync(path.join(build, "compile_commands.json"), "utf8")).filter(
  ({ file }) => ours(file) && existsSync(file) && (only.length === 0 || only.some((name) => path.relative(root, file).startsWith(name))),
);

// "object: #deps 3, …\n    header\n    header\n\n"
const headers_of = new Map();
const deps = execFileSync("ninja", ["-C", build, "-t", "deps"], { encoding: "utf8", maxBuffer: 1 << 30 });
for (const block of deps.split("\n\n")) {
  const [first, ...rest] = block.split("\n");
  headers_of.set(first.split(":")[0], rest.map((line) => path.resolve(build, line.trim())));
}

const real = new Map();
function content(file) {
  if (!real.has(file)) {
    let entry = null;
    try {
      const target = realpathSync(file);
      if (ours(target) || target.startsWith(path.resolve(build))) entry = [path.relative(root, target), sha256(readFileSync(target))];
    } catch {
      entry = null;
    }
    real.set(file, entry);
  }
  return real.get(file);
}

const settings = readFileSync(".clang-tidy", "utf8") + execFileSync("clang-tidy", ["--version"], { encoding: "utf8" });
function key_of({ file, command, output }) {
  const object = output ?? command.match(/ -o (\S+)/)?.[1];
  const parts = [file, ...(headers_of.get(object) ?? [])].map(content).filter(Boolean).map((entry) => entry.join(" "));
  return sha256([settings, command.replaceAll(root, ""), ...parts.sort()].join("\n"));
}

const work = commands.map((entry) => ({ ...entry, key: key_of(entry) })).filter(({ key }) => !existsSync(path.join(cache, key)));
console.log(`${commands.length} files, ${work.length} to look at`);

// Emscripten's clang is the distribution's own, told about another machine and another C library.
const wasm = commands.some(({ command }) => /em(cc|\+\+)\b/.test(command));
const sysroot = "/usr/share/emscripten/cache/sysroot";
const extra = wasm
  ? ["--target=wasm32-unknown-emscripten", `--sysroot=${sysroot}`, "-D__EMSCRIPTEN__", `-isystem${sysroot}/include/c++/v1`].map((flag) => `--extra-arg=${flag}`)
  : [];

let failed = 0;
async function next() {
  for (let entry = work.shift(); entry; entry = work.shift()) {
    const { file, key } = entry;
    const arguments_ = ["--quiet", "-p", build, ...extra, "--extra-arg=-Wno-unknown-warning-option", file];
    const { error, output } = await new Promise((resolve) =>
      execFile("clang-tidy", arguments_, { maxBuffer: 1 << 28 }, (error, stdout, stderr) => resolve({ error, output: stdout + (error ? stderr : "") })),
    );
    if (error) {
      failed += 1;
      console.log(output.replaceAll(`${root}/`, "").replace(/^\d+ warnings? generated\.$|^Suppressed .*$|^Use -header-filter.*$/gm, "").trim());
    } else {
      writeFileSync(path.join(cache, key), "");
      console.log(`clean: ${path.relative(root, file)}`);
    }
  }
}
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, next));
console.log(failed ? `${failed} files with findings` : "no findings");
process.exit(failed ? 1 : 0);
