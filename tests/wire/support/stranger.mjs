// A client nobody here wrote: keys by node, seals by @hpke/core, signatures by http-message-signatures. It follows
// docs/wire-format.md and knows nothing of web/.
import { generateKeyPairSync, createHash, createPublicKey, randomBytes, sign, verify } from "node:crypto";
import { Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";
import { httpbis } from "http-message-signatures";

const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm() });
export const sha256 = (...parts) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};
export const digestField = (body) => `sha-256=:${sha256(body).toString("base64")}:`;

export function newUuid(milliseconds = Date.now()) {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(milliseconds, 0, 6);
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const text = bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return { bytes, text };
}

export function stampFor(context, digest, bits) {
  for (let count = 0; ; count += 1) {
    const hash = sha256("pow1", context, digest, String(count));
    if (Math.clz32(hash.readUInt32BE(0)) >= bits) return `pow1:${count}`;
  }
}

// Canonical JSON of flat members, padded as the payload wants it.
export function payload(procedure, answers, changes = {}) {
  const sorted = Object.fromEntries(Object.entries(answers).sort(([a], [b]) => (a < b ? -1 : 1)));
  const text = JSON.stringify({ answers: sorted, filled_at: "2026-11-21T12:00:00Z", language: "fr", procedure, version: 1, ...changes });
  return Buffer.from(text.padEnd(Math.ceil(Buffer.byteLength(text) / 1024) * 1024 - (Buffer.byteLength(text) - text.length), " "));
}

export class Stranger {
  // `server`: what GET /api/v1/server says. `kind`: "ec" or "ed25519".
  constructor(origin, server, kind = "ec") {
    this.origin = origin;
    this.server = server;
    this.kind = kind;
    this.keys = kind === "ec" ? generateKeyPairSync("ec", { namedCurve: "P-256" }) : generateKeyPairSync("ed25519");
    const { x, y } = this.keys.publicKey.export({ format: "jwk" });
    const raw = (text) => Buffer.from(text, "base64url");
    this.publicKey = kind === "ec" ? Buffer.concat([Buffer.of(4), raw(x), raw(y)]) : raw(x);
    this.thumbprint = sha256(kind === "ec" ? `{"crv":"P-256","kty":"EC","x":"${x}","y":"${y}"}` : `{"crv":"Ed25519","kty":"OKP","x":"${x}"}`);
  }

  async seal(context, revision, procedure, plaintext) {
    const number = Buffer.alloc(2);
    number.writeUInt16BE(procedure);
    const head = Buffer.concat([Buffer.from("ENV1"), Buffer.from(this.server.sealing_key.id, "base64"), Buffer.from(revision, "hex"), number]);
    const recipientPublicKey = await suite.kem.importKey("raw", new Uint8Array(Buffer.from(this.server.sealing_key.public_key, "base64")).buffer, true);
    const sender = await suite.createSenderContext({ recipientPublicKey, info: Buffer.from("foyer/envelope/v1") });
    const sealed = await sender.seal(plaintext, Buffer.concat([head, context, this.thumbprint]));
    return Buffer.concat([head, Buffer.from(sender.enc), Buffer.from(sealed)]);
  }

  async signed({ label, tag, method, path, body, type, nonce, created = new Date(), headers = {} }) {
    const parts = body === undefined ? {} : { "content-type": type, "content-digest": digestField(body) };
    const message = {
      method,
      url: this.origin + path,
      headers: { ...parts, "device-key": `:${this.publicKey.toString("base64")}:`, ...headers },
    };
    const fields = ["@method", "@authority", "@path", ...(path.includes("?") ? ["@query"] : []), ...(body === undefined ? [] : ["content-type", "content-digest"]), "device-key"];
    const signedMessage = await httpbis.signMessage(
      {
        key: {
          id: this.thumbprint.toString("base64url"),
          alg: this.kind === "ec" ? "ecdsa-p256-sha256" : "ed25519",
          sign: (data) => Promise.resolve(this.kind === "ec" ? sign("sha256", data, { key: this.keys.privateKey, dsaEncoding: "ieee-p1363" }) : sign(null, data, this.keys.privateKey)),
        },
        name: label,
        fields,
        params: ["created", ...(nonce ? ["nonce"] : []), "keyid", "alg", "tag"],
        paramValues: { created, tag, ...(nonce ? { nonce: nonce.toString("base64url") } : {}) },
      },
      message,
    );
    return { ...signedMessage, body };
  }

  // A signed and stamped envelope, not yet sent.
  async envelope(revision, plaintext, { uuid = newUuid(), procedure = 1, created, stamp = true, headers = {} } = {}) {
    const body = await this.seal(uuid.bytes, revision, procedure, plaintext);
    return this.envelopeOf(body, { uuid, created, stamp, headers });
  }

  async envelopeOf(body, { uuid = newUuid(), created, stamp = true, headers = {} } = {}) {
    const path = `/api/v1/envelopes/${uuid.text}`;
    const request = await this.signed({ label: "env", tag: "envelope-v1", method: "PUT", path, body, type: "application/vnd.foyer.envelope", ...(created ? { created } : {}), headers });
    if (stamp) request.headers.stamp = stampFor(uuid.bytes, sha256(body), this.server.stamp_bits);
    return { ...request, uuid, path };
  }

  async call(method, path, { revision, procedure, plaintext, nonce = randomBytes(16), created } = {}) {
    const body = plaintext === undefined ? undefined : await this.seal(nonce, revision, procedure, plaintext);
    const request = await this.signed({ label: "api", tag: "api-v1", method, path, body, type: "application/vnd.foyer.sealed", nonce, ...(created ? { created } : {}) });
    if (body) request.headers.stamp = stampFor(nonce, sha256(body), this.server.stamp_bits);
    return request;
  }
}

export async function send(request) {
  const response = await fetch(request.url, { method: request.method, headers: request.headers, ...(request.body === undefined ? {} : { body: request.body }) });
  const text = await response.text();
  const problem = (response.headers.get("content-type") ?? "").startsWith("application/problem+json") ? JSON.parse(text) : undefined;
  return { status: response.status, headers: response.headers, text, problem };
}

// Whether this is the server's signed receipt for that request, by http-message-signatures.
export async function receiptIsGenuine(server, request, answer) {
  const point = Buffer.from(server.signing_key.public_key, "base64");
  const key = createPublicKey({ format: "jwk", key: { kty: "EC", crv: "P-256", x: point.subarray(1, 33).toString("base64url"), y: point.subarray(33).toString("base64url") } });
  if (answer.headers.get("content-digest") !== digestField(answer.text)) return false;
  return httpbis.verifyMessage(
    {
      all: true,
      keyLookup: (parameters) => Promise.resolve({
        id: parameters.keyid,
        algs: ["ecdsa-p256-sha256"],
        verify: (data, signature) => Promise.resolve(parameters.keyid === server.signing_key.id && verify("sha256", data, { key, dsaEncoding: "ieee-p1363" }, signature)),
      }),
    },
    { status: answer.status, headers: Object.fromEntries(answer.headers) },
    { method: request.method, url: request.url, headers: request.headers },
  );
}
