// What stands around every screen: the town, the ways to go, what was said last, what can be taken back, the session's end.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { AuditPage } from "./audit.tsx";
import { sentence } from "./api.ts";
import type { Role, Session } from "./contract.ts";
import { ROLES } from "./contract.ts";
import { CounterPage } from "./counter.tsx";
import { useDesk } from "./desk.ts";
import { ExportsPage } from "./exports.tsx";
import { FamiliesPage } from "./families.tsx";
import { ImportPage } from "./imports.tsx";
import { KeysPage } from "./keys.tsx";
import { LogInAgain } from "./login.tsx";
import { MailsPage } from "./mails.tsx";
import { MembersPage } from "./members.tsx";
import { OwnAccount } from "./own_account.tsx";
import type { PageName } from "./pages.ts";
import { PAGES } from "./pages.ts";
import { Dialog, Hidden, Link, Title } from "./parts.tsx";
import type { Place } from "./place.ts";
import { EVERYTHING_NEW } from "./place.ts";
import { PrivacyPage } from "./privacy.tsx";
import { QueuePage } from "./queue.tsx";
import { RequestPage } from "./request.tsx";
import { letters, theme } from "./settings.ts";
import type { Theme } from "./settings.ts";
import { useShortcuts } from "./shortcuts.ts";
import { StatisticsPage } from "./statistics.tsx";
import { useStore } from "./store.ts";
import type { TextKey } from "./texts.ts";
import { count, say, word } from "./texts.ts";
import { TokensPage } from "./tokens.tsx";
import { UndoBar } from "./undo.tsx";
import { WebhooksPage } from "./webhooks.tsx";

const LOOK_EVERY = 15_000;
const WARN_BEFORE = 120_000;
const FIT_BESIDE = 6; // ways to go beside the town's name at 1280 px; more of them have a row of their own
const SAID_FOR = 8_000; // what went well; what went wrong stays until it is closed

