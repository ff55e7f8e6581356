// A call that the server holds until there is something new (sync?…&wait=…). One at a time, and only while the page is
// seen: a page in the background hangs up, and asks again when somebody looks.
import type { Answer } from "../vault/index.ts";

const NO_ANSWER: Answer = { status: 0, body: "" };

export const is_held = (path: string): boolean => /[?&]wait=/.test(path);

export class Poll {
  private hang_up: (() => void) | null = null;
  private asked = 0;

  // A newer one takes an older one's place, which then has no answer.
  async ask(send: (signal: AbortSignal) => Promise<Answer>): Promise<Answer> {
    this.hang_up?.();
    const mine = ++this.asked;
    for (;;) {
      await seen();
      if (this.asked !== mine) return NO_ANSWER;
      const abort = new AbortController();
      this.hang_up = () => { abort.abort(); };
      const look = (): void => { if (document.visibilityState !== "visible") abort.abort(); };
      document.addEventListener("visibilitychange", look);
      const answer = await send(abort.signal).catch(() => NO_ANSWER);
      document.removeEventListener("visibilitychange", look);
      if (answer.status !== 0 || !abort.signal.aborted) return answer;
    }
  }
}

function seen(): Promise<void> {
  return new Promise((resolve) => {
    if (document.visibilityState === "visible") {
      resolve();
      return;
    }
    const look = (): void => {
      if (document.visibilityState !== "visible") return;
      document.removeEventListener("visibilitychange", look);
      resolve();
    };
    document.addEventListener("visibilitychange", look);
  });
}
