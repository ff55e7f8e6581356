// What is really on the screen: a screenshot, decoded. Chromium writes its pictures with eight bits a channel and without
// interlacing (PNG, third edition, sections 7 and 9), and nothing else is read here.
import zlib from 'node:zlib';

const paeth = (left, up, corner) => {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
};

export function decodePng(file) {
  let width, height, channels;
  const packed = [];
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    const kind = file.toString('latin1', at + 4, at + 8);
    const body = file.subarray(at + 8, at + 8 + length);
    at += 12 + length;
    if (kind === 'IHDR') {
      [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)];
      channels = { 2: 3, 6: 4 }[body[9]];
      if (body[8] !== 8 || !channels || body[12] !== 0) throw new Error('a picture of another kind');
    } else if (kind === 'IDAT') packed.push(body);
  }
  const lines = zlib.inflateSync(Buffer.concat(packed));
  const row = width * channels;
  const data = Buffer.alloc(row * height);
  for (let y = 0; y < height; ++y) {
    const filter = lines[y * (row + 1)];
    const from = y * (row + 1) + 1;
    const to = y * row;
    for (let x = 0; x < row; ++x) {
      const left = x >= channels ? data[to + x - channels] : 0;
      const up = y > 0 ? data[to + x - row] : 0;
      const corner = x >= channels && y > 0 ? data[to + x - row - channels] : 0;
      const add = filter === 0 ? 0 : filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : paeth(left, up, corner);
      data[to + x] = lines[from + x] + add;
    }
  }
  // `number`: one for each colour, quicker to count than three.
  const number = (x, y) => {
    const at = y * row + x * channels;
    return (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
  };
  return { width, height, number, at: (x, y) => [...data.subarray(y * row + x * channels, y * row + x * channels + 3)] };
}

export const pixelsOf = async (page) => decodePng(await page.screenshot({ animations: 'disabled' }));
// From its top to its foot, whatever the window shows of it.
export const pixelsOfWhole = async (page) => decodePng(await page.screenshot({ animations: 'disabled', fullPage: true }));

export const differ = (a, b, by = 24) => a.some((part, index) => Math.abs(part - b[index]) > by);

// WCAG 2.2's relative luminance and contrast ratio, of [red, green, blue].
const luminance = (colour) => {
  const [red, green, blue] = colour.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
export const contrast = (a, b) => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};
