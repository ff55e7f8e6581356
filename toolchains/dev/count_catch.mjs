// Says for each test program how many of its cases passed, failed and were skipped: "passed failed skipped suite/name".
//
//   node count_catch.mjs RESULTS_FOLDER CTEST_JUNIT SUITE NAME…
//
// A program that died before it closed its report counts as one failed case; so does one that ctest calls failed
// although its report names no failure (a leak that a sanitizer saw at the end).
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [, , folder, junit_path, suite, ...names] = process.argv;
const junit = existsSync(junit_path) ? readFileSync(junit_path, "utf8") : "";

for (const name of names) {
  const path = join(folder, `${name}.xml`);
  const report = existsSync(path) ? readFileSync(path, "utf8") : "";
  const number = (attribute) => Number(report.match(new RegExp(`<OverallResultsCases[^>]*\\b${attribute}="(\\d+)"`))?.[1] ?? 0);
  const status = junit.match(new RegExp(`<testcase name="${name}"[^>]*\\bstatus="(\\w+)"`))?.[1];
  const closed = report.includes("<OverallResultsCases");
  const passed = number("successes") + number("expectedFailures") + (!closed && status === "run" && !report ? 1 : 0);
  let failed = number("failures");
  if (status !== "run" && failed === 0) failed = 1;
  console.log(passed, failed, number("skips"), `${suite}/${name}`);
}
