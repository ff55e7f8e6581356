// What the town publishes of itself, for a screen that needs it.
import { useEffect } from "preact/hooks";
import { useDesk } from "./desk.ts";
import type { Town } from "./published.ts";
import { useStore } from "./store.ts";

export type { LocalText, ServiceOfTown, Town } from "./published.ts";

// Nothing until it is there; it is the same for everybody, and not the staff's secret.
export function useTown(): Town | null {
  const desk = useDesk();
  useEffect(() => { desk.published.ask().catch(desk.sayTrouble); }, []);
  return useStore(desk.published.town);
}
