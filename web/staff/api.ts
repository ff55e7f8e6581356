// Calls to the staff endpoints (docs/openapi.json), and nothing else. The session is a cookie that no script can read.
import { say } from "./texts.ts";

// Why a call was not done, in a sentence for the agent.
export class Refusal extends Error {
  readonly status: number; // 0: the server was not reached
  readonly code: string;
  readonly state: string | undefined; // of the request, when a move was not possible
  readonly problems: readonly { readonly field: string; readonly code: string }[];

  constructor(status: number, code: string, sentence: string, more: { state?: string | undefined; problems?: Refusal["problems"] } = {}) {
    super(sentence);
    this.status = status;
    this.code = code;
    this.state = more.state;
    this.problems = more.problems ?? [];
  }
}

export const sentence = (problem: unknown): string => (problem instanceof Refusal ? problem.message : say("error_here"));

interface Problem {
  readonly code?: unknown;
  readonly detail?: unknown;
  readonly state?: unknown;
  readonly problems?: Refusal["problems"];
}

export interface Call {
  readonly body?: unknown;
  readonly bytes?: ArrayBuffer; // instead of a body: text/csv, unless the headers say otherwise
  readonly headers?: Readonly<Record<string, string>>;
  // A look in the background: when the session has ended it fails rather than asking the agent.
  readonly quiet?: boolean;
  readonly signal?: AbortSignal;
}

// The town's receipt for an envelope, with what proves it.
export interface HandedIn {
  readonly status: number; // 201: received now; 200: it was there already
  readonly receipt: string; // JSON
  readonly headers: Readonly<Record<string, string>>;
}

export class Api {
  readonly #root: string;
  // Resolves once somebody has logged in again; the call is then made anew. Rejects when nobody will.
  logIn: (() => Promise<void>) | undefined;
  // How far the server's clock is ahead of this one; what ends, ends by the server's.
  #ahead = 0;

  constructor(slug: string) {
    this.#root = `/api/v1/admin/${slug}/`;
  }

  now = (): number => Date.now() + this.#ahead;

  get = (path: string, call: Call = {}): Promise<unknown> => this.#call("GET", path, call);
  post = (path: string, body: unknown = {}, call: Call = {}): Promise<unknown> => this.#call("POST", path, { ...call, body });
  // A part of a file, as it is.
  putText = (path: string, bytes: ArrayBuffer): Promise<unknown> => this.#call("PUT", path, { bytes });
  // An envelope that a family has brought, under the headers that its device has signed.
  putEnvelope = async (id: string, headers: Readonly<Record<string, string>>, body: Uint8Array<ArrayBuffer>): Promise<HandedIn> => {
    const answer = await this.#reach("PUT", `envelopes/${id}`, { bytes: body.slice().buffer, headers });
    if (!answer.ok) await this.#read(answer); // throws
    const proof = ["content-digest", "signature", "signature-input"].map((name) => [name, answer.headers.get(name) ?? ""]);
    return { status: answer.status, receipt: await answer.text(), headers: Object.fromEntries(proof) as Record<string, string> };
  };
  put = (path: string, body: unknown = {}, call: Call = {}): Promise<unknown> => this.#call("PUT", path, { ...call, body });
  patch = (path: string, body: unknown): Promise<unknown> => this.#call("PATCH", path, { body });
  delete = (path: string, body: unknown = {}): Promise<unknown> => this.#call("DELETE", path, { body });

  async #call(method: string, path: string, call: Call): Promise<unknown> {
    return this.#read(await this.#reach(method, path, call));
  }

  async #reach(method: string, path: string, call: Call): Promise<Response> {
    const answer = await this.#send(method, path, call);
    if (answer.status !== 401 || !this.logIn || call.quiet) return answer;
    await this.logIn();
    return this.#send(method, path, call);
  }

  async #send(method: string, path: string, { body, bytes, signal, headers: more = {} }: Call): Promise<Response> {
    const headers = new Headers({ Accept: "application/json", "Accept-Language": "fr", "Foyer-Staff": "1" });
    const request: RequestInit = {
      method,
      headers,
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
    };
    if (signal) request.signal = signal;
    if (bytes) {
      headers.set("Content-Type", "text/csv");
      request.body = bytes;
    } else if (body !== undefined) {
      headers.set("Content-Type", "application/json");
      request.body = JSON.stringify(body);
    }
    for (const [name, value] of Object.entries(more)) headers.set(name, value);
    try {
      return await fetch(this.#root + path, request);
    } catch (problem) {
      if (signal?.aborted) throw problem;
      throw new Refusal(0, "unreachable", say("error_unreachable"));
    }
  }

  async #read(answer: Response): Promise<unknown> {
    const date = Date.parse(answer.headers.get("date") ?? "");
    // The header has whole seconds: only what is more than that is a wrong clock.
    if (!Number.isNaN(date)) this.#ahead = Math.abs(date - Date.now()) > 2000 ? date - Date.now() : 0;
    if (answer.ok) {
      if (answer.status === 204) return undefined;
      const text = await answer.text();
      return text === "" ? undefined : JSON.parse(text);
    }
    const problem = ((await answer.json().catch(() => ({}))) ?? {}) as Problem;
    const code = typeof problem.code === "string" ? problem.code : "unknown";
    const told = typeof problem.detail === "string" && problem.detail !== "" ? problem.detail : say("error_status", { status: answer.status });
    throw new Refusal(answer.status, code, told, {
      state: typeof problem.state === "string" ? problem.state : undefined,
      ...(problem.problems ? { problems: problem.problems } : {}),
    });
  }
}
