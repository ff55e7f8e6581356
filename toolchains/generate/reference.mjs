// Makes reference.bin: what shared/domain/reference_data.* reads in place. Communes and postal codes from npm
// @etalab/decoupage-administratif, countries from Node's own Intl, common passwords from npm @zxcvbn-ts/language-common
// and a list of French ones below.
//   node reference.mjs OUTPUT
//
// Layout, all numbers little endian:
//   "FOYERREF", version u32, length of the file u32, checksum u32 (FNV-1a of everything after it),
//   communes u32, postal codes u32, further pairs u32,
//   postal codes: u24 each, as three planes of bytes (all lowest bytes, then the middle ones, then the highest), ascending
//   code steps: u16 per commune as two planes: its INSEE number minus that of the commune before
//   sizes: u8 per commune, binary logarithm of the population
//   first postal codes: u16 per commune as two planes, position among the postal codes, 0xFFFF for none
//   further pairs: commune u16, position u16, as four planes; ascending; the other postal codes of a commune
//   names length u32, names, each ended by a line feed
//   countries length u32, countries: code, French, English, each ended by a line feed; ascending by code
//   passwords length u32, folded passwords, each ended by a line feed, ascending
//   old communes u32 (merged into another one: déléguées and associées), then for each, ascending by its own number:
//   its own INSEE number u24, as three planes, and the commune it belongs to now, a position, u16, as two planes; names
//   length u32, names, each ended by a line feed
// An INSEE number is first character × 36,000 + second character × 1,000 + the last three digits (2A004: A counts 10), so
// numbers order as codes do. Planes put alike bytes together, which is what brotli needs: the file is fetched by phones.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import zlib from "node:zlib";

const [output] = process.argv.slice(2);
if (!output) {
    console.error("usage: node reference.mjs OUTPUT");
    process.exit(2);
}
const require = createRequire(import.meta.url);
const VERSION = 2;
const BUDGET = 300 * 1024; // brotli, see docs: the file is fetched on a phone's connection

const u32 = (value) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return bytes;
};
const planes = (values, width) => {
    const bytes = Buffer.alloc(values.length * width);
    values.forEach((value, index) => {
        for (let plane = 0; plane < width; plane++) bytes[plane * values.length + index] = (value >> (8 * plane)) & 0xff;
    });
    return bytes;
};
const block = (lines) => {
    for (const line of lines) if (/[\n\0]/.test(line)) throw new Error(`a line feed within ${JSON.stringify(line)}`);
    const text = Buffer.from(lines.map((line) => line + "\n").join("").normalize("NFC"), "utf8");
    return Buffer.concat([u32(text.length), text]);
};
const byText = (left, right) => (left < right ? -1 : left > right ? 1 : 0);

const communes = require("@etalab/decoupage-administratif/data/communes.json")
    .filter(({ type }) => type === "commune-actuelle" || type === "arrondissement-municipal")
    .sort((left, right) => byText(left.code, right.code));
const postalCodes = [...new Set(communes.flatMap(({ codesPostaux }) => codesPostaux ?? []))].sort(byText);
const position = new Map(postalCodes.map((code, index) => [code, index]));
const inseeNumber = (code) => {
    if (!/^(\d\d|2[AB])\d{3}$/.test(code)) throw new Error(`not an INSEE code: ${code}`);
    return parseInt(code[0], 36) * 36000 + parseInt(code[1], 36) * 1000 + Number(code.slice(2));
};
const steps = communes.map(({ code }, index) => inseeNumber(code) - (index ? inseeNumber(communes[index - 1].code) : 0));
const firsts = [];
const further = [];
communes.forEach(({ codesPostaux }, index) => {
    const [first, ...others] = (codesPostaux ?? []).map((code) => position.get(code)).sort((a, b) => a - b);
    firsts.push(first ?? 0xffff);
    for (const other of others) further.push([index, other]);
});
if (Math.max(...steps.slice(1)) > 0xffff || communes.length > 0xffff || postalCodes.length >= 0xffff)
    throw new Error("the numbers outgrew their 16 bits");
// People are born in communes that have since become part of another one. Those that kept their name are there already.
const communeAt = new Map(communes.map(({ code }, index) => [code, index]));
const old = require("@etalab/decoupage-administratif/data/communes.json")
    .filter(({ type, chefLieu, nom }) => (type === "commune-deleguee" || type === "commune-associee") &&
        communeAt.has(chefLieu) && communes[communeAt.get(chefLieu)].nom !== nom)
    .sort((left, right) => inseeNumber(left.code) - inseeNumber(right.code));
const [firstStep] = steps;
if (firstStep > 0xffff) throw new Error("the first INSEE number outgrew its 16 bits");

