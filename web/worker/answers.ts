// What the service worker answers in the network's place, and what it leaves alone. The network comes first wherever
// something may have changed; what is kept comes first where an address can only ever mean one content.
import type { Sets } from "./sets.ts";

// Somebody in a train has waited long enough.
const PATIENCE = 4_000;
// After the network has just failed, nobody waits for it again at once.
const HOPELESS = 10_000;

export interface AnswersOptions {
  readonly sets: Sets;
  readonly origin: string;
  readonly now: () => number;
  // Resolves after so many milliseconds.
  readonly wait: (milliseconds: number) => Promise<void>;
}

// What matters of a request.
export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly mode: string;
}

export class Answers {
  readonly #options: AnswersOptions;
  #lostAt = Number.NEGATIVE_INFINITY;

  constructor(options: AnswersOptions) {
    this.#options = options;
  }

  // Nothing: this request goes its own way. `network` asks it.
  answer(request: Asked, network: () => Promise<Response>): Promise<Response> | undefined {
    const url = new URL(request.url);
    if (request.method !== "GET" || url.origin !== this.#options.origin) return undefined;
    const address = url.pathname + url.search;
    const [first = "", second = ""] = url.pathname.slice(1).split("/");
    const { sets } = this.#options;
    if (first === "assets") return this.#keptFirst(() => sets.file(url.pathname), network);
    if (first === "api") {
      const slug = /^\/api\/v1\/portals\/([^/]+)$/.exec(url.pathname)?.[1];
      // Other calls are signed, or are about now.
      if (slug === undefined || !url.searchParams.has("revision")) return undefined;
      return this.#networkFirst(() => sets.other(slug, address), network);
    }
    // Mails and their links, the server's own forms, the town hall's console, what is fetched to be kept: never out of a cupboard.
    if (first === "courrier" || second === "espace-citoyens" || second === "mairie" || second === "deposer" || second === "offline.json" || second === "shell.html") return undefined;
    if (second === "theme.css" && url.searchParams.has("revision")) return this.#keptFirst(() => sets.other(first, address), network);
    if (second === "logo.svg" || /^addresses-\w+\.idx$/.test(second)) return this.#keptFirst(() => sets.other(first, url.pathname), network);
    if (request.mode !== "navigate") return undefined;
    if (url.pathname === "/") return this.#networkFirst(() => sets.towns(), network);
    // A file at the root, or in a folder of a town that is none of the wizard's.
    if (/\.\w+$/.test(url.pathname)) return undefined;
    const language = url.searchParams.get("lang");
    return this.#networkFirst(async () => (await sets.page(first, url.pathname, language)) ?? sets.shell(first, language), network);
  }

  async #keptFirst(kept: () => Promise<Response | undefined>, network: () => Promise<Response>): Promise<Response> {
    return (await kept().catch(() => undefined)) ?? network();
  }

  async #networkFirst(kept: () => Promise<Response | undefined>, network: () => Promise<Response>): Promise<Response> {
    const { now, wait } = this.#options;
    const asked = network();
    // Whoever gives up on it must not leave a rejection behind.
    asked.catch(() => undefined);
    const hopeless = now() - this.#lostAt < HOPELESS;
    const copy = kept().catch(() => undefined);
    try {
      const answer = await Promise.race([asked, wait(hopeless ? 0 : PATIENCE).then(() => undefined)]);
      // A server that cannot answer is no network either: the wizard works without it.
      if (answer && answer.status < 500) {
        this.#lostAt = Number.NEGATIVE_INFINITY;
        return answer;
      }
    } catch {
      // Then there is what is kept.
    }
    const found = await copy;
    if (!found) return asked;
    this.#lostAt = now();
    return found;
  }
}
