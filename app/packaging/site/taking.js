// Takes a snapshot of Python with the app imported, beside the app that runs, and ends.

import { Snapshot, startedWith } from "./snapshot.js";

self.onmessage = async ({ data: { first, rest, folder, modules, name } }) => {
  try {
    const files = [...first, ...rest];
    const pyodide = await startedWith(files, folder, { _makeSnapshot: true });
    const names = new Map(modules.map((module) => [{}, module]));
    for (const [stands, module] of names) pyodide.registerJsModule(module, stands);
    const serializer = (object) => {
      if (!names.has(object)) throw new Error(`Python holds ${object}`);
      return names.get(object);
    };
    const held = pyodide.runPython(
      `
      import sys
      sys.path.insert(0, folder)
      from app.packaging.page import import_all
      import_all(folder, first)
      `,
      { globals: pyodide.toPy({ folder, first: first.map(([path]) => path) }) },
    );
    const memory = pyodide.makeMemorySnapshot({ serializer });
    const left = files.filter(([path]) => !held.has(`${folder}/${path}`));
    await Snapshot.keep(await navigator.storage.getDirectory(), name, left, memory);
  } catch (error) {
    console.warn(error); // the next start takes longer, that is all
  }
  self.close();
};
