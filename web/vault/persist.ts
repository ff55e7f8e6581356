// Asks the browser not to clear what is kept here when it is short of space: where something is at stake, and not
// before, since some browsers ask the person; and once, since those would ask again.
type Kept = Partial<Pick<StorageManager, "persist" | "persisted">> | undefined;

// TypeScript believes it is always there; browsers leave it out where the page is not secure, and old ones everywhere.
const storage = (): Kept => (navigator as { storage?: Kept }).storage;
let asked: Promise<boolean> | undefined;

// Whether nothing is cleared but by the person.
export async function persisted(): Promise<boolean> {
  return (await storage()?.persisted?.().catch(() => false)) === true;
}

// The same, once the browser, or the person, has been asked; that may take as long as they like.
export function persist(): Promise<boolean> {
  asked ??= persisted().then(async (already) => already || (await storage()?.persist?.().catch(() => false)) === true);
  return asked;
}
