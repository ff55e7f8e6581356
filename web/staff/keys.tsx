// The keys that were made: their state, never the key; letters for many families at once; keys taken back.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { sentence } from "./api.ts";
import type { FamilyPage, Letters, ServiceKey } from "./contract.ts";
import { ROLES } from "./contract.ts";
import { useDesk } from "./desk.ts";
import { LetterSheets } from "./letters.tsx";
import { useNewest } from "./newest.ts";
import { Dialog, Field, Hidden, Scroll, Select, Title, Trouble } from "./parts.tsx";
import { count, dayText, momentText, say, word } from "./texts.ts";
import type { ServiceOfTown } from "./town.ts";
import { useTown } from "./town.ts";

const STATES = ["live", "used", "expired", "revoked"] as const;
const DAY = 24 * 3600 * 1000;
const FAMILIES_AT_ONCE = 50; // each key takes the server some milliseconds
const MOST_FAMILIES = 1000; // in one printing: whoever loses the page has to make that many anew
const dayIn = (now: number, days: number): string => new Date(now + days * DAY).toISOString().slice(0, 10);

export function KeyTable({ keys, reload }: { readonly keys: readonly ServiceKey[]; readonly reload: () => Promise<void> }): JSX.Element {
  const desk = useDesk();
  const town = useTown();
  const serviceOf = (key: ServiceKey): string => town?.services.find((one) => one.key === key.service)?.name["fr"] ?? key.service;
  const revoke = (key: ServiceKey): void => {
    desk.api.delete(`keys/${key.id}`).then(
      () => {
        desk.say(say("key_revoked", { name: key.name }));
        void reload();
      },
      desk.sayTrouble);
  };
  const when = (key: ServiceKey): string => {
    if (key.used_at) return momentText(key.used_at);
    if (key.revoked_at) return momentText(key.revoked_at);
    return key.expires_at ? say("key_until", { day: dayText(key.expires_at) }) : "";
  };
  return (
    <Scroll label={say("keys_title")}>
      <table>
        <caption class="unseen">{say("keys_title")}</caption>
        <thead><tr>
          <th scope="col">{say("key_whose")}</th><th scope="col">{say("family_number")}</th><th scope="col">{say("key_service")}</th><th scope="col">{say("key_issued")}</th>
          <th scope="col">{say("key_state")}</th><th scope="col">{say("mail_action")}</th>
        </tr></thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id}>
              <th scope="row">{key.name || say("no_name")}</th>
              <td>{key.family_id ?? say("family_not_imported")}</td>
              <td>{serviceOf(key)}</td>
              <td><time dateTime={key.issued_at}>{momentText(key.issued_at)}</time></td>
              <td><span class={`badge key-${key.state}`}>{word("key_is", key.state, "key_is_other")}</span> {when(key)}</td>
              <td>{key.state === "live" && <button type="button" onClick={() => { revoke(key); }}>{say("key_revoke")}<Hidden> : {key.name}, {serviceOf(key)}</Hidden></button>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

interface Page {
  readonly keys: readonly ServiceKey[];
  readonly next: number | null;
}

export function KeysPage(): JSX.Element {
  const desk = useDesk();
  const town = useTown();
  const [state, setState] = useState("");
  const [page, setPage] = useState<Page | null>(null);
  const [trouble, setTrouble] = useState("");
  const [ending, setEnding] = useState(false);

  const newest = useNewest();
  const load = async (after: number | null = null): Promise<void> => {
    const wanted = newest();
    try {
      const query = new URLSearchParams({ limit: "50", ...(state ? { state } : {}), ...(after === null ? {} : { after: String(after) }) });
      const fetched = (await desk.api.get(`keys?${query.toString()}`)) as Page;
      if (!wanted()) return;
      setPage((there) => (after !== null && there ? { keys: [...there.keys, ...fetched.keys], next: fetched.next } : fetched));
      setTrouble("");
    } catch (problem) {
      if (wanted()) setTrouble(sentence(problem));
    }
  };
  useEffect(() => { void load(); }, [state]);

  const services = (town?.services ?? []).filter((one) => one.key_entry === "typed");
  const session = desk.session.get();
  const manages = session ? ROLES.indexOf(session.staff.role) >= ROLES.indexOf("manager") : false;
  return (
    <>
      <Title label={say("keys_title")}>{say("keys_title")}</Title>
      <p>{say("keys_words")}</p>
      {town && services.length === 0 && <p class="notice">{say("keys_not_typed")}</p>}
      {manages && services.length > 0 && <Bulk services={services} reload={load} />}
      <Trouble text={trouble} />
      <Select label={say("key_state")} value={state} onValue={setState}
        choices={[{ value: "", label: say("filter_any") }, ...STATES.map((one) => ({ value: one, label: word("key_is", one, "key_is_other") }))]} />
      {page ? page.keys.length === 0 ? <p class="empty">{say("keys_none")}</p> : <KeyTable keys={page.keys} reload={load} /> : !trouble && <p role="status">{say("loading")}</p>}
      {page && page.next !== null && <p class="buttons"><button type="button" onClick={() => { void load(page.next); }}>{say("queue_more")}</button></p>}
      {manages && services.length > 0 && <p class="buttons"><button type="button" onClick={() => { setEnding(true); }}>{say("keys_revoke_all")}</button></p>}
      {ending && <RevokeAll services={services} onClose={() => { setEnding(false); }} reload={load} />}
    </>
  );
}

// Every family that has nobody with an account or a key gets its letters, in portions, so that a large town is no long silence.
export function Bulk({ services, reload }: { readonly services: readonly ServiceOfTown[]; readonly reload: () => Promise<void> }): JSX.Element {
  const desk = useDesk();
  const [service, setService] = useState(services[0]?.key ?? "");
  const [until, setUntil] = useState(dayIn(desk.api.now(), 90));
  const [waiting, setWaiting] = useState<number | null>(null); // families
  const [done, setDone] = useState<number | null>(null); // while it goes on
  const [letters, setLetters] = useState<readonly Letters[]>([]);

  const without = (after: number, limit: number): Promise<FamilyPage> =>
    desk.api.get(`families?${new URLSearchParams({ without_key: service, after: String(after), limit: String(limit) }).toString()}`) as Promise<FamilyPage>;
  const newest = useNewest();
  const look = (): void => {
    const wanted = newest();
    without(0, 1).then((page) => { if (wanted()) setWaiting(page.without_key); }, desk.sayTrouble);
  };
  useEffect(look, [service]);

  const issue = async (): Promise<void> => {
    const made: Letters[] = [];
    let families = 0;
    setDone(0);
    desk.unsaved.set(true);
    try {
      for (let after: number | null = 0; after !== null && families < MOST_FAMILIES;) {
        const page: FamilyPage = await without(after, FAMILIES_AT_ONCE);
        if (page.families.length > 0)
          made.push((await desk.api.post("keys", { service, last_day: until, families: page.families.map(({ id }) => id) })) as Letters);
        families += page.families.length;
        after = page.next;
        setDone(families);
      }
      if (made.every((one) => one.letters.length === 0)) desk.say(say("keys_nobody"), "trouble");
    } catch (problem) {
      desk.sayTrouble(problem);
    }
    // What was made is shown in any case: nobody can show it again.
    setDone(null);
    const shown = made.filter((one) => one.letters.length > 0);
    desk.unsaved.set(shown.length > 0);
    setLetters(shown);
    look();
    void reload();
  };
  return (
    <section aria-label={say("bulk_letters")} class="bulk-letters">
      <h2>{say("bulk_letters")}</h2>
      <p>{say("bulk_letters_words")}</p>
      <form onSubmit={(event) => {
        event.preventDefault();
        if (done === null && waiting) void issue();
      }}>
        {services.length > 1 && <Select label={say("key_service")} value={service} onValue={setService} choices={services.map(({ key, name }) => ({ value: key, label: name["fr"] ?? key }))} />}
        <Field label={say("key_last_day")} hint={say("key_last_day_hint")} type="date" required min={dayIn(desk.api.now(), 1)} max={dayIn(desk.api.now(), 700)} value={until} onValue={setUntil} />
        <p role="status">{done !== null ? count("bulk_letters_done_one", "bulk_letters_done_several", done) : waiting === null ? say("loading") : waiting === 0 ? say("bulk_letters_nobody") : count("bulk_letters_waiting_one", "bulk_letters_waiting_several", waiting)}</p>
        {waiting !== null && waiting > MOST_FAMILIES && <p class="hint">{say("bulk_letters_portions", { count: MOST_FAMILIES })}</p>}
        <p class="buttons"><button type="submit" class="first" aria-disabled={done !== null || !waiting}>{say("bulk_letters_make")}</button></p>
      </form>
      {letters.length > 0 && (
        <LetterSheets letters={letters} onClose={() => {
          setLetters([]);
          desk.unsaved.set(false);
        }} />
      )}
    </section>
  );
}

function RevokeAll({ services, onClose, reload }: { readonly services: readonly ServiceOfTown[]; readonly onClose: () => void; readonly reload: () => Promise<void> }): JSX.Element {
  const desk = useDesk();
  const [service, setService] = useState(services[0]?.key ?? "");
  const revoke = (): void => {
    desk.api.post("keys/revoke", { service }).then(
      (answer) => {
        const { revoked } = answer as { revoked: number };
        desk.say(count("keys_revoked_one", "keys_revoked_several", revoked));
        onClose();
        void reload();
      },
      desk.sayTrouble);
  };
  return (
    <Dialog title={say("keys_revoke_all")} onClose={onClose}>
      <p>{say("keys_revoke_all_words")}</p>
      <Select label={say("key_service")} value={service} onValue={setService} choices={services.map(({ key, name }) => ({ value: key, label: name["fr"] ?? key }))} />
      <p class="buttons">
        <button type="button" class="danger" onClick={revoke}>{say("keys_revoke_all_do")}</button>
        <button type="button" onClick={onClose}>{say("cancel")}</button>
      </p>
    </Dialog>
  );
}
