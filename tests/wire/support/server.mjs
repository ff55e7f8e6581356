// A foyer-server of its own for a test file: a free port, a temporary data folder, portals whose stamps are cheap.
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { repository } from "./load.mjs";

const PROGRAM = process.env.FOYER_SERVER ?? path.join(repository, "build/native-release/sync-server/foyer-server");
export const STAMP_BITS = 6;

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

export async function startServer() {
  const folder = mkdtempSync(path.join(tmpdir(), "foyer-wire-server-"));
  const portals = path.join(folder, "portals");
  const data = path.join(folder, "data");
  cpSync(path.join(repository, "shared/portals"), portals, { recursive: true });
  for (const slug of readdirSync(portals, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name)) {
    const file = path.join(portals, slug, "portal.json");
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), stamp_bits: STAMP_BITS }));
  }
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const many = "1000000";
  const flags = [
    "serve", "--demonstration", "--host", "127.0.0.1", "--port", String(port), "--data", data, "--portals", portals,
    "--assets", path.join(repository, "build/web"),
    "--limits-requests-per-minute", many, "--limits-submissions-per-minute", many,
  ];
  let output = "";
  let child;
  const start = async () => {
    // FOYER_SERVER and the like are the tests' own; the server takes every FOYER_… for a setting.
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("FOYER_")));
    child = spawn(PROGRAM, flags, { stdio: ["ignore", "pipe", "pipe"], env });
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    const failed = new Promise((_, reject) => child.once("error", reject));
    const answers = async () => {
      for (const end = Date.now() + 20_000; Date.now() < end; ) {
        if (child.exitCode !== null) break;
        if (await fetch(`${origin}/api/v1/health`).then((response) => response.ok, () => false)) return;
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
      throw new Error(`foyer-server does not answer:\n${output}`);
    };
    await Promise.race([answers(), failed]);
  };
  const end = (signal) =>
    new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once("exit", resolve);
      child.kill(signal);
    });
  try {
    await start();
  } catch (error) {
    child?.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  const facts = await (await fetch(`${origin}/api/v1/server`)).json();
  return {
    origin,
    facts,
    data,
    output: () => output,
    async revision(slug) {
      const response = await fetch(`${origin}/api/v1/portals/${slug}`);
      return response.headers.get("portal-revision");
    },
    // As a power cut would, and back again on the same data.
    async killAndStart() {
      await end("SIGKILL");
      await start();
    },
    async stop() {
      await end("SIGTERM");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
