// When to try again.

export const FIRST_WAIT = 2_000;
export const LONGEST_WAIT = 15 * 60_000;

// Full jitter: anything up to the bound, so that a town's devices do not all come back together after an outage.
// `attempts`: how many have failed; `random`: in [0, 1).
export function waitAfter(attempts: number, random: number): number {
  return Math.floor(random * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(attempts, 20)));
}

// Retry-After (RFC 9110 §10.2.3) in milliseconds: seconds or a date. Nothing when there is none; never more than an
// hour, since the header may come from anything on the way.
export function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  const wait = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), 3_600_000);
}
