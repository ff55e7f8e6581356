// The queue: what is to be done, in the order in which it matters.
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Action, QueueItem } from "./contract.ts";
import { VIEWS } from "./contract.ts";
import { claim, decideAll, whyNot } from "./deciding.ts";
import { useDesk } from "./desk.ts";
import { Dialog, Hidden, Link, Marks, Scroll, Select, State, Title, Trouble } from "./parts.tsx";
import type { QueueQuery } from "./place.ts";
import { RefusalForm, useReasons } from "./reasons.tsx";
import { useShortcuts } from "./shortcuts.ts";
import { useStore } from "./store.ts";
import type { TextKey } from "./texts.ts";
import { count, nearDayText, say, shortMomentText, word } from "./texts.ts";

const PROCEDURES = ["registration", "entourage", "profile"] as const;
const STATES = ["received", "processing", "waiting", "accepted", "refused", "withdrawn"] as const;
const MARKS = [
  "possible_duplicate", "key_wrong", "key_used", "key_mistyped", "identifier_taken", "address_unverified", "commune_unknown", "email_typo",
  "age_unlikely", "clock_ahead",
] as const;
const ORIGINS = ["online", "counter", "file"] as const;
const TYPING = 250;

export function QueuePage({ query }: { readonly query: QueueQuery }): JSX.Element {
  const desk = useDesk();
  const { queue } = desk;
  const rows = useStore(queue.rows);
  const selected = useStore(queue.selected);
  const stale = useStore(queue.stale);
  const body = useRef<HTMLTableSectionElement>(null);

  // Before anything is painted: the rows of one view are never seen, nor pressed, under the name of another.
  useLayoutEffect(() => { void queue.open(query); }, [QueueListKey(query)]);

  const view = say(`view_${query.view}`);
  const links = (): HTMLElement[] => [...(body.current?.querySelectorAll<HTMLElement>("th a") ?? [])];
  const here = (): number => links().findIndex((link) => link.closest("tr")?.contains(document.activeElement));
  const step = (by: number): void => {
    const all = links();
    const next = all[Math.min(all.length - 1, Math.max(0, here() + by))];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  };
  const row = (): QueueItem | undefined => rows.items[here()];
  const move = (kind: "take" | "release", item: QueueItem | undefined): void => {
    if (item) claim(desk, item.number, kind).catch((problem: unknown) => { desk.say(whyNot(problem), "trouble"); });
  };
  useShortcuts({
    j: () => { step(1); },
    k: () => { step(-1); },
    x: () => {
      const item = row();
      if (item) queue.select(item.number, !selected.has(item.number));
    },
    p: () => { move("take", row()); },
    l: () => { move("release", row()); },
  });

  const all = rows.items.length > 0 && rows.items.every((item) => selected.has(item.number));
  return (
    <>
      <Title label={view}>{say("queue_title")}</Title>
      <Views query={query} />
      <Filters query={query} />
      {stale && (
        <p class="notice" role="status">{say("queue_stale")}{" "}
          <button type="button" onClick={() => { void queue.open(query, true); }}>{say("queue_refresh")}</button></p>
      )}
      <Trouble text={rows.trouble} />
      {rows.state === "failed" && <p><button type="button" onClick={() => { void queue.open(query, true); }}>{say("try_again")}</button></p>}
      {selected.size > 0 && <Bulk numbers={[...selected]} />}
      {rows.items.length > 0 && (
        <Scroll label={say("queue_table")}>
          <table class="queue" aria-busy={rows.state === "loading"}>
            <caption>{view} <Hidden>{say("queue_caption")}</Hidden></caption>
            <thead>
              <tr>
                <th scope="col"><label class="tick"><input
                  type="checkbox" checked={all} disabled={rows.items.length === 0}
                  onChange={() => { queue.selected.set(all ? new Set() : new Set(rows.items.map((item) => item.number))); }}
                /><Hidden>{say("queue_select_all")}</Hidden></label></th>
                <th scope="col">{say("column_number")}</th>
                <th scope="col">{say("column_name")}</th>
                <th scope="col">{say("column_procedure")}</th>
                <th scope="col">{say("column_state")}</th>
                <th scope="col">{say("column_received")}</th>
                <th scope="col">{say("column_due")}</th>
                <th scope="col">{say("column_marks")}</th>
                <th scope="col">{say("column_claimed")}</th>
              </tr>
            </thead>
            <tbody ref={body}>
              {rows.items.map((item) => (
                <Row key={item.number} item={item} selected={selected.has(item.number)} onMove={move} />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      <p role="status" class={rows.state === "there" && rows.items.length === 0 ? "empty" : "foot"}>{footer(rows.state, rows.items.length, query)}</p>
      {rows.next !== null && (
        <p class="buttons"><button type="button" aria-disabled={rows.state === "more"} onClick={() => { void queue.more(); }}>{say("queue_more")}</button></p>
      )}
    </>
  );
}

const QueueListKey = (query: QueueQuery): string => JSON.stringify(query);

function footer(state: string, shown: number, query: QueueQuery): string {
  if (state === "loading" || state === "more") return say("loading");
  if (state === "failed") return "";
  if (shown > 0) return count("queue_shown_one", "queue_shown_several", shown);
  return say(query.q || query.procedure || query.state || query.mark || query.origin ? "queue_nothing_found" : "queue_empty");
}

function Views({ query }: { readonly query: QueueQuery }): JSX.Element {
  const counters = useStore(useDesk().queue.counters);
  return (
    <nav aria-label={say("views")} class="views">
      <ul>
        {VIEWS.map((view) => {
          const number = counters[view];
          return (
            <li key={view}>
              <Link to={{ screen: "queue", query: { ...query, view } }} current={view === query.view}>
                {say(`view_${view}`)}{" "}
                {number !== undefined && <span class="counter"><Hidden>: </Hidden>{new Intl.NumberFormat("fr-FR").format(number)}</span>}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

function Filters({ query }: { readonly query: QueueQuery }): JSX.Element {
  const desk = useDesk();
  const [typed, setTyped] = useState(query.q);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const now = useRef(query);
  now.current = query;
  const settle = (): void => {
    clearTimeout(timer.current);
    timer.current = undefined;
  };
  // What is searched for follows what is typed, and only what another hand has changed is written into the field: neither
  // a letter that came in between nor the blank before a surname is lost.
  useLayoutEffect(() => {
    if (timer.current === undefined && typed.trim() !== query.q) setTyped(query.q);
  }, [query.q]);
  useEffect(() => settle, []);

  const show = (change: Partial<QueueQuery>): void => {
    settle();
    desk.go({ screen: "queue", query: { ...now.current, q: typed.trim(), ...change } }, "replace");
  };
  const type = (text: string): void => {
    setTyped(text);
    settle();
    timer.current = setTimeout(() => { show({ q: text.trim() }); }, TYPING);
  };
  const any = { value: "", label: say("filter_any") };
  const choices = (family: string, codes: readonly string[], otherwise: TextKey): readonly { value: string; label: string }[] =>
    [any, ...codes.map((code) => ({ value: code, label: word(family, code, otherwise) }))];
  return (
    <form
      role="search" class="filters" aria-label={say("search")}
      onSubmit={(event) => {
        event.preventDefault();
        show({});
      }}
    >
      <div class="field search">
        <label for="search">{say("search_label")}</label>
        <input id="search" type="search" value={typed} autocomplete="off" spellcheck={false} aria-describedby="search-hint"
          onInput={(event) => { type(event.currentTarget.value); }} />
        <p class="hint" id="search-hint">{say("search_hint")}</p>
      </div>
      <Select label={say("column_procedure")} value={query.procedure} onValue={(procedure) => { show({ procedure }); }} choices={choices("procedure", PROCEDURES, "procedure_other")} />
      <Select label={say("column_state")} value={query.state} onValue={(state) => { show({ state }); }} choices={choices("state", STATES, "state_unknown")} />
      <Select label={say("column_marks")} value={query.mark} onValue={(mark) => { show({ mark }); }} choices={choices("mark_short", MARKS, "mark_short_other")} />
      <Select label={say("filter_origin")} value={query.origin} onValue={(origin) => { show({ origin }); }} choices={choices("origin", ORIGINS, "origin_other")} />
    </form>
  );
}

function Row({ item, selected, onMove }: {
  readonly item: QueueItem;
  readonly selected: boolean;
  readonly onMove: (kind: "take" | "release", item: QueueItem) => void;
}): JSX.Element {
  const desk = useDesk();
  const me = desk.session.get()?.staff.id;
  const mine = item.claimed_by !== null && item.claimed_by.id === me;
  return (
    <tr class={selected ? "chosen" : undefined}>
      <td><label class="tick"><input type="checkbox" checked={selected} onChange={(event) => { desk.queue.select(item.number, event.currentTarget.checked); }} />
        <Hidden>{say("queue_select", { number: item.number })}</Hidden></label></td>
      <th scope="row"><Link to={{ screen: "request", number: item.number }}>{item.number}</Link></th>
      <td class="name">{item.name || say("no_name")}</td>
      <td class="steady kind">{word("procedure", item.procedure, "procedure_other")}{item.origin !== "online" && <> <span class="badge">{word("origin", item.origin, "origin_other")}</span></>}</td>
      <td>{item.pending ? <span class="badge">{say("pending")}</span> : <State state={item.state} />}</td>
      <td><time dateTime={item.received_at}>{shortMomentText(item.received_at)}</time></td>
      <td class="steady"><time dateTime={item.due_by}>{nearDayText(item.due_by)}</time>{item.late && <> <span class="badge late">{say("late")}</span></>}</td>
      <td><Marks marks={item.marks} /></td>
      <td class="claim">
        {item.claimed_by && <span>{mine ? say("claimed_me") : item.claimed_by.name}</span>}
        {!item.claimed_by && !item.pending && item.state === "received" && (
          <button type="button" onClick={() => { onMove("take", item); }}>{say("take")}<Hidden> {item.number}</Hidden></button>
        )}
        {mine && <button type="button" onClick={() => { onMove("release", item); }}>{say("release")}<Hidden> {item.number}</Hidden></button>}
      </td>
    </tr>
  );
}

function Bulk({ numbers }: { readonly numbers: readonly string[] }): JSX.Element {
  const desk = useDesk();
  const reasons = useReasons();
  const [refusing, setRefusing] = useState(false);
  const go = (action: Action): void => {
    setRefusing(false);
    void decideAll(desk, numbers, action);
  };
  return (
    <section class="bulk" aria-label={say("bulk")}>
      <p role="status">{count("bulk_one", "bulk_several", numbers.length)}</p>
      <p class="buttons">
        <button type="button" onClick={() => { go({ kind: "take" }); }}>{say("take")}</button>
        <button type="button" onClick={() => { go({ kind: "release" }); }}>{say("release")}</button>
        <button type="button" onClick={() => { go({ kind: "accept" }); }}>{say("accept")}</button>
        <button type="button" onClick={() => { setRefusing(true); }}>{say("refuse_open")}</button>
        <button type="button" class="plain" onClick={() => { desk.queue.selected.set(new Set()); }}>{say("bulk_none")}</button>
      </p>
      {refusing && (
        <Dialog title={count("bulk_refuse_one", "bulk_refuse_several", numbers.length)} onClose={() => { setRefusing(false); }}>
          <RefusalForm reasons={reasons} send={say("refuse_send")} onCancel={() => { setRefusing(false); }}
            onSend={(refusing_for) => { go({ kind: "refuse", ...refusing_for }); }} />
        </Dialog>
      )}
    </section>
  );
}
