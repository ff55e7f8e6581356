// A foyer-server of its own for a test file: a free port, a temporary folder, demonstration mode (mails are files).
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { access, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from './eventually.mjs';
import { readMail } from './mail.mjs';

export const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const program = process.env.FOYER_SERVER ?? join(repository, 'build/native-release/sync-server/foyer-server');
const web = process.env.FOYER_WEB ?? join(repository, 'build/web');
export const portalsFolder = process.env.FOYER_PORTALS ?? join(repository, 'shared/portals');

// Flags for tests that send more from one address than the limits against abuse let a family send.
export const WITHOUT_LIMITS = ['--limits-requests-per-minute', '1000000', '--limits-submissions-per-minute', '1000000'];
// Stamps that cost nothing, for tests that are not about them.
export const CHEAP_STAMPS = 6;

// Below those that Linux gives to whoever connects (ip_local_port_range): a server that is killed finds its port free when
// it starts again, however many browsers have connected to something meanwhile.
export async function freePort() {
  for (;;) {
    const port = randomInt(12_000, 32_000);
    const probe = createServer();
    const isFree = await new Promise((resolve) => {
      probe.once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => resolve(true));
    });
    await new Promise((resolve) => probe.close(resolve));
    if (isFree) return port;
  }
}

// The towns' folder, with stamps of another cost.
async function copyOfPortals(from, to, stampBits) {
  await cp(from, to, { recursive: true });
  for (const entry of await readdir(to, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const file = join(to, entry.name, 'portal.json');
    await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), stamp_bits: stampBits }));
  }
  return to;
}

// `stampBits`: instead of what the portals ask; `portals`: another folder of towns; `extra`: more flags, which win;
// `prepare`: is given the data folder before the server starts.
export async function startServer({ stampBits, portals = portalsFolder, extra = [], prepare = async () => {} } = {}) {
  await access(program).catch(() => {
    throw new Error(`${program} is missing; ./dev test wire builds it`);
  });
  const folder = await mkdtemp(join(tmpdir(), 'foyer-test-'));
  const data = join(folder, 'data');
  const towns = stampBits === undefined ? portals : await copyOfPortals(portals, join(folder, 'portals'), stampBits);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const flags = [
    'serve', '--demonstration', '--host', '127.0.0.1', '--port', String(port), '--data', data, '--portals', towns, '--assets', web,
    ...extra,
  ];
  // FOYER_SERVER and the like are the tests' own; the server takes every FOYER_… for a setting.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('FOYER_')));
  let output = '';
  let child;
  const hasEnded = () => !child || child.exitCode !== null || child.signalCode !== null;
  const end = async (signal) => {
    if (hasEnded() || child.pid === undefined) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  };
  const start = async () => {
    if (!hasEnded()) throw new Error('the server is running already');
    child = spawn(program, flags, { stdio: ['ignore', 'pipe', 'pipe'], env });
    let failure;
    child.once('error', (error) => (failure = error));
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    try {
      const answers = await eventually('foyer-server answers', async () => {
        if (failure || hasEnded()) return 'never';
        return (await fetch(`${origin}/api/v1/health`)).ok;
      }, { seconds: 30 });
      if (answers === 'never') throw failure ?? new Error('foyer-server has ended');
    } catch (error) {
      await end('SIGKILL');
      throw new Error(`${error.message}\n${output}`, { cause: error });
    }
  };
  const clean = () => rm(folder, { recursive: true, force: true });
  let facts;
  try {
    await prepare(data);
    await start();
    facts = await (await fetch(`${origin}/api/v1/server`)).json();
  } catch (error) {
    await end('SIGKILL');
    await clean();
    throw error;
  }
  return {
    origin,
    data,
    towns, // the folder of portals
    facts, // GET /api/v1/server
    output: () => output,
    // How many envelopes it has taken (201); a repetition (200) is none.
    taken: () => (output.match(/ request .*method=PUT .*status=201/g) ?? []).length,
    pid: () => child.pid,
    async revision(slug) {
      return (await fetch(`${origin}/api/v1/portals/${slug}`)).headers.get('portal-revision');
    },
    // The mails in the spool, oldest first.
    async mails() {
      const spool = join(data, 'spool');
      const names = (await readdir(spool).catch(() => [])).filter((name) => name.endsWith('.eml')).sort();
      return Promise.all(names.map(async (name) => readMail(await readFile(join(spool, name), 'utf8'))));
    },
    async mailTo(address, subject = '') {
      return eventually(`a mail to ${address}`, async () =>
        (await this.mails()).findLast((mail) => mail.to.includes(address) && mail.subject.includes(subject)));
    },
    // As a power cut would; `start` brings it back on the same data and port.
    kill: () => end('SIGKILL'),
    start,
    async stop() {
      await end('SIGTERM');
      await clean();
    },
  };
}
