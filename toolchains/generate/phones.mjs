// Makes the telephone table of shared/domain out of npm libphonenumber-js, and the table of cases that holds our reading of
// numbers against theirs.
//   node phones.mjs OUTPUT_TABLE [OUTPUT_CASES]
// For every calling code: which lengths a national number may have, and whether people write a 0 before it. For France and
// its territories the numbering plan itself, as a minimal automaton: one row a state, eleven bytes a row: what a number that
// ends here is (0 nothing, 1 mobile, 2 fixed, 3 other), then the row to go to for each digit (0: no such number).
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [tableFile, casesFile] = process.argv.slice(2);
if (!tableFile) {
    console.error("usage: node phones.mjs OUTPUT_TABLE [OUTPUT_CASES]");
    process.exit(2);
}
const require = createRequire(import.meta.url);
const metadata = require("libphonenumber-js/metadata.max.json");

const PLANS = [33, 262, 508, 590, 594, 596, 681, 687, 689];
// Positions in the metadata's arrays (libphonenumber-js, source/metadata.js, format version 4).
const PATTERN = 2, LENGTHS = 3, NATIONAL_PREFIX = 5, TYPES = 11;
if (metadata.version !== 4) throw new Error(`libphonenumber-js metadata of version ${metadata.version}, 4 expected`);

const codes = new Map(); // calling code -> { country, lengths, trunkZero }
for (const [code, countries] of Object.entries(metadata.country_calling_codes)) {
    const lengths = new Set(countries.flatMap((country) => metadata.countries[country][LENGTHS]));
    codes.set(Number(code), {
        country: countries[0],
        lengths: [...lengths],
        trunkZero: metadata.countries[countries[0]][NATIONAL_PREFIX] === "0",
    });
}
for (const [code, entry] of Object.entries(metadata.nonGeographic ?? {}))
    codes.set(Number(code), { country: "  ", lengths: entry[LENGTHS], trunkZero: false });

// The patterns are regular expressions without loops: digits, \d, classes, groups, alternatives, {n}, {n,m} and ?.
// Each becomes the list of its words, a word being a list of sets of digits (bits).
function words(pattern) {
    let at = 0;
    const cross = (lefts, rights) => lefts.flatMap((left) => rights.map((right) => [...left, ...right]));
    const alternatives = () => {
        const all = [...sequence()];
        while (pattern[at] === "|") {
            at++;
            all.push(...sequence());
        }
        return all;
    };
    const sequence = () => {
        let all = [[]];
        while (at < pattern.length && pattern[at] !== "|" && pattern[at] !== ")") all = cross(all, repeated());
        return all;
    };
    const repeated = () => {
        const one = atom();
        let least = 1, most = 1;
        if (pattern[at] === "?") {
            least = 0;
            at++;
        } else if (pattern[at] === "{") {
            const [, from, , to] = /^\{(\d+)(,(\d+))?\}/.exec(pattern.slice(at));
            least = Number(from);
            most = to === undefined ? least : Number(to);
            at = pattern.indexOf("}", at) + 1;
        }
        const all = [];
        for (let count = least; count <= most; count++) {
            let some = [[]];
            for (let time = 0; time < count; time++) some = cross(some, one);
            all.push(...some);
        }
        return all;
    };
    const atom = () => {
        if (pattern.startsWith("(?:", at)) {
            at += 3;
            const inner = alternatives();
            if (pattern[at++] !== ")") throw new Error(`unclosed group in ${pattern}`);
            return inner;
        }
        if (pattern.startsWith("\\d", at)) {
            at += 2;
            return [[0x3ff]];
        }
        if (pattern[at] === "[") {
            let set = 0;
            for (at++; pattern[at] !== "]"; at++) {
                let last = Number(pattern[at]);
                const first = last;
                if (pattern[at + 1] === "-") {
                    last = Number(pattern[at + 2]);
                    at += 2;
                }
                for (let digit = first; digit <= last; digit++) set |= 1 << digit;
            }
            at++;
            return [[set]];
        }
        if (/\d/.test(pattern[at])) return [[1 << Number(pattern[at++])]];
        throw new Error(`cannot read ${pattern} at ${at}`);
    };
    const all = alternatives();
    if (at !== pattern.length) throw new Error(`cannot read ${pattern} at ${at}`);
    return all;
}

const MOBILE = 1, FIXED = 2, OTHER = 3;
function plan(code) {
    const all = [];
    for (const country of metadata.country_calling_codes[code]) {
        const description = metadata.countries[country];
        const general = new RegExp(`^(?:${description[PATTERN]})$`);
        description[TYPES].forEach((type, index) => {
            if (!type) return;
            const kind = index === 0 ? FIXED : index === 1 ? MOBILE : OTHER;
            for (const word of words(type[0])) {
                const sample = word.map((set) => Math.log2(set & -set)).join("");
                if (!general.test(sample)) throw new Error(`${country}: ${type[0]} is not within ${description[PATTERN]}`);
                all.push({ kind, word });
            }
        });
    }
    // Rows are made from the ends of the numbers and shared when alike, so the automaton is minimal.
    const rows = [null];
    const known = new Map();
    const shared = new Map();
    // What may still follow repeats endlessly ("six more digits"): it is remembered before it is expanded.
    const build = (remaining) => {
        const byText = new Map(remaining.map((one) => [one.kind + ":" + one.word.join(), one]));
        const key = [...byText.keys()].sort().join("|");
        if (!shared.has(key)) {
            const distinct = [...byText.values()];
            const kinds = distinct.filter(({ word }) => word.length === 0).map(({ kind }) => kind);
            const row = [kinds.length ? Math.min(...kinds) : 0];
            for (let digit = 0; digit < 10; digit++) {
                const next = distinct
                    .filter(({ word }) => word.length > 0 && word[0] & (1 << digit))
                    .map(({ kind, word }) => ({ kind, word: word.slice(1) }));
                row.push(next.length ? build(next) : 0);
            }
            const rowKey = row.join();
            if (!known.has(rowKey)) {
                known.set(rowKey, rows.length);
                rows.push(row);
            }
            shared.set(key, known.get(rowKey));
        }
        return shared.get(key);
    };
    const start = build(all);
    if (rows.length > 255) throw new Error(`the plan of +${code} needs ${rows.length} rows, 255 at most`);
    return { start, rows: [Array(11).fill(0), ...rows.slice(1)] };
}

