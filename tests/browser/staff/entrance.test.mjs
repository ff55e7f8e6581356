// Into the town hall's console and around it: login, one's own password, codes, members, tokens, the journal, the end of
// a session; every page with axe in both lights, and with the keyboard alone.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { eventually } from '../../support/eventually.mjs';
import { load } from '../../support/load.mjs';
import { launchChromium, openPage } from '../support/chromium.mjs';
import {
  ADMINISTRATOR, CLAIRE, DESK_LIGHT, PASSWORD, WALL_DARK, accessible, agentAt, assertCalm, consoleOf, logIn, settled, startTownHall,
} from '../support/town_hall.mjs';

// The console's own list: a page that is added is looked at as well.
const { PAGES } = await load('staff/pages.ts');

let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startTownHall({ requests: 40 }), launchChromium()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

// RFC 6238 with what every authenticator does: SHA-1, six digits, thirty seconds.
function codeOf(base32, now) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...base32.replace(/\s/g, '')].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(now / 30)));
  const hash = createHmac('sha1', key).update(step).digest();
  const at = hash[19] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

test('the page runs its own files only, keeps nothing, and is nobody else\'s frame', async () => {
  const answer = await fetch(consoleOf(server));
  assert.equal(answer.status, 200);
  const policy = answer.headers.get('content-security-policy');
  for (const rule of ["default-src 'none'", "script-src 'self'", "require-trusted-types-for 'script'", "frame-ancestors 'none'"])
    assert.ok(policy.includes(rule), rule);
  assert.doesNotMatch(policy, /unsafe/);
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  assert.equal((await fetch(`${server.origin}/oudon/mairie`, { redirect: 'manual' })).headers.get('location'), '/oudon/mairie/');
  assert.equal((await fetch(`${server.origin}/nulle-part/mairie/`)).status, 404);
});

test('nothing of the console is among what families fetch or keep', async () => {
  const names = [...(await (await fetch(consoleOf(server))).text()).matchAll(/\/assets\/staff\.[0-9a-f]+\.(?:js|css)/g)].map(([name]) => name);
  assert.equal(names.length, 2);
  const kept = await (await fetch(`${server.origin}/oudon/offline.json`)).text();
  const page = await (await fetch(`${server.origin}/oudon/shell.html`)).text();
  for (const name of names) {
    assert.ok(!kept.includes(name), name);
    assert.ok(!page.includes(name), name);
  }
});

