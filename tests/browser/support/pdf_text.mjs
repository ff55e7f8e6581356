// The words of a PDF that Chromium made. Its fonts are subsets with numbers of their own for the letters; each brings the
// table that says what they stand for (PDF 32000-1, 9.10.3), and that is what a reader's copying and searching goes by.
import zlib from 'node:zlib';

export function pdfText(bytes) {
  const source = bytes.toString('latin1');
  const objects = new Map();
  for (const [, number, body] of source.matchAll(/(?:^|\n)(\d+) 0 obj\b([\s\S]*?)\nendobj/g)) objects.set(number, body);
  const stream = (body) => {
    const [, head, data] = /^([\s\S]*?)stream\r?\n([\s\S]*?)\r?\nendstream/.exec(body) ?? [];
    if (data === undefined) return '';
    const raw = Buffer.from(data, 'latin1');
    return (/FlateDecode/.test(head) ? zlib.inflateSync(raw, { finishFlush: zlib.constants.Z_SYNC_FLUSH }) : raw).toString('latin1');
  };
  const unicode = (hex) => Buffer.from(hex, 'hex').swap16().toString('utf16le');

  // By the object of a font: what its glyphs mean.
  const meanings = new Map();
  for (const [number, body] of objects) {
    const table = /\/ToUnicode (\d+) 0 R/.exec(body)?.[1];
    if (!table) continue;
    const meaning = new Map();
    const map = stream(objects.get(table));
    for (const [, block] of map.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
      for (const [, glyph, text] of block.matchAll(/<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g)) meaning.set(parseInt(glyph, 16), unicode(text));
    for (const [, block] of map.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
      for (const [, first, last, text] of block.matchAll(/<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g))
        for (let glyph = parseInt(first, 16); glyph <= parseInt(last, 16); ++glyph)
          meaning.set(glyph, String.fromCodePoint(unicode(text).codePointAt(0) + glyph - parseInt(first, 16)));
    meanings.set(number, meaning);
  }

  const words = [];
  for (const body of objects.values()) {
    if (!/\/Type \/Page\b/.test(body)) continue;
    const fonts = new Map([...body.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name, number]) => [name, meanings.get(number)]));
    const contents = /\/Contents (\d+) 0 R/.exec(body)?.[1];
    let font;
    for (const [, name, glyphs] of stream(objects.get(contents) ?? '').matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>|\bET\b/g)) {
      if (name) font = fonts.get(name);
      else if (glyphs) for (const [glyph] of glyphs.matchAll(/.{4}/g)) words.push(font?.get(parseInt(glyph, 16)) ?? '');
      else words.push(' ');
    }
  }
  return words.join('').replace(/\s+/g, ' ').trim();
}
