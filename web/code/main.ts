// QR codes (code.js): fetched only when somebody wants to see one.
import encodeQR from "qr";

// As one path of squares in a picture of `size` by `size`, with the quiet zone that readers need.
export function draw(text: string): { size: number; path: string } {
  const rows = encodeQR(text, "raw", { ecc: "low", border: 4, encoding: "byte" });
  const squares: string[] = [];
  rows.forEach((row, y) => { row.forEach((dark, x) => { if (dark) squares.push(`M${x} ${y}h1v1h-1z`); }); });
  return { size: rows.length, path: squares.join("") };
}
