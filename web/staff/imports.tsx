// Families from another system: a file is sent, what it would change is shown line by line, and then exactly that is done.
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Refusal, sentence } from "./api.ts";
import type { ImportPlan, ImportRow } from "./contract.ts";
import { useDesk } from "./desk.ts";
import { Bulk } from "./keys.tsx";
import { useNewest } from "./newest.ts";
import { Scroll, Select, Title, Trouble } from "./parts.tsx";
import type { TextKey } from "./texts.ts";
import { count, say, word } from "./texts.ts";
import { useTown } from "./town.ts";

const OUTCOMES = ["changed", "new", "unchanged"] as const;
type Outcome = (typeof OUTCOMES)[number];

interface Held {
  readonly id: string;
  readonly plan: ImportPlan;
}

export function ImportPage(): JSX.Element {
  const desk = useDesk();
  const [sent, setSent] = useState<number | null>(null); // of 1; 1: it is being looked at
  const [held, setHeld] = useState<Held | null>(null);
  const [done, setDone] = useState<ImportPlan | null>(null);
  const [leaveOut, setLeaveOut] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState("");
  const result = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => { if (held || done) result.current?.focus(); }, [held, done]);

  const begin = async (file: File): Promise<void> => {
    setTrouble("");
    setHeld(null);
    setDone(null);
    setLeaveOut(false);
    setSent(0);
    try {
      if (file.size === 0) throw new Refusal(0, "empty", say("import_empty"));
      const { id, part_bytes } = (await desk.api.post("imports", { bytes: file.size })) as { id: string; part_bytes: number };
      for (let at = 0; at < file.size; at += part_bytes) {
        await desk.api.putText(`imports/${id}/parts/${at}`, await file.slice(at, at + part_bytes).arrayBuffer());
        setSent(Math.min(1, (at + part_bytes) / file.size));
      }
      await look(id);
    } catch (problem) {
      setTrouble(problem instanceof DOMException ? say("import_file_changed") : sentence(problem));
    }
    setSent(null);
  };
  const look = async (id: string): Promise<void> => {
    setHeld({ id, plan: (await desk.api.post(`imports/${id}/check`)) as ImportPlan });
  };
  const write = async ({ id, plan }: Held): Promise<void> => {
    setBusy(true);
    setTrouble("");
    try {
      setDone((await desk.api.post(`imports/${id}/write`, { digest: plan.digest, skip_bad: leaveOut })) as ImportPlan);
      setHeld(null);
    } catch (problem) {
      setTrouble(sentence(problem));
      if (problem instanceof Refusal && problem.code === "import_changed") await look(id).catch(desk.sayTrouble);
      else if (problem instanceof Refusal && problem.code === "import_gone") setHeld(null);
    }
    setBusy(false);
  };
  const giveUp = (id: string): void => {
    setHeld(null);
    setTrouble("");
    desk.api.delete(`imports/${id}`).catch(desk.sayTrouble);
  };

  return (
    <>
      <Title label={say("import_title")}>{say("import_title")}</Title>
      <p>{say("import_words")}</p>
      <div class="field">
        <label for="import-file">{say("import_file")}</label>
        <p class="hint" id="import-hint">{say("import_file_hint")}</p>
        <input id="import-file" type="file" accept=".csv,text/csv" aria-describedby="import-hint" disabled={sent !== null || busy} onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = ""; // the same file may be chosen again once it is mended
          if (file) void begin(file);
        }} />
      </div>
      <Trouble text={trouble} />
      {sent !== null && (
        <p role="status"><label>{say(sent < 1 ? "import_sending" : "import_looking")} <progress {...(sent < 1 ? { value: sent } : {})} /></label></p>
      )}
      {held && (
        <section aria-labelledby="import-plan">
          <h2 id="import-plan" tabIndex={-1} ref={result}>{say("import_plan")}</h2>
          <Counts plan={held.plan} />
          <Mistakes held={held} />
          {held.plan.readable && <Rows key={held.plan.digest} held={held} />}
          {held.plan.readable && held.plan.bad_lines > 0 && (
            <p><label class="tick"><input type="checkbox" checked={leaveOut} onChange={(event) => { setLeaveOut(event.currentTarget.checked); }} /> {count("import_leave_out_one", "import_leave_out_several", held.plan.bad_lines)}</label></p>
          )}
          <p class="buttons">
            {held.plan.readable && <button type="button" class="first" aria-disabled={busy || !mayWrite(held.plan, leaveOut)} onClick={() => { if (!busy && mayWrite(held.plan, leaveOut)) void write(held); }}>{say("import_write")}</button>}
            <button type="button" onClick={() => { giveUp(held.id); }}>{say("import_give_up")}</button>
          </p>
          {held.plan.readable && !mayWrite(held.plan, leaveOut) && <p class="hint">{say(held.plan.bad_lines > 0 && !leaveOut ? "import_why_not_bad" : "import_why_not_nothing")}</p>}
        </section>
      )}
      {done && <Done plan={done} heading={result} />}
    </>
  );
}

const mayWrite = (plan: ImportPlan, leaveOut: boolean): boolean =>
  plan.readable && (plan.bad_lines === 0 || leaveOut) && plan.people.new + plan.people.changed > 0;

