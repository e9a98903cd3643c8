// Takes a snapshot of Python with the app imported, beside the app that runs, and ends.

import { Snapshot, startedWith } from "./snapshot.js";

self.onmessage = async ({ data }) => {
  await take(data).catch(console.warn); // the next start takes longer, that is all
  self.close();
};

async function take({ name, ...app }) {
  const snapshot = await Snapshot.placed(await navigator.storage.getDirectory(), name);
  if (!snapshot) return;
  try {
    snapshot.keep(...(await imported(app)));
  } catch (error) {
    await snapshot.remove();
    throw error;
  }
}

/** The files that are still needed once the app is imported, and the memory it is in. */
async function imported({ first, rest, folder, modules }) {
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
  return [files.filter(([path]) => !held.has(`${folder}/${path}`)), memory];
}
