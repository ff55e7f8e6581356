// The canvas: as tall as the step and part of the page, so that the page's own scrolling moves it. Where the step is
// taller than a GPU allows, the canvas is as tall as the window, sticks to it and is drawn again as the page scrolls.
import { Renderer } from "./renderer.ts";

// Beyond this many device pixels a canvas costs an old phone more than it is worth.
const MAXIMUM_AREA = 16_000_000;

export class Stage {
  height = 0; // CSS pixels, for others to read
  private width = 0;
  private density = 1;
  private sticky = false;
  private frame = 0;
  private before_drawing: () => void = () => undefined;

  private constructor(
    private readonly element: HTMLElement,
    private readonly canvas: HTMLCanvasElement,
    private shown: Renderer,
  ) {
    addEventListener("scroll", () => { if (this.sticky) this.ask_for_frame(); }, { passive: true });
  }

  static on(element: HTMLElement, canvas: HTMLCanvasElement): Stage | null {
    const renderer = Renderer.on(canvas);
    return renderer && new Stage(element, canvas, renderer);
  }

  get renderer(): Renderer {
    return this.shown;
  }

  // The graphics context had been lost and is back, with nothing of what was in it. False: it is of no use.
  restore(): boolean {
    const renderer = Renderer.on(this.canvas);
    if (!renderer) return false;
    renderer.frames = this.shown.frames;
    this.shown = renderer;
    return true;
  }

  // The module paints in here, just before its triangles are drawn.
  on_frame(paint: () => void): void {
    this.before_drawing = paint;
  }

  set_density(density: number): void {
    this.density = density;
    this.fit();
  }

  // CSS pixels.
  resize(width: number, height: number): void {
    this.width = width;
    this.height = height;
    this.element.style.setProperty("--stage-height", `${height}px`);
    this.fit();
    this.ask_for_frame();
  }

  // A new screen comes in softly, unless somebody wants no motion. The compositor's work: nothing is painted again, and what
  // people type into is never transparent.
  come_in(): void {
    if (matchMedia("(prefers-reduced-motion: no-preference)").matches) this.canvas.animate([{ opacity: 0.3 }, { opacity: 1 }], 160);
  }

  // One frame, however often it is asked for until then.
  ask_for_frame(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.fit();
      this.before_drawing();
      this.renderer.draw(0, this.top(), this.width, this.sticky ? this.window_height() : this.height);
    });
  }

  // Changing a canvas's size empties it: done right before it is drawn, and only when something is different.
  private fit(): void {
    const full = { width: Math.round(this.width * this.density), height: Math.round(this.height * this.density) };
    this.sticky = full.height > this.renderer.limit || full.width * full.height > MAXIMUM_AREA;
    const shown = this.sticky ? this.window_height() : this.height;
    const height = Math.round(shown * this.density);
    this.canvas.classList.toggle("sticky", this.sticky);
    this.canvas.style.setProperty("--canvas-height", `${shown}px`);
    if (this.canvas.width === full.width && this.canvas.height === height) return;
    this.canvas.width = full.width;
    this.canvas.height = height;
    if (this.width > 0) this.ask_for_frame();
  }

  private window_height(): number {
    return Math.min(innerHeight, this.height);
  }

  private top(): number {
    if (!this.sticky) return 0;
    return Math.min(Math.max(-this.element.getBoundingClientRect().top, 0), this.height - this.window_height());
  }
}
