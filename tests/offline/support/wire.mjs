// A wire between a device and a server, in real sockets, that can end after any number of bytes of a request or of its
// answer. Whoever is at either end has what has passed so far, and no more.
import { connect, createServer } from "node:net";

export class Wire {
  // For each connection (by its first bytes), or each request that `begins` says is one: nothing, or {of: "request" | "answer", bytes, reset,
  // harm}: after so many bytes of the one or the other (the whole request when none are given), `harm` is done and the
  // connection ends, with a reset or without.
  plan = () => undefined;
  begins = undefined;
  // What has passed of the last request and of its answer.
  last = { request: Buffer.alloc(0), answer: Buffer.alloc(0) };
  #listener;
  #sockets = new Set();

  // `target`: gives the server's port.
  static async open(target) {
    const wire = new Wire();
    wire.#listener = createServer((near) => wire.#join(near, connect(target(), "127.0.0.1")));
    await new Promise((resolve) => wire.#listener.listen(0, "127.0.0.1", resolve));
    wire.port = wire.#listener.address().port;
    wire.origin = `http://127.0.0.1:${wire.port}`;
    return wire;
  }

  async close() {
    const closed = new Promise((resolve) => this.#listener.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #join(near, far) {
    let plan;
    let begun = false;
    let passed = (this.last = { request: Buffer.alloc(0), answer: Buffer.alloc(0) });
    let over = false;
    const end = async () => {
      over = true;
      const { harm, reset } = plan;
      await harm?.();
      for (const socket of [near, far]) {
        if (reset) socket.resetAndDestroy();
        else socket.end(() => socket.destroySoon());
      }
    };
    const pass = (of, chunk, to) => {
      if (over) return;
      const limit = plan?.of === of ? (plan.bytes ?? lengthOf(Buffer.concat([passed[of], chunk])) ?? Infinity) : Infinity;
      const left = limit - passed[of].length;
      const part = chunk.subarray(0, left);
      passed[of] = Buffer.concat([passed[of], part]);
      if (left > chunk.length) to.write(part);
      else if (part.length === 0) void end();
      else {
        over = true;
        to.write(part, () => void end());
      }
    };
    near.on("data", (chunk) => {
      if (this.begins?.(chunk) ?? !begun) {
        begun = true;
        plan = this.plan(chunk);
        passed = this.last = { request: Buffer.alloc(0), answer: Buffer.alloc(0) };
      }
      pass("request", chunk, far);
    });
    far.on("data", (chunk) => pass("answer", chunk, near));
    for (const [socket, other] of [[near, far], [far, near]]) {
      this.#sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => other.destroy());
      socket.on("end", () => { if (!over) other.end(); });
      socket.on("close", () => {
        this.#sockets.delete(socket);
        if (!over) other.destroySoon();
      });
    }
  }
}

// How long a request is, from its head on; nothing before that has passed.
export function lengthOf(message) {
  const head = message.indexOf("\r\n\r\n") + 4;
  return head === 3 ? undefined : head + Number(/content-length: (\d+)/i.exec(message.subarray(0, head).toString("latin1"))?.[1] ?? 0);
}

// The places of a message where something ends or begins: in, at and after the end of a line in turn, the end of its
// head, its body.
export function landmarks(message) {
  const head = message.indexOf("\r\n\r\n") + 4;
  const places = new Set([0, 1, Math.floor(message.indexOf("\r\n") / 2), head - 1, head, head + 1, Math.floor((head + message.length) / 2), message.length - 1]);
  for (let at = message.indexOf("\r\n"), turn = 0; at < head - 4; at = message.indexOf("\r\n", at + 2), turn = (turn + 1) % 3) places.add(at + turn);
  return [...places].sort((a, b) => a - b);
}
