// The body of an envelope: laid out as docs/wire-format.md says, its contents sealed to the server by HPKE (RFC 9180).
import { AEAD_AES_128_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_P256_HKDF_SHA256 } from "hpke";
import { concat, utf8, type Bytes } from "./bytes.ts";

export interface EnvelopeParts {
  readonly serverKeyId: Bytes; // 8
  readonly serverKey: Bytes; // 65
  readonly revision: Bytes; // 16
  readonly procedure: number;
  readonly context: Bytes; // 16: the envelope's id, or the call's nonce
  readonly deviceThumbprint: Bytes; // 32
  readonly plaintext: Bytes;
}

export async function buildEnvelope(parts: EnvelopeParts): Promise<Bytes> {
  const head = concat(
    utf8("ENV1"),
    parts.serverKeyId,
    parts.revision,
    Uint8Array.of(parts.procedure >> 8, parts.procedure & 0xff),
  );
  const suite = new CipherSuite(KEM_DHKEM_P256_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_128_GCM);
  const { encapsulatedSecret, ciphertext } = await suite.Seal(await suite.DeserializePublicKey(parts.serverKey), parts.plaintext, {
    info: utf8("foyer/envelope/v1"),
    // Binds the seal to this id and this device: nobody can sign somebody else's envelope as their own.
    aad: concat(head, parts.context, parts.deviceThumbprint),
  });
  return concat(head, encapsulatedSecret, ciphertext);
}
