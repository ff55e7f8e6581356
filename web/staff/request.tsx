// One request: what was answered beside what the town knows, all that happened, and the decision.
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { sentence } from "./api.ts";
import type { Action, Colleague, Detail, Viewing } from "./contract.ts";
import { claim, decide, whyNot } from "./deciding.ts";
import { useDesk } from "./desk.ts";
import { Duplicates } from "./duplicates.tsx";
import { useNewest } from "./newest.ts";
import { Hidden, Key, Link, Scroll, State, Title, Trouble, Words } from "./parts.tsx";
import { RefusalForm, useReasons } from "./reasons.tsx";
import { useShortcuts } from "./shortcuts.ts";
import { useStore } from "./store.ts";
import { dayText, momentText, say, word } from "./texts.ts";
import { MailTable } from "./mails.tsx";

const BEAT = 15_000;
const PENDING_LOOK = 4_000;

export function RequestPage({ number }: { readonly number: string }): JSX.Element {
  const desk = useDesk();
  const [detail, setDetail] = useState<Detail | null>(null);
  const [trouble, setTrouble] = useState("");
  const path = `submissions/${encodeURIComponent(number)}`;

  const newest = useNewest();
  const load = async (): Promise<void> => {
    const wanted = newest();
    try {
      const fetched = (await desk.api.get(path)) as Detail;
      if (!wanted()) return;
      setDetail(fetched);
      setTrouble("");
    } catch (problem) {
      if (wanted()) setTrouble(sentence(problem));
    }
  };
  useEffect(() => { void load(); }, []);

  const title = say("request_title", { number });
  return (
    <>
      <p class="back"><Link to={{ screen: "queue", query: desk.queue.rows.get().query }}>{say("request_back")}</Link></p>
      <Title label={title}>{title}</Title>
      <Trouble text={trouble} />
      {trouble && <p><button type="button" onClick={() => { void load(); }}>{say("try_again")}</button></p>}
      {!detail && !trouble && <p role="status">{say("loading")}</p>}
      {detail && <Request detail={detail} reload={load} />}
    </>
  );
}

type Mode = "look" | "refuse" | "ask";

