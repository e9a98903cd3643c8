// Python's memory with the app imported, as the first visit comes to it: the next start begins there.
//
// Compiled libraries are no part of that memory. They are loaded before Python is there, the same in the same
// order where a snapshot is taken and where it is restored: so they lie where the memory says they do.

import { loadPyodide } from "./pyodide/pyodide.mjs";
import createPyodideModule from "./pyodide/pyodide.asm.mjs";
import { opened } from "./lasting.js";
import { put } from "./unpack.js";

const MARK = 0x54414b53;
const PAGE = 4096; // first a page that says what follows: mark, whether it is being tried, lengths of table and memory
const ROOM = 200e6; // bytes that must be free, more than twice what it takes: the store comes first
const BUILD = "$build"; // of which files it was taken
export const OPTIONS = {
  indexURL: new URL("pyodide/", import.meta.url).href,
  stdout: console.log,
  stderr: console.error,
};

/** Pyodide, with `files` below `folder` and their libraries loaded before it begins. */
export function startedWith(files, folder, options) {
  const libraries = files.map(([path]) => path).filter((path) => path.endsWith(".so"));
  return loadPyodide({
    ...OPTIONS,
    ...options,
    createPyodideModule(module) {
      module.onRuntimeInitialized = () => {
        put(module.FS, files, folder);
        for (const path of libraries) {
          module.loadDynamicLibrary(`${folder}/${path}`, { global: false, nodelete: true }, {});
        }
        // Pyodide (314.0.7) sets this beforehand, which its own build does not read.
        if (options._loadSnapshot) module.growMemory(module.INITIAL_MEMORY);
      };
      return createPyodideModule(module);
    },
  });
}

/** The snapshot that is kept in the browser's folder, if there is one. */
export class Snapshot {
  /** What is kept in the folder `name` of `root`, of this build alone; null where there is nothing to restore. */
  static async kept(root, name) {
    const folder = await root.getDirectoryHandle(name, { create: true });
    for (const other of await Array.fromAsync(folder.keys())) if (other !== BUILD) await folder.removeEntry(other);
    const file = await folder.getFileHandle(BUILD).catch(() => null);
    if (!file) return null;
    const snapshot = new Snapshot(folder, await opened(file));
    // A start that began with it and did not come to a screen is not tried twice.
    if (snapshot.head[0] === MARK && !snapshot.head[1]) return snapshot;
    await snapshot.remove();
    return null;
  }

  /** A place for one; null where there is little room. */
  static async placed(root, name) {
    const folder = await root.getDirectoryHandle(name, { create: true });
    const snapshot = new Snapshot(folder, await opened(await folder.getFileHandle(BUILD, { create: true })));
    snapshot.handle.truncate(ROOM);
    // Chromium (156) tells of more room than there is, and does not throw where it ends.
    if (snapshot.handle.getSize() === ROOM) return snapshot;
    await snapshot.remove();
    return null;
  }

  constructor(folder, handle) {
    Object.assign(this, { folder, handle, head: new Uint32Array(4) });
    handle.read(this.head, { at: 0 });
  }

  /** Keep these files and this memory. */
  keep(files, memory) {
    const table = new TextEncoder().encode(JSON.stringify(files.map(([path, content]) => [path, content.length])));
    const used = memory.subarray(0, memory.findLastIndex(Boolean) + 1);
    let at = PAGE;
    for (const part of [table, ...files.map(([, content]) => content), used]) {
      if (this.handle.write(part, { at }) !== part.length) throw new DOMException("no room", "QuotaExceededError");
      at += part.length;
    }
    this.handle.truncate(at);
    this.handle.flush();
    this.head.set([MARK, 0, table.length, memory.length]);
    this.mark(false); // last: what is half written is none
    this.handle.close();
  }

  mark(tried) {
    this.head[1] = tried;
    this.handle.write(this.head, { at: 0 });
    this.handle.flush();
  }

  part(at, length) {
    const part = new Uint8Array(length);
    this.handle.read(part, { at });
    return part;
  }

  /** Pyodide as it was then; `modules` are those of JavaScript that it had, by name. */
  restored(folder, modules) {
    this.mark(true);
    const [, , table, memory] = this.head;
    const listed = JSON.parse(new TextDecoder().decode(this.part(PAGE, table)));
    const content = this.part(PAGE + table, listed.reduce((sum, [, length]) => sum + length, 0));
    let end = 0;
    const files = listed.map(([path, length]) => [path, content.subarray(end, (end += length))]);
    // Read when it is asked for: Pyodide holds its options for good.
    const _loadSnapshot = { then: (give) => give(this.part(PAGE + table + end, memory)) };
    const _snapshotDeserializer = (name) => modules[name];
    return startedWith(files, folder, { _loadSnapshot, _snapshotDeserializer });
  }

  /** It came to a screen. */
  proven() {
    this.mark(false);
    this.handle.close();
  }

  async remove() {
    this.handle.close();
    await this.folder.removeEntry(BUILD);
  }
}
