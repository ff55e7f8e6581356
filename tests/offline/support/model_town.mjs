// A town that keeps what it takes, as the real one does: effects by (id, digest), receipts, an account that must be
// activated and logged in to on this device before it takes an entourage or a profile. It can be killed between any two
// of its steps; what it has committed survives.
import { Fate } from "./lives.mjs";
import { makeTown } from "../../wire/support/town.mjs";

const PROCEDURES = { 1: "registration", 2: "entourage", 3: "profile" };

export class ModelTown {
  effects = new Map(); // id → {digest, procedure, times: how often it took effect}
  bound = false; // somebody is logged in on the device
  refuses = new Set(); // procedures that it understands and refuses
  busy = 0; // so many requests are answered 503
  dearer = 0; // so many envelopes' stamps are too cheap
  fate = new Fate();
  refusals = new Set(); // ids that were refused

  static async make(options = {}) {
    const model = new ModelTown();
    model.town = await makeTown({ stampBits: 0, ...options });
    model.town.answer = (request) => model.#answer(request);
    return model;
  }

  ask = (url, init) => this.town.fetch(url, init);

  #step(name) {
    if (this.fate.strikes(name)) throw new TypeError(`the server was killed: ${name}`);
  }

  async #answer(request) {
    const { town } = this;
    if (request.path.endsWith("/sessions")) {
      this.bound = this.canLogIn();
      return this.bound ? Response.json({ person: {} }, { status: 201 }) : town.problem(401, "wrong");
    }
    this.#step("the request is read");
    if (this.busy > 0) {
      this.busy -= 1;
      return town.problem(503, "busy", { "retry-after": "30" });
    }
    if (this.dearer > 0) {
      this.dearer -= 1;
      return town.problem(428, "stamp_too_cheap");
    }
    const id = request.path.split("/").pop();
    const digest = request.headers["content-digest"];
    const procedure = request.body[28] * 256 + request.body[29];
    const known = this.effects.get(id);
    if (known) return known.digest === digest ? town.receipt(request, { status: 200 }) : town.problem(409, "id_taken");
    if (procedure !== 1 && !this.bound) return town.problem(401, "not_logged_in");
    if (this.refuses.has(PROCEDURES[procedure])) {
      this.refusals.add(id);
      return town.problem(422, "invalid");
    }
    this.#step("before the commit");
    this.effects.set(id, { digest, procedure });
    this.#step("after the commit");
    const receipt = await town.receipt(request);
    this.#step("the receipt is made");
    return receipt;
  }

  // An account can be logged in to once it has been registered (and activated, which is done at once here).
  canLogIn() {
    return [...this.effects.values()].some(({ procedure }) => procedure === 1);
  }

  count(procedure) {
    return [...this.effects.values()].filter((effect) => effect.procedure === procedure).length;
  }
}