function Request({ detail, reload }: { readonly detail: Detail; readonly reload: () => Promise<void> }): JSX.Element {
  const desk = useDesk();
  const session = useStore(desk.session);
  const [mode, setMode] = useState<Mode>("look");
  const [fields, setFields] = useState<readonly string[]>([]);
  const [message, setMessage] = useState("");
  const [note, setNote] = useState("");
  const [refusing, setRefusing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState("");
  const reasons = useReasons();
  const { number } = detail;
  const me = session?.staff.id;
  const mine = detail.claimed_by !== null && detail.claimed_by.id === me;
  // Somebody else works on it, or a decision waits: nothing can be decided.
  const free = (detail.claimed_by === null || mine) && detail.pending === null;
  const over = session?.staff.role !== "agent"; // may give back what a colleague has taken
  const may = (move: string): boolean => free && detail.moves.includes(move);
  const mayRelease = detail.claimed_by !== null && detail.pending === null && (mine || over);

  useEffect(() => {
    if (detail.pending === null) return undefined;
    const timer = setTimeout(() => { void reload(); }, PENDING_LOOK);
    return () => { clearTimeout(timer); };
  }, [detail]);

  useEffect(() => {
    desk.unsaved.set(message.trim() !== "" || note.trim() !== "" || refusing);
    return () => { desk.unsaved.set(false); };
  }, [message, note, refusing]);

  // Whoever has gone on before the answer came is moved no further, and keeps what they have typed there.
  const left = useRef(false);
  useLayoutEffect(() => () => { left.current = true; }, []);

  const goOn = (): void => {
    const next = desk.queue.after(number);
    if (next) desk.go({ screen: "request", number: next });
    else desk.go({ screen: "queue", query: desk.queue.rows.get().query });
  };
  const carryOut = async (action: Action): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setTrouble("");
    try {
      await decide(desk, number, detail.version, action);
      if (!left.current) {
        desk.unsaved.set(false);
        goOn();
      }
      desk.queue.remove([number]);
    } catch (problem) {
      if (left.current) {
        desk.say(`${say("request_title", { number })}\u00a0: ${whyNot(problem)}`, "trouble");
        return;
      }
      setBusy(false);
      setTrouble(whyNot(problem));
      void reload();
    }
  };
  const hold = async (kind: "take" | "release"): Promise<void> => {
    setTrouble("");
    try {
      await claim(desk, number, kind);
    } catch (problem) {
      setTrouble(whyNot(problem));
    }
    await reload();
  };
  const open = (wanted: Mode, move: string): (() => void) | undefined => (may(move) ? () => { setMode(wanted); } : undefined);

  // While a correction is being asked for, the hands stay on the keys: to the next answer, and from there to the message.
  const answer = (by: number): (() => void) | undefined =>
    mode === "ask"
      ? () => {
          const boxes = [...document.querySelectorAll<HTMLElement>(".answers input[type=checkbox]")];
          const here = boxes.findIndex((box) => box === document.activeElement);
          boxes[Math.min(boxes.length - 1, Math.max(0, here + by))]?.focus();
        }
      : undefined;

  useShortcuts({
    j: answer(1),
    k: answer(-1),
    p: may("take") ? () => { void hold("take"); } : undefined,
    l: mayRelease ? () => { void hold("release"); } : undefined,
    a: may("accept") ? () => { void carryOut({ kind: "accept" }); } : undefined,
    r: open("refuse", "refuse"),
    c: mode === "ask" ? () => { document.querySelector<HTMLElement>(".decision textarea")?.focus(); } : open("ask", "ask"),
    n: () => { document.getElementById("note")?.querySelector("textarea")?.focus(); },
    s: goOn,
    b: () => { desk.go({ screen: "queue", query: desk.queue.rows.get().query }); },
  });

  return (
    <article class="request">
      <div class="head">
        <p class="who">{detail.name || say("no_name")} · {word("procedure", detail.procedure, "procedure_other")}
          {detail.origin !== "online" && <> <span class="badge">{word("origin", detail.origin, "origin_other")}</span></>}</p>
        <p class="facts">
          <State state={detail.state} />{" "}
          <span>{say("request_received", { at: momentText(detail.received_at) })}</span>{" "}
          <span>{say("request_due", { day: dayText(detail.due_by) })}</span>{" "}
          {detail.late && <span class="badge late">{say("late")}</span>}{" "}
          {detail.claimed_by && <span class="badge">{mine ? say("claimed_me_long") : say("claimed_by", { name: detail.claimed_by.name })}</span>}
        </p>
        <p class="facts">{say("account_line", { identifier: detail.account.identifier ?? say("account_no_identifier"), email: detail.account.email })}{" "}
          {!detail.account.active && <span class="badge">{say("account_inactive")}</span>}{" "}
          {over && <Link to={{ screen: "privacy", account: detail.account.reference }}>{say("request_privacy")}</Link>}</p>
        <Viewers detail={detail} me={me} reload={reload} />
      </div>
      <div class="work">
        <div class="answers">
          <MarksInWords detail={detail} />
          <Answers detail={detail} asking={mode === "ask"} fields={fields}
            onField={(key, wanted) => { setFields(wanted ? [...fields, key] : fields.filter((field) => field !== key)); }} />
        </div>
        <aside aria-label={say("decision")} class="decision">
          <h2>{say("decision")}</h2>
          <Trouble text={trouble} />
          {detail.pending && <p class="notice">{say("decision_pending")}</p>}
          {detail.claimed_by && !mine && <p class="notice">{say("claimed_other", { name: detail.claimed_by.name })}</p>}
          <p class="buttons">
            {may("take") && <button type="button" onClick={() => { void hold("take"); }}>{say("take")} <Key name="p" /></button>}
            {mayRelease && <button type="button" onClick={() => { void hold("release"); }}>{say("release")} <Key name="l" /></button>}
            <button type="button" class="plain" onClick={goOn}>{say("following")} <Key name="s" /></button>
          </p>
          {free && !may("accept") && !may("refuse") && !may("ask") && <p>{word("settled", detail.state, "settled_other")}</p>}
          {mode === "look" && (
            <p class="buttons stacked">
              {may("accept") && <button type="button" class="first" aria-disabled={busy} onClick={() => { void carryOut({ kind: "accept" }); }}>{say("accept")} <Key name="a" /></button>}
              {may("ask") && <button type="button" onClick={open("ask", "ask")}>{say("ask_open")} <Key name="c" /></button>}
              {may("refuse") && <button type="button" onClick={open("refuse", "refuse")}>{say("refuse_open")} <Key name="r" /></button>}
            </p>
          )}
          {mode === "refuse" && (
            <Opened title={say("refuse_title")}>
              <RefusalForm reasons={reasons} send={say("refuse_send")} onTyped={setRefusing}
                onCancel={() => { setMode("look"); setRefusing(false); }}
                onSend={(words) => { void carryOut({ kind: "refuse", ...words }); }} />
            </Opened>
          )}
          {mode === "ask" && (
            <Opened title={say("ask_title")}>
              <Asking detail={detail} fields={fields} message={message} onMessage={setMessage}
                onDrop={(key) => { setFields(fields.filter((field) => field !== key)); }}
                onCancel={() => { setMode("look"); }}
                onSend={() => { void carryOut({ kind: "ask", fields, message: message.trim() }); }} />
            </Opened>
          )}
        </aside>
      </div>
      <Duplicates detail={detail} reload={reload} />
      <div class="columns">
        <Notes detail={detail} note={note} onNote={setNote} reload={reload}
          onSent={(text) => { setNote((now) => (now.trim() === text ? "" : now)); }} />
        <History detail={detail} />
      </div>
      {detail.mails.length > 0 && <section><h2>{say("mails_of_family")}</h2><MailTable mails={detail.mails} reload={reload} caption={say("mails_of_family")} /></section>}
    </article>
  );
}

