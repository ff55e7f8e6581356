// What only a family that is logged in needs: the second part of the module, and its texts. Fetched once, when the wizard
// asks for it, or before that when somebody is about to log in.
import { fetch_asset } from "./fetch_asset.ts";

export interface FamilyFiles {
  // Absent where the module is one file (debug builds).
  readonly module: ArrayBuffer | undefined;
  readonly texts: readonly ArrayBuffer[];
}

export class FamilyLoader {
  private readonly files = new Map<string, Promise<ArrayBuffer>>();

  async get(languages: readonly string[]): Promise<FamilyFiles> {
    const [module, ...texts] = await Promise.all(["foyer-family.wasm", ...languages.map((language) => `texts-family-${language}.bin`)].map((name) => this.file(name)));
    return { module, texts: texts.filter((bytes) => bytes !== undefined) };
  }

  // Somebody will probably need it soon: no harm if it does not come.
  soon(languages: readonly string[]): void {
    this.get(languages).catch(() => undefined);
  }

  private async file(name: string): Promise<ArrayBuffer | undefined> {
    if (!FOYER_ASSETS[name]) return undefined;
    const file = this.files.get(name) ?? fetch_asset(name);
    this.files.set(name, file);
    try {
      return await file;
    } catch (error) {
      // A failure is not for ever: whoever asks again tries again.
      this.files.delete(name);
      throw error;
    }
  }
}
