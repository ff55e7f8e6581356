// The time by the server's clock, for what the wizard asks of dates: from the last answer that was dated just now, else
// from what this device has learnt at an earlier visit. A device that comes out of a flat battery believes in 1970,
// where nobody who registers has been born yet.
const KEPT = "foyer-clock";
// Seconds are on their way for a while; minutes are not.
const NOISE = 120;

export class PageClock {
  #ahead = 0; // seconds
  #seen = 0; // unix seconds: it is not earlier than this

  constructor() {
    try {
      const [ahead = 0, seen = 0] = (localStorage.getItem(KEPT) ?? "").split(" ").map(Number);
      if (Number.isFinite(ahead) && Number.isFinite(seen)) [this.#ahead, this.#seen] = [ahead, seen];
    } catch {
      // Storage is forbidden: then there is the device's clock.
    }
  }

  // From an answer's Date header; anything that is none is passed over.
  learn(date: string | null): void {
    const stated = Date.parse(date ?? "") / 1000;
    if (Number.isNaN(stated)) return;
    const ahead = Math.round(stated - Date.now() / 1000);
    this.#ahead = Math.abs(ahead) > NOISE ? ahead : 0;
    this.#seen = stated;
    try {
      localStorage.setItem(KEPT, `${this.#ahead} ${this.#seen}`);
    } catch {
      // See above.
    }
  }

  // Unix seconds.
  now(): number {
    return Math.max(Math.floor(Date.now() / 1000) + this.#ahead, this.#seen);
  }
}
