// Requests for other programs, and one's calendar of due dates.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { sentence } from "./api.ts";
import { VIEWS } from "./contract.ts";
import { useDesk } from "./desk.ts";
import { download } from "./download.ts";
import { Dialog, Select, Title, Trouble } from "./parts.tsx";
import { dayText, say, word } from "./texts.ts";

// What a program wants: the parameters of GET exports/submissions.
const FORMATS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  excel: { format: "csv", separator: "semicolon", bom: "1" },
  csv: { format: "csv" },
  jsonl: { format: "jsonl" },
};
const PROCEDURES = ["registration", "entourage", "profile"] as const;

export function ExportsPage(): JSX.Element {
  const desk = useDesk();
  const session = desk.session.get();
  const mayExport = session !== undefined && session !== null && session.staff.role !== "agent";
  return (
    <>
      <Title label={say("exports_title")}>{say("exports_title")}</Title>
      {mayExport && <RequestsOut />}
      <Calendar />
    </>
  );
}

function RequestsOut(): JSX.Element {
  const desk = useDesk();
  const [format, setFormat] = useState("excel");
  const [view, setView] = useState("all");
  const [procedure, setProcedure] = useState("");
  const [trouble, setTrouble] = useState("");

  const asked = new URLSearchParams(FORMATS[format]);
  if (view !== "all") asked.set("view", view);
  if (procedure) asked.set("procedure", procedure);
  const path = `exports/submissions?${asked.toString()}`;
  const address = new URL(`/api/v1/admin/${desk.slug}/${path}`, location.href).href;

  const fetchFile = (): void => {
    setTrouble("");
    download(desk, path).then(() => { desk.say(say("exports_begun")); }, (problem: unknown) => { setTrouble(sentence(problem)); });
  };
  return (
    <section aria-labelledby="requests-out">
      <h2 id="requests-out">{say("exports_requests")}</h2>
      <p>{say("exports_words")}</p>
      <div class="filters">
        <Select label={say("exports_format")} value={format} onValue={setFormat}
          choices={Object.keys(FORMATS).map((one) => ({ value: one, label: word("exports_format", one, "exports_format") }))} />
        <Select label={say("exports_view")} value={view} onValue={setView}
          choices={VIEWS.map((one) => ({ value: one, label: word("view", one, "exports_view") }))} />
        <Select label={say("exports_procedure")} value={procedure} onValue={setProcedure}
          choices={[{ value: "", label: say("filter_any") }, ...PROCEDURES.map((one) => ({ value: one, label: word("procedure", one, "procedure_other") }))]} />
      </div>
      <Trouble text={trouble} />
      <p class="buttons"><button type="button" class="first" onClick={fetchFile}>{say("exports_fetch")}</button></p>
      <h3>{say("exports_script")}</h3>
      <p>{say("exports_script_words")}</p>
      <pre tabIndex={0} role="region" aria-label={say("exports_script")}><code>{`curl --fail --header "Authorization: Bearer $TOKEN" --dump-header headers --output requests \\\n  "${address}"`}</code></pre>
    </section>
  );
}

function Calendar(): JSX.Element {
  const desk = useDesk();
  const [view, setView] = useState("all");
  const [made, setMade] = useState<{ readonly address: string; readonly expires_at: string } | null>(null);
  const [trouble, setTrouble] = useState("");

  const make = (): void => {
    setTrouble("");
    desk.api.post("calendar", { view }).then(
      (answer) => { setMade(answer as { address: string; expires_at: string }); },
      (problem: unknown) => { setTrouble(sentence(problem)); });
  };
  const end = (): void => {
    setTrouble("");
    desk.api.delete("calendar").then(
      () => { desk.say(say("calendar_ended")); },
      (problem: unknown) => { setTrouble(sentence(problem)); });
  };
  const close = (): void => { setMade(null); };
  return (
    <section aria-labelledby="calendar">
      <h2 id="calendar">{say("calendar_title")}</h2>
      <p>{say("calendar_words")}</p>
      <div class="filters">
        <Select label={say("calendar_which")} value={view} onValue={setView}
          choices={[{ value: "all", label: say("calendar_all") }, { value: "mine", label: say("calendar_mine") }]} />
      </div>
      <Trouble text={trouble} />
      <p class="buttons">
        <button type="button" onClick={make}>{say("calendar_make")}</button>
        <button type="button" onClick={end}>{say("calendar_end")}</button>
      </p>
      {made && (
        <Dialog title={say("calendar_made")} onClose={close}>
          <p>{say("calendar_made_words", { day: dayText(made.expires_at) })}</p>
          <p><code class="secret">{made.address}</code></p>
          <p class="buttons"><button type="button" class="first" onClick={close}>{say("calendar_seen")}</button></p>
        </Dialog>
      )}
    </section>
  );
}
