// The README's pictures, taken from the running product: node toolchains/dev/pictures.mjs (after ./dev test).
import { launchChromium, openPage, PHONE } from '../../tests/browser/support/chromium.mjs';
import { PORTALS, screens, somebody } from '../../tests/browser/support/registration.mjs';
import { Visitor } from '../../tests/browser/support/visitor.mjs';
import { startServer } from '../../tests/support/foyer_server.mjs';

const server = await startServer();
const browser = await launchChromium();
try {
  const desk = await openPage(browser, { viewport: { width: 900, height: 1000 }, locale: 'fr-FR' }, `${server.origin}/oudon/inscription/identite`);
  const atDesk = new Visitor(desk);
  await atDesk.choose('Civilité', 'Madame');
  await atDesk.fill('Nom de naissance', 'Derc’hen');
  await atDesk.fill('Prénom(s)', 'Anne-Lise');
  await desk.evaluate(() => scrollTo(0, 0));
  await desk.screenshot({ path: 'docs/pictures/oudon-identity.png' });

  const portal = PORTALS.saintMaur;
  const phone = await openPage(browser, { ...PHONE, deviceScaleFactor: 1.5, viewport: { width: 360, height: 800 } }, `${server.origin}/${portal.slug}/`);
  const onPhone = new Visitor(phone, 'touch');
  const person = somebody();
  await screens.landing(onPhone);
  await screens.welcome(onPhone);
  await screens.identity(onPhone, person);
  await screens.address(onPhone, person, portal);
  await screens.contact(onPhone, person);
  await screens.access(onPhone, person, portal);
  await screens.consent(onPhone);
  await phone.locator('legend', { hasText: 'Contrôle de sécurité' }).evaluate((legend) => scrollBy(0, legend.getBoundingClientRect().top - 330));
  await phone.screenshot({ path: 'docs/pictures/saint-maur-services.png' });
} finally {
  await browser.close();
  await server.stop();
}