// A part that has just been opened is where the agent wants to go on: with the screen, so that it never takes the focus
// back from where the next keys have already led.
function Opened({ title, children }: { readonly title: string; readonly children: JSX.Element }): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => { heading.current?.focus(); }, []);
  return <div><h3 ref={heading} tabIndex={-1}>{title}</h3>{children}</div>;
}

// Says that this one is being looked at, and learns who else does.
function Viewers({ detail, me, reload }: { readonly detail: Detail; readonly me: number | undefined; readonly reload: () => Promise<void> }): JSX.Element {
  const desk = useDesk();
  const [viewers, setViewers] = useState<readonly Colleague[]>(detail.viewers);
  const [version, setVersion] = useState(detail.version);
  const { number } = detail;
  useEffect(() => { setVersion(detail.version); }, [detail]);
  useEffect(() => {
    const beat = (): void => {
      if (document.visibilityState !== "visible" || desk.locked.get()) return;
      desk.api.put(`submissions/${encodeURIComponent(number)}/viewing`, {}, { quiet: true }).then(
        (answer) => {
          const now = answer as Viewing;
          setViewers(now.viewers);
          setVersion(now.version);
        },
        () => undefined);
    };
    beat();
    const timer = setInterval(beat, BEAT);
    return () => { clearInterval(timer); };
  }, []);
  const others = viewers.filter((viewer) => viewer.id !== me).map((viewer) => viewer.name);
  const names = new Intl.ListFormat("fr-FR").format(others);
  return (
    <>
      <p role="status" class={others.length > 0 ? "notice" : "unseen"}>{others.length > 0 && say(others.length === 1 ? "viewer_one" : "viewer_several", { names })}</p>
      {version > detail.version && detail.pending === null && (
        <p role="status" class="notice">{say("request_changed")} <button type="button" onClick={() => { void reload(); }}>{say("request_reload")}</button></p>
      )}
    </>
  );
}

const labelOf = (detail: Detail, key: string): string => {
  for (const section of detail.sections)
    for (const row of section.rows) if (row.key === key || row.key.startsWith(`${key}.`)) return row.label;
  return detail.correctable.find((field) => field.key === key)?.label ?? "";
};

function MarksInWords({ detail }: { readonly detail: Detail }): JSX.Element | null {
  if (detail.marks.length === 0) return null;
  return (
    <section class="doubts">
      <h2>{say("marks_title")}</h2>
      <ul>
        {detail.marks.map((mark) => {
          const label = labelOf(detail, mark.field);
          return <li key={`${mark.code} ${mark.field}`}>{label && <strong>{label} : </strong>}{word("mark", mark.code, "mark_other")}</li>;
        })}
      </ul>
    </section>
  );
}

