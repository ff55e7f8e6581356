// What Firefox and WebKit need around them: a display (WebGL is drawn only on one) and, for WebKit's driver, a session
// bus. `./dev test` provides both (xvfb-run, dbus-run-session); for a test file run by itself they are started here.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export const HOW_TO_INSTALL = './dev setup --all installs what the browser tests need';

export function findProgram(name) {
  const found = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)).find(existsSync);
  if (!found) throw new Error(`${name} is missing: ${HOW_TO_INSTALL}`);
  return found;
}

// Starts a program and gives the first line that it writes to the file descriptor `from`.
function startAndRead(name, flags, from) {
  const child = spawn(findProgram(name), flags, { stdio: ['ignore', 'pipe', 'ignore', 'pipe'] });
  const line = new Promise((resolve, reject) => {
    let text = '';
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)));
    child.stdio[from].on('data', (chunk) => {
      text += chunk;
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
  });
  return { child, line };
}

// {env, stop}: the variables to start a browser with.
export async function surroundings({ bus = false } = {}) {
  const started = [];
  const env = { ...process.env };
  const start = (...program) => {
    const { child, line } = startAndRead(...program);
    started.push(child);
    return line;
  };
  const stop = () => Promise.all(started.splice(0).map((child) => new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', resolve);
    child.kill('SIGTERM');
  })));
  try {
    if (!env.DISPLAY) env.DISPLAY = `:${await start('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], 3)}`;
    if (bus && !env.DBUS_SESSION_BUS_ADDRESS)
      env.DBUS_SESSION_BUS_ADDRESS = await start('dbus-daemon', ['--session', '--nofork', '--print-address=1'], 1);
  } catch (error) {
    await stop();
    throw error;
  }
  // On a machine whose desktop is Wayland, the display above is meant all the same.
  delete env.WAYLAND_DISPLAY;
  return { env, stop };
}
