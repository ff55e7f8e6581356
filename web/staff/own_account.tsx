// One's own password and one's own authenticator.
import encodeQR from "qr";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Refusal, sentence } from "./api.ts";
import type { Session } from "./contract.ts";
import { useDesk } from "./desk.ts";
import { Field, Title, Trouble } from "./parts.tsx";
import { useStore } from "./store.ts";
import { say, word } from "./texts.ts";

export function OwnPassword({ first }: { readonly first?: boolean }): JSX.Element {
  const desk = useDesk();
  const [current, setCurrent] = useState("");
  const [wanted, setWanted] = useState("");
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState("");
  const [weak, setWeak] = useState("");

  const send = (event: Event): void => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setTrouble("");
    setWeak("");
    desk.api.post("session/password", { current, new: wanted }).then(
      (answer) => {
        setBusy(false);
        setCurrent("");
        setWanted("");
        desk.loggedIn(answer as Session);
        desk.say(say("password_done"));
      },
      (problem: unknown) => {
        setBusy(false);
        const code = problem instanceof Refusal ? problem.problems[0]?.code : undefined;
        if (code === undefined) setTrouble(sentence(problem));
        else setWeak(word("password", code, "password_weak"));
      });
  };

  const title = say(first ? "password_first_title" : "password_title");
  return (
    <section aria-label={title}>
      {first ? <Title label={title}>{title}</Title> : <h2>{title}</h2>}
      {first && <p>{say("password_first_words")}</p>}
      <form onSubmit={send}>
        <Trouble text={trouble} />
        <Field label={say(first ? "password_temporary" : "password_current")} type="password" autocomplete="current-password" required value={current} onValue={setCurrent} />
        <Field label={say("password_new")} hint={say("password_rule")} error={weak} type={shown ? "text" : "password"} autocomplete="new-password" required value={wanted} onValue={setWanted} />
        <p><label class="tick"><input type="checkbox" checked={shown} onChange={(event) => { setShown(event.currentTarget.checked); }} /> {say("password_show")}</label></p>
        <p class="buttons"><button type="submit" class="first" aria-disabled={busy}>{say("password_send")}</button></p>
      </form>
    </section>
  );
}

// Drawn as one path; nothing is fetched and nothing is written as markup.
function Picture({ uri }: { readonly uri: string }): JSX.Element {
  const squares = encodeQR(uri, "raw", { border: 2 });
  const path = squares.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  return (
    <svg class="qr" viewBox={`0 0 ${squares.length} ${squares.length}`} role="img" aria-label={say("totp_picture")}>
      <rect width={squares.length} height={squares.length} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

interface Proposal {
  readonly secret: string;
  readonly uri: string;
}

function Authenticator({ session }: { readonly session: Session }): JSX.Element {
  const desk = useDesk();
  const [proposal, setProposal] = useState<Proposal | null>(null);
  const [code, setCode] = useState("");
  const [trouble, setTrouble] = useState("");
  const on = session.staff.totp;

  const failed = (problem: unknown): void => { setTrouble(sentence(problem)); };
  const propose = (): void => {
    setTrouble("");
    desk.api.post("session/totp").then((answer) => { setProposal(answer as Proposal); }, failed);
  };
  const send = (event: Event): void => {
    event.preventDefault();
    setTrouble("");
    const digits = code.replace(/\s/g, "");
    const call = on ? desk.api.delete("session/totp", { code: digits }) : desk.api.put("session/totp", { code: digits });
    call.then(() => {
      setProposal(null);
      setCode("");
      desk.session.set({ ...session, staff: { ...session.staff, totp: !on } });
      desk.say(say(on ? "totp_is_off" : "totp_is_on"));
    }, failed);
  };

  return (
    <section aria-label={say("totp_title")}>
      <h2>{say("totp_title")}</h2>
      <p>{say(on ? "totp_words_on" : "totp_words_off")}</p>
      <Trouble text={trouble} />
      {!on && !proposal && <p class="buttons"><button type="button" onClick={propose}>{say("totp_begin")}</button></p>}
      {proposal && (
        <div class="totp">
          <Picture uri={proposal.uri} />
          <div>
            <p>{say("totp_scan")}</p>
            <p><code>{proposal.secret.replace(/(.{4})/g, "$1 ")}</code></p>
          </div>
        </div>
      )}
      {(on || proposal) && (
        <form onSubmit={send}>
          <Field label={say("login_code")} hint={say("login_code_hint")} inputmode="numeric" autocomplete="one-time-code" required value={code} onValue={setCode} />
          <p class="buttons"><button type="submit" class={on ? "" : "first"}>{say(on ? "totp_end" : "totp_confirm")}</button></p>
        </form>
      )}
    </section>
  );
}

export function OwnAccount(): JSX.Element | null {
  const session = useStore(useDesk().session);
  if (!session) return null;
  return (
    <>
      <Title label={say("account_title")}>{say("account_title")}</Title>
      <p>{session.staff.name} · {session.staff.email} · {word("role", session.staff.role, "role_agent")}</p>
      <div class="columns"><OwnPassword /><Authenticator session={session} /></div>
    </>
  );
}
