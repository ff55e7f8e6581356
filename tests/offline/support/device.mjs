// A browser with a profile folder of its own, whose process can be killed as by a flat battery and started again.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { eventually } from "../../support/eventually.mjs";

export async function makeDevice() {
  const profile = await mkdtemp(join(tmpdir(), "foyer-device-"));
  let child;
  let browser;
  const hasEnded = () => !child || child.exitCode !== null || child.signalCode !== null;
  const device = {
    pid: () => child.pid,
    // A page of the profile.
    async start() {
      await rm(join(profile, "DevToolsActivePort"), { force: true });
      child = spawn(process.env.FOYER_CHROMIUM ?? "/usr/bin/chromium", [
        "--headless=new", "--no-sandbox", "--remote-debugging-port=0", `--user-data-dir=${profile}`, "--use-gl=angle", "--use-angle=swiftshader",
        "--enable-unsafe-swiftshader", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--lang=fr-FR", "about:blank",
      ], { stdio: "ignore" });
      const port = await eventually("Chromium listens", async () => {
        const [line] = (await readFile(join(profile, "DevToolsActivePort"), "utf8")).split("\n");
        return Number(line);
      }, { seconds: 30 });
      browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
      device.context = browser.contexts()[0];
      const page = await device.context.newPage();
      page.setDefaultTimeout(15_000);
      return page;
    },
    async kill() {
      if (hasEnded()) return;
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await ended;
      await browser?.close().catch(() => undefined);
    },
    async stop() {
      await device.kill();
      // Its helpers may still be writing.
      await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
  return device;
}
