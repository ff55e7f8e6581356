// Holds the documents to what is there: every command `./dev …` they name exists, every relative link leads somewhere,
// every criterion of accessibility that is held names tests that are there, and no source holds a note of work left to do.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" })
  .split("\n")
  .filter((file) => file && existsSync(file));
const commands = new Set(readFileSync("dev", "utf8").match(/^ {4}([a-z0-9|]+)\)$/m)[1].split("|"));
const mistakes = [];

for (const file of files.filter((file) => file.endsWith(".md"))) {
  const text = readFileSync(file, "utf8");
  for (const [, command] of text.matchAll(/\.\/dev ([a-z0-9]+)/g)) {
    if (!commands.has(command)) mistakes.push(`${file}: there is no command ./dev ${command}`);
  }
  for (const [, link] of text.replace(/```[\s\S]*?```/g, "").matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^[a-z]+:|^#/.test(link)) continue;
    const target = path.join(path.dirname(file), decodeURI(link.split("#")[0]));
    if (!existsSync(target)) mistakes.push(`${file}: nothing at ${link}`);
  }
}

// The criteria of accessibility: what is said to be held names files of tests that are there, and only that does.
const CRITERIA = "docs/accessibility.md";
for (const row of readFileSync(CRITERIA, "utf8").match(/^\| \d.*$/gm)) {
  const [criterion, state, , tests, ...more] = row.split("|").slice(1, -1).map((cell) => cell.trim());
  const say = (mistake) => mistakes.push(`${CRITERIA}: ${criterion}: ${mistake}`);
  if (more.length > 0 || !["held", "built", "human", "not held"].includes(state)) say("not written as the others");
  const files = tests.split(", ").filter(Boolean);
  if ((files.length > 0) !== (state === "held")) say(`“${state}”, and ${files.length === 0 ? "no test" : "a test"} is named`);
  for (const file of files) if (!existsSync(file) || !/\btest\(/.test(readFileSync(file, "utf8"))) say(`there are no tests in ${file}`);
}

const note = new RegExp("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
for (const file of files.filter((file) => /\.(cpp|h|ts|mjs|sh|cmake|css)$|CMakeLists\.txt$|^dev$/.test(file))) {
  readFileSync(file, "utf8").split("\n").forEach((line, index) => {
    if (note.test(line)) mistakes.push(`${file}:${index + 1}: a note of work left to do`);
  });
}

for (const mistake of mistakes) console.log(mistake);
console.log(mistakes.length ? `${mistakes.length} mistakes` : "the documents agree with what is there");
process.exit(mistakes.length ? 1 : 0);