function Counts({ plan }: { readonly plan: ImportPlan }): JSX.Element {
  const rows: readonly (readonly [TextKey, ImportPlan["people"]])[] = [["import_families", plan.families], ["import_people", plan.people]];
  return (
    <Scroll label={say("import_counts")}>
      <table>
        <caption class="unseen">{say("import_counts")}</caption>
        <thead><tr><th scope="col">{say("import_counts")}</th><th scope="col">{say("outcome_new")}</th><th scope="col">{say("outcome_changed")}</th><th scope="col">{say("outcome_unchanged")}</th><th scope="col">{say("import_bad")}</th></tr></thead>
        <tbody>{rows.map(([text, counts], at) => (
          <tr key={text}><th scope="row">{say(text)}</th><td>{number(counts.new)}</td><td>{number(counts.changed)}</td><td>{number(counts.unchanged)}</td>
            <td>{at === 1 && count("import_lines_one", "import_lines_several", plan.bad_lines)}</td></tr>
        ))}</tbody>
      </table>
    </Scroll>
  );
}

const number = (value: number): string => new Intl.NumberFormat("fr-FR").format(value);

function Mistakes({ held: { id, plan } }: { readonly held: Held }): JSX.Element | null {
  const desk = useDesk();
  if (plan.mistakes.length === 0) return null;
  return (
    <>
      <h3>{say(plan.readable ? "import_mistakes" : "import_unreadable")}</h3>
      <p>{say("import_mistakes_words", { shown: plan.mistakes.length, all: plan.mistakes_in_all })} <a href={`/api/v1/admin/${desk.slug}/imports/${id}/mistakes.csv`} download="">{say("import_mistakes_file")}</a></p>
      <Scroll label={say("import_mistakes")}>
        <table class="long">
          <caption class="unseen">{say("import_mistakes")}</caption>
          <thead><tr><th scope="col">{say("import_line")}</th><th scope="col">{say("import_column")}</th><th scope="col">{say("import_value")}</th><th scope="col">{say("import_what")}</th></tr></thead>
          <tbody>{plan.mistakes.map((mistake, at) => (
            <tr key={at}><th scope="row">{mistake.line}</th><td>{mistake.column && <code>{mistake.column}</code>}</td><td class="value">{mistake.value}</td><td>{mistake.reason}</td></tr>
          ))}</tbody>
        </table>
      </Scroll>
    </>
  );
}

function Rows({ held: { id, plan } }: { readonly held: Held }): JSX.Element | null {
  const desk = useDesk();
  const there = OUTCOMES.filter((one) => plan.people[one] > 0);
  const [outcome, setOutcome] = useState<Outcome>(there[0] ?? "changed");
  const [rows, setRows] = useState<readonly ImportRow[]>([]);
  const [next, setNext] = useState<number | null>(null);
  const [trouble, setTrouble] = useState("");

  const newest = useNewest();
  const load = async (after: number | null): Promise<void> => {
    const wanted = newest();
    try {
      const page = (await desk.api.get(`imports/${id}/rows?outcome=${outcome}&limit=100${after === null ? "" : `&after=${after}`}`)) as { rows: readonly ImportRow[]; next: number | null };
      if (!wanted()) return;
      setRows((before) => (after === null ? page.rows : [...before, ...page.rows]));
      setNext(page.next);
      setTrouble("");
    } catch (problem) {
      if (wanted()) setTrouble(sentence(problem));
    }
  };
  useEffect(() => { void load(null); }, [outcome]);

  if (there.length === 0) return null;
  return (
    <>
      <h3>{say("import_rows")}</h3>
      <Select label={say("import_rows_show")} value={outcome} onValue={(value) => { setOutcome(value as Outcome); }}
        choices={there.map((one) => ({ value: one, label: `${word("outcome", one, "outcome_changed")} (${number(plan.people[one])})` }))} />
      <Trouble text={trouble} />
      <Scroll label={say("import_rows")}>
        <table>
          <caption class="unseen">{say("import_rows")}</caption>
          <thead><tr><th scope="col">{say("import_line")}</th><th scope="col">{say("import_family")}</th><th scope="col">{say("import_person")}</th><th scope="col">{say("column_name")}</th><th scope="col">{say("import_becomes")}</th></tr></thead>
          <tbody>{rows.map((row) => (
            <tr key={row.line}>
              <th scope="row">{row.line}</th><td>{row.family_id}</td><td>{row.person_id}</td>
              <td class="value">{row.name || say("no_name")} <span class="badge">{word("kind", row.kind, "kind_contact")}</span></td>
              <td>{row.outcome === "changed" ? <Changes row={row} /> : say(row.outcome === "unchanged" ? "import_stays" : row.new_family ? "import_new_family" : "import_new_person")}</td>
            </tr>
          ))}</tbody>
        </table>
      </Scroll>
      {next !== null && <p class="buttons"><button type="button" onClick={() => { void load(next); }}>{say("queue_more")}</button></p>}
    </>
  );
}

const Changes = ({ row }: { readonly row: ImportRow }): JSX.Element => (
  <ul class="changes">
    {row.changes.map((change) => (
      <li key={change.column}><code>{change.column}</code>{" : "}<del class="was">{change.before || say("import_nothing")}</del>{" → "}<ins>{change.after || say("import_nothing")}</ins></li>
    ))}
  </ul>
);

function Done({ plan, heading }: { readonly plan: ImportPlan; readonly heading: { current: HTMLHeadingElement | null } }): JSX.Element {
  const town = useTown();
  const services = (town?.services ?? []).filter((one) => one.key_entry === "typed");
  return (
    <section aria-labelledby="import-done">
      <h2 id="import-done" tabIndex={-1} ref={heading}>{say("import_done")}</h2>
      <Counts plan={plan} />
      {plan.bad_lines > 0 && <p>{count("import_left_out_one", "import_left_out_several", plan.bad_lines)}</p>}
      {services.length > 0 ? <Bulk services={services} reload={async () => { /* nothing else is shown here */ }} /> : town && <p>{say("keys_not_typed")}</p>}
    </section>
  );
}
