// The address search as a browser has it (tests/bench/address_module.cpp), for Node.
import { readFile } from 'node:fs/promises';

export async function openAddresses(wasm, index) {
  const module = await WebAssembly.compile(await readFile(wasm));
  const imports = {};
  for (const { module: room, name } of WebAssembly.Module.imports(module)) (imports[room] ??= {})[name] = () => 0;
  const { exports } = await WebAssembly.instantiate(module, imports);
  exports._initialize();
  const put = (bytes, at) => new Uint8Array(exports.memory.buffer, at, bytes.length).set(bytes);
  put(index, exports.address_index_buffer(index.length));
  if (exports.address_open() !== 0) throw new Error('this is no address index of this version');
  return {
    memory: () => exports.memory.buffer.byteLength,
    search(typed, limit) {
      const bytes = new TextEncoder().encode(typed);
      put(bytes, exports.address_query_buffer(bytes.length));
      const at = exports.address_search(limit);
      const text = new TextDecoder().decode(new Uint8Array(exports.memory.buffer, at, exports.address_size()));
      return text.split('\n').slice(0, -1).map((line) => {
        const [label, score, state] = line.split('\t');
        return { label, score: Number(score), state };
      });
    },
  };
}
