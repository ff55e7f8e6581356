// Tokens with which other programs call the staff endpoints: for administrators.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Refusal, sentence } from "./api.ts";
import type { Token } from "./contract.ts";
import { SCOPES } from "./contract.ts";
import { useDesk } from "./desk.ts";
import { Confirm, Dialog, Field, Hidden, Scroll, Title, Trouble } from "./parts.tsx";
import { dayText, momentText, say, word } from "./texts.ts";

const DAY = 24 * 3600 * 1000;
const dayIn = (now: number, days: number): string => new Date(now + days * DAY).toISOString().slice(0, 10);

export function TokensPage(): JSX.Element {
  const desk = useDesk();
  const [tokens, setTokens] = useState<readonly Token[] | null>(null);
  const [trouble, setTrouble] = useState("");
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<Token | null>(null);
  const [secret, setSecret] = useState("");

  const load = async (): Promise<void> => {
    try {
      setTokens(((await desk.api.get("tokens")) as { tokens: readonly Token[] }).tokens);
      setTrouble("");
    } catch (problem) {
      setTrouble(sentence(problem));
    }
  };
  useEffect(() => { void load(); }, []);

  const revoke = (token: Token): void => {
    setRevoking(null);
    desk.api.delete(`tokens/${token.id}`).then(
      () => {
        desk.say(say("token_revoked", { name: token.name }));
        void load();
      },
      desk.sayTrouble);
  };
  const stateOf = (token: Token): "revoked" | "expired" | "good" =>
    token.revoked_at ? "revoked" : new Date(token.expires_at).getTime() < desk.api.now() ? "expired" : "good";

  return (
    <>
      <Title label={say("tokens_title")}>{say("tokens_title")}</Title>
      <p>{say("tokens_words")}</p>
      <p class="buttons"><button type="button" class="first" onClick={() => { setMaking(true); }}>{say("token_make")}</button></p>
      <Trouble text={trouble} />
      {!tokens && !trouble && <p role="status">{say("loading")}</p>}
      {tokens?.length === 0 && <p class="empty">{say("tokens_none")}</p>}
      {tokens && tokens.length > 0 && (
        <Scroll label={say("tokens_title")}>
          <table>
            <caption class="unseen">{say("tokens_title")}</caption>
            <thead><tr>
              <th scope="col">{say("token_name")}</th><th scope="col">{say("token_scopes")}</th><th scope="col">{say("token_made")}</th>
              <th scope="col">{say("token_until")}</th><th scope="col">{say("token_used")}</th><th scope="col">{say("mail_action")}</th>
            </tr></thead>
            <tbody>
              {tokens.map((token) => (
                <tr key={token.id}>
                  <th scope="row">{token.name}</th>
                  <td>{token.scopes.map((scope) => word("scope", scope, "scope_other")).join(", ")}</td>
                  <td>{dayText(token.created_at)}</td>
                  <td>{stateOf(token) === "good" ? dayText(token.expires_at) : say(stateOf(token) === "revoked" ? "token_is_revoked" : "token_is_expired")}</td>
                  <td>{token.last_used_at ? momentText(token.last_used_at) : say("never")}</td>
                  <td>{stateOf(token) === "good" && <button type="button" onClick={() => { setRevoking(token); }}>{say("token_revoke")}<Hidden> {token.name}</Hidden></button>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {making && (
        <Maker onClose={() => { setMaking(false); }} onDone={(text) => {
          setMaking(false);
          setSecret(text);
          void load();
        }} />
      )}
      {revoking && (
        <Confirm title={say("token_revoke_title", { name: revoking.name })} words={say("token_revoke_words")} send={say("token_revoke")}
          onSend={() => { revoke(revoking); }} onClose={() => { setRevoking(null); }} />
      )}
      {secret && (
        <Dialog title={say("token_secret_title")} onClose={() => { setSecret(""); }}>
          <p>{say("token_secret_words")}</p>
          <p><code class="secret">{secret}</code></p>
          <p class="buttons"><button type="button" class="first" onClick={() => { setSecret(""); }}>{say("secret_seen")}</button></p>
        </Dialog>
      )}
    </>
  );
}

function Maker({ onClose, onDone }: { readonly onClose: () => void; readonly onDone: (secret: string) => void }): JSX.Element {
  const desk = useDesk();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly string[]>(["read"]);
  const [until, setUntil] = useState(dayIn(desk.api.now(), 90));
  const [trouble, setTrouble] = useState("");
  const [wrong, setWrong] = useState<Readonly<Record<string, string>>>({});

  const send = (event: Event): void => {
    event.preventDefault();
    setTrouble("");
    setWrong({});
    desk.api.post("tokens", { name: name.trim(), scopes, expires_at: `${until}T00:00:00Z` }).then(
      (answer) => { onDone((answer as { secret: string }).secret); },
      (problem: unknown) => {
        if (problem instanceof Refusal && problem.problems.length > 0)
          setWrong(Object.fromEntries(problem.problems.map(({ field, code }) => [field, word("wrong", code, "wrong_other")])));
        else setTrouble(sentence(problem));
      });
  };
  return (
    <Dialog title={say("token_make")} onClose={onClose}>
      <form onSubmit={send}>
        <Trouble text={trouble || (wrong["scopes"] ? say("token_needs_scope") : "")} />
        <Field label={say("token_name")} hint={say("token_name_hint")} required value={name} onValue={setName} {...(wrong["name"] ? { error: wrong["name"] } : {})} />
        <fieldset>
          <legend>{say("token_scopes")}</legend>
          {SCOPES.map((scope) => (
            <p key={scope}><label class="tick"><input type="checkbox" checked={scopes.includes(scope)}
              onChange={(event) => { setScopes(event.currentTarget.checked ? [...scopes, scope] : scopes.filter((one) => one !== scope)); }} /> {word("scope", scope, "scope_other")}</label></p>
          ))}
        </fieldset>
        <Field label={say("token_until")} hint={say("token_until_hint")} type="date" required min={dayIn(desk.api.now(), 1)} max={dayIn(desk.api.now(), 365)}
          value={until} onValue={setUntil} {...(wrong["expires_at"] ? { error: wrong["expires_at"] } : {})} />
        <p class="buttons">
          <button type="submit" class="first">{say("token_make")}</button>
          <button type="button" onClick={onClose}>{say("cancel")}</button>
        </p>
      </form>
    </Dialog>
  );
}
