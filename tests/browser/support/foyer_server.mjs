// Starts a foyer-server of its own for a test file: free port, temporary data, demonstration mode, and reads its mail spool.
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const program = process.env.FOYER_SERVER ?? join(repository, 'build/native-release/sync-server/foyer-server');

export async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

// Calls `probe` until it gives something; a failure names what was waited for.
export async function eventually(what, probe, { seconds = 15 } = {}) {
  const end = Date.now() + seconds * 1000;
  let last;
  while (Date.now() < end) {
    try {
      const found = await probe();
      if (found) return found;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${what}: not within ${seconds} s${last ? ` (${last.message})` : ''}`);
}

export async function startServer({ extra = [] } = {}) {
  const port = await freePort();
  const data = await mkdtemp(join(tmpdir(), 'foyer-browser-'));
  // FOYER_SERVER and the like are the tests' own; the server takes every FOYER_… for a setting.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('FOYER_')));
  const child = spawn(
    program,
    [
      'serve', '--demonstration', '--host', '127.0.0.1', '--port', String(port), '--data', data,
      '--portals', join(repository, 'shared/portals'), '--assets', join(repository, 'build/web'), ...extra,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env },
  );
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const origin = `http://127.0.0.1:${port}`;
  await eventually('foyer-server answers', async () => {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}:\n${output}`);
    return (await fetch(`${origin}/api/v1/health`)).ok;
  }).catch((error) => {
    child.kill('SIGKILL');
    throw new Error(`${error.message}\n${output}`);
  });
  return {
    origin,
    data,
    output: () => output,
    // The mails in the spool, oldest first, as {to, subject, text}; quoted-printable and encoded words undone.
    async mails() {
      const folder = join(data, 'spool');
      const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml')).sort();
      return Promise.all(names.map(async (name) => readMail(await readFile(join(folder, name), 'utf8'))));
    },
    async mailTo(address, subject = '') {
      return eventually(`a mail to ${address}`, async () =>
        (await this.mails()).findLast((mail) => mail.to.includes(address) && mail.subject.includes(subject)));
    },
    async stop() {
      if (child.exitCode === null) {
        const ended = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGTERM');
        await ended;
      }
      await rm(data, { recursive: true, force: true });
    },
  };
}

const quotedPrintable = (text) =>
  Buffer.from(
    text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');

const encodedWords = (text) =>
  text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind, body) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(body, 'base64').toString('utf8')
        : quotedPrintable(body.replace(/_/g, ' ')));

export function readMail(raw) {
  const [head, ...rest] = raw.split(/\r?\n\r?\n/);
  const header = (name) =>
    encodedWords((new RegExp(`^${name}: ((?:.*)(?:\\r?\\n[ \\t].*)*)`, 'im').exec(head)?.[1] ?? '').replace(/\r?\n[ \t]/g, ' '));
  const body = rest.join('\n\n');
  const parts = body.split(/^--.*$/m).filter((part) => /content-type:/i.test(part));
  const decode = (part) => {
    const [partHead, ...partBody] = part.trim().split(/\r?\n\r?\n/);
    const text = partBody.join('\n\n');
    if (/base64/i.test(partHead)) return Buffer.from(text, 'base64').toString('utf8');
    return /quoted-printable/i.test(partHead) ? quotedPrintable(text) : text;
  };
  const find = (kind) => parts.filter((part) => part.toLowerCase().includes(`content-type: ${kind}`)).map(decode)[0] ?? '';
  return { from: header('From'), to: header('To'), subject: header('Subject'), messageId: header('Message-ID'), text: find('text/plain'), html: find('text/html'), raw };
}

// The activation (or password) link of a mail.
export const linkIn = (mail) => /https?:\/\/\S+/.exec(mail.text)[0].replace(/[.>]$/, '');
