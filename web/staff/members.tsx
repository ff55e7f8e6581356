// Who works here: for administrators.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Refusal, sentence } from "./api.ts";
import type { Member, Role } from "./contract.ts";
import { ROLES } from "./contract.ts";
import { useDesk } from "./desk.ts";
import { Address, Confirm, Dialog, Field, Hidden, Scroll, Select, Title, Trouble } from "./parts.tsx";
import { momentText, say, word } from "./texts.ts";

interface Service {
  readonly key: string;
  readonly name: string;
}

function useServices(): readonly Service[] {
  const { slug } = useDesk();
  const [services, setServices] = useState<readonly Service[]>([]);
  useEffect(() => {
    const abort = new AbortController();
    fetch(`/api/v1/portals/${slug}`, { signal: abort.signal })
      .then((answer) => answer.json())
      .then((portal: { services?: readonly { key: string; name: { fr?: string } | string }[] }) => {
        setServices((portal.services ?? []).map(({ key, name }) => ({ key, name: typeof name === "string" ? name : (name.fr ?? key) })));
      })
      .catch(() => undefined);
    return () => { abort.abort(); };
  }, []);
  return services;
}

export function MembersPage(): JSX.Element {
  const desk = useDesk();
  const services = useServices();
  const [members, setMembers] = useState<readonly Member[] | null>(null);
  const [trouble, setTrouble] = useState("");
  const [editing, setEditing] = useState<Member | "new" | null>(null);
  const [resetting, setResetting] = useState<Member | null>(null);
  const [secret, setSecret] = useState<{ readonly name: string; readonly email: string; readonly password: string } | null>(null);

  const load = async (): Promise<void> => {
    try {
      setMembers(((await desk.api.get("staff")) as { staff: readonly Member[] }).staff);
      setTrouble("");
    } catch (problem) {
      setTrouble(sentence(problem));
    }
  };
  useEffect(() => { void load(); }, []);

  const reset = (member: Member): void => {
    setResetting(null);
    desk.api.post(`staff/${member.id}/reset`).then(
      (answer) => {
        setSecret({ name: member.name, email: member.email, password: (answer as { password: string }).password });
        void load();
      },
      desk.sayTrouble);
  };
  const disable = (member: Member): void => {
    desk.api.patch(`staff/${member.id}`, { disabled: !member.disabled }).then(
      () => {
        desk.say(say(member.disabled ? "member_enabled" : "member_disabled", { name: member.name }));
        void load();
      },
      desk.sayTrouble);
  };
  const nameOf = (key: string): string => services.find((service) => service.key === key)?.name ?? key;

  return (
    <>
      <Title label={say("members_title")}>{say("members_title")}</Title>
      <p class="buttons"><button type="button" class="first" onClick={() => { setEditing("new"); }}>{say("member_add")}</button></p>
      <Trouble text={trouble} />
      {!members && !trouble && <p role="status">{say("loading")}</p>}
      {members && (
        <Scroll label={say("members_title")}>
          <table>
            <caption class="unseen">{say("members_title")}</caption>
            <thead><tr>
              <th scope="col">{say("member_name")}</th><th scope="col">{say("login_email")}</th><th scope="col">{say("member_role")}</th>
              <th scope="col">{say("member_services")}</th><th scope="col">{say("member_access")}</th><th scope="col">{say("member_last")}</th><th scope="col">{say("mail_action")}</th>
            </tr></thead>
            <tbody>
              {members.map((member) => (
                <tr key={member.id}>
                  <th scope="row">{member.name}</th>
                  <td class="address"><Address text={member.email} /></td>
                  <td>{word("role", member.role, "role_agent")}</td>
                  <td>{member.services.length === 0 ? say("member_all_services") : member.services.map(nameOf).join(", ")}</td>
                  <td>{say(member.disabled ? "access_disabled" : member.must_change_password ? "access_temporary" : member.totp ? "access_totp" : "access_password")}</td>
                  <td>{member.last_login_at ? momentText(member.last_login_at) : say("never")}</td>
                  <td><span class="buttons">
                    <button type="button" onClick={() => { setEditing(member); }}>{say("member_change")}<Hidden> {member.name}</Hidden></button>
                    <button type="button" onClick={() => { disable(member); }}>{say(member.disabled ? "member_enable" : "member_disable")}<Hidden> {member.name}</Hidden></button>
                    <button type="button" onClick={() => { setResetting(member); }}>{say("member_reset")}<Hidden> {member.name}</Hidden></button>
                  </span></td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {editing && (
        <Editor member={editing === "new" ? null : editing} services={services} onClose={() => { setEditing(null); }}
          onDone={(made) => {
            setEditing(null);
            if (made) setSecret(made);
            void load();
          }} />
      )}
      {resetting && (
        <Confirm title={say("member_reset_title", { name: resetting.name })} words={say("member_reset_words")} send={say("member_reset")}
          onSend={() => { reset(resetting); }} onClose={() => { setResetting(null); }} />
      )}
      {secret && (
        <Dialog title={say("secret_title", { name: secret.name })} onClose={() => { setSecret(null); }}>
          <p>{say("secret_words")}</p>
          <p>{secret.email}</p>
          <p><code class="secret">{secret.password}</code></p>
          <p class="buttons"><button type="button" class="first" onClick={() => { setSecret(null); }}>{say("secret_seen")}</button></p>
        </Dialog>
      )}
    </>
  );
}

function Editor({ member, services, onClose, onDone }: {
  readonly member: Member | null;
  readonly services: readonly Service[];
  readonly onClose: () => void;
  readonly onDone: (secret?: { name: string; email: string; password: string }) => void;
}): JSX.Element {
  const desk = useDesk();
  const [name, setName] = useState(member?.name ?? "");
  const [email, setEmail] = useState(member?.email ?? "");
  const [role, setRole] = useState<Role>(member?.role ?? "agent");
  const [chosen, setChosen] = useState<readonly string[]>(member?.services ?? []);
  const [trouble, setTrouble] = useState("");
  const [wrong, setWrong] = useState<Readonly<Record<string, string>>>({});

  const send = (event: Event): void => {
    event.preventDefault();
    setTrouble("");
    setWrong({});
    const body = { name: name.trim(), role, services: role === "agent" ? chosen : [] };
    const call = member ? desk.api.patch(`staff/${member.id}`, body) : desk.api.post("staff", { ...body, email: email.trim() });
    call.then(
      (answer) => {
        const { password } = answer as { password?: string };
        onDone(password === undefined ? undefined : { name: body.name, email: email.trim(), password });
        desk.say(say(member ? "member_changed" : "member_added", { name: body.name }));
      },
      (problem: unknown) => {
        if (problem instanceof Refusal && problem.problems.length > 0)
          setWrong(Object.fromEntries(problem.problems.map(({ field, code }) => [field, word("wrong", code, "wrong_other")])));
        else setTrouble(sentence(problem));
      });
  };
  return (
    <Dialog title={member ? say("member_change_title", { name: member.name }) : say("member_add")} onClose={onClose}>
      <form onSubmit={send}>
        <Trouble text={trouble} />
        <Field label={say("member_name")} required value={name} onValue={setName} {...(wrong["name"] ? { error: wrong["name"] } : {})} />
        {!member && <Field label={say("login_email")} type="email" required value={email} onValue={setEmail} {...(wrong["email"] ? { error: wrong["email"] } : {})} />}
        <Select label={say("member_role")} value={role} onValue={(value) => { setRole(value as Role); }}
          choices={ROLES.map((one) => ({ value: one, label: word("role", one, "role_agent") }))} />
        {role === "agent" && services.length > 0 && (
          <fieldset>
            <legend>{say("member_services")}</legend>
            <p class="hint">{say("member_services_hint")}</p>
            {services.map((service) => (
              <p key={service.key}><label class="tick"><input type="checkbox" checked={chosen.includes(service.key)}
                onChange={(event) => { setChosen(event.currentTarget.checked ? [...chosen, service.key] : chosen.filter((key) => key !== service.key)); }} /> {service.name}</label></p>
            ))}
          </fieldset>
        )}
        <p class="buttons">
          <button type="submit" class="first">{say("save")}</button>
          <button type="button" onClick={onClose}>{say("cancel")}</button>
        </p>
      </form>
    </Dialog>
  );
}
