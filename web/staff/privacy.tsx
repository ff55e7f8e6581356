// Personal data: a person's archive and erasure; how long what is kept, and what the nightly job erased.
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import { sentence } from "./api.ts";
import { useDesk } from "./desk.ts";
import { download } from "./download.ts";
import { useNewest } from "./newest.ts";
import { Dialog, Field, Link, Scroll, State, Title, Trouble } from "./parts.tsx";
import { useStore } from "./store.ts";
import { count, dayText, momentText, say, word } from "./texts.ts";

interface Erasure {
  readonly id: number | null;
  readonly account: string;
  readonly at: string;
  readonly by: string;
  readonly open_requests: readonly string[];
  readonly erased: readonly { readonly what: string; readonly count: number }[];
  readonly kept: readonly { readonly what: string; readonly why: string; readonly number: string | null; readonly count: number; readonly until: string | null }[];
}
interface Person {
  readonly reference: string;
  readonly name: string;
  readonly email: string;
  readonly created_at: string;
  readonly last_active_at: string | null;
  readonly requests: readonly { readonly number: string; readonly procedure: string; readonly state: string; readonly received_at: string }[];
  readonly erasure: Erasure;
}
interface Run {
  readonly id: number;
  readonly started_at: string;
  readonly started_by: string;
  readonly dry_run: boolean;
  readonly state: string;
  readonly warned: number;
  readonly counts: readonly { readonly rule: string; readonly days: number; readonly erased: number; readonly postponed: number }[];
}
interface Retention {
  readonly rules: readonly { readonly rule: string; readonly days: number }[];
  readonly inactive_notice_days: number;
  readonly runs: readonly Run[];
  readonly clock_doubtful: boolean;
}

export function PrivacyPage(): JSX.Element {
  return (
    <>
      <Title label={say("privacy_title")}>{say("privacy_title")}</Title>
      <FindPerson />
      <RetentionReport />
      <Erasures />
    </>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ComponentChildren }): JSX.Element {
  const id = useId();
  return <section aria-labelledby={id}><h2 id={id}>{title}</h2>{children}</section>;
}

function FindPerson(): JSX.Element {
  const desk = useDesk();
  const [asked, setAsked] = useState("");
  const [person, setPerson] = useState<Person | null>(null);
  const [done, setDone] = useState<Erasure | null>(null);
  const [trouble, setTrouble] = useState("");

  const place = useStore(desk.place);
  const account = place.screen === "privacy" && "account" in place ? place.account : "";

  const newest = useNewest();
  const open = async (whose: () => Promise<string>): Promise<void> => {
    const wanted = newest();
    setPerson(null);
    setDone(null);
    setTrouble("");
    try {
      const found = (await desk.api.get(`accounts/${encodeURIComponent(await whose())}`)) as Person;
      if (wanted()) setPerson(found);
    } catch (problem) {
      if (wanted()) setTrouble(sentence(problem));
    }
  };
  // By the number of a request, as it is on every letter; or by the address, to which a request leads.
  const find = (): Promise<void> => open(async () =>
    ((await desk.api.get(`submissions/${encodeURIComponent(asked.trim())}`)) as { readonly account: { readonly reference: string } }).account.reference);
  useEffect(() => { if (account) void open(() => Promise.resolve(account)); }, [account]);
  return (
    <Part title={say("privacy_person")}>
      <p>{say("privacy_person_words")}</p>
      <form class="filters" onSubmit={(event) => { event.preventDefault(); void find(); }}>
        <Field label={say("privacy_number")} value={asked} onValue={setAsked} required />
        <p class="buttons"><button type="submit" class="first">{say("privacy_find")}</button></p>
      </form>
      <Trouble text={trouble} />
      {person && <PersonFile person={person} onErased={(erasure) => { setPerson(null); setDone(erasure); }} />}
      <div role="status">
        {done && <><p class="notice">{say("privacy_erased_done")}</p><Outcome erasure={done} /></>}
      </div>
    </Part>
  );
}

