// Debian's WebKitGTK: MiniBrowser, driven by WebKitWebDriver, on a display and with a session bus.
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram, HOW_TO_INSTALL, surroundings } from './display.mjs';
import { tracedEngine } from './failures.mjs';
import { WebDriver } from './webdriver.mjs';

// It lies among the libraries: /usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser.
export function miniBrowser() {
  if (process.env.FOYER_WEBKIT) return process.env.FOYER_WEBKIT;
  const inside = (folder, matching) => readdirSync(folder).filter((name) => matching.test(name)).map((name) => join(folder, name));
  const found = inside('/usr/lib', /-linux-gnu/).flatMap((folder) => inside(folder, /^webkit(2)?gtk-/)).map((folder) => join(folder, 'MiniBrowser'));
  const program = found.filter(existsSync).sort().at(-1);
  if (!program) throw new Error(`WebKit's MiniBrowser is missing: ${HOW_TO_INSTALL}`);
  return program;
}

// An engine for PlainVisitor.
export async function startWebKit() {
  const [driverProgram, binary] = [findProgram('WebKitWebDriver'), miniBrowser()];
  const around = await surroundings({ bus: true });
  // A home of its own is its fresh profile.
  const home = await mkdtemp(join(tmpdir(), 'foyer-webkit-'));
  let driver;
  const close = async () => {
    await driver?.close();
    await around.stop();
    await rm(home, { recursive: true, force: true });
  };
  try {
    driver = await WebDriver.start(
      driverProgram,
      { 'webkitgtk:browserOptions': { binary, args: ['--automation', '--enable-write-console-messages-to-stdout=true'] } },
      { ...around.env, HOME: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home, XDG_DATA_HOME: home, LANG: 'C.UTF-8' },
    );
    return tracedEngine('WebKit', {
      driver,
      complaints: () => driver.output.split('\n').filter((line) => /^CONSOLE .*ERROR/.test(line)),
      open: (url) => driver.open(url),
      run: (inPage, ...values) => driver.run(inPage, ...values),
      wait: (inPage, ...values) => driver.wait(inPage, ...values),
      script: (text) => driver.script(text),
      find: (inPage, ...values) => driver.run(inPage, ...values),
      // Its driver brings what is below the window into it, but looks for a place to press before it is there.
      async click(element) {
        await driver.run((target) => { target.scrollIntoView({ block: 'nearest', behavior: 'instant' }); }, element);
        await driver.click(element);
      },
      type: (element, text) => driver.type(element, text),
      // Closes the page without a word to it, and opens an empty one.
      async freshPage() {
        const at = (path) => `${driver.session}${path}`;
        const { handle } = await driver.call('POST', at('/window/new'), { type: 'window' });
        await driver.call('DELETE', at('/window'));
        await driver.call('POST', at('/window'), { handle });
      },
      close,
    }, () => driver.picture());
  } catch (error) {
    await close();
    throw error;
  }
}
