// Python, beside the page: it starts at once, with the files that last, and then speaks Flet's protocol.

import { loadPyodide } from "./pyodide/pyodide.mjs";
import { Lasting } from "./lasting.js";
import { picture } from "./pictures.js";
import { OPTIONS, Snapshot } from "./snapshot.js";
import { put, Rest, unpacked } from "./unpack.js";

const [APP, DATA] = ["/app", "/takeback"];
const QUIET = 5_000; // milliseconds without a tap after which a snapshot is taken
const here = new URL("./", self.location);
const [stored, snapped] = ["", " snapshot"].map((what) => encodeURIComponent(here.pathname) + what);
const flet = (self.flet_js = { args: null });
const modules = { flet_js: flet, takeback_page: { picture } };

let asked, started, moved;
const page = new Promise((resolve) => (asked = resolve));
self.onmessage = async ({ data }) => {
  moved?.();
  if (data instanceof Uint8Array) flet.send(data);
  else if (data === "drawn") (await started)().catch(console.warn);
  else asked(data);
};

async function fetched(name) {
  const answer = await fetch(new URL(name, here));
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer.arrayBuffer();
}

function hear(message) {
  const bytes = message.toJs();
  self.postMessage(bytes, [bytes.buffer]);
}

/** Python where a visit before came to: itself, the rest of the app, and what is due once a screen is drawn. */
async function restored(root) {
  let snapshot = null;
  try {
    snapshot = await Snapshot.kept(root, snapped);
    if (!snapshot) return null;
    const pyodide = await snapshot.restored(APP, modules);
    return [pyodide, { there: true, arrived: Promise.resolve() }, async () => snapshot.proven()];
  } catch (error) {
    console.warn(error);
    await snapshot?.remove().catch(console.warn);
    return null;
  }
}

/** Python from its beginning. */
async function begun(root) {
  const [pyodide, packed] = await Promise.all([loadPyodide(OPTIONS), fetched("first.tar.zst")]);
  for (const [name, module] of Object.entries(modules)) pyodide.registerJsModule(name, module);
  const first = unpacked(pyodide, packed);
  put(pyodide.FS, first, APP);
  const rest = new Rest(pyodide, new URL("rest.tar.zst", here).href, APP);
  const globals = pyodide.toPy({ folder: APP });
  globals.set("rest", rest);
  pyodide.runPython(
    `
    import sys
    sys.path.insert(0, folder)
    from app.packaging.page import prepare, wait_for
    prepare(folder)
    wait_for(rest, folder)
    `,
    { globals },
  );
  const drawn = async () => {
    await rest.come(); // who asks for it before tries again
    if (!root) return;
    await quiet();
    const taking = new Worker("taking.js", { type: "module" });
    taking.postMessage({ first, rest: rest.files, folder: APP, modules: Object.keys(modules), name: snapped });
  };
  return [pyodide, rest, drawn];
}

async function quiet() {
  let timer;
  await new Promise((resolve) => {
    moved = () => {
      clearTimeout(timer);
      timer = setTimeout(resolve, QUIET);
    };
    moved();
  });
  moved = null;
}

async function start() {
  const root = await navigator.storage?.getDirectory?.().catch((error) => console.warn(error));
  const [[pyodide, rest, drawn], kept] = await Promise.all([
    (async () => (root && (await restored(root))) || begun(root))(),
    root && Lasting.open(root, stored),
  ]);
  kept?.mount(pyodide, DATA);
  Object.assign(modules.takeback_page, { lasts: Boolean(kept), reserve: async (files) => kept?.reserve(files) });
  flet.documentUrl = (await page).url;
  const globals = pyodide.toPy({ data: DATA });
  globals.set("rest", rest);
  pyodide.runPython("from app.packaging.page import begin; begin(data, rest)", { globals });
  await flet.start_connection(hear);
  return drawn;
}

started = start();
started.then(
  () => self.postMessage("ready"),
  (error) => self.postMessage({ failed: String(error) }),
);
