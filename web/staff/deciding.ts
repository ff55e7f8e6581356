// Carrying out what an agent wants with one request or with several, and saying what came of it.
import type { Desk } from "./desk.ts";
import type { Action, Pending, Viewing } from "./contract.ts";
import { Refusal } from "./api.ts";
import { count, say, word } from "./texts.ts";
import type { TextKey } from "./texts.ts";

const DONE: Readonly<Record<Action["kind"], readonly [TextKey, TextKey]>> = {
  take: ["done_take_one", "done_take_several"],
  release: ["done_release_one", "done_release_several"],
  accept: ["done_accept_one", "done_accept_several"],
  refuse: ["done_refuse_one", "done_refuse_several"],
  ask: ["done_ask_one", "done_ask_several"],
};

const pendingIn = (answer: unknown): Pending | undefined => {
  const { undo, until } = (answer ?? {}) as { undo?: unknown; until?: unknown };
  return typeof undo === "string" && typeof until === "string" ? { undo, until } : undefined;
};

// One request that somebody has open, as it was in that version. It goes as a bulk of one, since those can be taken back.
// Throws a Refusal.
export async function decide(desk: Desk, number: string, version: number, action: Action): Promise<void> {
  const now = (await desk.api.put(`submissions/${encodeURIComponent(number)}/viewing`)) as Viewing;
  if (now.version !== version) throw new Refusal(409, "changed", say("error_changed"));
  const answer = (await desk.api.post("bulk", { numbers: [number], action })) as BulkAnswer;
  const [result] = answer.results;
  if (!result?.ok) throw new Refusal(409, result?.code ?? "unknown", say("not_done", { why: word("why_not", result?.code ?? "", "why_not_other") }));
  const text = say(DONE[action.kind][0], { number });
  const pending = pendingIn(answer);
  if (pending) desk.undoable.set({ ...pending, text, numbers: [number] });
  else desk.say(text);
}

export async function claim(desk: Desk, number: string, kind: "take" | "release"): Promise<void> {
  const me = desk.session.get()?.staff;
  await desk.api.post(`submissions/${encodeURIComponent(number)}/${kind}`);
  desk.queue.put(number, {
    claimed_by: kind === "take" && me ? { id: me.id, name: me.name } : null,
    state: kind === "take" ? "processing" : "received",
  });
  void desk.queue.count();
  desk.say(say(DONE[kind][0], { count: 1, number }));
}

interface BulkAnswer {
  readonly results: readonly { readonly number: string; readonly ok: boolean; readonly code: string | null }[];
}

export async function decideAll(desk: Desk, numbers: readonly string[], action: Action): Promise<void> {
  try {
    const answer = await desk.api.post("bulk", { numbers, action });
    const { results } = answer as BulkAnswer;
    const done = results.filter((result) => result.ok).map((result) => result.number);
    const not = results.filter((result) => !result.ok);
    const text = count(...DONE[action.kind], done.length).replace("{number}", done[0] ?? "");
    const pending = pendingIn(answer);
    if (not.length > 0)
      desk.say(
        `${done.length > 0 ? `${text} ` : ""}${count("not_done_one", "not_done_several", not.length)} ` +
          not.map((result) => `${result.number} (${word("why_not", result.code ?? "", "why_not_other")})`).join(", "),
        "trouble");
    else if (!pending) desk.say(text);
    if (pending && done.length > 0) desk.undoable.set({ ...pending, text, numbers: done });
    // Those that could not be done stay chosen, and so does what was chosen meanwhile.
    desk.queue.selected.change((selected) => new Set([...selected].filter((number) => !done.includes(number))));
    await desk.queue.open(desk.queue.rows.get().query, true);
  } catch (problem) {
    desk.sayTrouble(problem);
  }
}

// Told with the state it is in now, when somebody else was faster.
export const whyNot = (problem: unknown): string => {
  if (problem instanceof Refusal && problem.status === 409 && problem.state !== undefined)
    return `${problem.message} ${say("state_now", { state: word("state", problem.state, "state_unknown") })}`;
  return problem instanceof Refusal ? problem.message : say("error_here");
};
