// The files that last, without a browser: `node lasting.mjs PYODIDE LASTING`, in a folder that memory holds.

import { pathToFileURL } from "node:url";

const [pyodide, lasting] = process.argv.slice(2).map((one) => pathToFileURL(one).href);
const { loadPyodide } = await import(`${pyodide}/pyodide.mjs`);
const { Lasting } = await import(lasting);

let room = Infinity; // bytes that may still be written beyond what there is
class Handle {
  bytes = new Uint8Array(0);
  getSize = () => this.bytes.length;
  flush() {}
  truncate(size) {
    const bytes = new Uint8Array(size);
    bytes.set(this.bytes.subarray(0, size));
    this.bytes = bytes;
  }
  read(into, { at }) {
    const part = this.bytes.subarray(at, at + into.length);
    into.set(part);
    return part.length;
  }
  write(from, { at }) {
    const more = Math.max(0, at + from.length - this.bytes.length);
    if (more > room) return 2 ** 64 - 2_048; // so Chromium says it
    room -= more;
    if (more) this.truncate(at + from.length);
    this.bytes.set(from, at);
    return from.length;
  }
}

const files = new Map();
const folder = {
  async *keys() {
    yield* files.keys();
  },
  async getFileHandle(name) {
    if (!files.has(name)) files.set(name, new Handle());
    return { createSyncAccessHandle: async () => files.get(name) };
  },
};
const root = { getDirectoryHandle: async () => folder };

async function run(code) {
  const python = await loadPyodide({ indexURL: `${process.argv[2]}/` });
  (await Lasting.open(root, "takeback")).mount(python, "/kept");
  python.registerJsModule("disk", { full: () => (room = 0), freed: () => (room = Infinity) });
  return python.runPython(code);
}

let code = "";
for await (const part of process.stdin) code += part;
for (const start of code.split("# and at the next start\n")) console.log(await run(start));
process.exit();
