// The page's own TypeScript, bundled for node: the tests run what the browser runs.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import esbuild from "esbuild";
import { repository } from "./foyer_server.mjs";

// One module with everything that the named files of web/ export.
export async function load(...files) {
  const folder = mkdtempSync(path.join(tmpdir(), "foyer-wire-"));
  const outfile = path.join(folder, "bundle.mjs");
  try {
    await esbuild.build({
      stdin: {
        contents: files.map((file) => `export * from "./web/${file}";`).join("\n"),
        resolveDir: repository,
        loader: "ts",
      },
      bundle: true,
      format: "esm",
      platform: "node",
      target: "es2022",
      outfile,
      logLevel: "warning",
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
