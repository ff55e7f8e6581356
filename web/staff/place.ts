// Where somebody is in the console, as an address, so that the browser's own back, reload and bookmarks work.
import type { View } from "./contract.ts";
import { VIEWS } from "./contract.ts";
import type { PageName } from "./pages.ts";
import { PAGES } from "./pages.ts";

export interface QueueQuery {
  readonly view: View;
  readonly procedure: string;
  readonly state: string;
  readonly mark: string;
  readonly origin: string;
  readonly q: string;
}

export const EVERYTHING_NEW: QueueQuery = { view: "new", procedure: "", state: "", mark: "", origin: "", q: "" };

export type Place =
  | { readonly screen: "queue"; readonly query: QueueQuery }
  | { readonly screen: "request"; readonly number: string }
  | { readonly screen: "privacy"; readonly account: string } // the reference of whose data it is
  | { readonly screen: PageName | "nowhere" };

const PERSON = "donnees-personnelles";

// `rest`: of the path after /{slug}/mairie/.
export function placeAt(rest: string, search: string): Place {
  const [folder = "", number, ...more] = rest.split("/").map(decoded);
  if (folder === "") {
    const asked = new URLSearchParams(search);
    const view = VIEWS.find((one) => one === asked.get("vue")) ?? "new";
    const text = (name: string): string => asked.get(name) ?? "";
    return { screen: "queue", query: { view, procedure: text("demarche"), state: text("etat"), mark: text("signalement"), origin: text("provenance"), q: text("q") } };
  }
  if (folder === "demandes" && number && more.length === 0) return { screen: "request", number };
  if (folder === PERSON && number && more.length === 0) return { screen: "privacy", account: number };
  const page = number === undefined ? PAGES.find((one) => one.folder === folder) : undefined;
  return { screen: page?.screen ?? "nowhere" };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function addressOf(root: string, place: Place): string {
  if (place.screen === "queue") {
    const { view, procedure, state, mark, origin, q } = place.query;
    const asked = new URLSearchParams();
    if (view !== "new") asked.set("vue", view);
    if (procedure) asked.set("demarche", procedure);
    if (state) asked.set("etat", state);
    if (mark) asked.set("signalement", mark);
    if (origin) asked.set("provenance", origin);
    if (q) asked.set("q", q);
    const search = asked.toString();
    return search ? `${root}?${search}` : root;
  }
  if (place.screen === "request") return `${root}demandes/${encodeURIComponent(place.number)}`;
  const folder = PAGES.find((one) => one.screen === place.screen)?.folder ?? "";
  return root + ("account" in place ? `${folder}/${encodeURIComponent(place.account)}` : folder);
}
