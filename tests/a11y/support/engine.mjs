// What the table of numbers can measure in an engine that Playwright does not drive: axe, labels, targets, tokens, what
// Firefox's autofill and Bitwarden ask of a field, width. (The accessibility tree and the picture need Chromium.)
import { autocomplete, axeRules, fields } from './measures.mjs';
import { settled, tooWide } from './in_page.mjs';

// For PlainVisitor: measures every screen once.
export function lookingIn(engine, tally) {
  const seen = new Set();
  return async (title) => {
    if (seen.has(title)) return;
    seen.add(title);
    const [here, view] = await engine.run(() => [location.href, document.documentElement.dataset.view ?? '']);
    // A page of the server's own (an activation) has no scene.
    if (view === '') return;
    const page = { url: () => here, evaluate: (work, value) => (typeof work === 'string' ? engine.script(work) : engine.wait(work, value ?? null)) };
    await page.evaluate(settled);
    const where = { name: title, view, size: 'its own window' };
    await axeRules(page, tally, where);
    await fields(page, tally, where);
    await autocomplete(page, tally, where);
    const wide = await page.evaluate(tooWide);
    if (wide) throw new Error(`${title}: ${wide}`);
  };
}
