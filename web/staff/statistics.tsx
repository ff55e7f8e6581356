// What the town hall looks at: requests by day, how long decisions take, how many are late, reasons, mails. Each picture has
// its numbers as a table beside it.
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Line, Picture } from "../charts/main.ts";
import { sentence } from "./api.ts";
import { useDesk } from "./desk.ts";
import { Field, Scroll, Select, Title, Trouble } from "./parts.tsx";
import { theme } from "./settings.ts";
import { useStore } from "./store.ts";
import type { TextKey } from "./texts.ts";
import { dayText, say, word } from "./texts.ts";

interface Counts {
  readonly received: number;
  readonly accepted: number;
  readonly refused: number;
  readonly automatic: number;
  readonly withdrawn: number;
  readonly late: number;
  readonly mails_sent: number;
  readonly mails_failed: number;
}
interface Day extends Counts {
  readonly day: string;
}
interface Statistics {
  readonly days: readonly Day[];
  readonly total: Counts;
  readonly median_hours: number | null;
  readonly p90_hours: number | null;
  readonly reasons: readonly { readonly code: string; readonly text: string; readonly count: number }[];
  readonly failed_mails: readonly { readonly kind: string; readonly count: number }[];
}

const PERIODS = ["30", "90", "365"] as const;
const PROCEDURES = ["registration", "entourage", "profile"] as const;
const LEAST_DAYS_FOR_WEEKS = 62;

const inParis = new Intl.DateTimeFormat("fr-CA", { timeZone: "Europe/Paris", year: "numeric", month: "2-digit", day: "2-digit" });
const shortDay = new Intl.DateTimeFormat("fr-FR", { day: "numeric", month: "short", timeZone: "UTC" });
const number = new Intl.NumberFormat("fr-FR");
const percent = new Intl.NumberFormat("fr-FR", { style: "percent", maximumFractionDigits: 1 });

// Days of the calendar, of which two in a year have not 24 hours.
const daysBefore = (count: number): string => {
  const day = new Date(`${inParis.format(new Date())}T12:00:00Z`);
  day.setUTCDate(day.getUTCDate() - count);
  return day.toISOString().slice(0, 10);
};

// "5 h", "3 j 4 h": as somebody says how long they have waited.
function duration(hours: number | null): string {
  if (hours === null) return "–";
  if (hours < 48) return say("stat_hours", { hours });
  const rest = hours % 24;
  return rest === 0 ? say("stat_days", { days: hours / 24 }) : say("stat_days_hours", { days: Math.floor(hours / 24), hours: rest });
}

// Weeks, where days would be too many to read.
function grouped(days: readonly Day[]): readonly Day[] {
  if (days.length < LEAST_DAYS_FOR_WEEKS) return days;
  const weeks: Day[] = [];
  for (let at = 0; at < days.length; at += 7) {
    const week = days.slice(at, at + 7);
    const [first] = week;
    if (!first) break;
    const sum = (name: keyof Counts): number => week.reduce((all, day) => all + day[name], 0);
    weeks.push({
      day: first.day, received: sum("received"), accepted: sum("accepted"), refused: sum("refused"), automatic: sum("automatic"),
      withdrawn: sum("withdrawn"), late: sum("late"), mails_sent: sum("mails_sent"), mails_failed: sum("mails_failed"),
    });
  }
  return weeks;
}

type Column = readonly [keyof Counts, TextKey];
const REQUESTS: readonly Column[] = [
  ["received", "stat_received"], ["accepted", "stat_accepted"], ["refused", "stat_refused"], ["late", "stat_late"], ["automatic", "stat_automatic"], ["withdrawn", "stat_withdrawn"],
];
const MAILS: readonly Column[] = [["mails_sent", "stat_mails_sent"], ["mails_failed", "stat_mails_failed"]];

function csvOf(days: readonly Day[], columns: readonly Column[]): string {
  const lines = [["jour", ...columns.map(([, text]) => say(text))], ...days.map((day) => [day.day, ...columns.map(([name]) => String(day[name]))])];
  // For a spreadsheet that speaks French: semicolons, and the mark that says UTF-8. Dates and counts only: nothing is a formula.
  return `\uFEFF${lines.map((line) => line.join(";")).join("\r\n")}\r\n`;
}

