// Holds the page still under a press. Leaving a field may add or take away an error's line; if that happened between the
// pointer's going down and its click, the button would move away from under the finger and the press would be lost. So
// what the wizard is to hear waits until the press has ended: nothing is lost, only later by as long as the press lasts.

// A finger's click comes after its pointerup, in a task of its own; old browsers wait to see whether it comes twice.
const FINGER_CLICK = 400;

export class Press {
  private down = false;
  private timer = 0;

  // `ended` is called, once for each press, before its click is heard by anybody else.
  constructor(private readonly ended: () => void) {
    const on = (kinds: readonly string[], react: (event: Event) => void): void => {
      for (const kind of kinds) addEventListener(kind, react, { capture: true, passive: true });
    };
    // After a touch the mouse's events follow, the change of focus among them: they hold again.
    on(["pointerdown", "mousedown"], (event) => { if ((event as MouseEvent).button === 0) this.begin(); });
    on(["pointerup", "mouseup"], (event) => { if (this.down) this.end_in(event instanceof PointerEvent && event.pointerType !== "mouse" ? FINGER_CLICK : 0); });
    on(["click", "pointercancel", "dragstart", "keydown", "input"], () => { this.end(); });
    // A list that the system shows may swallow the end of the press that opened it.
    on(["change"], (event) => { if (event.target instanceof HTMLSelectElement) this.end(); });
    on(["pointermove"], (event) => { if (this.down && this.timer === 0 && (event as PointerEvent).buttons === 0) this.end(); });
    addEventListener("blur", () => { this.end(); });
  }

  get holds(): boolean {
    return this.down;
  }

  private begin(): void {
    clearTimeout(this.timer);
    this.timer = 0;
    this.down = true;
  }

  private end_in(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.end(); }, milliseconds);
  }

  private end(): void {
    clearTimeout(this.timer);
    this.timer = 0;
    if (!this.down) return;
    this.down = false;
    this.ended();
  }
}
