// The families the town knows: found by name, looked at; a key made for one of them, or taken back.
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { sentence } from "./api.ts";
import type { FamilyDetail, FamilyPage, FamilyRow, Letters } from "./contract.ts";
import { useDesk } from "./desk.ts";
import { download } from "./download.ts";
import { KeyTable } from "./keys.tsx";
import { LetterSheets } from "./letters.tsx";
import { useNewest } from "./newest.ts";
import { Field, Hidden, Scroll, Select, Title, Trouble } from "./parts.tsx";
import { count, say, word } from "./texts.ts";
import type { ServiceOfTown } from "./town.ts";
import { useTown } from "./town.ts";

export function FamiliesPage(): JSX.Element {
  const desk = useDesk();
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState("");
  const [page, setPage] = useState<FamilyPage | null>(null);
  const [open, setOpen] = useState<number | null>(null);
  const [trouble, setTrouble] = useState("");

  const newest = useNewest();
  const load = async (q: string, after: number | null): Promise<void> => {
    const wanted = newest();
    try {
      const query = new URLSearchParams({ limit: "50", ...(q ? { q } : {}), ...(after === null ? {} : { after: String(after) }) });
      const fetched = (await desk.api.get(`families?${query.toString()}`)) as FamilyPage;
      if (!wanted()) return;
      setPage((there) => (after !== null && there ? { ...fetched, families: [...there.families, ...fetched.families] } : fetched));
      setTrouble("");
    } catch (problem) {
      if (wanted()) setTrouble(sentence(problem));
    }
  };
  useEffect(() => { void load("", null); }, []);

  const search = (event: Event): void => {
    event.preventDefault();
    setAsked(typed.trim());
    setOpen(null);
    void load(typed.trim(), null);
  };
  return (
    <>
      <Title label={say("families_title")}>{say("families_title")}</Title>
      <form role="search" class="filters" aria-label={say("families_title")} onSubmit={search}>
        <Field label={say("families_search")} hint={say("families_search_hint")} value={typed} maxLength={200} onValue={setTyped} />
        <p class="buttons"><button type="submit" class="first">{say("families_find")}</button></p>
      </form>
      <Trouble text={trouble} />
      <p role="status">{page ? count("families_shown_one", "families_shown_several", page.families.length) : trouble ? "" : say("loading")}</p>
      {page?.families.length === 0 && <p class="empty">{say(asked ? "families_not_found" : "families_none")}</p>}
      {page && page.families.length > 0 && (
        <Scroll label={say("families_title")}>
          <table>
            <caption class="unseen">{say("families_title")}</caption>
            <thead><tr>
              <th scope="col">{say("family_number")}</th><th scope="col">{say("kind_representatives")}</th><th scope="col">{say("kind_children")}</th>
              <th scope="col">{say("family_keys")}</th><th scope="col">{say("mail_action")}</th>
            </tr></thead>
            <tbody>{page.families.map((family) => <Row key={family.id} family={family} open={open === family.id} onOpen={() => { setOpen(open === family.id ? null : family.id); }} />)}</tbody>
          </table>
        </Scroll>
      )}
      {page && page.next !== null && <p class="buttons"><button type="button" onClick={() => { void load(asked, page.next); }}>{say("queue_more")}</button></p>}
      {open !== null && <Family key={open} id={open} />}
    </>
  );
}

function Row({ family, open, onOpen }: { readonly family: FamilyRow; readonly open: boolean; readonly onOpen: () => void }): JSX.Element {
  const names = (...kinds: readonly string[]): JSX.Element[] => family.people.filter(({ kind }) => kinds.includes(kind)).map((person, at) => (
    <span key={at} class="somebody">{person.name || say("no_name")}{person.has_account && <> <span class="badge state-accepted">{say("family_has_account")}</span></>}</span>
  ));
  const label = family.people.map(({ name }) => name).find((name) => name !== "") ?? String(family.id);
  return (
    <tr class={open ? "chosen" : ""}>
      <th scope="row">{family.family_id ?? <span class="same">{say("family_not_imported")}</span>}</th>
      <td class="people">{names("representative")}</td>
      <td class="people">{names("child", "expected_child")}</td>
      <td>{family.live_keys === 0 ? say("family_no_key") : count("family_key_one", "family_key_several", family.live_keys)}</td>
      <td><button type="button" aria-expanded={open} onClick={onOpen}>{say("family_see")}<Hidden> : {label}</Hidden></button></td>
    </tr>
  );
}

