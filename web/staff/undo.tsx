// After a decision: some seconds in which it can be taken back. The server carries it out by itself when they are over,
// so that closing the tab loses nothing.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Desk } from "./desk.ts";
import { useDesk } from "./desk.ts";
import { useShortcuts } from "./shortcuts.ts";
import { useStore } from "./store.ts";
import { count, say } from "./texts.ts";

export async function undo(desk: Desk): Promise<void> {
  const undoable = desk.undoable.get();
  if (!undoable) return;
  desk.undoable.set(null);
  try {
    await desk.api.post(`undo/${encodeURIComponent(undoable.undo)}`);
    desk.say(count("undone_one", "undone_several", undoable.numbers.length));
    await desk.queue.open(desk.queue.rows.get().query, true);
    // The request that was decided is the one to look at again.
    const place = desk.place.get();
    const [number] = undoable.numbers;
    if (place.screen === "request" && undoable.numbers.length === 1 && number) desk.go({ screen: "request", number });
  } catch (problem) {
    desk.sayTrouble(problem);
  }
}

export function UndoBar(): JSX.Element {
  const desk = useDesk();
  const undoable = useStore(desk.undoable);
  const [left, setLeft] = useState(0);
  useShortcuts({ u: undoable ? () => { void undo(desk); } : undefined });

  useEffect(() => {
    if (!undoable) return undefined;
    const look = (): void => {
      const seconds = Math.ceil((new Date(undoable.until).getTime() - desk.api.now()) / 1000);
      setLeft(seconds);
      if (seconds <= 0 && desk.undoable.get() === undoable) {
        desk.undoable.set(null);
        void desk.queue.count();
      }
    };
    look();
    const timer = setInterval(look, 250);
    return () => { clearInterval(timer); };
  }, [undoable]);

  // The words are said once; the seconds are only shown.
  return (
    <div class="undo" data-there={undoable ? "yes" : "no"}>
      <p role="status">{undoable?.text}</p>
      {undoable && (
        <>
          <button type="button" class="first" onClick={() => { void undo(desk); }}>{say("undo")}</button>
          <span class="countdown" aria-hidden="true">{left} s</span>
        </>
      )}
    </div>
  );
}
