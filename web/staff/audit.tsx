// The audit log: who did what, newest first.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { sentence } from "./api.ts";
import type { AuditLine } from "./contract.ts";
import { useDesk } from "./desk.ts";
import { Link, Scroll, Title, Trouble } from "./parts.tsx";
import { known, momentText, say, word } from "./texts.ts";

interface Page {
  readonly lines: readonly AuditLine[];
  readonly next: number | null;
}

const SUBMISSION = "submission:";

// "household:46" as "famille 46"; what has no word stays as the log has it.
function objectText(code: string): string {
  const [kind = "", which = ""] = code.split(":");
  const text = known("object", kind);
  return text ? `${text} ${which}`.trim() : code;
}

export function AuditPage(): JSX.Element {
  const desk = useDesk();
  const [page, setPage] = useState<Page | null>(null);
  const [trouble, setTrouble] = useState("");

  const load = async (before: number | null): Promise<void> => {
    try {
      const fetched = (await desk.api.get(`audit?limit=100${before === null ? "" : `&before=${before}`}`)) as Page;
      setPage((there) => (before !== null && there ? { lines: [...there.lines, ...fetched.lines], next: fetched.next } : fetched));
      setTrouble("");
    } catch (problem) {
      setTrouble(sentence(problem));
    }
  };
  useEffect(() => { void load(null); }, []);

  const details = (line: AuditLine): string =>
    Object.entries(line.details).map(([key, value]) => {
      const text = typeof value === "string" ? value : JSON.stringify(value);
      return `${known("detail", key) ?? key} : ${known("value", text) ?? text}`;
    }).join("\u00a0· ");
  return (
    <>
      <Title label={say("audit_title")}>{say("audit_title")}</Title>
      <p>{say("audit_words")}</p>
      <Trouble text={trouble} />
      {!page && !trouble && <p role="status">{say("loading")}</p>}
      {page && (
        <Scroll label={say("audit_title")}>
          <table>
            <caption class="unseen">{say("audit_title")}</caption>
            <thead><tr>
              <th scope="col">{say("audit_number")}</th><th scope="col">{say("mail_at")}</th><th scope="col">{say("audit_actor")}</th>
              <th scope="col">{say("audit_action")}</th><th scope="col">{say("audit_object")}</th><th scope="col">{say("audit_details")}</th>
            </tr></thead>
            <tbody>
              {page.lines.map((line) => (
                <tr key={line.sequence}>
                  <th scope="row">{line.sequence}</th>
                  <td><time dateTime={line.at}>{momentText(line.at)}</time></td>
                  <td>{line.actor.name ?? known("actor", line.actor.code) ?? line.actor.code}</td>
                  <td>{word("audit", line.action.replace(/\./g, "_"), "audit_other")} <code class="small">{line.action}</code></td>
                  <td class="value">{line.object.code.startsWith(SUBMISSION)
                    ? <Link to={{ screen: "request", number: line.object.code.slice(SUBMISSION.length) }}>{line.object.code.slice(SUBMISSION.length)}</Link>
                    : (line.object.name ?? objectText(line.object.code))}</td>
                  <td class="value">{details(line)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {page && page.next !== null && <p class="buttons"><button type="button" onClick={() => { void load(page.next); }}>{say("queue_more")}</button></p>}
    </>
  );
}