let text = "// Made by toolchains/generate/phones.mjs from npm libphonenumber-js. Do not edit.\n";
text += "// code, country, a 0 is written before national numbers, bit n: n digits are possible\n";
text += "constexpr CallingCode CALLING_CODES[] = {\n";
for (const [code, { country, lengths, trunkZero }] of [...codes].sort((a, b) => a[0] - b[0])) {
    const mask = lengths.reduce((all, length) => all | (1 << length), 0);
    text += `    {${code}, {'${country[0]}', '${country[1]}'}, ${trunkZero}, 0x${mask.toString(16)}},\n`;
}
text += "};\n";
const plans = PLANS.map((code) => ({ code, ...plan(code) }));
for (const { code, rows } of plans)
    text += `constexpr std::uint8_t PLAN_${code}[] = {\n${rows.map((row) => "    " + row.join(", ") + ",\n").join("")}};\n`;
text += "constexpr Plan PLANS[] = {\n";
for (const { code, start } of plans) text += `    {${code}, ${start}, PLAN_${code}},\n`;
text += "};\n";
fs.mkdirSync(path.dirname(tableFile), { recursive: true });
fs.writeFileSync(tableFile, text);
if (process.env.FOYER_SIZES) {
    const zlib = await import("node:zlib");
    const bytes = Buffer.from(plans.flatMap(({ rows }) => rows.flat()));
    console.log(plans.map(({ code, rows }) => `+${code}: ${rows.length} rows`).join(", "));
    console.log(`${bytes.length} bytes of plans, ${zlib.brotliCompressSync(bytes).length} brotli; ${codes.size} calling codes`);
}

if (casesFile) {
    const { parsePhoneNumberFromString } = require("libphonenumber-js/max");
    const examples = require("libphonenumber-js/examples.mobile.json");
    let seed = 20250307;
    const random = (below) => {
        seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
        return Math.floor((seed / 0x80000000) * below);
    };
    const cases = [];
    // `valid`: in the plan where we carry it, else of a possible length. `shown`: their national format, where ours is held
    // against it.
    const add = (typed) => {
        const number = parsePhoneNumberFromString(typed, "FR");
        const carried = number && PLANS.includes(Number(number.countryCallingCode));
        const valid = Boolean(number && (carried ? number.isValid() : number.isPossible()));
        const national = valid && [33, 262, 590, 594, 596].includes(Number(number.countryCallingCode));
        cases.push([typed, valid ? number.number : "", national ? number.formatNational() : ""]);
    };
    // Every beginning of four digits in every plan, ended at random: all the borders of all the ranges.
    for (const { code, rows, start } of plans) {
        const lengths = codes.get(code).lengths;
        for (let beginning = 0; beginning < 10000; beginning++) {
            const digits = String(beginning).padStart(4, "0");
            let state = start;
            for (const digit of digits) state = state && rows[state][1 + Number(digit)];
            // Beginnings that lead nowhere are many and alike: one in a hundred is enough.
            if (!state && random(100) !== 0) continue;
            if (state && random(code === 33 ? 30 : 12) !== 0) continue;
            for (const length of lengths) {
                let number = digits;
                while (number.length < length) number += random(10);
                // A 0 in front is a habit of writing that the two libraries strip under different conditions.
                if (number.length === length && number[0] !== "0") add(`+${code}${number}`);
            }
        }
    }
    for (let count = 0; count < 150; count++) {
        let digits = "0";
        for (let place = 0; place < 9; place++) digits += place === 0 ? 1 + random(9) : random(10);
        const number = parsePhoneNumberFromString(digits, "FR");
        // Ours also understands the territories' numbers as they are dialled from France; that has tests of its own.
        if (number.isValid() || !/^0(26[239]|59[046]|639|69[0-7]|70[89])/.test(digits))
            add(digits.replace(/(..)(?=.)/g, "$1" + [" ", ".", "-", ""][count % 4]));
    }
    for (const [country, national] of Object.entries(examples)) {
        const code = metadata.countries[country]?.[0];
        if (!code) continue;
        add(`+${code}${national}`);
        add(`00${code} ${national}`);
        add(`+${code} ${national}${random(10)}${random(10)}${random(10)}${random(10)}`);
        add(`+${code} ${national.slice(0, 3)}`);
    }
    let include = "// Made by toolchains/generate/phones.mjs: what npm libphonenumber-js says. Do not edit.\n";
    include += "constexpr PhoneCase PHONE_CASES[] = {\n";
    for (const [typed, e164, shown] of cases) include += `    {"${typed}", "${e164}", "${shown}"},\n`;
    include += "};\n";
    fs.mkdirSync(path.dirname(casesFile), { recursive: true });
    fs.writeFileSync(casesFile, include);
    if (process.env.FOYER_SIZES) console.log(`${cases.length} cases, ${cases.filter((one) => one[1]).length} valid`);
}
