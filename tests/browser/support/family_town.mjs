// A town that knows a family, as far as the page can tell: the sync call is answered here, so that a test says exactly
// what has changed and when. Nothing else of the server is replaced.
import { openPage, ready } from './chromium.mjs';

const at = '2026-11-20T10:00:00Z';
const person = (reference, kind, answers, self = false) => ({ reference, kind, self, answers });

export const PEOPLE = [
  person('k1', 'representative', { first_names: 'Anne-Lise', birth_name: "Derc'hen", mobile: '+33612345678', email: 'anne-lise@exemple.fr', link_to_children: 'mother' }, true),
  person('k2', 'representative', { first_names: 'Paul', birth_name: 'Martin', link_to_children: 'father' }),
  person('k3', 'child', {
    born: 'born', first_names: 'Léa', birth_name: 'Martin', 'birth_date.day': '5', 'birth_date.month': '4', 'birth_date.year': '2021',
    'authority.k1': 'yes', 'authority.k2': 'yes', living_with: 'alternating', 'collectors.k1': 'yes',
  }),
  person('k4', 'expected_child', { born: 'expected', 'expected_date.day': '15', 'expected_date.month': '2', 'expected_date.year': '2027', 'authority.k1': 'yes' }),
  person('k5', 'contact', { first_names: 'Rose', birth_name: "Derc'hen", relation: 'grandparent', role: 'both', contact_phone: '+33240000001', 'contact_children.k3': 'yes', rank: '1' }),
];

export const request = (number, procedure, state, more = {}) => ({
  id: `0192aaaa-0000-7000-8000-${number.slice(-6).padStart(12, '0')}`, number, procedure, state, received_at: at, due_by: '2026-11-30',
  history: [{ at, event: 'received' }], can_withdraw: state === 'received', ...more,
});

export const snapshot = (cursor, more = {}) => ({
  cursor: String(cursor),
  as_of: new Date().toISOString().replace(/\.\d+/, ''),
  account: { reference: 'a1', identifier: 'annelise44', email: 'anne-lise@exemple.fr', person: { civility: 'madame', first_names: 'Anne-Lise', last_name: "Derc'hen" } },
  profile: {
    civility: 'madame', birth_name: "Derc'hen", first_names: 'Anne-Lise', 'birth_date.day': '3', 'birth_date.month': '11', 'birth_date.year': '1985',
    address: '12 bis rue de la Loire', postal_code: '44521', commune: 'Oudon', mobile: '+33612345678', email: 'anne-lise@exemple.fr',
  },
  submissions: [], messages: [], keys: [], devices: [], invitations: [], ...more,
});

// Opens a page of somebody who is logged in. `town.say(snapshot)` answers the call that is held, or the next one.
export async function openAtHome(browser, options, server, slug, path, first) {
  const page = await openPage(browser, options);
  await page.addInitScript((name) => { localStorage.setItem(`foyer.bound.${name}`, 'yes'); }, slug);
  const waiting = [];
  const said = [first];
  const answer = () => {
    while (waiting.length > 0 && said.length > 0) {
      const word = said.shift();
      void waiting.shift().fulfill(word === 'no network' ? { status: 502 } : { status: 200, contentType: 'application/json', body: JSON.stringify(word) }).catch(() => undefined);
    }
  };
  await page.route((url) => url.pathname.endsWith('/sync'), (route) => {
    waiting.push(route);
    answer();
  });
  const town = { say: (word) => { said.push(word); answer(); } };
  await page.goto(`${server.origin}/${slug}/${path}`);
  await ready(page);
  return { page, town };
}
