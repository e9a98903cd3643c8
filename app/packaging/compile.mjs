// Compiles a folder with the Python that runs in the browser: `node compile.mjs PYODIDE FOLDER`.

import { pathToFileURL } from "node:url";

const [pyodide, folder] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${pyodide}/pyodide.mjs`));
// Lines stay known, columns do not: they would be a fifth of all that is fetched.
const env = { HOME: "/home/pyodide", PYTHONNODEBUGRANGES: "1" };
const python = await loadPyodide({ indexURL: `${pyodide}/`, env });
python.FS.mkdir("/packed");
python.mountNodeFS("/packed", folder);
const done = python.runPython(`
    import compileall
    compileall.compile_dir("/packed", stripdir="/packed", quiet=1, legacy=True, optimize=2)
`);
process.exit(done ? 0 : 1);
