// The generator stops the build on every mistake in a folder of texts, and names each.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";

const generator = join(dirname(fileURLToPath(import.meta.url)), "../../../toolchains/generate/texts.mjs");

function generate(files) {
    const folder = mkdtempSync(join(tmpdir(), "foyer-texts-"));
    try {
        for (const [path, content] of Object.entries(files)) {
            mkdirSync(join(folder, "in", dirname(path)), { recursive: true });
            writeFileSync(join(folder, "in", path), typeof content === "string" ? content : JSON.stringify(content));
        }
        const run = spawnSync(process.execPath, [generator, join(folder, "in"), join(folder, "out")], { encoding: "utf8" });
        const output = (name) => readFileSync(join(folder, "out", name), "utf8");
        return { status: run.status, errors: run.stderr, keys: run.status ? "" : output("text_keys.h"), fr: run.status ? "" : output("texts-fr.bin") };
    } finally {
        rmSync(folder, { recursive: true });
    }
}

test("keys are the file's name and the text's", () => {
    const { status, keys, fr } = generate({ "fr/a.json": { z: "Oui", b: "Non" }, "en/a.json": { z: "Yes", b: "No" } });
    assert.equal(status, 0);
    assert.match(keys, /a_b,\n {4}a_z,/);
    assert.match(fr, /^foyer-texts fr [0-9a-f]{16}\nNon\0Oui\0$/);
});

test("French is typeset", () => {
    const { fr } = generate({ "fr/a.json": { a: "L'âge ? « Non » : 3" }, "en/a.json": { a: "Age?" } });
    assert.match(fr, /L’âge\u00a0\? «\u00a0Non\u00a0»\u00a0: 3\0$/);
});

for (const [name, files, error] of [
    ["a missing translation", { "fr/a.json": { a: "A" }, "en/a.json": {} }, /en\/a\.json: "a" is missing/],
    ["a text only English has", { "fr/a.json": {}, "en/a.json": { a: "A" } }, /en\/a\.json: "a" is not in fr/],
    ["another place", { "fr/a.json": { a: "{name}" }, "en/a.json": { a: "{nom}" } }, /"a" has \{nom\}, but fr has \{name\}/],
    ["an empty text", { "fr/a.json": { a: "" }, "en/a.json": { a: "A" } }, /fr\/a\.json: "a" is empty/],
    ["a number", { "fr/a.json": { a: 3 }, "en/a.json": { a: "A" } }, /fr\/a\.json: "a" is not a text/],
    ["a key that is no identifier", { "fr/a.json": { "B c": "A" }, "en/a.json": { "B c": "A" } }, /"B c" must be/],
    ["a key that is there twice", { "fr/a.json": '{\n"a": "A",\n"a": "B"\n}', "en/a.json": { a: "A" } }, /"a" is there twice/],
    ["a file that is not JSON", { "fr/a.json": "{", "en/a.json": {} }, /fr\/a\.json: not JSON/],
])
    test(`${name} stops the build`, () => {
        const { status, errors } = generate(files);
        assert.equal(status, 1);
        assert.match(errors, error);
    });

test("every mistake is named, not only the first", () => {
    const { errors } = generate({ "fr/a.json": { a: "A", b: "B" }, "en/a.json": {} });
    assert.equal(errors.trim().split("\n").length, 2);
});
