// What the town publishes of itself (its portal.json): its services, its colours, whom to ask.
import { Store } from "./store.ts";

export type LocalText = Readonly<Record<string, string>>;

export interface ServiceOfTown {
  readonly key: string;
  readonly name: LocalText;
  readonly key_entry: string;
  readonly phone?: string;
  readonly email?: string;
}

export interface Town {
  readonly name: string;
  readonly town_hall: string;
  readonly languages: readonly string[];
  readonly space_name: LocalText;
  readonly theme: Readonly<Record<string, string>>;
  readonly contact: { readonly name: string; readonly address?: string; readonly phone?: string; readonly email?: string; readonly hours?: LocalText };
  readonly services: readonly ServiceOfTown[];
  readonly refusal_reasons?: readonly { readonly key: string; readonly text: LocalText | string }[];
}

// Asked for when a screen first needs it, and kept: a form that shows a part of it is whole when it opens. After a failure
// the next screen that needs it asks again.
export class Published {
  readonly town = new Store<Town | null>(null);
  readonly failed = new Store(false);
  readonly #address: string;
  #asking = false;

  constructor(slug: string) {
    this.#address = `/api/v1/portals/${slug}`;
  }

  // Throws when it cannot be had.
  async ask(): Promise<void> {
    if (this.#asking || this.town.get()) return;
    this.#asking = true;
    this.failed.set(false);
    try {
      const answer = await fetch(this.#address);
      if (!answer.ok) throw new Error(String(answer.status));
      this.town.set((await answer.json()) as Town);
    } catch (problem) {
      this.failed.set(true);
      throw problem;
    } finally {
      this.#asking = false;
    }
  }
}
