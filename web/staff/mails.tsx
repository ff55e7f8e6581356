// Mails and whether they arrived; sent again by one press.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { sentence } from "./api.ts";
import type { Mail } from "./contract.ts";
import { useDesk } from "./desk.ts";
import { useNewest } from "./newest.ts";
import { Address, Hidden, Link, Scroll, Select, Title, Trouble } from "./parts.tsx";
import { momentText, say, word } from "./texts.ts";

const STATES = ["queued", "sent", "dead"] as const;

export function MailTable({ mails, reload, caption }: {
  readonly mails: readonly Mail[];
  readonly reload: () => Promise<void>;
  readonly caption: string;
}): JSX.Element {
  const desk = useDesk();
  const again = (mail: Mail): void => {
    desk.api.post(`mails/${mail.id}/resend`).then(
      () => {
        desk.say(say("mail_again_done", { recipient: mail.recipient }));
        void reload();
      },
      desk.sayTrouble);
  };
  return (
    <Scroll label={caption}>
      <table>
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr><th scope="col">{say("mail_subject")}</th><th scope="col">{say("mail_recipient")}</th><th scope="col">{say("mail_at")}</th><th scope="col">{say("mail_state")}</th><th scope="col">{say("mail_action")}</th></tr>
        </thead>
        <tbody>
          {mails.map((mail) => (
            <tr key={mail.id}>
              <th scope="row">{mail.subject}{mail.number && <> <Link to={{ screen: "request", number: mail.number }}>{mail.number}</Link></>}</th>
              <td class="address"><Address text={mail.recipient} /></td>
              <td><time dateTime={mail.created_at}>{momentText(mail.created_at)}</time></td>
              <td><span class={`badge mail-${mail.state}`}>{word("mail_state", mail.state, "mail_state_unknown")}</span>{mail.reason && <p class="hint">{say("mail_reason", { reason: mail.reason })}</p>}</td>
              <td><button type="button" onClick={() => { again(mail); }}>{say("mail_again")}<Hidden> : {mail.subject}, {mail.recipient}</Hidden></button></td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

interface Page {
  readonly mails: readonly Mail[];
  readonly next: number | null;
}

export function MailsPage(): JSX.Element {
  const desk = useDesk();
  const [state, setState] = useState("dead");
  const [page, setPage] = useState<Page | null>(null);
  const [trouble, setTrouble] = useState("");

  const newest = useNewest();
  const load = async (after?: number): Promise<void> => {
    const wanted = newest();
    const asked = new URLSearchParams();
    if (state) asked.set("state", state);
    if (after !== undefined) asked.set("after", String(after));
    try {
      const fetched = (await desk.api.get(`mails?${asked.toString()}`)) as Page;
      if (!wanted()) return;
      setPage((before) => (after !== undefined && before ? { ...fetched, mails: [...before.mails, ...fetched.mails] } : fetched));
      setTrouble("");
    } catch (problem) {
      if (wanted()) setTrouble(sentence(problem));
    }
  };
  useEffect(() => { void load(); }, [state]);

  return (
    <>
      <Title label={say("mails_title")}>{say("mails_title")}</Title>
      <p>{say("mails_words")}</p>
      <div class="filters">
        <Select label={say("mail_state")} value={state} onValue={setState}
          choices={[{ value: "", label: say("filter_any") }, ...STATES.map((one) => ({ value: one, label: word("mail_state", one, "mail_state_unknown") }))]} />
      </div>
      <Trouble text={trouble} />
      {page && page.mails.length > 0 && <MailTable mails={page.mails} reload={load} caption={say("mails_title")} />}
      <p role="status" class={page?.mails.length === 0 ? "empty" : "foot"}>{!page ? say("loading") : page.mails.length === 0 ? say("mails_none") : ""}</p>
      {page && page.next !== null && <p class="buttons"><button type="button" onClick={() => { void load(page.next ?? undefined); }}>{say("queue_more")}</button></p>}
    </>
  );
}
