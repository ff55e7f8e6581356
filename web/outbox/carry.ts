// An envelope on its way by hand: as a file, or as an address in a QR code, from a device without a network to any other
// one, and its receipt back (docs/offline.md). It is sealed and signed already, so whoever carries it can neither read
// nor change it, and may hand it in as often as they like.
import { base64, base64url, concat, fromBase64, utf8, uuidBytes, uuidText, type Bytes } from "../vault/bytes.ts";
import { contentDigest, sha256, type Fields } from "../vault/signature.ts";
import { thumbprint } from "../vault/device_key.ts";
import type { KeptReceipt } from "../vault/storage.ts";
import type { Entry } from "./outbox.ts";

export type Carried = Pick<Entry, "id" | "path" | "headers" | "body" | "portal" | "procedure">;

// What of the headers is the envelope's; whoever carries it adds nothing.
const HEADERS = ["content-digest", "content-type", "device-key", "signature", "signature-input", "stamp"];
const ENVELOPE_TYPE = "application/vnd.foyer.envelope";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const LARGEST = 4 * 1024 * 1024;

export const ENVELOPE_FILE = ".foyer";

export function envelopeFile(entry: Carried, origin: string): string {
  return `${JSON.stringify({ foyer: "envelope", version: 1, origin, path: entry.path, portal: entry.portal, headers: entry.headers, body: base64(entry.body) }, null, 1)}\n`;
}

export type CarriedMistake = "not_an_envelope" | "another_address";

// What a file holds, taken whole or not at all. `another_address`: it is signed for another server than `origin`.
export function readEnvelopeFile(text: string, origin?: string): Carried | CarriedMistake {
  const file = text.length > LARGEST ? undefined : object(text);
  if (file?.["foyer"] !== "envelope" || file["version"] !== 1) return "not_an_envelope";
  const { path, portal, headers, body } = file;
  const id = typeof path === "string" ? path.slice("/api/v1/envelopes/".length) : "";
  const bytes = typeof body === "string" ? fromBase64(body) : undefined;
  const fields = ownHeaders(headers);
  if (path !== `/api/v1/envelopes/${id}` || !UUID.test(id) || !bytes || !isBody(bytes) || !fields || typeof portal !== "string") return "not_an_envelope";
  if (origin !== undefined && file["origin"] !== origin) return "another_address";
  return { id, path, headers: fields, body: bytes, portal: /^[a-z0-9-]*$/.test(portal) ? portal : "", procedure: procedureOf(bytes) };
}

export function receiptFile(receipt: KeptReceipt): string {
  return `${JSON.stringify({ foyer: "receipt", version: 1, id: receipt.id, status: receipt.status, headers: receipt.headers, body: receipt.receipt }, null, 1)}\n`;
}

export interface CarriedReceipt {
  readonly id: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: Bytes;
}

export function readReceiptFile(text: string): CarriedReceipt | undefined {
  const file = text.length > LARGEST ? undefined : object(text);
  if (file?.["foyer"] !== "receipt" || file["version"] !== 1) return undefined;
  const { id, status, headers, body } = file;
  if (typeof id !== "string" || !UUID.test(id) || typeof status !== "number" || typeof body !== "string" || typeof headers !== "object" || headers === null) return undefined;
  try {
    return { id, status, headers: new Headers(headers as Record<string, string>), body: utf8(body) };
  } catch {
    return undefined;
  }
}

// In the part of an address that browsers send to nobody. Everything that can be worked out again is left out.
//   1 | uuid [16] | created, 6 bytes | device key [65] | signature [64] | length of the stamp | stamp | body
const COMPACT = 1;
const COMPACT_HEAD = 1 + 16 + 6 + 65 + 64 + 1;
// The 35th of the 40 sizes of QR codes, at the lowest correction: the largest that telephones were seen to read from a
// laptop's screen without trouble.
export const LARGEST_ADDRESS = 2_303;

