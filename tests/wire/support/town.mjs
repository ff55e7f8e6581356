// A town as seen from a device, without a network: keys, GET /server, receipts. What it answers can be changed.
import { createHash, webcrypto } from "node:crypto";

const { subtle } = webcrypto;
export const base64 = (bytes) => Buffer.from(bytes).toString("base64");
export const sha256 = (bytes) => createHash("sha256").update(bytes).digest();
export const digestField = (bytes) => `sha-256=:${base64(sha256(bytes))}:`;

export async function makeTown({ stampBits = 4 } = {}) {
  const sealing = await subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
  const signing = await subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
  const raw = async (key) => new Uint8Array(await subtle.exportKey("raw", key));
  const town = {
    stampBits,
    sealing,
    signing,
    sealingPoint: await raw(sealing.publicKey),
    requests: [], // every PUT and call, as {method, path, headers, body}
    answer: null, // (request) => Response, or null for a receipt
    networkDown: false,
    now: 0, // of the Date header, milliseconds; 0: none

    facts: async () => ({
      sealing_key: { id: base64("sealing1"), public_key: base64(town.sealingPoint) },
      signing_key: { id: base64("signing1"), public_key: base64(await raw(signing.publicKey)) },
      stamp_bits: town.stampBits,
      time: 0,
    }),

    async receipt(request, { status = 201, body: facts = {}, change = (parts) => parts } = {}) {
      const body = JSON.stringify({ id: request.path.split("/").pop(), number: "OUDON-2026-000001", ...facts });
      const parameters =
        `("@status" "content-digest" "@path";req "content-digest";req);created=1;keyid="${base64("signing1")}"` +
        ';alg="ecdsa-p256-sha256";tag="receipt-v1"';
      const base = [
        `"@status": ${status}`,
        `"content-digest": ${digestField(body)}`,
        `"@path";req: ${request.path}`,
        `"content-digest";req: ${request.headers["content-digest"]}`,
        `"@signature-params": ${parameters}`,
      ].join("\n");
      const signature = await subtle.sign({ name: "ECDSA", hash: "SHA-256" }, signing.privateKey, Buffer.from(base));
      const parts = change({
        status,
        body,
        headers: {
          "content-type": "application/json",
          "content-digest": digestField(body),
          "signature-input": `receipt=${parameters}`,
          signature: `receipt=:${base64(signature)}:`,
        },
      });
      return new Response(parts.body, { status: parts.status, headers: parts.headers });
    },

    problem: (status, code, headers = {}) =>
      new Response(JSON.stringify({ status, code }), { status, headers: { "content-type": "application/problem+json", ...headers } }),

    async fetch(url, init = {}) {
      if (town.networkDown) throw new TypeError("no network");
      const { pathname, search } = new URL(url);
      const dated = (response) => {
        if (town.now) response.headers.set("date", new Date(town.now).toUTCString());
        return response;
      };
      if (pathname === "/api/v1/server") return dated(Response.json(await town.facts()));
      const request = {
        method: init.method ?? "GET",
        path: pathname,
        search,
        url: String(url),
        headers: Object.fromEntries(new Headers(init.headers)),
        body: init.body ? new Uint8Array(init.body) : new Uint8Array(),
      };
      town.requests.push(request);
      return dated(town.answer ? await town.answer(request) : await town.receipt(request));
    },
  };
  return town;
}
