// Asks the browser not to clear what is kept here when it is short of space: where something is at stake, and not
// before, since some browsers ask the person. False: it may be cleared.
export async function persist(): Promise<boolean> {
  // TypeScript believes it is always there; browsers leave it out where the page is not secure, and old ones everywhere.
  const { storage } = navigator as { storage?: Partial<StorageManager> };
  if (!storage?.persist) return false;
  try {
    return (await storage.persisted?.()) === true || (await storage.persist());
  } catch {
    return false;
  }
}
