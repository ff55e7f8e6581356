// A small client of the W3C WebDriver protocol (https://www.w3.org/TR/webdriver2/): one session of one driver.
import { spawn } from 'node:child_process';
import { eventually } from '../../support/eventually.mjs';
import { freePort } from '../../support/foyer_server.mjs';

// How an element is written in the protocol.
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

export class WebDriver {
  // Starts the driver `program`, which takes --port, and a session in it.
  static async start(program, capabilities, env) {
    const driver = new WebDriver();
    const port = await freePort();
    driver.origin = `http://127.0.0.1:${port}`;
    driver.output = '';
    // A group of its own: a browser that its driver leaves behind ends with it.
    driver.child = spawn(program, [`--port=${port}`], { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    driver.child.stdout.on('data', (chunk) => (driver.output += chunk));
    driver.child.stderr.on('data', (chunk) => (driver.output += chunk));
    try {
      await eventually('the driver answers', async () => (await driver.call('GET', '/status')).ready);
      const { sessionId } = await driver.call('POST', '/session', { capabilities: { alwaysMatch: capabilities } });
      driver.session = `/session/${sessionId}`;
      return driver;
    } catch (error) {
      await driver.close();
      throw new Error(`${error.message}\n${driver.output}`, { cause: error });
    }
  }

  async call(method, path, body) {
    const answer = await fetch(this.origin + path, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${value?.error}: ${value?.message}`);
    return value;
  }

  open(url) {
    return this.call('POST', `${this.session}/url`, { url });
  }

  // Runs a function in the page; elements go in and come out as the protocol writes them.
  run(inPage, ...values) {
    return this.call('POST', `${this.session}/execute/sync`, { script: `return (${inPage})(...arguments);`, args: values });
  }

  // The same, and waits for the promise that the function gives.
  async wait(inPage, ...values) {
    const { value, error } = await this.call('POST', `${this.session}/execute/async`, {
      script: `const done = arguments[arguments.length - 1];
        (async () => (${inPage})(...[...arguments].slice(0, -1)))().then((value) => done({ value }), (error) => done({ error: String(error) }));`,
      args: values,
    });
    if (error) throw new Error(error);
    return value;
  }

  // Runs a program in the page.
  script(text) {
    return this.call('POST', `${this.session}/execute/sync`, { script: `${text};\nreturn null;`, args: [] });
  }

  // The mouse, on the element's middle; fails when something else lies there.
  click(element) {
    return this.call('POST', `${this.session}/element/${element[ELEMENT]}/click`, {});
  }

  // The keyboard, key by key.
  type(element, text) {
    return this.call('POST', `${this.session}/element/${element[ELEMENT]}/value`, { text });
  }

  // The window, as a PNG.
  async picture() {
    return Buffer.from(await this.call('GET', `${this.session}/screenshot`), 'base64');
  }

  async close() {
    if (this.session) await this.call('DELETE', this.session).catch(() => {});
    if (this.child.pid === undefined || this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    try {
      process.kill(-this.child.pid, 'SIGTERM');
    } catch {
      // It has ended in between.
    }
    await ended;
  }
}
