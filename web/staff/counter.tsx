// At the counter: an agent fills in the wizard with a family, on a page that knows no agent (docs/decisions/0013-counter.md),
// and hands in what families bring as a file.
import type { JSX } from "preact";
import { render } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { readEnvelopeFile, readReceiptFile, receiptFile } from "../outbox/carry.ts";
import type { HandedIn } from "./api.ts";
import { Refusal, sentence } from "./api.ts";
import type { CounterTicket, Receipt } from "./contract.ts";
import { useDesk } from "./desk.ts";
import { Hidden, Link, Scroll, Title } from "./parts.tsx";
import { count, dayText, momentText, say, word } from "./texts.ts";
import type { Town } from "./town.ts";
import { useTown } from "./town.ts";

// What became of one file.
interface Brought {
  readonly key: number;
  readonly file: File;
  readonly state: "waiting" | "new" | "before" | "refused";
  readonly words: string; // why it was refused
  readonly again: boolean; // it was not the file's fault
  readonly handed?: HandedIn;
  readonly receipt?: Receipt;
}

export function CounterPage(): JSX.Element {
  return (
    <>
      <Title label={say("counter_title")}>{say("counter_title")}</Title>
      <FillIn />
      <HandIn />
    </>
  );
}

function FillIn(): JSX.Element {
  const desk = useDesk();
  const [busy, setBusy] = useState(false);
  const open = (): void => {
    setBusy(true);
    desk.api.post("counter").then((answer) => {
      const { ticket, expires_at } = answer as CounterTicket;
      // In this tab: the family's page is where the console was, and leads back to it.
      location.assign(`/${desk.slug}/#guichet=${ticket}.${Math.floor(Date.parse(expires_at) / 1000)}`);
    }).catch((problem: unknown) => {
      setBusy(false);
      desk.sayTrouble(problem);
    });
  };
  return (
    <section aria-labelledby="fill-in">
      <h2 id="fill-in">{say("fill_in_title")}</h2>
      <p>{say("fill_in_words")}</p>
      <p class="buttons"><button type="button" class="first" aria-disabled={busy} onClick={() => { if (!busy) open(); }}>{say("fill_in_open")}</button></p>
    </section>
  );
}

