// Who is there decides what is there: the login, one's own password first, or the work.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Refusal, sentence } from "./api.ts";
import type { Session } from "./contract.ts";
import type { Desk } from "./desk.ts";
import { DeskContext, useDesk } from "./desk.ts";
import { Frame } from "./frame.tsx";
import { LogIn } from "./login.tsx";
import { OwnPassword } from "./own_account.tsx";
import { Trouble } from "./parts.tsx";
import { useStore } from "./store.ts";
import { say } from "./texts.ts";

export const App = ({ desk }: { readonly desk: Desk }): JSX.Element => (
  <DeskContext.Provider value={desk}><Entrance /></DeskContext.Provider>
);

function Entrance(): JSX.Element {
  const desk = useDesk();
  const session = useStore(desk.session);
  const [trouble, setTrouble] = useState("");

  const ask = (): void => {
    setTrouble("");
    desk.api.get("session", { quiet: true }).then(
      (answer) => { desk.loggedIn(answer as Session); },
      (problem: unknown) => {
        if (problem instanceof Refusal && problem.status === 401) desk.loggedOut();
        else setTrouble(sentence(problem));
      });
  };
  useEffect(ask, []);

  if (session === null) return <LogIn />;
  if (session === undefined)
    return (
      <main class="alone">
        <h1>{say("console")}</h1>
        {trouble ? <><Trouble text={trouble} /><button type="button" onClick={ask}>{say("try_again")}</button></> : <p role="status">{say("loading")}</p>}
      </main>
    );
  if (session.staff.must_change_password) return <main class="alone"><OwnPassword first /></main>;
  return <Frame session={session} />;
}
