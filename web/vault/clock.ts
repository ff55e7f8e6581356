// The server's time, by what it said last: a device's own clock may be years off, and signatures of calls are only good
// for five minutes.

export class ServerClock {
  #offset = 0;
  #certain = false;
  readonly #localNow: () => number;

  constructor(localNow: () => number) {
    this.#localNow = localNow;
  }

  // From a Date header; anything that is none is passed over.
  learn(date: string | null): void {
    const stated = date === null ? Number.NaN : Date.parse(date);
    if (Number.isNaN(stated)) return;
    // The header has whole seconds and was on its way for a while: small differences are noise.
    const offset = stated + 500 - this.#localNow();
    this.#offset = Math.abs(offset) < 5_000 ? 0 : offset;
    this.#certain = true;
  }

  // What an earlier visit has learnt, until the server says it again.
  recall(offset: number): void {
    if (!this.#certain && Number.isFinite(offset)) this.#offset = offset;
  }

  // Milliseconds that the server is ahead of the device.
  offset(): number {
    return this.#offset;
  }

  // The server has told the time in this visit: until then a device's clock may have been set since.
  isCertain(): boolean {
    return this.#certain;
  }

  nowMilliseconds(): number {
    return this.#localNow() + this.#offset;
  }

  // Unix seconds.
  now(): number {
    return Math.floor(this.nowMilliseconds() / 1000);
  }

  // The device's own clock, for waiting only.
  localNow(): number {
    return this.#localNow();
  }
}