const french = new Intl.DisplayNames("fr", { type: "region", fallback: "none" });
const english = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
// Intl names more regions than there are countries: unions, test codes, codes kept for old ones.
const NOT_COUNTRIES = new Set(
    "AC AN BU CP CQ CS DD DG DY EA EU EZ FQ FX HV IC JT MI NH NQ NT PC PU PZ QO QU RH SU TA TP UK UN VD WK XA XB YD YU ZR ZZ".split(" "),
);
const countries = [];
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
for (const first of letters)
    for (const second of letters) {
        const code = first + second;
        if (NOT_COUNTRIES.has(code)) continue;
        const name = french.of(code);
        if (name && english.of(code)) countries.push(code, name.replaceAll("’", "'"), english.of(code).replaceAll("’", "'"));
    }

// What people in France choose that lists made elsewhere do not hold.
const FRENCH_PASSWORDS = `azertyuiop azertyui azertyu qsdfghjklm qsdfghjkl wxcvbnqsd azertyqsdfgh azerqsdf motdepasse monmotdepasse
    nouveaumotdepasse motdepasses lemotdepasse bonjour bonjourbonjour bonsoir bienvenue jetaime jetaimemoncoeur moncoeur
    monamour monange monbebe mesamours mesenfants mafamille famille enfance portail portailfamille espacecitoyen
    espacefamille citoyen mairie mairieoudon oudonoudon saintmaur saintmaurdesfosses marseille olympique olympiquedemarseille
    allezlom parissg parissaintgermain psgpsgpsg toulouse bordeaux bretagne normandie nouvelle chouchou choupette choupinette
    loulou louloute doudoudou poupette princesse papillon chocolat caramel caroline camille nathalie isabelle sandrine
    stephanie christophe sebastien frederic philippe guillaume alexandre laurence veronique valerie florence delphine
    celine corinne dominique francois francoise jeanpierre jeanmarie vacances soleil soleilsoleil printemps automne janvier
    fevrier septembre octobre novembre decembre vendredi dimanche tintintin asterix obelix pokemon footballeur ordinateur
    internet administrateur utilisateur secretsecret abcdefgh abcdefghi abcdefghij abcdefghijk abcdefghijkl abcdefghijklm
    abcdefghijklmn abcdefghijklmnopqrstuvwxyz nepasoublier jenesaispas cestmoi toutlemonde liberte republique francefrance
    coucoucou coucoutoi moimoimoi lolilol pimprenelle mistigri minouminou`.split(/\s+/);
const { dictionary } = await import("@zxcvbn-ts/language-common");
const foldedPassword = (password) => password.toLowerCase().normalize("NFD").replace(/[^\x20-\x7e]/g, "");
const lettersIn = (password) => (password.match(/[a-z]/g) ?? []).length;
const listed = dictionary["passwords-common"].map(foldedPassword);
const passwords = [
    ...new Set([
        // As the heart of a password, with digits and signs around it.
        ...FRENCH_PASSWORDS.map(foldedPassword).filter((password) => lettersIn(password) >= 7),
        ...listed.filter((password) => /^[a-z]{7,}$/.test(password)).slice(0, 1000),
        // As it stands: the rule asks 12 characters at least.
        ...listed.filter((password) => /^[a-z0-9]{12,}$/.test(password)).slice(0, 300),
    ]),
].sort(byText);

const body = Buffer.concat([
    u32(communes.length),
    u32(postalCodes.length),
    u32(further.length),
    planes(postalCodes.map(Number), 3),
    planes(steps, 2),
    planes(communes.map(({ population }) => Math.floor(Math.log2(Math.max(1, population ?? 0)))), 1),
    planes(firsts, 2),
    planes(further.map(([commune, postal]) => commune + postal * 0x10000), 4),
    block(communes.map(({ nom }) => nom)),
    block(countries),
    block(passwords),
    u32(old.length),
    planes(old.map(({ code }) => inseeNumber(code)), 3),
    planes(old.map(({ chefLieu }) => communeAt.get(chefLieu)), 2),
    block(old.map(({ nom }) => nom)),
]);
let checksum = 0x811c9dc5;
for (const byte of body) checksum = Math.imul(checksum ^ byte, 0x01000193) >>> 0;
const file = Buffer.concat([Buffer.from("FOYERREF"), u32(VERSION), u32(20 + body.length), u32(checksum), body]);
const compressed = zlib.brotliCompressSync(file, {
    params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11, [zlib.constants.BROTLI_PARAM_LGWIN]: 22 },
}).length;
console.log(
    `reference.bin: ${communes.length} communes, ${old.length} old ones, ${postalCodes.length} postal codes, ${countries.length / 3} countries, ` +
        `${passwords.length} passwords; ${file.length} bytes, ${compressed} brotli`,
);
if (compressed > BUDGET) {
    console.error(`reference.bin is ${compressed} bytes in brotli, over its budget of ${BUDGET}`);
    process.exit(1);
}
fs.mkdirSync(path.dirname(output), { recursive: true });
fs.writeFileSync(output, file);
