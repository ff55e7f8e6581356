// Letters that bring families their keys, one page of A4 each. They exist only here and now: the server keeps no key, so
// whoever closes this without having printed must make new ones. Drawn beside the console and seen on paper only.
import type { JSX } from "preact";
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import encodeQR from "qr";
import type { Letter, Letters } from "./contract.ts";
import { useDesk } from "./desk.ts";
import { Dialog } from "./parts.tsx";
import { count, say } from "./texts.ts";
import type { LocalText, Town } from "./town.ts";
import { useTown } from "./town.ts";

export function LetterSheets({ letters, onClose }: { readonly letters: readonly Letters[]; readonly onClose: () => void }): JSX.Element {
  const desk = useDesk();
  const town = useTown();
  const [ready, setReady] = useState(false);
  const [printed, setPrinted] = useState(false);
  const [warned, setWarned] = useState(false);

  useEffect(() => {
    if (!town) return undefined;
    const host = document.createElement("div");
    host.className = "letters";
    for (const [name, fallback] of [["primary", "#1b4f8a"], ["text", "#1b1b1b"]] as const)
      host.style.setProperty(`--town-${name}`, town.theme[name] ?? fallback);
    const today = new Date(desk.api.now()).toISOString();
    render(<>{letters.flatMap((made) => made.letters.map((letter) => <Sheet key={letter.id} letter={letter} made={made} town={town} slug={desk.slug} today={today} />))}</>, host);
    document.body.append(host);
    const done = (): void => { setPrinted(true); };
    window.addEventListener("afterprint", done);
    setReady(true);
    return () => {
      window.removeEventListener("afterprint", done);
      render(null, host);
      host.remove();
    };
  }, [letters, town]);

  const close = (): void => {
    if (printed || warned) onClose();
    else setWarned(true);
  };
  const number = letters.reduce((sum, made) => sum + made.letters.length, 0);
  return (
    <Dialog title={count("letters_one", "letters_several", number)}>
      <p>{say("letters_words")}</p>
      <ol class="letter-names" tabIndex={0} aria-label={say("letters_names")}>
        {letters.flatMap((made) => made.letters.map((letter) => <li key={letter.id}>{letter.name || say("no_name")}{letter.address.length < 2 && <span class="hint"> {say("letters_no_address")}</span>}</li>))}
      </ol>
      <p role="status">{printed && say("letters_printed")}</p>
      <div role="alert">{warned && !printed && <p class="trouble">{say("letters_not_printed")}</p>}</div>
      <p class="buttons">
        <button type="button" class="first" aria-disabled={!ready} onClick={() => { if (ready) window.print(); }}>{say("letters_print")}</button>
        <button type="button" onClick={close}>{say("letters_close")}</button>
      </p>
    </Dialog>
  );
}

const inFrench = (text: LocalText | undefined): string => text?.["fr"] ?? Object.values(text ?? {})[0] ?? "";
const inEnglish = (text: LocalText | undefined): string => text?.["en"] ?? inFrench(text);
const englishDay = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "Europe/Paris" });
const longDay = new Intl.DateTimeFormat("fr-FR", { day: "numeric", month: "long", year: "numeric", timeZone: "Europe/Paris" });

function Sheet({ letter, made, town, slug, today }: {
  readonly letter: Letter;
  readonly made: Letters;
  readonly town: Town;
  readonly slug: string;
  readonly today: string;
}): JSX.Element {
  const service = town.services.find(({ key }) => key === made.service);
  const page = new URL(letter.link);
  const address = page.host + page.pathname;
  const until = new Date(`${made.last_day}T12:00:00Z`);
  const help = [town.contact.name, service?.phone ?? town.contact.phone, service?.email ?? town.contact.email, inFrench(town.contact.hours)].filter(Boolean).join(" · ");
  return (
    <article class="letter">
      <div class="sender">
        <img src={`/${slug}/logo.svg`} alt="" />
        <p><strong>{town.town_hall}</strong></p>
        {town.contact.address && <p>{town.contact.address}</p>}
        {town.contact.phone && <p>{town.contact.phone}</p>}
      </div>
      <address>{letter.address.map((line, at) => <span key={at}>{line}</span>)}</address>
      <i class="fold" /><i class="fold second" />
      <div class="body">
        <p class="date">{say("letter_date", { town: town.name, day: longDay.format(new Date(today)) })}</p>
        <h1>{say("letter_subject", { service: inFrench(service?.name), space: inFrench(town.space_name) })}</h1>
        <p>{say("letter_hello")}</p>
        <p>{say("letter_why", { space: inFrench(town.space_name), name: letter.name })}</p>
        <div class="key">
          <Code text={letter.link} />
          <div>
            <p class="label">{say("letter_key", { service: inFrench(service?.name) })}</p>
            <p class="groups">{letter.key.split("-").map((group, at) => <span key={at}>{group}</span>)}</p>
            <p class="label">{say("letter_until", { day: longDay.format(until) })}</p>
          </div>
        </div>
        <ol>
          <li>{say("letter_step_open")} <strong class="web">{address}</strong></li>
          <li>{say("letter_step_form", { service: inFrench(service?.name) })}</li>
          <li>{say("letter_step_done")}</li>
        </ol>
        <p>{say("letter_has_space")}</p>
        <p>{say("letter_careful")}</p>
        {town.languages.includes("en") && (
          <div class="english" lang="en">
            <p><strong>{say("letter_en_subject", { service: inEnglish(service?.name), space: inEnglish(town.space_name) })}</strong></p>
            <p>{say("letter_en_words", { address, day: englishDay.format(until) })}</p>
          </div>
        )}
      </div>
      <p class="help">{say("letter_help")} {help}</p>
    </article>
  );
}

// Drawn as one path; nothing is fetched and nothing is written as markup.
function Code({ text }: { readonly text: string }): JSX.Element {
  const squares = encodeQR(text, "raw", { border: 4, ecc: "medium" });
  const path = squares.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  return (
    <svg class="code" viewBox={`0 0 ${squares.length} ${squares.length}`} role="img" aria-label={say("letter_picture")} shape-rendering="crispEdges">
      <rect width={squares.length} height={squares.length} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
