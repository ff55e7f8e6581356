// Somebody who reads the portal in English: the Visitor of the other tests, whose French names are looked up in the
// portal's own texts.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../../support/foyer_server.mjs";
import { Visitor } from "../../browser/support/visitor.mjs";

// As a page writes them: the curly apostrophe, and spaces that do not break.
const plain = (text) => text.replaceAll("’", "'").replaceAll(/[\u00a0\u202f]/g, " ");
const texts = (language, name) => JSON.parse(readFileSync(join(repository, "shared/i18n", language, `${name}.json`), "utf8"));
const leaves = (french, english, found = []) => {
  for (const [key, value] of Object.entries(french)) {
    if (typeof value === "string") found.push([plain(value), english[key]]);
    else leaves(value, english[key], found);
  }
  return found;
};
const PAIRS = ["wizard", "fields", "address", "dates"].flatMap((name) => leaves(texts("fr", name), texts("en", name)));

// Texts of a town are pairs of their own.
const inPortal = (value, found = []) => {
  if (value === null || typeof value !== "object") return found;
  if (typeof value.fr === "string" && typeof value.en === "string") found.push([plain(value.fr), value.en]);
  for (const each of Object.values(value)) inPortal(each, found);
  return found;
};

export class EnglishVisitor extends Visitor {
  constructor(page, portal) {
    super(page);
    this.pairs = [...inPortal(JSON.parse(readFileSync(join(repository, "shared/portals", portal.slug, "portal.json"), "utf8"))), ...PAIRS];
  }

  english(name) {
    const pattern = name instanceof RegExp ? new RegExp(plain(name.source), name.flags) : undefined;
    const found = this.pairs.find(([french]) => (pattern ? pattern.test(french) : french === plain(name)));
    if (!found) return pattern ? name : this.#filled(plain(name));
    const text = found[1].replaceAll("'", "’");
    if (!pattern && !text.includes("{")) return text;
    return new RegExp(text.split(/\{\w+\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(/ /g, "\\s")).join("(.+)"));
  }

  // "Clé Enfance" is "Clé {service}"; else it is the same everywhere: a name, a number.
  #filled(name) {
    for (const [french, english] of this.pairs) {
      const [before, after, ...more] = french.split(/\{\w+\}/);
      if (after === undefined || more.length > 0 || before + after === "" || !name.startsWith(before) || !name.endsWith(after)) continue;
      const inside = name.slice(before.length, name.length - after.length);
      const found = this.pairs.find(([each]) => each === inside);
      if (found) return english.replace(/\{\w+\}/, found[1]).replaceAll("'", "’");
    }
    return name;
  }

  field(name) { return super.field(this.english(name)); }
  reads(pattern) { return super.reads(this.english(pattern)); }
  choose(name, label) { return super.choose(this.english(name), this.english(label)); }
  check(role, name) { return super.check(role, this.english(name)); }
  press(name, role) { return super.press(this.english(name), role); }
  follow(name) { return super.follow(this.english(name)); }
  sees(title) { return super.sees(this.english(title)); }
}
