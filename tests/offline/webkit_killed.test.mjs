// WebKit killed whole. Its driver's session ends with any of its processes, and under automation it keeps nothing; so
// here nobody drives it: MiniBrowser opens a page with the vault, which does by itself what it is told and reports.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import esbuild from "esbuild";
import { eventually } from "../support/eventually.mjs";
import { surroundings } from "../browser/support/display.mjs";
import { miniBrowser } from "../browser/support/webkit.mjs";
import { repository } from "../support/foyer_server.mjs";
import { makeTown } from "../wire/support/town.mjs";

const PAGE = `<!doctype html><title>vault</title><script type="module">
  import { createVault } from "/vault.js";
  const tell = (report) => fetch("/report", { method: "POST", body: JSON.stringify(report) });
  const changes = [];
  const vault = await createVault({ onChange: ({ state }) => changes.push(state), onNotice: (notice) => changes.push(notice) });
  const number = async () => ({ entries: (await vault.entries()).length, receipts: (await vault.receipts()).length, changes });
  if (await (await fetch("/task")).text() === "submit") {
    await vault.submit({ procedure: 1, plaintext: "{}", portalRevision: "${"00".repeat(16)}", portal: "oudon" });
    await tell(await number());
  } else {
    const before = await number();
    await vault.drain();
    await tell({ before, ...(await number()) });
  }
</script>`;

test("WebKit, killed by SIGKILL with a request that waits, has it when it starts again, and sends it once", async (t) => {
  const town = await makeTown({ stampBits: 2 });
  const { outputFiles } = await esbuild.build({
    stdin: { contents: 'export * from "./web/vault/index.ts";', resolveDir: repository, loader: "ts" }, bundle: true, write: false, format: "esm", target: "es2022",
  });
  const reports = [];
  let task = "submit";
  const http = createServer((request, response) => {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      if (request.url === "/") response.writeHead(200, { "content-type": "text/html" }).end(PAGE);
      else if (request.url === "/vault.js") response.writeHead(200, { "content-type": "text/javascript" }).end(outputFiles[0].text);
      else if (request.url === "/task") response.end(task);
      else if (request.url === "/report") { reports.push(JSON.parse(body)); response.end(); }
      else if (request.url.startsWith("/api/")) {
        town.fetch(origin + request.url, { method: request.method, headers: request.headers, ...(body.length > 0 ? { body } : {}) })
          .then(async (answer) => response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(Buffer.from(await answer.arrayBuffer())))
          .catch(() => response.destroy());
      } else response.writeHead(404).end();
    });
  });
  await new Promise((resolve) => http.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${http.address().port}`;
  const around = await surroundings({ bus: true });
  const home = await mkdtemp(join(tmpdir(), "foyer-webkit-"));
  let child;
  const start = () => {
    child = spawn(miniBrowser(), [`${origin}/`], {
      env: { ...around.env, HOME: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home, XDG_DATA_HOME: home, LANG: "C.UTF-8" }, stdio: "ignore", detached: true,
    });
  };
  const kill = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    // It and all of its own.
    process.kill(-child.pid, "SIGKILL");
    await ended;
  };
  const report = async () => {
    await eventually("the page reports", () => reports.length > 0, { seconds: 30 });
    return reports.shift();
  };
  try {
    town.answer = () => new Response("", { status: 502 });
    start();
    const first = await report();
    t.diagnostic(JSON.stringify(first));
    assert.equal(first.entries, 1);
    await kill();
    task = "look";
    start();
    const second = await report();
    t.diagnostic(JSON.stringify(second));
    assert.equal(second.before.entries, 1);
    await kill();
    town.answer = null;
    town.requests.length = 0;
    start();
    const third = await report();
    assert.deepEqual([third.before.entries, third.entries, third.receipts], [1, 0, 1]);
    assert.equal(town.requests.filter(({ method }) => method === "PUT").length, 1);
    await kill();
    start();
    const fourth = await report();
    assert.deepEqual([fourth.before.entries, fourth.before.receipts], [0, 1]);
  } finally {
    await kill();
    await around.stop();
    http.closeAllConnections();
    http.close();
    await rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
});
