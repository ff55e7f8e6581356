// The address search's WebAssembly and the town's index (wasm-client/address_module/module.cpp). Pointers end here.

// The members that the wizard reads (wasm-client/platform/event_json.cpp), in the order of the module's line.
const PARTS = ["label", "number", "repetition", "street", "postcode", "insee", "city", "position", "state"] as const;
export type FoundAddress = Record<(typeof PARTS)[number], string>;

const LIMIT = 5;

interface Exports {
  memory: WebAssembly.Memory;
  _initialize?(): void;
  address_index_buffer(size: number): number;
  address_open(): number;
  address_query_buffer(size: number): number;
  address_search(limit: number): number;
  address_size(): number;
}

export class AddressSearch {
  private readonly encoder = new TextEncoder();
  private readonly decoder = new TextDecoder();

  private constructor(private readonly exports: Exports) {}

  // Rejects when a file does not come, or is not what it should be.
  static async open(module: string, index: string): Promise<AddressSearch> {
    const [code, bytes] = await Promise.all([module, index].map(async (address) => {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(`${address}: status ${answer.status}`);
      return answer.arrayBuffer();
    }));
    if (!code || !bytes) throw new Error("no files");
    // The C library's doors to an operating system; nobody is behind them.
    const closed = new Proxy({}, { get: () => () => 58 });
    const { instance } = await WebAssembly.instantiate(code, { wasi_snapshot_preview1: closed, env: closed });
    const search = new AddressSearch(instance.exports as unknown as Exports);
    search.exports._initialize?.();
    search.write(search.exports.address_index_buffer(bytes.byteLength), new Uint8Array(bytes));
    const fault = search.exports.address_open();
    if (fault !== 0) throw new Error(`the address index: fault ${fault}`);
    return search;
  }

  find(typed: string): FoundAddress[] {
    const query = this.encoder.encode(typed);
    this.write(this.exports.address_query_buffer(query.length), query);
    const at = this.exports.address_search(LIMIT);
    const lines = this.decoder.decode(new Uint8Array(this.exports.memory.buffer, at, this.exports.address_size()));
    return lines.split("\n").slice(0, -1).map((line) => {
      const texts = line.split("\t");
      return Object.fromEntries(PARTS.map((part, index) => [part, texts[index] ?? ""])) as FoundAddress;
    });
  }

  private write(at: number, bytes: Uint8Array): void {
    new Uint8Array(this.exports.memory.buffer, at, bytes.length).set(bytes);
  }
}
