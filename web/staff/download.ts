// A file of the town hall's, which the browser writes as it comes. Asked first whether somebody is still logged in,
// since a file cannot ask.
import type { Desk } from "./desk.ts";

// `path`: after /api/v1/admin/{slug}/. Rejects when nobody may.
export async function download(desk: Desk, path: string): Promise<void> {
  await desk.api.get("submissions?view=mine&limit=1");
  const link = document.createElement("a");
  link.href = `/api/v1/admin/${desk.slug}/${path}`;
  link.download = "";
  link.click();
}
