// A profile that the browser keeps fills the personal fields, as Chromium itself does it (CDP, domain Autofill).
import { DESK, openPage } from '../../browser/support/chromium.mjs';
import { eventually } from '../../support/eventually.mjs';
import { PORTALS, somebody } from '../../browser/support/registration.mjs';
import { Visitor } from '../../browser/support/visitor.mjs';
import { settled } from './in_page.mjs';

const PROFILE = {
  NAME_FULL: 'Fañch Derc’hen', NAME_FIRST: 'Fañch', NAME_LAST: 'Derc’hen',
  ADDRESS_HOME_STREET_ADDRESS: '12 bis rue de la Loire\nRésidence du Port', ADDRESS_HOME_LINE1: '12 bis rue de la Loire', ADDRESS_HOME_LINE2: 'Résidence du Port',
  ADDRESS_HOME_CITY: 'Oudon', ADDRESS_HOME_ZIP: '44521', ADDRESS_HOME_COUNTRY: 'FR',
  EMAIL_ADDRESS: 'fanch@example.org', PHONE_HOME_WHOLE_NUMBER: '+33612345678',
};
const address = { fields: Object.entries(PROFILE).map(([name, value]) => ({ name, value })) };

// What a profile of Chromium knows. It keeps no date of birth and no form of address, and one telephone number, which goes
// into the first field that asks for one, the mobile: the other tokens serve Firefox, Safari and the password managers.
const KNOWN = /^(family-name|given-name|address-line[12]|postal-code|address-level2|tel|email)$/;
const isKnown = ({ token, whole }) => KNOWN.test(token) && !/\b(home|work) tel$/.test(whole);

async function backendOf(session, id) {
  const { root } = await session.send('DOM.getDocument', { depth: 0 });
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: `[id="${id}"]` });
  return (await session.send('DOM.describeNode', { nodeId })).node.backendNodeId;
}

const personal = (page) => page.evaluate(() => [...document.querySelectorAll('#scene input[autocomplete]')].map(({ id, autocomplete, value }) => ({ id, token: autocomplete.split(' ').at(-1), whole: autocomplete, value })));

// A browser fills one section at a time: where the birth name is asked beside the name that somebody goes by, it has a
// section of its own ("section-birth").
const sectionOf = ({ whole }) => (/^section-\S+/.exec(whole) ?? [''])[0];

// On a step: every field that the profile can fill is filled. Gives their ids.
async function step(page, tally, name) {
  const session = await page.context().newCDPSession(page);
  const wanted = (await personal(page)).filter(isKnown);
  await session.send('Autofill.enable');
  await session.send('Autofill.setAddresses', { addresses: [address] });
  for (const section of new Set(wanted.map(sectionOf))) {
    const ids = wanted.filter((field) => sectionOf(field) === section).map(({ id }) => id);
    const fieldId = await backendOf(session, ids[0]);
    await page.locator(`[id="${ids[0]}"]`).click();
    const filled = async () => (await personal(page)).filter(({ id, value }) => ids.includes(id) && value !== '').length;
    // Chromium reads a form a moment after it has come, and fills it a moment after it was told to.
    await eventually(`the browser fills ${name}`, async () => {
      await session.send('Autofill.trigger', { fieldId, address }).catch(() => undefined);
      return (await filled()) > 0;
    });
    await eventually('all that it fills is filled', async () => (await filled()) === ids.length).catch(() => undefined);
  }
  await page.evaluate(settled);
  const now = new Map((await personal(page)).map((field) => [field.id, field]));
  for (const { id, token } of wanted) tally.one('filled', now.get(id)?.value ? '' : `${id} (${token})`, name);
  await session.detach();
  return wanted.map(({ id }) => id);
}

const complaints = (page, ids) => page.evaluate((wanted) => wanted.map((id) => document.getElementById(`${id}-error`)?.textContent ?? ''), ids);

// `all`: each town in both projections; else each projection once.
export async function autofill({ server, browser }, tally, { all }) {
  const walks = all ? Object.keys(PORTALS).flatMap((town) => [[town, 'canvas'], [town, 'texte']]) : [['saintMaur', 'canvas'], ['oudon', 'texte']];
  for (const [town, view] of walks) {
    const portal = PORTALS[town];
    const page = await openPage(browser, DESK, `${server.origin}/${portal.slug}/inscription/identite${view === 'texte' ? '?texte' : ''}`);
    const visitor = new Visitor(page);
    const person = somebody();
    const take = (name) => step(page, tally, `${portal.town}, ${name} (${view})`);
    const accepted = async (name, ids, back) => {
      // Left and entered again, a step shows the wizard's own copy.
      await visitor.press('PRÉCÉDENT');
      await visitor.sees(back);
      const errors = await complaints(page, ids);
      const values = await page.evaluate((wanted) => wanted.map((id) => document.getElementById(id)?.value ?? ''), ids);
      ids.forEach((id, index) => tally.one('accepted', errors[index] || (values[index] ? '' : `${id} is empty`), `${portal.town}, ${name} (${view})`));
    };
    await visitor.sees('Votre identité');
    const identity = await take('identity');
    for (const [field, value] of [['Jour', person.day], ['Mois', person.month], ['Année', person.year]]) await visitor.fill(field, value);
    await visitor.press('SUIVANT');
    await visitor.sees('Votre adresse');
    await accepted('identity', identity, 'Votre identité');
    await visitor.press('SUIVANT');
    await visitor.sees('Votre adresse');
    const place = await take('address');
    await visitor.press('SUIVANT');
    await visitor.sees(/Vos téléphones/);
    await accepted('address', place, 'Votre adresse');
    await visitor.press('SUIVANT');
    await visitor.sees(/Vos téléphones/);
    const contact = await take('contact');
    await visitor.press('SUIVANT');
    await visitor.sees(/Votre identifiant/);
    await accepted('contact', contact, /Vos téléphones/);
    await page.context().close();
  }
}