function save(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => { URL.revokeObjectURL(address); }, 10_000);
}

function Chart({ days, lines }: { readonly days: readonly Day[]; readonly lines: readonly (readonly [keyof Counts, TextKey, string, (readonly number[])?])[] }): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const light = useStore(theme);
  useEffect(() => {
    const { current } = host;
    const address = FOYER_ASSETS["charts.js"];
    if (!current || !address) return undefined;
    let over = false;
    let away: (() => void) | undefined;
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string): string => style.getPropertyValue(name).trim();
    const paint = (): void => {
      import(address).then((module: { draw: (host: HTMLElement, picture: Picture) => () => void }) => {
        if (over) return;
        away?.();
        away = module.draw(current, {
          days: days.map((day) => day.day),
          lines: lines.map(([name, text, ink, dash]): Line => ({ label: say(text), values: days.map((day) => day[name]), colour: colour(ink), ...(dash ? { dash } : {}) })),
          ink: colour("--text"),
          grid: colour("--line"),
          font: "13px Foyer, system-ui, sans-serif",
          dayText: (day) => shortDay.format(new Date(`${day}T12:00:00Z`)),
        });
      }).catch(() => undefined); // the table has it all
    };
    paint();
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", paint);
    return () => {
      over = true;
      dark.removeEventListener("change", paint);
      away?.();
    };
  }, [days, light]);
  return (
    <>
      <ul class="chart-key" aria-hidden="true">
        {lines.map(([name, text, ink, dash]) => (
          <li key={name}>
            <svg width="28" height="8" viewBox="0 0 28 8"><line x1="0" y1="4" x2="28" y2="4" style={{ stroke: `var(${ink})`, strokeWidth: 2 }} stroke-dasharray={dash?.join(" ")} /></svg>
            {say(text)}
          </li>
        ))}
      </ul>
      <div class="chart" ref={host} aria-hidden="true" />
    </>
  );
}

