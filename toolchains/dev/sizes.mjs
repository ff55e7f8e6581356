// Prints what a browser fetches, as it is sent: brotli 11. The first visit is what the shell loads before the first
// step is complete; a family that logs in fetches its own part once; the rest comes when it is first needed.
//
//   node sizes.mjs build/web
import { readFileSync, statSync } from "node:fs";
import path from "node:path";

const folder = process.argv[2];
const manifest = JSON.parse(readFileSync(path.join(folder, "manifest.json"), "utf8"));
const family = /^(foyer-family\.wasm|texts-family-fr\.bin)$/;
// What shell and page name of their own accord; all the rest waits for somebody who needs it, the console for its staff.
const first = /^(foyer\.wasm|shell\.js|main\.css|texts-fr\.bin|font-(regular|bold)\.ttf)$/;
const console_of_staff = /^staff\.(js|css)$/;

const rows = Object.entries(manifest).map(([name, address]) => {
  const file = path.join(folder, address);
  return { name, when: family.test(name) ? "family" : first.test(name) ? "first" : console_of_staff.test(name) ? "staff" : "later", plain: statSync(file).size, brotli: statSync(`${file}.br`).size };
});
const print = (label, plain, brotli) => console.log(`  ${label.padEnd(30)} ${String(plain).padStart(9)} ${String(brotli).padStart(9)}`);
for (const [title, when] of [["first visit", "first"], ["a family that logs in", "family"], ["the town hall's console", "staff"], ["when first needed", "later"]]) {
  console.log(`${title.padEnd(32)}     bytes    brotli`);
  const part = rows.filter((row) => row.when === when).sort((a, b) => b.brotli - a.brotli);
  for (const row of part) print(row.name, row.plain, row.brotli);
  const sum = (key) => part.reduce((total, row) => total + row[key], 0);
  print("together", sum("plain"), sum("brotli"));
}
