// Where an agent is, as an address: every place has one, and every address leads back to its place.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from '../support/load.mjs';

const { PAGES, addressOf, placeAt } = await load('staff/pages.ts', 'staff/place.ts');

const ROOT = '/oudon/mairie/';
const there = (place) => {
  const url = new URL(addressOf(ROOT, place), 'https://example.org');
  return placeAt(url.pathname.slice(ROOT.length), url.search);
};
const nothing = { view: 'new', procedure: '', state: '', mark: '', origin: '', q: '' };

test('an address leads back to its place', () => {
  const places = [
    { screen: 'queue', query: nothing },
    { screen: 'queue', query: { view: 'late', procedure: 'entourage', state: 'received', mark: 'key_wrong', origin: 'counter', q: 'L’Haÿ & fils ? #1' } },
    { screen: 'request', number: 'OUDON-2026-000012' },
    { screen: 'request', number: 'a/b?c' },
    { screen: 'privacy', account: '3f9c2a1b00d4e5f6' },
    ...PAGES.map(({ screen }) => ({ screen })),
  ];
  for (const place of places) assert.deepEqual(there(place), place);
});

test('an address that leads nowhere is told so, and never throws', () => {
  for (const rest of ['nulle-part', 'demandes', 'demandes/', 'demandes/1/2', 'agents/3', 'donnees-personnelles/1/2', 'constructor', '__proto__', '%E0%A4%A'])
    assert.deepEqual(placeAt(rest, ''), { screen: 'nowhere' }, rest);
});

test('a view that does not exist is the new requests', () => {
  assert.deepEqual(placeAt('', '?vue=constructor'), { screen: 'queue', query: nothing });
});
