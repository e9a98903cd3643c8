// The app's Python, out of what was fetched, into the file system of Python.

const BLOCK = 512;
const letters = new TextDecoder();

// Each file is a part of what was unpacked: nothing is copied file by file.
function* files(tar) {
  const word = (at, length) => letters.decode(tar.subarray(at, at + length)).replace(/\0.*/s, "");
  for (let at = 0; tar[at]; ) {
    const path = [word(at + 345, 155), word(at, 100)].filter(Boolean).join("/");
    const size = parseInt(word(at + 124, 12), 8);
    yield [path, tar.subarray(at + BLOCK, at + BLOCK + size)];
    at += BLOCK * (1 + Math.ceil(size / BLOCK));
  }
}

/** The files of `packed`, a tar under zstd: path and content of each. */
export function unpacked(pyodide, packed) {
  const zstd = pyodide.pyimport("compression.zstd");
  const given = pyodide.toPy(new Uint8Array(packed));
  const content = zstd.decompress(given);
  const buffer = content.getBuffer("u8");
  const tar = buffer.data.slice();
  for (const one of [buffer, content, given, zstd]) (one.release ?? one.destroy).call(one);
  return [...files(tar)];
}

/** Put files below `folder`. */
export function put(FS, files, folder) {
  const made = new Set();
  for (const [path, content] of files) {
    const [, parent, name] = /^(.*?)\/?([^/]+)$/.exec(path);
    if (!made.has(parent)) FS.mkdirTree(`${folder}/${parent}`);
    made.add(parent);
    FS.createDataFile(`${folder}/${parent}`, name, content, true, true, true);
  }
}

/** What comes after the first screen: by itself, or at once where something asks for it. */
export class Rest {
  constructor(pyodide, address, folder) {
    Object.assign(this, { pyodide, address, folder, there: false });
    this.arrived = new Promise((resolve) => (this.arrive = resolve));
  }

  put(packed) {
    if (this.there) return;
    this.files = unpacked(this.pyodide, packed);
    put(this.pyodide.FS, this.files, this.folder);
    this.there = true;
    this.arrive();
  }

  async come() {
    const answer = await fetch(this.address);
    if (answer.ok) this.put(await answer.arrayBuffer());
  }

  /** Wait for it. Nothing else goes on meanwhile. */
  bring() {
    const asked = new XMLHttpRequest();
    asked.open("GET", this.address, false);
    asked.responseType = "arraybuffer";
    asked.send();
    if (asked.status !== 200) throw new Error(`${this.address}: ${asked.status}`);
    this.put(asked.response);
  }
}
