// Towns with an index of their addresses, made of the examples that lie beside their portals.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { portalsFolder, program, startServer } from '../../support/foyer_server.mjs';

export function buildAddresses(data, slug, portals = portalsFolder) {
  // FOYER_SERVER and the like are the tests' own; the server takes every FOYER_… for a setting.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('FOYER_')));
  mkdirSync(data, { recursive: true });
  execFileSync(program, ['addresses', 'build', join(portalsFolder, slug, 'addresses-example.csv'), '--portal', slug, '--data', data, '--portals', portals], { stdio: 'pipe', env });
}

// `options`: of startServer.
export const startAddressTown = (slugs = ['oudon'], options = {}) =>
  startServer({ ...options, prepare: async (data) => { for (const slug of slugs) buildAddresses(data, slug); } });