function Answers({ detail, asking, fields, onField }: {
  readonly detail: Detail;
  readonly asking: boolean;
  readonly fields: readonly string[];
  readonly onField: (key: string, wanted: boolean) => void;
}): JSX.Element {
  const compares = detail.sections.some((section) => section.known);
  const correctable = new Set(detail.correctable.map((field) => field.key));
  return (
    <>
      {detail.sections.map((section, index) => (
        <Scroll key={`${section.title} ${index}`} label={section.title}>
          <table class="compare">
            <caption>{section.title}{compares && !section.known && <> <span class="badge">{say("section_new")}</span></>}</caption>
            <thead>
              <tr>
                {asking && <th scope="col">{say("ask_column")}</th>}
                <th scope="col">{say("answers_field")}</th>
                <th scope="col">{say("answers_answer")}</th>
                {compares && <th scope="col">{say("answers_known")}</th>}
              </tr>
            </thead>
            <tbody>
              {section.rows.map((row) => (
                <tr key={row.key} class={row.differs ? "differs" : undefined}>
                  {asking && (
                    <td>{correctable.has(row.key) && (
                      <label class="tick"><input type="checkbox" checked={fields.includes(row.key)} onChange={(event) => { onField(row.key, event.currentTarget.checked); }} />
                        <Hidden>{say("ask_field", { label: `${section.title}, ${row.label}` })}</Hidden></label>
                    )}</td>
                  )}
                  <th scope="row">{row.label}</th>
                  <td class="value">{row.value}{row.mark && <> <span class="badge doubt">{word("mark_short", row.mark, "mark_short_other")}</span></>}{row.note && <><br /><small>{row.note}</small></>}</td>
                  {compares && (
                    <td class="value">
                      {row.differs && <><span class="badge different">{say("answers_differs")}</span> </>}
                      {section.known && (row.differs || row.known !== row.value ? row.known || say("answers_nothing_known") : row.value && <span class="same">{say("answers_same")}</span>)}
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      ))}
    </>
  );
}

function Asking({ detail, fields, message, onMessage, onDrop, onCancel, onSend }: {
  readonly detail: Detail;
  readonly fields: readonly string[];
  readonly message: string;
  readonly onMessage: (text: string) => void;
  readonly onDrop: (key: string) => void;
  readonly onCancel: () => void;
  readonly onSend: () => void;
}): JSX.Element {
  const [trouble, setTrouble] = useState("");
  const submit = (event: Event): void => {
    event.preventDefault();
    if (fields.length === 0) setTrouble(say("ask_needs_fields"));
    else if (message.trim() === "") setTrouble(say("ask_needs_message"));
    else onSend();
  };
  return (
    <form onSubmit={submit} class="deciding">
      <p>{say("ask_words")}</p>
      <Trouble text={trouble} />
      <p role="status">{fields.length === 0 ? say("ask_none") : say("ask_chosen")}</p>
      {fields.length > 0 && (
        <ul class="chosen">
          {fields.map((key) => (
            <li key={key}>{labelOf(detail, key)}{" "}
              <button type="button" class="plain" onClick={() => { onDrop(key); }}>{say("ask_drop")}<Hidden> {labelOf(detail, key)}</Hidden></button></li>
          ))}
        </ul>
      )}
      <Words label={say("ask_message")} hint={say("ask_message_hint")} value={message} onValue={onMessage} />
      <p class="buttons">
        <button type="submit" class="first">{say("ask_send")}</button>
        <button type="button" onClick={onCancel}>{say("cancel")}</button>
      </p>
    </form>
  );
}

function Notes({ detail, note, onNote, onSent, reload }: {
  readonly detail: Detail;
  readonly note: string;
  readonly onNote: (text: string) => void;
  readonly onSent: (text: string) => void; // what is typed by then may be the next one
  readonly reload: () => Promise<void>;
}): JSX.Element {
  const desk = useDesk();
  const [trouble, setTrouble] = useState("");
  const send = (event: Event): void => {
    event.preventDefault();
    const text = note.trim();
    if (text === "") return;
    setTrouble("");
    desk.api.post(`submissions/${encodeURIComponent(detail.number)}/notes`, { text }).then(
      () => {
        onSent(text);
        desk.say(say("note_done"));
        void reload();
      },
      (problem: unknown) => { setTrouble(sentence(problem)); });
  };
  return (
    <section aria-label={say("notes_title")}>
      <h2>{say("notes_title")}</h2>
      {detail.notes.length === 0 && <p class="hint">{say("notes_none")}</p>}
      <ol class="notes">
        {detail.notes.map((one, index) => (
          <li key={index}><p class="by">{one.by.name} · <time dateTime={one.at}>{momentText(one.at)}</time></p><p class="words">{one.text}</p></li>
        ))}
      </ol>
      <form onSubmit={send} id="note">
        <Trouble text={trouble} />
        <Words label={say("note_new")} hint={say("note_hint")} value={note} onValue={onNote} rows={2} />
        <p class="buttons"><button type="submit">{say("note_send")}</button></p>
      </form>
    </section>
  );
}

const ARRIVED: readonly string[] = ["counter", "file"]; // the other codes are reasons

const History = ({ detail }: { readonly detail: Detail }): JSX.Element => (
  <section aria-label={say("history_title")}>
    <h2>{say("history_title")}</h2>
    <ol class="history">
      {detail.history.map((event, index) => (
        <li key={index}>
          <p><time dateTime={event.at}>{momentText(event.at)}</time> · {word("event", event.event, "event_other")}{ARRIVED.includes(event.code) && <>, {word("origin", event.code, "origin_other")}</>}{event.by && <> · {event.by.name}</>}</p>
          {event.note && <p class="words">{event.note}</p>}
        </li>
      ))}
    </ol>
  </section>
);
