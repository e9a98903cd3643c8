// The shop's own tests in the Python of the browser: `node shop.mjs PYODIDE FOLDERS ARGUMENTS`, both as JSON.

import { pathToFileURL } from "node:url";

const [pyodide, folders, given] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${pyodide}/pyodide.mjs`));
const python = await loadPyodide({ indexURL: `${pyodide}/` });
const path = JSON.parse(folders).map((folder, n) => {
  python.FS.mkdir(`/path${n}`);
  python.mountNodeFS(`/path${n}`, folder);
  return `/path${n}`;
});
python.globals.set("path", path);
python.globals.set("given", JSON.parse(given));
const status = await python.runPythonAsync(`
    import os, sys
    first, *others = path.to_py()
    sys.path[:0] = [first]
    sys.path += others
    sys.dont_write_bytecode = True
    os.chdir(first)
    import pytest
    int(pytest.main(given.to_py()))
`);
process.exit(status);
