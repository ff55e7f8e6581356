// At rest nothing is drawn.
import { DESK, openPage } from '../../browser/support/chromium.mjs';
import { settled } from './in_page.mjs';
import { Visitor } from '../../browser/support/visitor.mjs';

export async function rest({ server, browser }, tally) {
  const page = await openPage(browser, DESK, `${server.origin}/oudon/inscription/identite`);
  await new Visitor(page).fill('Nom de naissance', 'Muñoz');
  await page.evaluate(settled);
  const frames = () => page.evaluate(() => globalThis.foyer_frames);
  const before = await frames();
  if (before === 0) throw new Error('nothing was ever drawn');
  await page.waitForTimeout(10_000);
  const drawn = (await frames()) - before;
  tally.one('frames', drawn > 0 ? `${drawn} frames` : '', 'identity, a field with the focus');
  await page.context().close();
}
