// What is kept on the device so that a town's portal opens without a network: for each town one set of files that
// belong together, as its /{slug}/offline.json lists them. A set is fetched aside, verified, and then put in place by a
// single write, so that there is always a whole one. Files are named by their content and shared by all towns; those of
// the set before stay, for pages that began with it.

export interface OfflineList {
  readonly slug: string;
  readonly set: string;
  // The portal's own: of every address that asks for no other.
  readonly language: string;
  // The page without a screen, by language.
  readonly shells: Readonly<Record<string, string>>;
  readonly pages: readonly string[]; // that the server writes, each with its language: /oudon/accessibilite?lang=fr
  readonly files: readonly string[]; // /assets/name.<hash>.ext
  readonly others: readonly string[]; // their addresses name a revision
}

export interface SetsOptions {
  readonly caches: CacheStorage;
  readonly fetch: typeof globalThis.fetch;
  readonly subtle: SubtleCrypto;
}

const FILES = "foyer-files";
const KEPT = "foyer-kept";
const TOWN = "foyer-town-";
// One after the other and last in line: the person may be on a poor connection, and is using it.
const AT_ONCE = 1;
const TOWNS = "/";

const pagesOf = (list: OfflineList): string[] => [...Object.values(list.shells), ...list.pages];
const townCache = (list: OfflineList): string => `${TOWN}${list.slug}-${list.set}`;
const listKey = (slug: string): string => `/${slug}/offline.json`;
const previousKey = (slug: string): string => `/${slug}/offline.json?previous`;

export class Sets {
  readonly #options: SetsOptions;
  readonly #keeping = new Map<string, Promise<OfflineList>>();

  constructor(options: SetsOptions) {
    this.#options = options;
  }