test('a wrong password is told in a sentence and keeps what was typed; the right one leads to the queue', async () => {
  const page = await openPage(browser, DESK_LIGHT);
  await page.goto(consoleOf(server));
  await page.getByRole('heading', { name: 'Connexion de la mairie' }).waitFor();
  await accessible(page, 'the login');
  await logIn(page, CLAIRE, 'pas-le-bon-mot');
  await page.getByRole('alert').filter({ hasText: /est pas le bon/ }).waitFor();
  assert.equal(await page.getByLabel('Adresse électronique').inputValue(), CLAIRE);
  await logIn(page, CLAIRE);
  await page.getByRole('heading', { name: 'Demandes', level: 1 }).waitFor();
  assert.ok(!(await page.context().cookies()).some((cookie) => cookie.name === 'foyer_staff' && !cookie.httpOnly));
  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await page.getByRole('heading', { name: 'Connexion de la mairie' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Connexion de la mairie' }).waitFor();
  assertCalm(page);
});

test('an administrator makes a member, who must choose a password before anything else', async () => {
  const boss = await agentAt(browser, server, ADMINISTRATOR, { rest: 'agents' });
  await boss.getByRole('button', { name: 'Ajouter un agent' }).click();
  const dialog = boss.getByRole('dialog');
  await dialog.getByLabel('Nom').fill('Zoé <b>Le Bihan</b>');
  await dialog.getByLabel('Adresse électronique').fill('pas-une-adresse');
  await dialog.getByRole('button', { name: 'Enregistrer' }).click();
  // The browser's own check comes first; ours answers what it lets through.
  await dialog.getByLabel('Adresse électronique').fill('zoe@mairie.example');
  await dialog.getByRole('checkbox', { name: 'Enfance' }).check();
  await dialog.getByRole('button', { name: 'Enregistrer' }).click();
  const secret = boss.getByRole('dialog', { name: /Mot de passe provisoire/ });
  const temporary = await secret.locator('code').innerText();
  await accessible(boss, 'a new password');
  await secret.getByRole('button', { name: 'C’est noté' }).click();
  await boss.getByRole('row', { name: /Zoé <b>Le Bihan<\/b>.*Enfance.*provisoire/ }).waitFor();

  const zoe = await openPage(browser, DESK_LIGHT);
  await zoe.goto(consoleOf(server, 'journal'));
  await logIn(zoe, 'zoe@mairie.example', temporary);
  await zoe.getByRole('heading', { name: 'Choisissez votre mot de passe' }).waitFor();
  await accessible(zoe, 'the first password');
  await zoe.getByLabel('Mot de passe provisoire').fill(temporary);
  await zoe.getByLabel('Nouveau mot de passe', { exact: true }).fill('court');
  await zoe.getByRole('button', { name: 'Changer le mot de passe' }).click();
  await zoe.getByText('Ce mot de passe ne suffit pas').waitFor();
  await zoe.getByLabel('Nouveau mot de passe', { exact: true }).fill('Un-coquelicot-pousse-en-2026');
  await zoe.getByRole('button', { name: 'Changer le mot de passe' }).click();
  await zoe.getByRole('button', { name: 'Se déconnecter' }).waitFor();
  // What is not an agent's business is not shown, and asking for it by its address is told whose it is.
  assert.equal(await zoe.getByRole('link', { name: 'Journal' }).count(), 0);
  await zoe.getByRole('heading', { name: 'Cette page est réservée' }).waitFor();
  await zoe.getByText('Il faut au moins le rôle « administrateur »').waitFor();
  await accessible(zoe, 'a page for others');

  await boss.getByRole('button', { name: /Nouveau mot de passe Zoé/ }).click();
  await boss.getByRole('dialog', { name: /Un nouveau mot de passe pour Zoé/ }).getByRole('button', { name: 'Nouveau mot de passe' }).click();
  const again = await boss.getByRole('dialog', { name: /Mot de passe provisoire/ }).locator('code').innerText();
  assert.notEqual(again, temporary);
  await boss.getByRole('button', { name: 'C’est noté' }).click();
  await zoe.goto(consoleOf(server));
  await logIn(zoe, 'zoe@mairie.example', again);
  await zoe.getByRole('heading', { name: 'Choisissez votre mot de passe' }).waitFor();

  await boss.getByRole('button', { name: /Désactiver Zoé/ }).click();
  await boss.getByRole('row', { name: /Zoé.*désactivé/ }).waitFor();
  await zoe.goto(consoleOf(server));
  await zoe.getByRole('heading', { name: 'Connexion de la mairie' }).waitFor();
  assertCalm(boss);
  assertCalm(zoe);
  await zoe.context().close();
  await boss.context().close();
});

test('codes from an authenticator: switched on, asked for at the next login, switched off', async () => {
  const page = await agentAt(browser, server, CLAIRE, { rest: 'mon-compte' });
  await page.getByRole('button', { name: 'Activer la vérification' }).click();
  await page.getByRole('img', { name: /Code QR/ }).waitFor();
  await accessible(page, 'the authenticator\'s secret');
  const secret = await page.locator('.totp code').innerText();
  // A code counts for its half-minute and the one beside it: the first of these is of the one before.
  await eventually('a half-minute that lasts a while', () => Date.now() % 30_000 < 20_000);
  const now = Math.floor(Date.now() / 1000);
  await page.getByLabel('Code à six chiffres').fill(codeOf(secret, now - 30));
  await page.getByRole('button', { name: 'Confirmer l’activation' }).click();
  await page.getByText('La vérification par code est activée.').waitFor();
  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await logIn(page, CLAIRE);
  await page.getByLabel('Code à six chiffres').fill(codeOf(secret, now));
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page.getByRole('button', { name: 'Se déconnecter' }).waitFor();
  await page.goto(consoleOf(server, 'mon-compte'));
  await page.getByLabel('Code à six chiffres').fill(codeOf(secret, now + 30));
  await page.getByRole('button', { name: 'Désactiver la vérification' }).click();
  await page.getByText('La vérification par code est désactivée.').waitFor();
  assertCalm(page);
  await page.context().close();
});

test('a token is shown once, works as its rights say, and is revoked', async () => {
  const page = await agentAt(browser, server, ADMINISTRATOR, { rest: 'jetons' });
  await page.getByRole('button', { name: 'Créer un jeton' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Nom du jeton').fill('Logiciel de cantine');
  await accessible(page, 'a token to be made');
  await dialog.getByRole('checkbox', { name: 'exporter' }).check();
  await dialog.getByRole('button', { name: 'Créer un jeton' }).click();
  const secret = await page.getByRole('dialog', { name: 'Votre nouveau jeton' }).locator('code').innerText();
  await page.getByRole('button', { name: 'C’est noté' }).click();
  const ask = () => fetch(`${server.origin}/api/v1/admin/oudon/audit`, { headers: { Authorization: `Bearer ${secret}` } });
  assert.ok([200, 403].includes((await ask()).status)); // whoever may export reads the journal; nobody is unknown
  await page.getByRole('button', { name: 'Révoquer Logiciel de cantine' }).click();
  const sure = page.getByRole('dialog', { name: 'Révoquer « Logiciel de cantine » ?' });
  await accessible(page, 'whether a token is to be revoked');
  await sure.getByRole('button', { name: 'Annuler' }).click();
  assert.notEqual((await ask()).status, 401);
  await page.getByRole('button', { name: 'Révoquer Logiciel de cantine' }).click();
  await sure.getByRole('button', { name: 'Révoquer' }).click();
  await page.getByRole('row', { name: /Logiciel de cantine.*révoqué/ }).waitFor();
  assert.equal((await ask()).status, 401);
  assertCalm(page);
  await page.context().close();
});

test('a session that ends asks for the password over the work, and what was typed is still there', async () => {
  const page = await agentAt(browser, server, ADMINISTRATOR, { rest: 'agents' });
  await page.getByRole('button', { name: 'Ajouter un agent' }).click();
  const editor = page.getByRole('dialog', { name: 'Ajouter un agent' });
  await editor.getByLabel('Nom').fill('Nuit Blanche');
  await editor.getByLabel('Adresse électronique').fill('nuit@mairie.example');
  await page.context().clearCookies();
  await editor.getByRole('button', { name: 'Enregistrer' }).click();
  const again = page.getByRole('dialog', { name: 'Votre session est terminée' });
  await again.waitFor();
  await accessible(page, 'the login over the work');
  await again.getByLabel('Mot de passe').fill(PASSWORD);
  await again.getByRole('button', { name: 'Se connecter' }).click();
  // The call that was waiting goes through.
  await page.getByRole('dialog', { name: /Mot de passe provisoire de Nuit Blanche/ }).waitFor();
  assertCalm(page);
  await page.context().close();
});

test('the end of a session is told two minutes before', async () => {
  const page = await openPage(browser, DESK_LIGHT);
  let end = Date.now() + 60_000;
  await page.route('**/api/v1/admin/oudon/session', async (route) => {
    const answer = await route.fetch();
    if (!answer.ok()) return route.fulfill({ response: answer });
    const session = await answer.json();
    return route.fulfill({ response: answer, json: { ...session, expires_at: new Date(end).toISOString() } });
  });
  await page.goto(consoleOf(server));
  await logIn(page, CLAIRE);
  const dialog = page.getByRole('dialog', { name: 'Toujours là ?' });
  await dialog.waitFor();
  await dialog.getByText('dans une minute').waitFor();
  await accessible(page, 'the end of the session');
  end = Date.now() + 1_800_000;
  await dialog.getByRole('button', { name: 'Je suis là' }).click();
  await dialog.waitFor({ state: 'detached' });
  assertCalm(page);
  await page.context().close();
});

test('every page of an administrator passes axe, in both lights and at both sizes', async () => {
  for (const options of [DESK_LIGHT, WALL_DARK]) {
    const page = await agentAt(browser, server, ADMINISTRATOR, { options });
    for (const { folder } of [...PAGES, { folder: 'nulle-part' }]) {
      await page.goto(consoleOf(server, folder));
      const heading = page.getByRole('heading', { level: 1 });
      await settled(page);
      assert.equal((await heading.innerText()) === 'Cette page n’existe pas', folder === 'nulle-part', folder);
      assert.equal(await page.getByRole('alert').filter({ hasText: /./ }).count(), 0, `${folder} has nothing to complain about`);
      await accessible(page, `${folder} ${options.colorScheme}`);
    }
    assert.ok(await page.getByRole('link', { name: 'Mon compte' }).count() === 0); // it has the agent's own name
    assertCalm(page);
    await page.context().close();
  }
});

test('the colours follow the device until somebody chooses, and the choice is kept', async () => {
  const page = await agentAt(browser, server, CLAIRE, { options: WALL_DARK });
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await paper();
  await page.getByLabel('Couleurs').selectOption({ label: 'Couleurs claires' });
  const light = await paper();
  assert.notEqual(light, dark);
  await page.reload();
  await page.getByRole('button', { name: 'Se déconnecter' }).waitFor();
  assert.equal(await paper(), light);
  await page.context().close();
});
