// Files that last, in the browser's own folder for this site, as a file system of Emscripten.
//
// SQLite writes and flushes while Python runs, so nothing here may wait. Files of that folder can be read and
// written without waiting, but only once they are open, and opening waits. So there are slots: files opened
// beforehand, each with a page at its start that says whose content follows. Nothing is copied: what a
// transaction changes is written where it belongs, and a flush returns when the disk has it.

const PAGE = 4096;
const MARK = 0x54414b42;
const HEADER = 16; // mark, how often it was given away, length of the path, sum over the path
const PATIENCE = 10_000; // milliseconds
const SPARE = 12; // slots free for what is made until more can be opened
const [EIO, ENAMETOOLONG, ENOSPC] = [29, 37, 51]; // as Emscripten numbers them

const sum = (bytes, seed) => bytes.reduce((sum, byte) => Math.imul(sum ^ byte, 0x01000193) >>> 0, seed ^ MARK);

/** A handle of a file, to read and write without waiting: a page that was just left holds it a moment longer. */
export async function opened(file) {
  for (const until = Date.now() + PATIENCE; ; ) {
    try {
      return await file.createSyncAccessHandle();
    } catch (error) {
      if (error.name !== "NoModificationAllowedError" || Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

class Slot {
  constructor(handle) {
    this.handle = handle;
    this.path = "";
    this.turn = 0;
    this.streams = 0;
    const page = new Uint8Array(PAGE);
    handle.read(page, { at: 0 });
    const head = new DataView(page.buffer);
    const length = head.getUint32(8);
    if (head.getUint32(0) !== MARK || length > PAGE - HEADER) return;
    const path = page.subarray(HEADER, HEADER + length);
    if (head.getUint32(12) !== sum(path, head.getUint32(4))) return; // half written: never told as done
    this.turn = head.getUint32(4);
    this.path = new TextDecoder().decode(path);
  }

  name(path, turn) {
    const name = new TextEncoder().encode(path);
    if (name.length > PAGE - HEADER) throw new RangeError(path);
    const page = new Uint8Array(PAGE);
    const head = new DataView(page.buffer);
    [MARK, turn, name.length, sum(name, turn)].forEach((number, n) => head.setUint32(4 * n, number));
    page.set(name, HEADER);
    this.handle.write(page, { at: 0 });
    this.handle.flush();
    [this.path, this.turn] = [path, turn];
  }

  // What is removed while it is open is read and written until it is closed: only then is its slot another's.
  get isFree() {
    return !this.path && !this.streams;
  }

  free() {
    this.name("", this.turn);
    this.empty();
  }

  open() {
    this.streams += 1;
  }

  close() {
    this.streams -= 1;
    this.empty();
  }

  empty() {
    if (this.isFree) this.handle.truncate(PAGE);
  }
}

/** The files of a site that last. */
export class Lasting {
  /** Open all that is there in the folder `name` of `root`. */
  static async open(root, name) {
    const lasting = new Lasting(await root.getDirectoryHandle(name, { create: true }));
    const names = await Array.fromAsync(lasting.folder.keys());
    await Promise.all(names.map((one) => lasting.add(one)));
    lasting.settle();
    await lasting.reserve();
    return lasting;
  }

  constructor(folder) {
    this.folder = folder;
    this.slots = [];
  }

  async add(name) {
    const file = await this.folder.getFileHandle(name, { create: true });
    this.slots.push(new Slot(await opened(file)));
  }

  // A page that ended between naming the new content of a file and giving up the old left both.
  settle() {
    const newest = new Map();
    for (const slot of this.slots.filter((one) => one.path)) {
      const other = newest.get(slot.path);
      const [old, kept] = other && other.turn > slot.turn ? [slot, other] : [other, slot];
      newest.set(slot.path, kept);
      old?.free();
    }
  }

  /** Open slots until there are enough to spare, and for so many `files` more. */
  async reserve(files = 0) {
    let missing = SPARE + files - this.slots.filter((one) => one.isFree).length;
    while (missing-- > 0) await this.add(crypto.randomUUID());
  }

  take(path) {
    const slot = this.slots.find((one) => one.isFree);
    if (!slot) throw new DOMException("no slot is free", "QuotaExceededError");
    slot.handle.truncate(PAGE);
    this.give(slot, path);
    return slot;
  }

  give(slot, path) {
    const turn = Math.max(0, ...this.slots.filter((one) => one.path === path).map((one) => one.turn));
    slot.name(path, turn + 1);
  }

  /** Have `folder` of Pyodide's file system hold these files, and keep whatever is written there. */
  mount(pyodide, folder) {
    const { FS } = pyodide;
    const memory = FS.filesystems.MEMFS; // keeps the tree: names and folders, which paths bring along

    const tried = (work) => {
      try {
        return work();
      } catch (error) {
        if (error.name === "ErrnoError") throw error;
        const kinds = { QuotaExceededError: ENOSPC, RangeError: ENAMETOOLONG };
        throw new FS.ErrnoError(kinds[error.name] ?? EIO);
      }
    };
    const size = (node) => node.slot.handle.getSize() - PAGE;
    const path = (parent, name) => `${FS.getPath(parent).slice(FS.getPath(root).length)}/${name}`.slice(1);
    const dressed = (node, slot) => {
      if (FS.isDir(node.mode)) node.node_ops = folders;
      else Object.assign(node, { slot, node_ops: files, stream_ops: streams });
      return node;
    };

    const files = {
      getattr: (node) => ({ ...memory.node_ops.getattr(node), size: size(node), blocks: Math.ceil(size(node) / PAGE) }),
      setattr: (node, attr) => {
        for (const key of ["mode", "atime", "mtime", "ctime"]) if (attr[key] != null) node[key] = attr[key];
        if (attr.size !== undefined) tried(() => node.slot.handle.truncate(PAGE + attr.size));
      },
    };
    const streams = {
      open: ({ node }) => node.slot.open(),
      dup: ({ node }) => node.slot.open(),
      close: ({ node }) => tried(() => node.slot.close()),
      llseek: (stream, offset, whence) => {
        const start = [0, stream.position, size(stream.node)][whence];
        if (start + offset < 0) throw new FS.ErrnoError(28);
        return start + offset;
      },
      read: (stream, buffer, offset, length, position) =>
        tried(() => stream.node.slot.handle.read(buffer.subarray(offset, offset + length), { at: PAGE + position })),
      write: (stream, buffer, offset, length, position) =>
        tried(() => {
          const { node } = stream;
          node.mtime = node.ctime = Date.now();
          const part = buffer.subarray(offset, offset + length);
          const written = node.slot.handle.write(part, { at: PAGE + position });
          // Chromium (156) does not throw where there is no room: it answers an error below zero, as if unsigned.
          if (written !== length) throw new DOMException("the disk is full", "QuotaExceededError");
          return written;
        }),
      fsync: (stream) => tried(() => (stream.node.slot.handle.flush(), 0)),
    };
    const folders = {
      ...memory.node_ops,
      mknod: (parent, name, mode, dev) => {
        const slot = FS.isFile(mode) ? tried(() => this.take(path(parent, name))) : null;
        return dressed(memory.createNode(parent, name, mode, dev), slot);
      },
      rename: (node, parent, name) => {
        if (FS.isDir(node.mode)) throw new FS.ErrnoError(EIO);
        const before = parent.contents[name];
        tried(() => this.give(node.slot, path(parent, name)));
        if (before) tried(() => before.slot.free());
        memory.node_ops.rename(node, parent, name);
      },
      unlink: (parent, name) => {
        tried(() => parent.contents[name].slot.free());
        memory.node_ops.unlink(parent, name);
      },
      symlink: () => {
        throw new FS.ErrnoError(EIO);
      },
    };

    FS.mkdirTree(folder);
    const root = FS.mount({ mount: (mount) => dressed(memory.mount(mount)) }, {}, folder);
    for (const slot of this.slots.filter((one) => one.path)) {
      const names = slot.path.split("/");
      const name = names.pop();
      FS.mkdirTree([folder, ...names].join("/"));
      const parent = FS.lookupPath([folder, ...names].join("/")).node;
      dressed(memory.createNode(parent, name, 0o100644, 0), slot);
    }
  }
}
