// Python, beside the page: it starts at once, with the files that last, and then speaks Flet's protocol.

import { loadPyodide } from "./pyodide/pyodide.mjs";
import { Lasting } from "./lasting.js";
import { picture } from "./pictures.js";
import { Rest, unpack } from "./unpack.js";

const [APP, DATA] = ["/app", "/takeback"];
const here = new URL("./", self.location);
const flet = (self.flet_js = { args: null });

let asked, started;
const page = new Promise((resolve) => (asked = resolve));
self.onmessage = async ({ data }) => {
  if (data instanceof Uint8Array) flet.send(data);
  else if (data === "drawn") (await started).come().catch(console.warn); // who asks for it tries again
  else asked(data);
};

async function lasting() {
  const told = await navigator.storage?.getDirectory?.().catch((error) => console.warn(error));
  return told && Lasting.open(told, encodeURIComponent(here.pathname));
}

async function fetched(name) {
  const answer = await fetch(new URL(name, here));
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer.arrayBuffer();
}

function hear(message) {
  const bytes = message.toJs();
  self.postMessage(bytes, [bytes.buffer]);
}

async function start() {
  const [pyodide, packed, kept] = await Promise.all([
    loadPyodide({ indexURL: new URL("pyodide/", here).href, stdout: console.log, stderr: console.error }),
    fetched("first.tar.zst"),
    lasting(),
  ]);
  pyodide.registerJsModule("flet_js", flet);
  unpack(pyodide, packed, APP);
  kept?.mount(pyodide, DATA);
  const reserve = async (files) => kept?.reserve(files);
  pyodide.registerJsModule("takeback_page", { lasts: Boolean(kept), reserve, picture });
  flet.documentUrl = (await page).url;
  const rest = new Rest(pyodide, new URL("rest.tar.zst", here).href, APP);
  const globals = pyodide.toPy({ folder: APP, data: DATA });
  globals.set("rest", rest);
  pyodide.runPython(
    `
    import sys
    sys.path.insert(0, folder)
    from app.packaging.page import begin
    begin(folder, data, rest)
    `,
    { globals },
  );
  await flet.start_connection(hear);
  return rest;
}

started = start();
started.then(
  () => self.postMessage("ready"),
  (error) => self.postMessage({ failed: String(error) }),
);
