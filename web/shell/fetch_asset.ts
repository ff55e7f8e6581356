// A file of ours by its logical name: "reference.bin".
export async function fetch_asset(name: string): Promise<ArrayBuffer> {
  const address = FOYER_ASSETS[name];
  if (!address) throw new Error(`no file ${name}`);
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${name}: status ${answer.status}`);
  return answer.arrayBuffer();
}