function Numbers({ title, days, columns, file, children }: {
  readonly title: string;
  readonly days: readonly Day[];
  readonly columns: readonly Column[];
  readonly file: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  const id = useId();
  return (
    <section>
      <h2 id={id}>{title}</h2>
      <figure class="statistics" aria-labelledby={id}>
        {children}
        <Scroll label={title}>
          <table>
            <caption class="unseen">{title}</caption>
            <thead><tr><th scope="col">{say(file.endsWith("-par-semaine") ? "stat_week" : "stat_day")}</th>{columns.map(([name, text]) => <th key={name} scope="col" class="number">{say(text)}</th>)}</tr></thead>
            <tbody>
              {[...days].reverse().map((day) => (
                <tr key={day.day}><th scope="row">{dayText(`${day.day}T12:00:00Z`)}</th>{columns.map(([name]) => <td key={name} class="number">{number.format(day[name])}</td>)}</tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </figure>
      <p class="buttons"><button type="button" onClick={() => { save(`${file}.csv`, csvOf(days, columns)); }}>{say("stat_csv")}<span class="unseen"> : {title}</span></button></p>
    </section>
  );
}

function List({ title, head, rows, none }: {
  readonly title: string;
  readonly head: string;
  readonly rows: readonly (readonly [string, number])[];
  readonly none: string;
}): JSX.Element {
  return (
    <section>
      <h2>{title}</h2>
      {rows.length === 0 ? <p>{none}</p> : (
        <Scroll label={title}><table class="short">
          <caption class="unseen">{title}</caption>
          <thead><tr><th scope="col">{head}</th><th scope="col" class="number">{say("stat_count")}</th></tr></thead>
          <tbody>{rows.map(([label, value]) => <tr key={label}><th scope="row">{label}</th><td class="number">{number.format(value)}</td></tr>)}</tbody>
        </table></Scroll>
      )}
    </section>
  );
}

export function StatisticsPage(): JSX.Element {
  const desk = useDesk();
  const [period, setPeriod] = useState("30");
  const [from, setFrom] = useState(daysBefore(29));
  const [to, setTo] = useState(daysBefore(0));
  const [procedure, setProcedure] = useState("");
  const [made, setMade] = useState<Statistics | null>(null);
  const [trouble, setTrouble] = useState("");

  const choose = (chosen: string): void => {
    setPeriod(chosen);
    if (chosen === "own") return;
    setFrom(daysBefore(Number(chosen) - 1));
    setTo(daysBefore(0));
  };
  useEffect(() => {
    const stop = new AbortController();
    const asked = new URLSearchParams({ from, to });
    if (procedure) asked.set("procedure", procedure);
    desk.api.get(`statistics?${asked.toString()}`, { signal: stop.signal }).then(
      (answer) => {
        setMade(answer as Statistics);
        setTrouble("");
      },
      (problem: unknown) => { if (!stop.signal.aborted) setTrouble(sentence(problem)); });
    return () => { stop.abort(); };
  }, [from, to, procedure]);

  const days = made ? grouped(made.days) : [];
  const weeks = made !== null && days.length < made.days.length;
  const decided = made ? made.total.accepted + made.total.refused : 0;
  const suffix = weeks ? "-par-semaine" : "";
  return (
    <>
      <Title label={say("stat_title")}>{say("stat_title")}</Title>
      <div class="filters">
        <Select label={say("stat_period")} value={period} onValue={choose}
          choices={[...PERIODS.map((one) => ({ value: one, label: word("stat_period", one, "stat_period") })), { value: "own", label: say("stat_period_own") }]} />
        {period === "own" && <Field label={say("stat_from")} type="date" value={from} onValue={setFrom} />}
        {period === "own" && <Field label={say("stat_to")} type="date" value={to} onValue={setTo} />}
        <Select label={say("stat_procedure")} value={procedure} onValue={setProcedure}
          choices={[{ value: "", label: say("filter_any") }, ...PROCEDURES.map((one) => ({ value: one, label: word("procedure", one, "procedure_other") }))]} />
      </div>
      <Trouble text={trouble} />
      <p role="status">{made ? "" : say("loading")}</p>
      {made && (
        <>
          <dl class="figures">
            <div><dt>{say("stat_received")}</dt><dd>{number.format(made.total.received)}</dd></div>
            <div><dt>{say("stat_decided")}</dt><dd>{number.format(decided)}</dd></div>
            <div><dt>{say("stat_median")}</dt><dd>{duration(made.median_hours)}</dd></div>
            <div><dt>{say("stat_p90")}</dt><dd>{duration(made.p90_hours)}</dd></div>
            <div><dt>{say("stat_share_late")}</dt><dd>{decided === 0 ? "–" : percent.format(made.total.late / decided)}</dd></div>
            <div><dt>{say("stat_mails_failed")}</dt><dd>{number.format(made.total.mails_failed)}</dd></div>
          </dl>
          <Numbers title={say(weeks ? "stat_requests_week" : "stat_requests_day")} days={days} columns={REQUESTS} file={`demandes${suffix}`}>
            <Chart days={days} lines={[["received", "stat_received", "--accent"], ["accepted", "stat_accepted", "--good", [8, 4]], ["late", "stat_late", "--danger", [2, 3]]]} />
          </Numbers>
          <List title={say("stat_reasons")} head={say("stat_reason")} none={say("stat_no_refusal")}
            rows={made.reasons.map(({ text, count }) => [text === "" ? say("stat_reason_words") : text, count] as const)} />
          <Numbers title={say(weeks ? "stat_mails_week" : "stat_mails_day")} days={days} columns={MAILS} file={`courriels${suffix}`}>
            <Chart days={days} lines={[["mails_sent", "stat_mails_sent", "--accent"], ["mails_failed", "stat_mails_failed", "--danger", [2, 3]]]} />
          </Numbers>
          <List title={say("stat_failed_mails")} head={say("stat_mail_kind")} none={say("stat_no_failed_mail")}
            rows={made.failed_mails.map(({ kind, count }) => [word("stat_kind", kind, "stat_kind_other"), count] as const)} />
        </>
      )}
    </>
  );
}
