// Oudon with an index of its addresses, made of the town's example.
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { portalsFolder, program, startServer } from '../../support/foyer_server.mjs';

export async function startAddressTown(slugs = ['oudon']) {
  const data = await mkdtemp(join(tmpdir(), 'foyer-addresses-'));
  for (const slug of slugs)
    execFileSync(program, ['addresses', 'build', join(portalsFolder, slug, 'addresses-example.csv'), '--portal', slug, '--data', data, '--portals', portalsFolder], { stdio: 'pipe' });
  const server = await startServer({ extra: ['--data', data] });
  return {
    origin: server.origin,
    stop: async () => {
      await server.stop();
      await rm(data, { recursive: true, force: true });
    },
  };
}
