// What of a kept draft has not been sent: a page may have been killed between keeping a request and wiping its draft.
import type { Vault } from "../vault/index.ts";

const PROCEDURES: Readonly<Record<string, number>> = { registration: 1, entourage: 2, profile: 3 };

// The draft without the sections that were sent after it was kept; "" when nothing of it is left. Only what was made of
// this very draft counts: another town's request, another account's, or one that was carried here says nothing about it,
// and what the town has refused is still to be sent.
export async function unsent(vault: Pick<Vault, "entries" | "receipts" | "isFrom">, place: string, text: string, savedAt: number): Promise<string> {
  const [entries, receipts] = await Promise.all([vault.entries(), vault.receipts()]);
  const sent: { procedure: number; corrects: string }[] = [];
  for (const entry of entries) if (entry.state !== "refused" && entry.createdAt >= savedAt && (await vault.isFrom(entry, place))) sent.push(entry);
  for (const receipt of receipts) {
    const procedure = PROCEDURES[String(sections_of(receipt.receipt)["procedure"])] ?? 0;
    if (receipt.madeAt >= savedAt && (await vault.isFrom(receipt, place))) sent.push({ procedure, corrects: receipt.corrects ?? "" });
  }
  const left = Object.entries(sections_of(text)).filter(([name]) => !sent.some(({ procedure, corrects }) => (corrects === "" ? PROCEDURES[name] === procedure : name === "correction")));
  return left.some(([, section]) => is_section(section)) ? JSON.stringify(Object.fromEntries(left)) : "";
}

export const is_section = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

export function sections_of(draft: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(draft);
    return is_section(value) ? value : {};
  } catch {
    return {};
  }
}