function Family({ id }: { readonly id: number }): JSX.Element {
  const desk = useDesk();
  const town = useTown();
  const [family, setFamily] = useState<FamilyDetail | null>(null);
  const [letters, setLetters] = useState<Letters | null>(null);
  const [service, setService] = useState("");
  const heading = useRef<HTMLHeadingElement>(null);
  const [trouble, setTrouble] = useState("");

  const load = async (): Promise<void> => {
    try {
      setFamily((await desk.api.get(`families/${id}`)) as FamilyDetail);
      setTrouble("");
    } catch (problem) {
      setTrouble(sentence(problem));
    }
  };
  useEffect(() => { void load(); }, []);
  // It stands below the list: whoever opened it is brought there, unless they have gone elsewhere while it came.
  const opener = useRef<Element | null>(null);
  useLayoutEffect(() => { opener.current = document.activeElement; }, []);
  useLayoutEffect(() => {
    if (family && [opener.current, document.body].includes(document.activeElement)) heading.current?.focus();
  }, [family === null]);

  const session = desk.session.get();
  const mine = (one: ServiceOfTown): boolean => !session || session.staff.role !== "agent" || session.staff.services.length === 0 || session.staff.services.includes(one.key);
  const manages = session !== undefined && session !== null && session.staff.role !== "agent";
  const archive = (person: number): void => {
    download(desk, `families/${id}/people/${person}/archive`).then(() => { desk.say(say("privacy_archive_begun")); }, desk.sayTrouble);
  };
  const services = (town?.services ?? []).filter((one) => one.key_entry === "typed" && mine(one));
  const chosen = service || (services[0]?.key ?? "");
  const issue = (): void => {
    desk.api.post(`families/${id}/keys`, { service: chosen }).then(
      (answer) => {
        const made = answer as Letters;
        if (made.letters.length === 0) desk.say(say("keys_nobody"), "trouble");
        else setLetters(made);
        void load();
      },
      desk.sayTrouble);
  };
  const waits = family?.people.some((person) => person.kind === "representative" && !person.has_account) ?? false;
  return (
    <section aria-labelledby="family" class="family">
      <h2 id="family" tabIndex={-1} ref={heading}>
        {family ? say("family_title", { id: family.family_id ?? family.id }) : say("loading")}
      </h2>
      <Trouble text={trouble} />
      {family && (
        <div class="columns">
          {family.people.map((person) => (
            <Scroll key={person.id} label={person.name || say("no_name")}>
              <table class="compare">
                <caption>{person.name || say("no_name")} <span class="badge">{word("kind", person.kind, "kind_contact")}</span>{person.has_account && <> <span class="badge state-accepted">{say("family_has_account")}</span></>}</caption>
                <tbody>{person.rows.map((row) => <tr key={row.label}><th scope="row">{row.label}</th><td class="value">{row.value}</td></tr>)}</tbody>
              </table>
              {manages && !person.has_account && (
                <p class="buttons"><button type="button" onClick={() => { archive(person.id); }}>{say("privacy_archive")}<Hidden> : {person.name || say("no_name")}</Hidden></button></p>
              )}
            </Scroll>
          ))}
        </div>
      )}
      {family && (
        <>
          <h3>{say("family_keys")}</h3>
          {family.keys.length === 0 ? <p>{say("keys_none")}</p> : <KeyTable keys={family.keys} reload={load} />}
          {services.length > 0 && waits && (
            <div class="buttons">
              {services.length > 1 && <Select label={say("key_service")} value={chosen} onValue={setService} choices={services.map(({ key, name }) => ({ value: key, label: name["fr"] ?? key }))} />}
              <button type="button" onClick={issue}>{say("family_issue")}</button>
            </div>
          )}
          {services.length > 0 && waits && <p class="hint">{say("family_issue_hint")}</p>}
        </>
      )}
      {letters && <LetterSheets letters={[letters]} onClose={() => { setLetters(null); }} />}
    </section>
  );
}
