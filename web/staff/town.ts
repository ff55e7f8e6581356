// What the town publishes of itself (its portal.json): its services, its colours, whom to ask.
import { useEffect, useState } from "preact/hooks";
import { useDesk } from "./desk.ts";

export type LocalText = Readonly<Record<string, string>>;

export interface ServiceOfTown {
  readonly key: string;
  readonly name: LocalText;
  readonly key_entry: string;
  readonly phone?: string;
  readonly email?: string;
}

export interface Town {
  readonly name: string;
  readonly town_hall: string;
  readonly languages: readonly string[];
  readonly space_name: LocalText;
  readonly theme: Readonly<Record<string, string>>;
  readonly contact: { readonly name: string; readonly address?: string; readonly phone?: string; readonly email?: string; readonly hours?: LocalText };
  readonly services: readonly ServiceOfTown[];
}

// Nothing until it is there; it is the same for everybody, and not the staff's secret.
export function useTown(): Town | null {
  const desk = useDesk();
  const [town, setTown] = useState<Town | null>(null);
  useEffect(() => {
    fetch(`/api/v1/portals/${desk.slug}`).then(async (answer) => {
      if (!answer.ok) throw new Error(String(answer.status));
      setTown((await answer.json()) as Town);
    }).catch(desk.sayTrouble);
  }, []);
  return town;
}