  // Brings what is kept of a town up to date; the set that is in place afterwards. Rejects when that was not possible:
  // what was kept before is then untouched.
  keep(slug: string): Promise<OfflineList> {
    let keeping = this.#keeping.get(slug);
    if (!keeping) {
      keeping = this.#keep(slug)
        .catch(async (error: unknown) => {
          // Half a set is of no use, and its place may be what a request needs.
          if (isFull(error)) await this.#tidy().catch(() => undefined);
          throw error;
        })
        .finally(() => this.#keeping.delete(slug));
      this.#keeping.set(slug, keeping);
    }
    return keeping;
  }

  async kept(slug: string): Promise<OfflineList | undefined> {
    return this.#list(listKey(slug));
  }

  // The page for an address of a town, from the whole set that is in place.
  async shell(slug: string, language: string | null): Promise<Response | undefined> {
    const list = await this.kept(slug);
    if (!list) return undefined;
    const address = list.shells[language ?? list.language] ?? list.shells[list.language];
    return address === undefined ? undefined : (await this.#options.caches.open(townCache(list))).match(address);
  }

  // A page of the server's own, in this language or the portal's first.
  async page(slug: string, path: string, language: string | null): Promise<Response | undefined> {
    const list = await this.kept(slug);
    const address = [language, list?.language].map((each) => `${path}?lang=${each}`).find((each) => list?.pages.includes(each));
    return list && address !== undefined ? (await this.#options.caches.open(townCache(list))).match(address) : undefined;
  }

  // Anything else that is kept under this address (path and query).
  async file(address: string): Promise<Response | undefined> {
    return (await this.#options.caches.open(FILES)).match(address);
  }
  async other(slug: string, address: string): Promise<Response | undefined> {
    for (const key of [listKey(slug), previousKey(slug)]) {
      const list = await this.#list(key);
      const found = list && (await (await this.#options.caches.open(townCache(list))).match(address));
      if (found) return found;
    }
    return undefined;
  }
  async towns(): Promise<Response | undefined> {
    return (await this.#options.caches.open(KEPT)).match(TOWNS);
  }

  async #keep(slug: string): Promise<OfflineList> {
    const answer = await this.#fetched(`/${slug}/offline.json`);
    const list = readList(await answer.json());
    if (list?.slug !== slug) throw new Error("not a list of what to keep");
    const before = await this.kept(slug);
    if (before?.set === list.set && (await this.#isWhole(before))) return before;

    const files = await this.#options.caches.open(FILES);
    const waiting = [...list.files];
    const fetchers = Array.from({ length: AT_ONCE }, async () => {
      for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
        if (!(await files.match(address))) await files.put(address, await this.#verified(address));
      }
    });
    await Promise.all(fetchers);

    const town = await this.#options.caches.open(townCache(list));
    for (const address of pagesOf(list)) {
      const page = await this.#keepable(address);
      // The server was renewed between its list and its page: the next time will do.
      if (!(await page.clone().text()).includes(`data-set="${list.set}"`)) throw new Error("a page of another set");
      await town.put(address, page);
    }
    for (const address of list.others) await town.put(address, await this.#keepable(address));

    const kept = await this.#options.caches.open(KEPT);
    if (before && before.set !== list.set) await kept.put(previousKey(slug), json(before));
    // From here on it is the set that opens.
    await kept.put(listKey(slug), json(list));
    // The list of towns is a page of the server's own; a copy is better than nothing.
    await this.#keepable(TOWNS).then((page) => kept.put(TOWNS, page)).catch(() => undefined);
    await this.#tidy();
    return list;
  }

  // Browsers throw away all or nothing; a person's "clear cache" may not.
  async #isWhole(list: OfflineList): Promise<boolean> {
    const files = await this.#options.caches.open(FILES);
    const town = await this.#options.caches.open(townCache(list));
    for (const address of list.files) if (!(await files.match(address))) return false;
    for (const address of [...pagesOf(list), ...list.others]) if (!(await town.match(address))) return false;
    return true;
  }

  async #list(key: string): Promise<OfflineList | undefined> {
    const found = await (await this.#options.caches.open(KEPT)).match(key);
    return found && readList(await found.json());
  }

  // Takes away what neither a town's set nor the one before it names.
  async #tidy(): Promise<void> {
    const kept = await this.#options.caches.open(KEPT);
    const lists: OfflineList[] = [];
    for (const { url } of await kept.keys()) {
      const { pathname, search } = new URL(url);
      const list = pathname === TOWNS ? undefined : await this.#list(pathname + search);
      if (list) lists.push(list);
    }
    const files = await this.#options.caches.open(FILES);
    const wanted = new Set(lists.flatMap((list) => list.files));
    for (const request of await files.keys()) if (!wanted.has(new URL(request.url).pathname)) await files.delete(request);
    const towns = new Set(lists.map(townCache));
    for (const name of await this.#options.caches.keys()) if (name.startsWith(TOWN) && !towns.has(name)) await this.#options.caches.delete(name);
  }

  async #fetched(address: string): Promise<Response> {
    const answer = await this.#options.fetch(address, { credentials: "omit", cache: "no-cache", redirect: "error" });
    if (answer.status !== 200) throw new Error(`${address}: status ${answer.status}`);
    return answer;
  }

  async #keepable(address: string): Promise<Response> {
    return plain(await this.#fetched(address));
  }

  // A built file: the hash in its name says what must be in it. Its name never changes its content, so the browser's
  // own cache will do.
  async #verified(address: string): Promise<Response> {
    const answer = await this.#options.fetch(address, { credentials: "omit", redirect: "error", priority: "low" });
    if (answer.status !== 200) throw new Error(`${address}: status ${answer.status}`);
    const file = await plain(answer);
    const digest = new Uint8Array(await this.#options.subtle.digest("SHA-256", await file.clone().arrayBuffer()));
    const hex = Array.from(digest.subarray(0, 6), (byte) => byte.toString(16).padStart(2, "0")).join("");
    if (!address.includes(`.${hex}.`)) throw new Error(`${address}: not its content`);
    return file;
  }
}

// The disk is full, or the browser gives this site no more of it.
export function isFull(error: unknown): boolean {
  return (error as { name?: unknown } | undefined)?.name === "QuotaExceededError";
}

// As it will be answered some day: no coding, which is undone already, and no date, by which a page would set its clock.
async function plain(answer: Response): Promise<Response> {
  const headers = new Headers(answer.headers);
  for (const name of ["date", "content-encoding", "content-length", "vary", "etag", "cache-control", "strict-transport-security"]) headers.delete(name);
  return new Response(await answer.arrayBuffer(), { status: 200, headers });
}

function json(list: OfflineList): Response {
  return new Response(JSON.stringify(list), { headers: { "content-type": "application/json" } });
}

export function readList(value: unknown): OfflineList | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  // A list that was kept before there were pages has none.
  const { slug, set, language, shells, files, others, pages = [] } = value as Record<string, unknown>;
  const addresses = (list: unknown): list is string[] => Array.isArray(list) && list.every((item) => typeof item === "string" && /^\/[^/]/.test(item));
  if (typeof slug !== "string" || typeof language !== "string" || typeof set !== "string" || !/^[0-9a-f]+$/.test(set)) return undefined;
  if (!addresses(files) || !addresses(others) || !addresses(pages) || typeof shells !== "object" || shells === null) return undefined;
  const byLanguage = shells as Record<string, unknown>;
  if (!addresses(Object.values(byLanguage)) || !byLanguage[language]) return undefined;
  return { slug, set, language, shells: byLanguage as Record<string, string>, pages, files, others };
}
