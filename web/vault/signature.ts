// HTTP Message Signatures (RFC 9421) for what this page sends and for the receipts it gets.
import { base64, base64url, fromBase64, utf8, type Bytes } from "./bytes.ts";
import type { DeviceKey } from "./device_key.ts";

// Header fields by their names in lower case.
export type Fields = Record<string, string>;

export async function sha256(subtle: SubtleCrypto, bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await subtle.digest("SHA-256", bytes));
}

// RFC 9530.
export function contentDigest(digest: Uint8Array): string {
  return `sha-256=:${base64(digest)}:`;
}

// Components in the order in which they are signed, each with its value. The parameters come as they are written.
export function signatureBase(components: readonly (readonly [identifier: string, value: string])[], parameters: string): string {
  return [...components, ['"@signature-params"', parameters] as const].map(([identifier, value]) => `${identifier}: ${value}`).join("\n");
}

export interface RequestToSign {
  readonly label: string;
  readonly tag: string;
  readonly method: string;
  readonly url: URL;
  // device-key always; content-type and content-digest when there is a body; what else is here is sent, not signed.
  readonly fields: Fields;
  readonly created: number; // Unix seconds
  readonly nonce?: Uint8Array;
}

// The fields with Signature-Input and Signature added.
export async function signRequest(device: DeviceKey, request: RequestToSign): Promise<Fields> {
  const { url, fields } = request;
  const components: [string, string][] = [
    ['"@method"', request.method],
    ['"@authority"', url.host],
    ['"@path"', url.pathname],
  ];
  if (url.search) components.push(['"@query"', url.search]);
  for (const name of ["content-type", "content-digest", "device-key"]) {
    const value = fields[name];
    if (value !== undefined) components.push([`"${name}"`, value]);
  }
  const nonce = request.nonce ? `;nonce="${base64url(request.nonce)}"` : "";
  const parameters =
    `(${components.map(([identifier]) => identifier).join(" ")});created=${request.created}${nonce}` +
    `;keyid="${base64url(device.thumbprint)}";alg="ecdsa-p256-sha256";tag="${request.tag}"`;
  const signature = await device.sign(utf8(signatureBase(components, parameters)));
  return {
    ...fields,
    "signature-input": `${request.label}=${parameters}`,
    signature: `${request.label}=:${base64(signature)}:`,
  };
}

export interface ReceiptResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Bytes;
  // Of the request that it answers.
  readonly path: string;
  readonly requestContentDigest: string;
}

// The signer's key id and what is to be verified; nothing when this is not a receipt for that request.
export function readReceiptSignature(response: ReceiptResponse): { keyId: string; base: string; signature: Bytes } | undefined {
  const input = response.headers.get("signature-input") ?? "";
  const parameters = /(?:^|, )receipt=(\("@status" "content-digest" "@path";req "content-digest";req\);created=\d{1,15};keyid="([A-Za-z0-9+/=]+)";alg="ecdsa-p256-sha256";tag="receipt-v1")(?:$|,)/.exec(input);
  const signed = /(?:^|, )receipt=:([A-Za-z0-9+/]{86}==):(?:$|,)/.exec(response.headers.get("signature") ?? "");
  const signature = fromBase64(signed?.[1] ?? "");
  const digest = response.headers.get("content-digest");
  if (!parameters?.[1] || !parameters[2] || signature?.length !== 64 || digest === null) return undefined;
  const base = signatureBase(
    [
      ['"@status"', String(response.status)],
      ['"content-digest"', digest],
      ['"@path";req', response.path],
      ['"content-digest";req', response.requestContentDigest],
    ],
    parameters[1],
  );
  return { keyId: parameters[2], base, signature };
}
