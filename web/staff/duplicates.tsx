// Who may be the same person: side by side, with the reason, and one press to make one of two. It can be taken back.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { sentence } from "./api.ts";
import type { Detail, Duplicate } from "./contract.ts";
import { useDesk } from "./desk.ts";
import { Hidden, Link, Scroll, Trouble } from "./parts.tsx";
import { say, word } from "./texts.ts";

export function Duplicates({ detail, reload }: { readonly detail: Detail; readonly reload: () => Promise<void> }): JSX.Element | null {
  const merges = detail.merges.filter((merge) => merge.undone_at === null);
  if (detail.duplicates.length === 0 && merges.length === 0) return null;
  return (
    <section>
      <h2>{say("duplicates_title")}</h2>
      <p>{say("duplicates_words")}</p>
      {detail.duplicates.map((duplicate, index) => <Pair key={index} detail={detail} duplicate={duplicate} reload={reload} />)}
      {merges.map((merge) => <Merged key={merge.id} merge={merge} reload={reload} />)}
    </section>
  );
}

function Pair({ detail, duplicate, reload }: { readonly detail: Detail; readonly duplicate: Duplicate; readonly reload: () => Promise<void> }): JSX.Element {
  const desk = useDesk();
  const [trouble, setTrouble] = useState("");
  const { account } = duplicate;
  const may = desk.session.get()?.staff.role !== "agent";
  const name = duplicate.email || (duplicate.number ?? duplicate.family ?? say("no_name"));
  const merge = (): void => {
    setTrouble("");
    desk.api.post(`accounts/${encodeURIComponent(detail.account.reference)}/merge`, { other: account }).then(
      () => {
        desk.say(say("merge_done"));
        void reload();
      },
      (problem: unknown) => { setTrouble(sentence(problem)); });
  };
  return (
    <div class="duplicate">
      <p><strong>{name}</strong>{" "}
        {duplicate.number && <Link to={{ screen: "request", number: duplicate.number }}>{duplicate.number}</Link>}{" "}
        {duplicate.family && <span>{say("duplicate_family", { id: duplicate.family })}</span>}</p>
      <p>{say("duplicate_because")} {duplicate.reasons.map((reason) => word("same", reason, "same_other")).join(", ")}.</p>
      <Scroll label={say("duplicate_caption", { name })}>
        <table class="compare">
          <caption>{say("duplicate_caption", { name })}</caption>
          <thead><tr><th scope="col">{say("answers_field")}</th><th scope="col">{say("duplicate_here")}</th><th scope="col">{say("duplicate_there")}</th></tr></thead>
          <tbody>
            {duplicate.rows.map((row) => (
              <tr key={row.key} class={row.differs ? "differs" : undefined}>
                <th scope="row">{row.label}</th>
                <td class="value">{row.value}</td>
                <td class="value">{row.differs && <><span class="badge different">{say("answers_differs")}</span> </>}{row.known}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <Trouble text={trouble} />
      {account && !may && <p class="hint">{say("duplicate_merge_who")}</p>}
      {account && may && <p class="buttons"><button type="button" onClick={merge}>{say("merge")}<Hidden> : {name}</Hidden></button></p>}
    </div>
  );
}

function Merged({ merge, reload }: { readonly merge: Detail["merges"][number]; readonly reload: () => Promise<void> }): JSX.Element {
  const desk = useDesk();
  const [trouble, setTrouble] = useState("");
  const back = (): void => {
    setTrouble("");
    desk.api.post(`merges/${merge.id}/undo`).then(
      () => {
        desk.say(say("merge_undone"));
        void reload();
      },
      (problem: unknown) => { setTrouble(sentence(problem)); });
  };
  return (
    <div class="duplicate">
      <p>{say("merged", { by: merge.by.name })}</p>
      <Trouble text={trouble} />
      <p class="buttons"><button type="button" onClick={back}>{say("merge_undo")}</button></p>
    </div>
  );
}
