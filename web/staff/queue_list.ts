// The list an agent works through. It outlives the screen that shows it, so that after a decision the next request of
// the same list opens, and coming back shows the same rows.
import type { Api } from "./api.ts";
import { sentence } from "./api.ts";
import type { Counters, QueueItem, QueuePage } from "./contract.ts";
import type { QueueQuery } from "./place.ts";
import { EVERYTHING_NEW } from "./place.ts";
import { Store } from "./store.ts";

const PAGE = 50;

export interface Rows {
  readonly query: QueueQuery;
  readonly items: readonly QueueItem[];
  readonly next: string | null;
  readonly state: "loading" | "more" | "there" | "failed";
  readonly trouble: string;
}

export class QueueList {
  readonly rows = new Store<Rows>({ query: EVERYTHING_NEW, items: [], next: null, state: "loading", trouble: "" });
  readonly counters = new Store<Counters>({});
  readonly selected = new Store<ReadonlySet<string>>(new Set());
  // Something has changed since the rows were fetched; they are not moved under anybody's hands.
  readonly stale = new Store(false);
  #asked = "";
  #counted = 0; // how often the counters were asked for
  #abort: AbortController | undefined;
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  static key = (query: QueueQuery): string => JSON.stringify(query);

  // Fetches the first page, unless this very list is there already.
  open = async (query: QueueQuery, anew = false): Promise<void> => {
    if (!anew && this.#asked === QueueList.key(query)) return;
    const same = this.#asked === QueueList.key(query);
    this.#asked = QueueList.key(query);
    this.#abort?.abort();
    this.#abort = new AbortController();
    if (!same) this.selected.set(new Set());
    this.rows.change((rows) => ({ query, items: same ? rows.items : [], next: null, state: "loading", trouble: "" }));
    await this.#fetch(query, null);
  };

  more = async (): Promise<void> => {
    const { query, next, state } = this.rows.get();
    if (next === null || state !== "there") return;
    this.rows.change((rows) => ({ ...rows, state: "more" }));
    await this.#fetch(query, next);
  };

  async #fetch(query: QueueQuery, after: string | null): Promise<void> {
    const asked = new URLSearchParams({ view: query.view, limit: String(PAGE) });
    const { procedure, state, mark, origin, q } = query;
    for (const [name, value] of Object.entries({ procedure, state, mark, origin, q }))
      if (value) asked.set(name, value);
    if (after !== null) asked.set("after", after);
    const signal = this.#abort?.signal;
    try {
      const page = (await this.#api.get(`submissions?${asked.toString()}`, signal ? { signal } : {})) as QueuePage;
      if (signal?.aborted) return;
      this.stale.set(false);
      this.rows.change((rows) => {
        // A row that has moved meanwhile is there once.
        const before = after === null ? [] : rows.items;
        const known = new Set(before.map((item) => item.number));
        return { query, items: [...before, ...page.items.filter((item) => !known.has(item.number))], next: page.next, state: "there", trouble: "" };
      });
      void this.count();
    } catch (problem) {
      if (signal?.aborted) return;
      this.rows.change((rows) => ({ ...rows, state: "failed", trouble: sentence(problem) }));
    }
  }

  // Counters that the server keeps; asked for in the background too.
  count = async (): Promise<void> => {
    const asked = (this.#counted += 1);
    try {
      const now = (await this.#api.get("counters", { quiet: true })) as Counters;
      // Answers may overtake one another.
      if (asked === this.#counted) this.counters.set(now);
    } catch {
      // The next look will tell; what the agent does himself is told at once.
    }
  };
  // The same, to learn what others do.
  look = async (): Promise<void> => {
    const asked = (this.#counted += 1);
    try {
      const before = this.counters.get();
      const now = (await this.#api.get("counters", { quiet: true })) as Counters;
      if (asked !== this.#counted) return;
      const { view } = this.rows.get().query;
      if (before[view] !== undefined && before[view] !== now[view]) this.stale.set(true);
      this.counters.set(now);
    } catch {
      // As above.
    }
  };

  put = (number: string, change: Partial<QueueItem>): void => {
    this.rows.change((rows) => ({ ...rows, items: rows.items.map((item) => (item.number === number ? { ...item, ...change } : item)) }));
  };

  // Decided: it leaves every list but those that show what is done.
  remove = (numbers: readonly string[]): void => {
    const gone = new Set(numbers);
    this.rows.change((rows) =>
      rows.query.view === "all" || rows.query.view === "done" ? rows : { ...rows, items: rows.items.filter((item) => !gone.has(item.number)) });
    this.selected.change((selected) => new Set([...selected].filter((number) => !gone.has(number))));
    void this.count();
  };

  select = (number: string, wanted: boolean): void => {
    this.selected.change((selected) => {
      const made = new Set(selected);
      if (wanted) made.add(number);
      else made.delete(number);
      return made;
    });
  };

  // The one that follows in the list; the first one when this one is not in it.
  after = (number: string): string | undefined => {
    const open = this.rows.get().items;
    const here = open.findIndex((item) => item.number === number);
    return open[here + 1]?.number ?? (here > 0 ? open[0]?.number : undefined);
  };
}
