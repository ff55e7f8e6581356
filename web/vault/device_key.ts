// This device's key: made once, kept in the browser's storage, never extractable by any script. It names the device, it
// does not name a person.
import { base64url, sameBytes, utf8, type Bytes } from "./bytes.ts";
import type { VaultStorage } from "./storage.ts";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256" } as const;
const SIGNATURE = { name: "ECDSA", hash: "SHA-256" } as const;

// RFC 7638: the thumbprint of the key as a JWK.
export async function thumbprint(subtle: SubtleCrypto, point: Bytes): Promise<Bytes> {
  const text = `{"crv":"P-256","kty":"EC","x":"${base64url(point.subarray(1, 33))}","y":"${base64url(point.subarray(33))}"}`;
  return new Uint8Array(await subtle.digest("SHA-256", utf8(text)));
}

export class DeviceKey {
  private constructor(
    readonly subtle: SubtleCrypto,
    private readonly privateKey: CryptoKey,
    readonly publicKey: Bytes, // 65 bytes: an uncompressed SEC1 point
    readonly thumbprint: Bytes, // 32 bytes
  ) {}

  // The stored key, or a new one. `onRecreated`: there was one before, and it is gone or useless.
  static async open(subtle: SubtleCrypto, storage: VaultStorage, onRecreated: () => void): Promise<DeviceKey> {
    const stored = await storage.readDeviceKey();
    if (stored) {
      const known = await DeviceKey.#from(subtle, stored).catch(() => undefined);
      if (known) return known;
    }
    const pair = await subtle.generateKey(ALGORITHM, false, ["sign", "verify"]);
    // Another tab may have made one in the meantime: whichever was kept first is this device's key.
    const kept = await storage.keepDeviceKey(pair, stored);
    const device = await DeviceKey.#from(subtle, kept);
    if (stored || (storage.hadDeviceKey() && sameBytes(device.publicKey, await rawPublicKey(subtle, pair)))) onRecreated();
    storage.rememberDeviceKey();
    return device;
  }

  static async #from(subtle: SubtleCrypto, pair: CryptoKeyPair): Promise<DeviceKey> {
    const point = await rawPublicKey(subtle, pair);
    const device = new DeviceKey(subtle, pair.privateKey, point, await thumbprint(subtle, point));
    // A key that was restored from a damaged profile may be there and not work.
    const probe = utf8("foyer");
    if (!(await subtle.verify(SIGNATURE, pair.publicKey, await device.sign(probe), probe))) throw new Error("the key does not work");
    return device;
  }

  // r‖s, 64 bytes.
  async sign(bytes: Bytes): Promise<Bytes> {
    return new Uint8Array(await this.subtle.sign(SIGNATURE, this.privateKey, bytes));
  }
}

async function rawPublicKey(subtle: SubtleCrypto, pair: CryptoKeyPair): Promise<Bytes> {
  return new Uint8Array(await subtle.exportKey("raw", pair.publicKey));
}