// Nothing when the envelope is too large for a code, or was not signed by a device of this kind.
export function envelopeAddress(entry: Carried, origin: string): string | undefined {
  const key = fieldBytes(entry.headers["device-key"], "");
  const signature = fieldBytes(entry.headers["signature"], "env=");
  const created = /;created=(\d{1,14});/.exec(entry.headers["signature-input"] ?? "")?.[1];
  if (key?.length !== 65 || signature?.length !== 64 || created === undefined) return undefined;
  const stamp = utf8(entry.headers["stamp"] ?? "");
  const time = new Uint8Array(6);
  for (let index = 5, rest = Number(created); index >= 0; index -= 1, rest = Math.floor(rest / 256)) time[index] = rest % 256;
  const compact = concat(Uint8Array.of(COMPACT), uuidBytes(entry.id), time, key, signature, Uint8Array.of(stamp.length), stamp, entry.body);
  const address = `${origin}/${entry.portal}/#foyer=${base64url(compact)}`;
  return address.length > LARGEST_ADDRESS ? undefined : address;
}

export async function readEnvelopeAddress(hash: string, portal: string, subtle: SubtleCrypto): Promise<Carried | undefined> {
  const text = /^#foyer=([A-Za-z0-9_-]+)$/.exec(hash)?.[1];
  const bytes = text === undefined ? undefined : fromBase64(text.replaceAll("-", "+").replaceAll("_", "/").padEnd(Math.ceil(text.length / 4) * 4, "="));
  if (!bytes || bytes.length < COMPACT_HEAD || bytes[0] !== COMPACT) return undefined;
  const id = uuidText(bytes.subarray(1, 17));
  const created = bytes.subarray(17, 23).reduce((number, byte) => number * 256 + byte, 0);
  const key = bytes.slice(23, 88);
  const signature = bytes.subarray(88, 152);
  const end = COMPACT_HEAD + (bytes[COMPACT_HEAD - 1] ?? 0);
  const stamp = new TextDecoder().decode(bytes.subarray(COMPACT_HEAD, end));
  const body = bytes.slice(end);
  if (!UUID.test(id) || !isBody(body)) return undefined;
  const headers: Fields = {
    "content-digest": contentDigest(await sha256(subtle, body)),
    "content-type": ENVELOPE_TYPE,
    "device-key": `:${base64(key)}:`,
    signature: `env=:${base64(signature)}:`,
    "signature-input":
      `env=("@method" "@authority" "@path" "content-type" "content-digest" "device-key");created=${created}` +
      `;keyid="${base64url(await thumbprint(subtle, key))}";alg="ecdsa-p256-sha256";tag="envelope-v1"`,
  };
  if (stamp !== "") headers["stamp"] = stamp;
  return { id, path: `/api/v1/envelopes/${id}`, headers, body, portal, procedure: procedureOf(body) };
}

function isBody(body: Uint8Array): boolean {
  return body.length > 30 + 65 + 16 && new TextDecoder().decode(body.subarray(0, 4)) === "ENV1";
}

// It stands in clear in every envelope's head.
function procedureOf(body: Uint8Array): number {
  return (body[28] ?? 0) * 256 + (body[29] ?? 0);
}

function fieldBytes(field: string | undefined, before: string): Bytes | undefined {
  const text = field?.startsWith(`${before}:`) && field.endsWith(":") ? field.slice(before.length + 1, -1) : undefined;
  return text === undefined ? undefined : fromBase64(text);
}

function ownHeaders(value: unknown): Fields | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const fields: Fields = {};
  for (const [name, text] of Object.entries(value)) {
    if (!HEADERS.includes(name) || typeof text !== "string" || !/^[\x20-\x7e]{1,2000}$/.test(text)) return undefined;
    fields[name] = text;
  }
  return fields["content-type"] === ENVELOPE_TYPE && fields["content-digest"] && fields["device-key"] && fields["signature"] && fields["signature-input"] ? fields : undefined;
}

function object(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
