// What a key costs on the main thread until its letter is painted: processor time, so that another program at work beside it
// does not count. One frame of a screen of 60 Hz is what there is.
import { DESK, PHONE, openPage, ready } from '../../browser/support/chromium.mjs';
import { settled } from './in_page.mjs';
import { Visitor } from '../../browser/support/visitor.mjs';

const TEXT = 'Anne-Lise Le Goff de La Tour du Port';

// Where a key has most to do: a name; a password, which is judged at each key; the same on a telephone's screen.
const FIELDS = [
  ['inscription/identite', 'Nom de naissance', DESK, 'a name'],
  ['inscription/identite', 'Nom de naissance', { ...PHONE, isMobile: false }, 'a name, on a telephone'],
  ['mot-de-passe?id=1&key=00', 'Mot de passe', DESK, 'a password'],
  ['connexion', 'Identifiant', DESK, 'an identifier'],
];

const share = (times, part) => [...times].sort((one, other) => one - other)[Math.min(Math.floor(times.length * part), times.length - 1)];

export async function keystroke({ server, browser }, tally) {
  const told = [];
  for (const [path, name, options, what] of FIELDS) {
    const page = await openPage(browser, options);
    await page.goto(`${server.origin}/oudon/${path}`);
    await ready(page);
    await page.waitForLoadState('networkidle');
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const spent = async () => (await session.send('Performance.getMetrics')).metrics.find((metric) => metric.name === 'TaskDuration').value * 1000;
    await new Visitor(page).field(name).click();
    await page.evaluate(settled);
    const times = [];
    // Asking costs something too.
    const idle = [];
    for (let time = 0; time < 10; ++time) {
      const before = await spent();
      await page.evaluate(settled);
      idle.push((await spent()) - before);
    }
    for (const letter of TEXT) {
      const before = await spent();
      await page.keyboard.type(letter);
      await page.evaluate(settled);
      times.push(Math.max((await spent()) - before - share(idle, 0.5), 0));
    }
    tally.figure('keystroke', share(times, 0.95), `${what}, of ${times.length} keys`);
    told.push(`${what}: ${share(times, 0.5).toFixed(1)} ms, 95 % within ${share(times, 0.95).toFixed(1)} ms`);
    await page.context().close();
  }
  return told.join('; ');
}
