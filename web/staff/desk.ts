// What every screen of the console shares: who works, where, what was said last, what can still be taken back.
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { Api, sentence } from "./api.ts";
import type { Pending, Session } from "./contract.ts";
import type { Place } from "./place.ts";
import { addressOf, placeAt } from "./place.ts";
import { Published } from "./published.ts";
import { QueueList } from "./queue_list.ts";
import { Store } from "./store.ts";

export interface Said {
  readonly text: string;
  readonly kind: "done" | "trouble";
  readonly at: number; // the same words twice are two sayings
}

export interface Undoable extends Pending {
  readonly text: string;
  readonly numbers: readonly string[];
}

export class Desk {
  readonly slug: string;
  readonly town: string;
  readonly root: string;
  readonly api: Api;
  readonly published: Published;
  readonly place: Store<Place>;
  readonly session = new Store<Session | null | undefined>(undefined); // undefined: not known yet
  readonly locked = new Store(false); // the session has ended while somebody was working
  readonly said = new Store<Said | null>(null);
  readonly undoable = new Store<Undoable | null>(null);
  readonly help = new Store(false);
  readonly queue: QueueList;
  // Something typed that is not sent yet; the browser asks before it is lost.
  readonly unsaved = new Store(false);
  #unlock: (() => void)[] = [];

  constructor(slug: string, town: string) {
    this.slug = slug;
    this.town = town;
    this.root = `/${slug}/mairie/`;
    this.api = new Api(slug);
    this.published = new Published(slug);
    this.queue = new QueueList(this.api);
    this.place = new Store(this.#placeNow());
    window.addEventListener("popstate", () => {
      this.place.set(this.#placeNow());
    });
    window.addEventListener("beforeunload", (event) => {
      if (this.unsaved.get()) event.preventDefault();
    });
  }

  #placeNow(): Place {
    return placeAt(location.pathname.slice(this.root.length), location.search);
  }

  go = (place: Place, how: "push" | "replace" = "push"): void => {
    const address = addressOf(this.root, place);
    if (how === "replace") history.replaceState(null, "", address);
    else if (address !== location.pathname + location.search) history.pushState(null, "", address);
    this.place.set(place);
  };

  say = (text: string, kind: Said["kind"] = "done"): void => {
    this.said.set({ text, kind, at: performance.now() });
  };
  sayTrouble = (problem: unknown): void => {
    this.say(sentence(problem), "trouble");
  };

  // Called by the API when the session has ended: whoever calls waits until somebody has logged in again.
  untilLoggedIn = (): Promise<void> => {
    this.locked.set(true);
    return new Promise((resolve) => this.#unlock.push(resolve));
  };
  loggedIn = (session: Session): void => {
    this.session.set(session);
    this.locked.set(false);
    const waiting = this.#unlock;
    this.#unlock = [];
    for (const go of waiting) go();
    this.api.logIn = this.untilLoggedIn;
  };
  loggedOut = (): void => {
    this.api.logIn = undefined;
    this.unsaved.set(false);
    this.session.set(null);
    this.locked.set(false);
  };
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("outside the console");
  return desk;
}
