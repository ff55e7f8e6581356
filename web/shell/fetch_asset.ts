// Milliseconds before a file is asked for again that a bad network kept from coming.
const PAUSES = [500, 2_000];

// What comes from the network, asked for again when the network fails in its middle too. An answer that says no stays.
export async function patiently<Content>(get: () => Promise<Content>): Promise<Content> {
  for (const pause of PAUSES) {
    try {
      return await get();
    } catch (error) {
      // How fetch, and whoever reads its answer, say that the network failed.
      if (!(error instanceof TypeError)) throw error;
      await new Promise((resolve) => { setTimeout(resolve, pause); });
    }
  }
  return get();
}

// A file of ours by its logical name: "reference.bin".
export function fetch_asset(name: string): Promise<ArrayBuffer> {
  return patiently(async () => {
    const address = FOYER_ASSETS[name];
    if (!address) throw new Error(`no file ${name}`);
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${name}: status ${answer.status}`);
    return answer.arrayBuffer();
  });
}
