// Makes stamps: in a worker where there is one, else on the main thread in short turns.
import { StampSearch } from "./stamp_search.ts";

// The nonce for a context (16 bytes), the digest of a body (32 bytes) and a difficulty.
export type Stamper = (context: Uint8Array, digest: Uint8Array, bits: number) => Promise<string>;

// About a frame's worth on an old phone.
const TURN = 1_000;

export const mainThreadStamper: Stamper = (context, digest, bits) => {
  const search = new StampSearch(context, digest, bits);
  return new Promise((resolve) => {
    const turn = (): void => {
      const nonce = search.run(TURN);
      if (nonce === undefined) setTimeout(turn, 0);
      else resolve(nonce);
    };
    turn();
  });
};

export function workerStamper(url: string | undefined): Stamper {
  if (url === undefined || typeof Worker === "undefined") return mainThreadStamper;
  return async (context, digest, bits) => {
    let worker: Worker | undefined;
    try {
      worker = new Worker(url);
      const started = worker;
      return await new Promise<string>((resolve, reject) => {
        started.onmessage = (event: MessageEvent<string>): void => {
          resolve(event.data);
        };
        // The file cannot be fetched, or workers are switched off.
        started.onerror = (): void => {
          reject(new Error("no worker"));
        };
        started.postMessage({ context, digest, bits });
      });
    } catch {
      return await mainThreadStamper(context, digest, bits);
    } finally {
      worker?.terminate();
    }
  };
}
