// A page that an agent of the town hall has opened at the counter, from the console: "#guichet=<ticket>.<until>"
// (docs/decisions/0013-counter.md). This tab knows it and nothing else does; no server's log has seen it. Kept with a name
// that the tab gives itself, so that a page that is loaded again is known as the one to which the ticket belongs.
const kept_as = (slug: string): string => `foyer.counter.${slug}`;

// "<ticket>.<until>.<tab>"; "": an ordinary page.
export const counter = take(document.documentElement.dataset["slug"] ?? "");

function take(slug: string): string {
  const given = /^#guichet=([\w-]+\.\d+)$/.exec(location.hash)?.[1];
  const brought = given ? `${given}.${crypto.randomUUID()}` : "";
  if (brought) history.replaceState(history.state, "", location.pathname + location.search);
  try {
    if (brought) sessionStorage.setItem(kept_as(slug), brought);
    return sessionStorage.getItem(kept_as(slug)) ?? "";
  } catch {
    return brought;
  }
}

export function forget_counter(slug: string): void {
  try {
    sessionStorage.removeItem(kept_as(slug));
  } catch {
    // It is in this page only, which is about to go.
  }
}
