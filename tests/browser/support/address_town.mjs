// Oudon with an index of its addresses, made of the town's example.
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { portalsFolder, program, startServer } from '../../support/foyer_server.mjs';

export async function startAddressTown(slugs = ['oudon']) {
  // FOYER_SERVER and the like are the tests' own; the server takes every FOYER_… for a setting.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('FOYER_')));
  const data = await mkdtemp(join(tmpdir(), 'foyer-addresses-'));
  for (const slug of slugs)
    execFileSync(program, ['addresses', 'build', join(portalsFolder, slug, 'addresses-example.csv'), '--portal', slug, '--data', data, '--portals', portalsFolder], { stdio: 'pipe', env });
  const server = await startServer({ extra: ['--data', data] });
  return {
    origin: server.origin,
    stop: async () => {
      await server.stop();
      await rm(data, { recursive: true, force: true });
    },
  };
}