function PersonFile({ person, onErased }: { readonly person: Person; readonly onErased: (erasure: Erasure) => void }): JSX.Element {
  const desk = useDesk();
  const [asking, setAsking] = useState(false);
  const archive = (): void => {
    download(desk, `accounts/${encodeURIComponent(person.reference)}/archive`).then(() => { desk.say(say("privacy_archive_begun")); }, desk.sayTrouble);
  };
  return (
    <>
      <h3>{person.name}</h3>
      <p>{say("privacy_since", { email: person.email, day: dayText(person.created_at) })}{person.last_active_at && ` ${say("privacy_last", { day: dayText(person.last_active_at) })}`}</p>
      <Scroll label={say("privacy_requests")}>
        <table>
          <caption>{say("privacy_requests")}</caption>
          <thead><tr><th scope="col">{say("privacy_number")}</th><th scope="col">{say("stat_procedure")}</th><th scope="col">{say("privacy_received")}</th><th scope="col">{say("privacy_state")}</th></tr></thead>
          <tbody>
            {person.requests.map((one) => (
              <tr key={one.number}><th scope="row"><Link to={{ screen: "request", number: one.number }}>{one.number}</Link></th><td>{word("procedure", one.procedure, "procedure_other")}</td><td>{dayText(one.received_at)}</td><td><State state={one.state} /></td></tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <p class="buttons">
        <button type="button" class="first" onClick={archive}>{say("privacy_archive")}</button>
        <button type="button" class="danger" onClick={() => { setAsking(true); }}>{say("privacy_erase")}</button>
      </p>
      {asking && <EraseDialog person={person} onClose={() => { setAsking(false); }} onErased={onErased} />}
    </>
  );
}

function EraseDialog({ person, onClose, onErased }: {
  readonly person: Person;
  readonly onClose: () => void;
  readonly onErased: (erasure: Erasure) => void;
}): JSX.Element {
  const desk = useDesk();
  const [typed, setTyped] = useState("");
  const [openToo, setOpenToo] = useState(false);
  const [trouble, setTrouble] = useState("");
  const open = person.erasure.open_requests;
  const erase = (): void => {
    desk.api.post(`accounts/${encodeURIComponent(person.reference)}/erasure`, { confirm: typed.trim(), open_too: openToo }).then(
      (answer) => {
        onClose();
        onErased(answer as Erasure);
      },
      (problem: unknown) => { setTrouble(sentence(problem)); });
  };
  return (
    <Dialog title={say("privacy_erase_title", { name: person.name })} onClose={onClose}>
      <p>{say("privacy_erase_words")}</p>
      <Scroll label={say("privacy_outcome")}><Outcome erasure={person.erasure} /></Scroll>
      {open.length > 0 && (
        <p><label class="tick"><input type="checkbox" checked={openToo} onChange={(event) => { setOpenToo(event.currentTarget.checked); }} /> {say("privacy_open_too", { numbers: open.join(", ") })}</label></p>
      )}
      <Field label={say("privacy_confirm", { reference: person.reference })} value={typed} onValue={setTyped} required />
      <Trouble text={trouble} />
      <p class="buttons">
        <button type="button" class="danger" onClick={erase}>{say("privacy_erase_now")}</button>
        <button type="button" onClick={onClose}>{say("cancel")}</button>
      </p>
    </Dialog>
  );
}

function Outcome({ erasure }: { readonly erasure: Erasure }): JSX.Element {
  return (
    <table>
      <caption>{say("privacy_outcome")}</caption>
      <thead><tr><th scope="col">{say("privacy_what")}</th><th scope="col" class="number">{say("stat_count")}</th><th scope="col">{say("privacy_becomes")}</th></tr></thead>
      <tbody>
        {erasure.erased.map((one) => (
          <tr key={`erased ${one.what}`}><th scope="row">{word("privacy_what", one.what, "privacy_what_other")}</th><td class="number">{one.count}</td><td>{say("privacy_erased")}</td></tr>
        ))}
        {erasure.kept.map((one) => (
          <tr key={`kept ${one.what} ${one.number ?? ""}`}>
            <th scope="row">{word("privacy_kept", one.what, "privacy_what_other")}{one.number && ` ${one.number}`}</th>
            <td class="number">{one.count}</td>
            <td>{word("privacy_why", one.why, "privacy_why_other")}{one.until && ` ${say("privacy_until", { day: dayText(one.until) })}`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function RetentionReport(): JSX.Element {
  const desk = useDesk();
  const [retention, setRetention] = useState<Retention | null>(null);
  const [trouble, setTrouble] = useState("");
  useEffect(() => {
    desk.api.get("retention").then((answer) => { setRetention(answer as Retention); }, (problem: unknown) => { setTrouble(sentence(problem)); });
  }, []);
  const last = retention?.runs[0];
  const tried = retention?.runs.find((run) => run.state === "done");
  return (
    <Part title={say("privacy_retention")}>
      <p>{say("privacy_retention_words")}</p>
      <Trouble text={trouble} />
      {retention?.clock_doubtful && <p class="notice">{say("privacy_clock")}</p>}
      {retention && !last && <p>{say("privacy_no_run")}</p>}
      {last && <p>{say(last.dry_run ? "privacy_last_try" : "privacy_last_run", { moment: momentText(last.started_at), state: word("privacy_run", last.state, "state_unknown") })}</p>}
      {retention && (
        <p>{say("privacy_notice", { days: retention.inactive_notice_days })}{" "}
          {tried && (tried.dry_run ? count("privacy_would_warn_one", "privacy_would_warn_several", tried.warned) : count("privacy_warned_one", "privacy_warned_several", tried.warned))}</p>
      )}
      {retention && (
        <Scroll label={say("privacy_rules")}>
          <table class="short rules">
            <caption>{say("privacy_rules")}</caption>
            <thead><tr><th scope="col">{say("privacy_rule")}</th><th scope="col" class="number">{say("privacy_days")}</th><th scope="col" class="number">{say(tried?.dry_run ? "privacy_would" : "privacy_last_erased")}</th><th scope="col" class="number">{say("privacy_postponed")}</th></tr></thead>
            <tbody>
              {retention.rules.map(({ rule, days }) => {
                const found = tried?.counts.find((one) => one.rule === rule);
                return (
                  <tr key={rule}><th scope="row">{word("privacy_rule", rule, "privacy_rule_other")}</th><td class="number">{count("privacy_day_one", "privacy_day_several", days)}</td><td class="number">{found ? found.erased : "–"}</td><td class="number">{found ? found.postponed : "–"}</td></tr>
                );
              })}
            </tbody>
          </table>
        </Scroll>
      )}
    </Part>
  );
}

function Erasures(): JSX.Element {
  const desk = useDesk();
  const [list, setList] = useState<readonly Erasure[] | null>(null);
  useEffect(() => {
    desk.api.get("erasures").then((answer) => { setList((answer as { readonly erasures: readonly Erasure[] }).erasures); }, desk.sayTrouble);
  }, []);
  return (
    <Part title={say("privacy_erasures")}>
      {list?.length === 0 && <p>{say("privacy_no_erasure")}</p>}
      {list?.map((one) => (
        <details key={one.id}>
          <summary>{say("privacy_erasure_of", { reference: one.account, moment: momentText(one.at) })}</summary>
          <Outcome erasure={one} />
        </details>
      ))}
    </Part>
  );
}