function HandIn(): JSX.Element {
  const desk = useDesk();
  const town = useTown();
  const [brought, setBrought] = useState<readonly Brought[]>([]);
  const [printed, setPrinted] = useState<Receipt | null>(null);
  const next = useRef(0);
  const turn = useRef<Promise<void>>(Promise.resolve());

  const become = (key: number, change: Partial<Brought>): void => {
    setBrought((all) => all.map((one) => (one.key === key ? { ...one, ...change } : one)));
  };
  const handIn = async ({ key, file }: Pick<Brought, "key" | "file">): Promise<void> => {
    become(key, { state: "waiting", words: "", again: false });
    try {
      const text = await file.text();
      if (readReceiptFile(text)) throw new Refusal(422, "receipt", say("hand_in_is_receipt"));
      // For which address it was signed is the server's to judge: it may have had another name.
      const carried = readEnvelopeFile(text);
      if (typeof carried === "string") throw new Refusal(422, carried, say(text.includes("\"foyer\"") ? "hand_in_damaged" : "hand_in_not_ours"));
      const handed = await desk.api.putEnvelope(carried.id, carried.headers, carried.body);
      become(key, { state: handed.status === 201 ? "new" : "before", handed, receipt: JSON.parse(handed.receipt) as Receipt });
      void desk.queue.look();
    } catch (problem) {
      const words = problem instanceof DOMException ? say("hand_in_unreadable") : sentence(problem);
      become(key, { state: "refused", words, again: !(problem instanceof Refusal) || problem.status === 0 || problem.status === 429 || problem.status >= 500 });
    }
  };
  // One after the other, in the order in which they were chosen.
  const take = (files: readonly File[]): void => {
    const fresh = files.map((file): Brought => ({ key: next.current++, file, state: "waiting", words: "", again: false }));
    setBrought((all) => [...all, ...fresh]);
    for (const one of fresh) turn.current = turn.current.then(() => handIn(one));
  };
  // With the screen: a file that is dropped at once is not opened by the browser instead.
  useLayoutEffect(() => {
    const files = (event: DragEvent): boolean => [...(event.dataTransfer?.types ?? [])].includes("Files");
    const over = (event: DragEvent): void => { if (files(event)) event.preventDefault(); };
    const drop = (event: DragEvent): void => {
      if (!files(event)) return;
      event.preventDefault();
      take([...(event.dataTransfer?.files ?? [])]);
    };
    addEventListener("dragover", over);
    addEventListener("drop", drop);
    return () => {
      removeEventListener("dragover", over);
      removeEventListener("drop", drop);
    };
  }, []);
  usePaper(printed, town, () => { setPrinted(null); });

  const waiting = brought.some((one) => one.state === "waiting");
  const taken = brought.filter((one) => one.state === "new").length;
  const before = brought.filter((one) => one.state === "before").length;
  const refused = brought.filter((one) => one.state === "refused").length;
  const summary = [
    taken > 0 && count("hand_in_new_one", "hand_in_new_several", taken),
    before > 0 && count("hand_in_before_one", "hand_in_before_several", before),
    refused > 0 && count("hand_in_refused_one", "hand_in_refused_several", refused),
  ].filter(Boolean).join(", ");
  return (
    <section aria-labelledby="hand-in">
      <h2 id="hand-in">{say("hand_in_title")}</h2>
      <p>{say("hand_in_words")}</p>
      <div class="field drop">
        <label for="hand-in-files">{say("hand_in_choose")}</label>
        <p class="hint" id="hand-in-hint">{say("hand_in_hint")}</p>
        <input id="hand-in-files" type="file" accept=".foyer,application/json" multiple aria-describedby="hand-in-hint" onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = ""; // the same file may be chosen again
          take(files);
        }} />
      </div>
      <p role="status">{waiting ? say("hand_in_sending") : summary && say("hand_in_summary", { what: summary })}</p>
      {brought.length > 0 && (
        <Scroll label={say("hand_in_results")}>
          <table>
            <caption class="unseen">{say("hand_in_results")}</caption>
            <thead><tr><th scope="col">{say("hand_in_file")}</th><th scope="col">{say("hand_in_result")}</th><th scope="col">{say("column_number")}</th><th scope="col">{say("hand_in_receipt")}</th></tr></thead>
            <tbody>{brought.map((one) => <Row key={one.key} one={one} again={() => { turn.current = turn.current.then(() => handIn(one)); }} print={setPrinted} />)}</tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
}

function Row({ one, again, print }: { readonly one: Brought; readonly again: () => void; readonly print: (receipt: Receipt) => void }): JSX.Element {
  const desk = useDesk();
  const { receipt, handed } = one;
  const copy = (number: string): void => {
    navigator.clipboard.writeText(number).then(() => { desk.say(say("hand_in_copied", { number })); }, () => { desk.say(say("hand_in_not_copied"), "trouble"); });
  };
  return (
    <tr>
      <th scope="row" class="value">{one.file.name}</th>
      <td>
        {one.state === "waiting" && say("hand_in_sending")}
        {one.state === "refused" && <><span class="badge late">{say("hand_in_refused")}</span> <span>{one.words}</span></>}
        {one.again && <> <button type="button" onClick={again}>{say("try_again")}<Hidden> {one.file.name}</Hidden></button></>}
        {receipt && one.state === "new" && <><span class="badge state-accepted">{say("hand_in_new")}</span> <span>{say("hand_in_new_words", { procedure: word("procedure", receipt.procedure, "procedure_other"), day: dayText(receipt.due_by) })}</span></>}
        {receipt && one.state === "before" && <><span class="badge">{say("hand_in_before")}</span> <span>{say("hand_in_before_words", { at: momentText(receipt.received_at) })}</span></>}
      </td>
      <td class="whole">{receipt && <Link to={{ screen: "request", number: receipt.number }}>{receipt.number}</Link>}</td>
      <td>{receipt && handed && (
        <p class="buttons">
          <button type="button" onClick={() => { copy(receipt.number); }}>{say("hand_in_copy")}<Hidden> {receipt.number}</Hidden></button>
          <button type="button" onClick={() => { print(receipt); }}>{say("hand_in_print")}<Hidden> {receipt.number}</Hidden></button>
          <button type="button" onClick={() => { save(handed, receipt); }}>{say("hand_in_save")}<Hidden> {receipt.number}</Hidden></button>
        </p>
      )}</td>
    </tr>
  );
}

// With it the device on which the request was made knows that it has arrived, and lets it go.
function save(handed: HandedIn, receipt: Receipt): void {
  const text = receiptFile({ id: receipt.id, receipt: handed.receipt, status: handed.status, headers: handed.headers, madeAt: 0, at: 0 });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = `recu-${receipt.number}.foyer`;
  link.click();
  setTimeout(() => { URL.revokeObjectURL(link.href); }, 60_000); // the download has its own hold on it by then
}

// One sheet for the family, drawn beside the console and seen on paper only.
function usePaper(receipt: Receipt | null, town: Town | null, done: () => void): void {
  const { slug } = useDesk();
  useEffect(() => {
    if (!receipt || !town) return undefined;
    const host = document.createElement("div");
    host.className = "letters";
    render(<Paper receipt={receipt} town={town} slug={slug} />, host);
    document.body.append(host);
    window.addEventListener("afterprint", done);
    window.print();
    return () => {
      window.removeEventListener("afterprint", done);
      render(null, host);
      host.remove();
    };
  }, [receipt, town]);
}

function Paper({ receipt, town, slug }: { readonly receipt: Receipt; readonly town: Town; readonly slug: string }): JSX.Element {
  const help = [town.contact.name, town.contact.phone, town.contact.email].filter(Boolean).join(" · ");
  const rows: readonly (readonly [string, string])[] = [
    [say("paper_number"), receipt.number],
    [say("paper_procedure"), word("procedure", receipt.procedure, "procedure_other")],
    [say("paper_received"), momentText(receipt.received_at)],
    [say("paper_due"), dayText(receipt.due_by)],
  ];
  return (
    <article class="receipt">
      <p><img src={`/${slug}/logo.svg`} alt="" /> <strong>{town.town_hall}</strong></p>
      <h1>{say("paper_title")}</h1>
      <p>{say("paper_words")}</p>
      <dl>{rows.map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>
      <p>{say("paper_keep")}</p>
      <p>{help}</p>
    </article>
  );
}
