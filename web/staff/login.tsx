// Logging in: before the work, and again over it when the session has ended meanwhile.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Refusal, sentence } from "./api.ts";
import type { Session } from "./contract.ts";
import { useDesk } from "./desk.ts";
import { Dialog, Field, Title, Trouble } from "./parts.tsx";
import { say } from "./texts.ts";

function Form({ known, onSession }: { readonly known?: string; readonly onSession: (session: Session) => void }): JSX.Element {
  const { api } = useDesk();
  const [email, setEmail] = useState(known ?? "");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [asksCode, setAsksCode] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState("");

  const send = (event: Event): void => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setTrouble("");
    const digits = code.replace(/\s/g, "");
    api.post("session", { email: email.trim(), password, ...(asksCode && digits ? { totp: digits } : {}) }, { quiet: true }).then(
      (answer) => { onSession(answer as Session); },
      (problem: unknown) => {
        setBusy(false);
        if (problem instanceof Refusal && problem.code === "totp_needed") setAsksCode(true);
        setTrouble(sentence(problem));
      });
  };

  return (
    <form onSubmit={send}>
      <Trouble text={trouble} />
      <Field label={say("login_email")} type="email" autocomplete="username" required value={email} onValue={setEmail} readOnly={known !== undefined} autofocus={known === undefined} />
      <Field label={say("login_password")} type="password" autocomplete="current-password" required value={password} onValue={setPassword} autofocus={known !== undefined} />
      {asksCode && <Field label={say("login_code")} hint={say("login_code_hint")} autocomplete="one-time-code" inputmode="numeric" required autofocus value={code} onValue={setCode} />}
      <p class="buttons"><button type="submit" class="first" aria-disabled={busy}>{busy ? say("login_busy") : say("login_send")}</button></p>
    </form>
  );
}

export function LogIn(): JSX.Element {
  const desk = useDesk();
  return (
    <main class="alone">
      <p class="over">{desk.town}</p>
      <Title label={say("login_title")}>{say("login_title")}</Title>
      <p>{say("login_words")}</p>
      <Form onSession={desk.loggedIn} />
      <p class="hint">{say("login_help")}</p>
    </main>
  );
}

export function LogInAgain({ session }: { readonly session: Session }): JSX.Element {
  const desk = useDesk();
  return (
    <Dialog title={say("again_title")}>
      <p>{say("again_words")}</p>
      <Form known={session.staff.email} onSession={desk.loggedIn} />
      <p><button type="button" class="plain" onClick={desk.loggedOut}>{say("again_leave")}</button></p>
    </Dialog>
  );
}
