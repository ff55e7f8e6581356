// Wakes the wizard after a while, and only while the page is seen: a page in the background asks the network for nothing.

export class Alarm {
  private readonly timers = new Map<number, ReturnType<typeof setTimeout>>();
  // Whose time has come while nobody looked.
  private readonly due = new Set<number>();

  constructor(private readonly wake: (effect: number) => void) {
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState !== "visible") return;
      const due = [...this.due];
      this.due.clear();
      for (const effect of due) this.wake(effect);
    });
  }

  set(effect: number, seconds: number): void {
    clearTimeout(this.timers.get(effect));
    this.timers.set(effect, setTimeout(() => {
      this.timers.delete(effect);
      if (document.visibilityState === "visible") this.wake(effect);
      else this.due.add(effect);
    }, seconds * 1000));
  }
}