export function Frame({ session }: { readonly session: Session }): JSX.Element {
  const desk = useDesk();
  const place = useStore(desk.place);
  const locked = useStore(desk.locked);
  const help = useStore(desk.help);

  useEffect(() => {
    void desk.queue.count();
    const look = (): void => {
      if (document.visibilityState === "visible" && !desk.locked.get()) void desk.queue.look();
    };
    const timer = setInterval(look, LOOK_EVERY);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
  useShortcuts({
    "?": () => { desk.help.set(true); },
    "/": () => { document.getElementById("search")?.focus(); },
  });

  return (
    <>
      <a class="skip" href="#main">{say("skip")}</a>
      <Header session={session} place={place} />
      <main id="main" tabIndex={-1} key={place.screen === "request" ? place.number : place.screen}><Screen place={place} role={session.staff.role} /></main>
      <Saying />
      <UndoBar />
      <SessionEnd session={session} />
      {locked && <LogInAgain session={session} />}
      {help && <Help />}
    </>
  );
}

const SCREENS: Readonly<Record<PageName, () => JSX.Element | null>> = {
  counter: CounterPage,
  families: FamiliesPage,
  keys: KeysPage,
  imports: ImportPage,
  mails: MailsPage,
  exports: ExportsPage,
  statistics: StatisticsPage,
  privacy: PrivacyPage,
  webhooks: WebhooksPage,
  members: MembersPage,
  tokens: TokensPage,
  audit: AuditPage,
  account: OwnAccount,
};

const may = (role: Role, from: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(from);

function Screen({ place, role }: { readonly place: Place; readonly role: Role }): JSX.Element {
  if (place.screen === "queue") return <QueuePage query={place.query} />;
  if (place.screen === "request") return <RequestPage number={place.number} />;
  const page = PAGES.find((one) => one.screen === place.screen);
  if (page && may(role, page.from)) {
    const Page = SCREENS[page.screen];
    return <Page />;
  }
  const title = say(page ? "not_for_you_title" : "nowhere_title");
  return (
    <>
      <Title label={title}>{title}</Title>
      <p>{page ? say("not_for_you_words", { role: word("role", page.from, "role_administrator") }) : say("nowhere_words")}</p>
      <p><Link to={{ screen: "queue", query: EVERYTHING_NEW }}>{say("nav_queue")}</Link></p>
    </>
  );
}

const WAYS: readonly { readonly place: Place; readonly text: TextKey; readonly from: Role }[] = [
  { place: { screen: "queue", query: EVERYTHING_NEW }, text: "nav_queue", from: "agent" },
  ...PAGES.filter((page) => !("own" in page)).map(({ screen, text, from }) => ({ place: { screen }, text, from })),
];

function Header({ session, place }: { readonly session: Session; readonly place: Place }): JSX.Element {
  const desk = useDesk();
  const chosen = useStore(theme);
  const leave = (): void => {
    desk.api.delete("session").then(desk.loggedOut, desk.sayTrouble);
  };
  const ways = WAYS.filter((way) => may(session.staff.role, way.from));
  const navigation = (
    <nav aria-label={say("nav")}>
      <ul>
        {ways.map((way) => <li key={way.text}><Link to={way.place} current={place.screen === way.place.screen}>{say(way.text)}</Link></li>)}
      </ul>
    </nav>
  );
  const many = ways.length > FIT_BESIDE;
  return (
    <header data-ways={many ? "many" : "few"}>
      <p class="town"><img src={`/${desk.slug}/logo.svg`} alt="" width="32" height="32" /> <span><strong>{desk.town}</strong> <span class="what">{say("console")}</span></span></p>
      {!many && navigation}
      <div class="own">
        <label class="theme"><Hidden>{say("theme")}</Hidden>
          <select value={chosen} onChange={(event) => { theme.set(event.currentTarget.value as Theme); }}>
            <option value="system">{say("theme_system")}</option>
            <option value="light">{say("theme_light")}</option>
            <option value="dark">{say("theme_dark")}</option>
          </select>
        </label>
        <button type="button" class="plain" onClick={() => { desk.help.set(true); }}>{say("help_open")}</button>
        <Link to={{ screen: "account" }} current={place.screen === "account"}>{session.staff.name}</Link>
        <button type="button" class="plain" onClick={leave}>{say("log_out")}</button>
      </div>
      {many && navigation}
    </header>
  );
}

// What was done, or could not be done, in words; read out by itself.
function Saying(): JSX.Element {
  const desk = useDesk();
  const said = useStore(desk.said);
  const close = (): void => { desk.said.set(null); };
  useEffect(() => {
    if (said?.kind !== "done") return undefined;
    const timer = setTimeout(() => { if (desk.said.get() === said) close(); }, SAID_FOR);
    return () => { clearTimeout(timer); };
  }, [said]);
  const shown = said && (
    <div class={`said ${said.kind}`} key={said.at}>
      <p>{said.text}</p>
      <button type="button" class="plain" onClick={close}>{say("close")}</button>
    </div>
  );
  return (
    <div class="sayings">
      <div role="status">{said?.kind === "done" && shown}</div>
      <div role="alert">{said?.kind === "trouble" && shown}</div>
    </div>
  );
}

// Two minutes before nobody has been there for too long, the agent is asked. What is typed stays where it is in any case.
function SessionEnd({ session }: { readonly session: Session }): JSX.Element | null {
  const desk = useDesk();
  const locked = useStore(desk.locked);
  const [left, setLeft] = useState<number | null>(null); // seconds, once they are few

  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const again = (after: number): void => {
      if (!over) timer = setTimeout(look, after);
    };
    const look = (): void => {
      const now = desk.session.get();
      if (!now || desk.locked.get()) {
        setLeft(null);
        again(5_000);
        return;
      }
      const remaining = new Date(now.expires_at).getTime() - desk.api.now();
      if (remaining > WARN_BEFORE) {
        setLeft(null);
        again(Math.min(remaining - WARN_BEFORE, 2 ** 30));
        return;
      }
      // What was done since may have moved the end.
      desk.api.get("session", { quiet: true }).then((answer) => {
        const fresh = answer as Session;
        if (desk.session.get()) desk.session.set(fresh);
        const seconds = Math.ceil((new Date(fresh.expires_at).getTime() - desk.api.now()) / 1000);
        setLeft(seconds * 1000 > WARN_BEFORE ? null : Math.max(0, seconds));
        again(seconds * 1000 > WARN_BEFORE ? 0 : 10_000);
      }, () => {
        setLeft(null);
        if (desk.session.get()) desk.locked.set(true);
        again(5_000);
      });
    };
    look();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [session.expires_at]);

  if (left === null || locked) return null;
  const stay = (): void => {
    // Any call of a person's moves the end.
    desk.api.get("submissions?view=mine&limit=1")
      .then(() => desk.api.get("session", { quiet: true }))
      .then((answer) => {
        desk.session.set(answer as Session);
        setLeft(null);
      })
      .catch((problem: unknown) => { desk.say(sentence(problem), "trouble"); });
  };
  return (
    <Dialog title={say("ending_title")} onClose={stay}>
      <p role="status">{count("ending_one", "ending_several", Math.max(1, Math.ceil(left / 60)))}</p>
      <p>{say("ending_words")}</p>
      <p class="buttons"><button type="button" class="first" onClick={stay}>{say("ending_stay")}</button></p>
    </Dialog>
  );
}

const KEYS: readonly (readonly [string, TextKey])[] = [
  ["/", "key_search"],
  ["j", "key_next"],
  ["k", "key_previous"],
  ["x", "key_select"],
  ["p", "key_take"],
  ["l", "key_release"],
  ["a", "key_accept"],
  ["r", "key_refuse"],
  ["c", "key_ask"],
  ["n", "key_note"],
  ["s", "key_following"],
  ["u", "key_undo"],
  ["b", "key_back"],
  ["?", "key_help"],
];

function Help(): JSX.Element {
  const desk = useDesk();
  const on = useStore(letters);
  const close = (): void => { desk.help.set(false); };
  return (
    <Dialog title={say("help_title")} onClose={close}>
      <table>
        <caption>{say("help_caption")}</caption>
        <thead><tr><th scope="col">{say("help_key")}</th><th scope="col">{say("help_does")}</th></tr></thead>
        <tbody>{KEYS.map(([key, text]) => <tr key={key}><th scope="row"><kbd>{key}</kbd></th><td>{say(text)}</td></tr>)}</tbody>
      </table>
      <p><label class="tick"><input type="checkbox" checked={on} onChange={(event) => { letters.set(event.currentTarget.checked); }} /> {say("help_switch")}</label></p>
      <p class="buttons"><button type="button" class="first" onClick={close}>{say("close")}</button></p>
    </Dialog>
  );
}
