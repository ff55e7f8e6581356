// What a screen reader says of a screen, from its top to its foot: @guidepup/virtual-screen-reader, in the page itself.
import { createRequire } from 'node:module';
import esbuild from 'esbuild';

const require = createRequire(import.meta.url);
const { outputFiles } = await esbuild.build({
  stdin: { contents: "export { Virtual } from '@guidepup/virtual-screen-reader/browser.js';", resolveDir: require.resolve('axe-core').replace(/node_modules.*/, '') },
  bundle: true, write: false, format: 'iife', globalName: 'screen_reader', target: 'es2022', logLevel: 'error',
});
const reader = outputFiles[0].text;

// The reader takes the focus along as it goes, which would be somebody leaving each field: here it only listens.
const listen = async () => {
  const { focus } = HTMLElement.prototype;
  HTMLElement.prototype.focus = () => undefined;
  const virtual = new globalThis.screen_reader.Virtual();
  const MOST = 2000;
  try {
    await virtual.start({ container: document.body });
    const phrases = [];
    for (let step = 0; step < MOST; ++step) {
      const phrase = await virtual.lastSpokenPhrase();
      phrases.push(phrase);
      if (phrase === 'end of document') break;
      await virtual.next();
    }
    // What stands in <noscript> is nobody's where there are scripts; the reader takes it for text.
    const plain = (text) => text.replace(/\s+/g, ' ').trim();
    const unheard = new Set([...document.querySelectorAll('noscript')].map((element) => plain(element.textContent)));
    return phrases.filter((phrase) => !unheard.has(plain(phrase)));
  } finally {
    await virtual.stop();
    HTMLElement.prototype.focus = focus;
  }
};

// In a world of its own: it changes prototypes (focus, blur) that the page goes on using.
export async function transcript(page) {
  const session = await page.context().newCDPSession(page);
  try {
    const { frameTree } = await session.send('Page.getFrameTree');
    const { executionContextId: contextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'screen reader' });
    await session.send('Runtime.evaluate', { contextId, expression: `globalThis.screen_reader ??= (() => { ${reader}; return screen_reader; })(); 0` });
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', { contextId, expression: `(${listen})()`, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  } finally {
    await session.detach();
  }
}
