// UUID version 7 (RFC 9562 §5.7): 48 bits of milliseconds, then version, variant and 74 random bits.
import { concat, type Bytes } from "./bytes.ts";

// `random`: 10 bytes.
export function newUuidV7(milliseconds: number, random: Uint8Array): Bytes {
  const time = new Uint8Array(6);
  let rest = Math.floor(milliseconds);
  for (let index = 5; index >= 0; index -= 1) {
    time[index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  const out = concat(time, random.subarray(0, 10));
  out[6] = 0x70 | ((out[6] ?? 0) & 0x0f);
  out[8] = 0x80 | ((out[8] ?? 0) & 0x3f);
  return out;
}
