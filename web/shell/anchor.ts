// What has the focus stays at its place in the window, however differently the page is laid out then: nobody is to look for
// the field they are in because a line came above it. As text the browser does so by itself; what is placed by hand, as
// everything on the canvas, it lets go.
export function stay_where_it_is(work: () => void): void {
  const focused = document.activeElement;
  const before = focused?.getBoundingClientRect();
  work();
  if (!focused || focused === document.body || !before || before.bottom < 0 || before.top > innerHeight) return;
  window.scrollBy({ top: focused.getBoundingClientRect().top - before.top, behavior: "instant" });
}
