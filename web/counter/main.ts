// What a page says and does that an agent has opened at the town hall's counter (docs/decisions/0013-counter.md): whose
// page it is, what became of what was sent, and the way out, which leaves nothing of the family behind. Fetched by the
// vault on such a page and on no other. In French: the agent reads it.
import { hour_in_french } from "../outbox/moments.ts";
import type { EntryChange } from "../vault/index.ts";

// "<ticket>.<until>.<tab>": what the console has put behind "#guichet=", and whose it is (shell/counter.ts).
export interface CounterAround {
  readonly given: string;
  readonly slug: string;
  readonly now: () => number; // Unix seconds
  // Nothing typed would be lost, and nothing waits to be sent.
  readonly is_done: () => Promise<boolean>;
  // Logs the family out of its space, if it is in it.
  readonly leave: () => Promise<unknown>;
  readonly forget_ticket: () => void;
}

export interface Counter {
  readonly ticket: string;
  // The server has said how it marked what it has just received: "counter", or "online".
  heard(how: string): void;
  changed(change: EntryChange, own: boolean): void;
}

const LONGEST_LEAVING = 3_000;

const WORDS = {
  title: "Saisie au guichet par la mairie",
  until: (time: string) => `Ce qui est envoyé d’ici avant ${time} est marqué « au guichet ». Rien de cette famille ne reste sur cet ordinateur.`,
  over: "Le temps du guichet est passé : ce qui est envoyé d’ici est bien reçu, comme une demande faite en ligne. Pour qu’il soit marqué, recommencez depuis la mairie.",
  received: (number: string) => `Demande reçue, n° ${number}, marquée « au guichet ».`,
  received_online: (number: string) => `Demande reçue, n° ${number}, comme une demande faite en ligne : le temps du guichet était passé.`,
  received_before: (number: string) => `Demande reçue, n° ${number}.`,
  refused: "La demande n’a pas été prise : la page dit pourquoi. Corrigez, puis envoyez de nouveau.",
  finish: "Terminer avec cette famille",
  not_done: "Tout n’est pas envoyé. Si vous terminez maintenant, ce qui a été saisi est effacé.",
  finish_anyway: "Effacer et terminer",
};

export function open_counter(around: CounterAround): Counter {
  const [ticket = "", until = "0", tab = ""] = around.given.split(".");
  const section = document.createElement("section");
  section.id = "counter";
  section.className = "device";
  section.lang = "fr";
  section.setAttribute("aria-labelledby", "counter-title");
  const title = document.createElement("h2");
  title.id = "counter-title";
  title.textContent = WORDS.title;
  const time = document.createElement("p");
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = WORDS.finish;
  section.append(title, time, said, button);
  document.getElementById("stage")?.before(section);

  const tell_time = (): void => {
    const left = Number(until) - around.now();
    time.textContent = left > 0 ? WORDS.until(hour_in_french(Number(until) * 1000)) : WORDS.over;
    if (left > 0) setTimeout(tell_time, Math.min(left, 60) * 1000);
  };
  tell_time();
  keep_browser_from_remembering();

  const console_page = `/${around.slug}/mairie/guichet`;
  let asked = false;
  const finish = async (): Promise<void> => {
    if (!asked && !(await around.is_done())) {
      asked = true;
      said.textContent = WORDS.not_done;
      button.textContent = WORDS.finish_anyway;
      return;
    }
    button.disabled = true;
    await Promise.race([around.leave().catch(() => undefined), new Promise((resolve) => setTimeout(resolve, LONGEST_LEAVING))]);
    around.forget_ticket();
    // The agent has been asked already.
    addEventListener("beforeunload", (event) => { event.stopImmediatePropagation(); }, true);
    // "Back" may bring this very document again: there is nothing in it any more.
    addEventListener("pageshow", () => { location.replace(console_page); });
    document.body.replaceChildren();
    location.replace(console_page);
  };
  button.addEventListener("click", () => void finish());

  let how = "";
  return {
    ticket: `${ticket}.${tab}`,
    heard(marked) {
      how = marked;
    },
    changed(change, own) {
      if (!own) return;
      if (change.state === "acknowledged") {
        const { number = "" } = JSON.parse(change.body) as { number?: string };
        const words = how === "counter" ? WORDS.received : how === "online" ? WORDS.received_online : WORDS.received_before;
        said.textContent = words(number);
      } else if (change.state === "refused") said.textContent = WORDS.refused;
      else return;
      asked = false;
      button.textContent = WORDS.finish;
    },
  };
}

// What is typed here is not this computer's: the browser is asked to suggest and to keep none of it.
function keep_browser_from_remembering(): void {
  const scene = document.getElementById("scene");
  if (!scene) return;
  const off = (): void => {
    for (const field of scene.querySelectorAll("input:not([autocomplete=off])")) field.setAttribute("autocomplete", "off");
  };
  new MutationObserver(off).observe(scene, { childList: true, subtree: true, attributes: true, attributeFilter: ["autocomplete"] });
  off();
}
