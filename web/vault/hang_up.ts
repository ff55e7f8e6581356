// Gives up on a network that does not answer. A page that was busy, or a device that slept, comes to know that the time is
// over before it has looked at what has come meanwhile: it looks first, and gives up only then.
const TO_LOOK = 1_000;

export interface Patience {
  readonly signal: AbortSignal;
  readonly done: () => void; // to be called when it has answered, or was given up
}

// `also`: gives up at once when somebody else does.
export function hangUpAfter(milliseconds: number, also?: AbortSignal): Patience {
  const abort = new AbortController();
  const now = (): void => {
    abort.abort();
  };
  let timer = setTimeout(() => {
    timer = setTimeout(now, TO_LOOK);
  }, milliseconds);
  also?.addEventListener("abort", now);
  if (also?.aborted) now();
  return {
    signal: abort.signal,
    done: () => {
      clearTimeout(timer);
      also?.removeEventListener("abort", now);
    },
  };
}
