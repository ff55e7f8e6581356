// A whole address that Chromium keeps for its user, filled in by Chromium itself (CDP, domain Autofill).
import { eventually } from '../../support/eventually.mjs';

// `profile`: of Chromium's field types, {ADDRESS_HOME_LINE1: '…'}. `id`: the field in which the person chooses it.
export async function fillByBrowser(page, id, profile) {
  const session = await page.context().newCDPSession(page);
  const address = { fields: Object.entries(profile).map(([name, value]) => ({ name, value })) };
  await session.send('Autofill.enable');
  await session.send('Autofill.setAddresses', { addresses: [address] });
  const { root } = await session.send('DOM.getDocument', { depth: 0 });
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: `#${id}` });
  const { node } = await session.send('DOM.describeNode', { nodeId });
  // Chromium reads a form a moment after it has come, and fills its fields one after the other.
  await eventually('the browser has filled the form in', async () => {
    await session.send('Autofill.trigger', { fieldId: node.backendNodeId, address });
    return (await page.locator(`#${id}`).inputValue()) !== '';
  });
  await session.detach();
}
