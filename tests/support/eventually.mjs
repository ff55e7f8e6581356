// Calls `probe` until it gives something; a failure names what was waited for.
export async function eventually(what, probe, { seconds = 15 } = {}) {
  const end = Date.now() + seconds * 1000;
  let last;
  while (Date.now() < end) {
    try {
      const found = await probe();
      if (found) return found;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${what}: not within ${seconds} s${last ? ` (${last.message})` : ''}`, { cause: last });
}
