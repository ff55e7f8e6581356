// Searches for a stamp beside the page, so that it stays quick to touch. In: {context, digest, bits}; out: the nonce.
import { StampSearch } from "./stamp_search.ts";

const CHUNK = 50_000;

interface StampRequest {
  readonly context: Uint8Array;
  readonly digest: Uint8Array;
  readonly bits: number;
}

addEventListener("message", (event: MessageEvent<StampRequest>) => {
  const { context, digest, bits } = event.data;
  const search = new StampSearch(context, digest, bits);
  let nonce = search.run(CHUNK);
  while (nonce === undefined) nonce = search.run(CHUNK);
  postMessage(nonce);
});
