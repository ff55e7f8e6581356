// The proof of work itself: SHA-256("pow1" | context | digest | nonce) with enough leading zero bits. Counts up from a
// given number, so that a search can be interrupted and taken up again.
import { sha256 } from "@noble/hashes/sha2.js";

const HEAD = 4 + 16 + 32;

export class StampSearch {
  readonly #text: Uint8Array;
  readonly #bits: number;
  #next = 0;

  constructor(context: Uint8Array, digest: Uint8Array, bits: number) {
    this.#text = new Uint8Array(HEAD + 12);
    this.#text.set([0x70, 0x6f, 0x77, 0x31]); // "pow1"
    this.#text.set(context, 4);
    this.#text.set(digest, 20);
    this.#bits = bits;
  }

  // The nonce, if it is among the next `count` numbers.
  run(count: number): string | undefined {
    for (let end = this.#next + count; this.#next < end; this.#next += 1) {
      const nonce = this.#next.toString(36);
      for (let index = 0; index < nonce.length; index += 1) this.#text[HEAD + index] = nonce.charCodeAt(index);
      if (hasZeroBits(sha256(this.#text.subarray(0, HEAD + nonce.length)), this.#bits)) return nonce;
    }
    return undefined;
  }
}

export function hasZeroBits(hash: Uint8Array, bits: number): boolean {
  const whole = bits >> 3;
  for (let index = 0; index < whole; index += 1) if (hash[index] !== 0) return false;
  return (bits & 7) === 0 || (hash[whole] ?? 0) >> (8 - (bits & 7)) === 0;
}
