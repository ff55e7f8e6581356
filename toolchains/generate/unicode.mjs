// Makes unicode_tables.inc for shared/text out of Unicode's own files (Debian package unicode-data).
//   node unicode.mjs FOLDER_OF_UNICODE_DATA OUTPUT
// Every table is a stream of variable-length numbers (seven bits a byte, the high bit says "more"), split into columns of
// alike values, because that is what brotli then makes smallest: the tables are part of the browser's module.
import fs from "node:fs";
import path from "node:path";

const [folder, output] = process.argv.slice(2);
if (!folder || !output) {
    console.error("usage: node unicode.mjs FOLDER_OF_UNICODE_DATA OUTPUT");
    process.exit(2);
}
const read = (name) => fs.readFileSync(path.join(folder, name), "utf8").split("\n");

const category = new Map(); // code point -> general category, assigned ones only
const combining = new Map();
const decomposition = new Map();
const lower = new Map();
let rangeStart = null;
for (const line of read("UnicodeData.txt")) {
    if (!line) continue;
    const field = line.split(";");
    const codePoint = parseInt(field[0], 16);
    if (field[1].endsWith(", First>")) {
        rangeStart = codePoint;
        continue;
    }
    if (field[1].endsWith(", Last>")) {
        for (let inRange = rangeStart; inRange <= codePoint; inRange++) category.set(inRange, field[2]);
        continue;
    }
    category.set(codePoint, field[2]);
    if (field[3] !== "0") combining.set(codePoint, Number(field[3]));
    if (field[5] && !field[5].startsWith("<"))
        decomposition.set(codePoint, field[5].split(" ").map((part) => parseInt(part, 16)));
    if (field[13]) lower.set(codePoint, parseInt(field[13], 16));
}

const number = (value, bytes) => {
    if (value < 0) throw new Error(`negative number ${value}`);
    while (value > 0x7f) {
        bytes.push((value & 0x7f) | 0x80);
        value = Math.floor(value / 128);
    }
    bytes.push(value);
};
const signed = (value, bytes) => number(value < 0 ? -value * 2 - 1 : value * 2, bytes);
const tables = [];
const table = (name, why, bytes) => tables.push({ name, why, bytes });

// Canonical decompositions: code point, first, second (0 when there is one part only).
{
    const steps = [], firsts = [], seconds = [];
    let previous = 0, previousFirst = 0, previousSecond = 0;
    for (const [codePoint, parts] of [...decomposition].sort((a, b) => a[0] - b[0])) {
        number(codePoint - previous, steps);
        signed(parts[0] - previousFirst, firsts);
        const second = parts[1] ?? 0;
        signed(second - previousSecond, seconds);
        previous = codePoint;
        previousFirst = parts[0];
        previousSecond = second;
    }
    table("DECOMPOSED_STEPS", "steps between the code points that decompose canonically", steps);
    table("DECOMPOSED_FIRST", "the first part of each, as a signed step from the one before", firsts);
    table("DECOMPOSED_SECOND", "the second part of each, 0 for none, likewise", seconds);
}

// Those that must not be composed again, other than one-part and non-starter ones, which the code recognises itself.
{
    const excluded = read("CompositionExclusions.txt")
        .map((line) => line.split("#")[0].trim())
        .filter(Boolean)
        .map((text) => parseInt(text, 16))
        .sort((a, b) => a - b);
    const bytes = [];
    let previous = 0;
    for (const codePoint of excluded) {
        number(codePoint - previous, bytes);
        previous = codePoint;
    }
    table("NEVER_COMPOSED", "steps between the composition exclusions", bytes);
}

// Runs of one combining class: gap, length, class.
{
    const gaps = [], lengths = [], classes = [];
    let previous = 0;
    const entries = [...combining].sort((a, b) => a[0] - b[0]);
    for (let at = 0; at < entries.length; ) {
        let end = at + 1;
        while (end < entries.length && entries[end][0] === entries[end - 1][0] + 1 && entries[end][1] === entries[at][1]) end++;
        number(entries[at][0] - previous, gaps);
        number(end - at, lengths);
        classes.push(entries[at][1]);
        previous = entries[end - 1][0] + 1;
        at = end;
    }
    table("CLASS_GAPS", "gaps before the runs of one combining class", gaps);
    table("CLASS_LENGTHS", "lengths of these runs", lengths);
    table("CLASS_VALUES", "their combining classes", classes);
}

// Sets as alternating lengths outside and inside. Unassigned code points between two members count as members: the table
// is shorter, and the letter a newer Unicode puts there will most likely be one.
const set = (name, why, belongs) => {
    const bytes = [];
    let inside = false, boundary = 0, lastSame = -1;
    const assigned = [...category.keys()].sort((a, b) => a - b);
    for (const codePoint of assigned) {
        if (belongs(category.get(codePoint)) !== inside) {
            const change = inside ? lastSame + 1 : codePoint;
            number(change - boundary, bytes);
            boundary = change;
            inside = !inside;
        }
        lastSame = codePoint;
    }
    if (inside) number(lastSame + 1 - boundary, bytes);
    table(name, why, bytes);
};
set("LETTERS", "lengths of the runs outside and inside general category L, in turn", (one) => one[0] === "L");
set("MARKS", "the same for general category M", (one) => one[0] === "M");

// Lower case: runs of code points a constant step apart that all lie the same distance from their lower case.
{
    const gaps = [], shapes = [], distances = [];
    const entries = [...lower].sort((a, b) => a[0] - b[0]);
    let previous = 0;
    for (let at = 0; at < entries.length; ) {
        const distance = entries[at][1] - entries[at][0];
        const run = (step) => {
            let end = at + 1;
            while (end < entries.length && entries[end][0] === entries[end - 1][0] + step &&
                   entries[end][1] - entries[end][0] === distance) end++;
            return end;
        };
        const step = run(2) > run(1) ? 2 : 1;
        const end = run(step);
        number(entries[at][0] - previous, gaps);
        number((end - at) * 2 + (step - 1), shapes);
        signed(distance, distances);
        previous = entries[end - 1][0];
        at = end;
    }
    table("LOWER_GAPS", "gaps before the runs of capital letters", gaps);
    table("LOWER_SHAPES", "twice the length of each run, plus 1 when every second code point belongs", shapes);
    table("LOWER_DISTANCES", "signed distance to the small letter", distances);
}

let text = "// Made by toolchains/generate/unicode.mjs. Do not edit.\n";
for (const { name, why, bytes } of tables) {
    text += `\n// ${why[0].toUpperCase()}${why.slice(1)}.\nconstexpr std::uint8_t ${name}[] = {`;
    bytes.forEach((byte, index) => (text += (index % 32 ? " " : "\n    ") + byte + ","));
    text += "\n};\n";
}
fs.mkdirSync(path.dirname(output), { recursive: true });
fs.writeFileSync(output, text);
if (process.env.FOYER_SIZES) {
    const zlib = await import("node:zlib");
    const all = Buffer.concat(tables.map(({ bytes }) => Buffer.from(bytes)));
    const compressed = zlib.brotliCompressSync(all, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11 } });
    for (const { name, bytes } of tables) console.log(`${name} ${bytes.length}`);
    console.log(`${all.length} bytes, ${compressed.length} brotli`);
}
