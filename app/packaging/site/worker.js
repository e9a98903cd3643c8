// Python, beside the page: it starts at once, with the files that last, and then speaks Flet's protocol.

import { loadPyodide } from "./pyodide/pyodide.mjs";
import { Lasting } from "./lasting.js";
import { picture } from "./pictures.js";

const DATA = "/takeback";
const here = new URL("./", self.location);
const flet = (self.flet_js = { args: null });

let asked;
const page = new Promise((resolve) => (asked = resolve));
self.onmessage = ({ data }) => (data instanceof Uint8Array ? flet.send(data) : asked(data));

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
    fetched("app.zip"),
    lasting(),
  ]);
  pyodide.registerJsModule("flet_js", flet);
  pyodide.unpackArchive(packed, "zip", { extractDir: "/app" });
  kept?.mount(pyodide, DATA);
  const reserve = async (files) => kept?.reserve(files);
  pyodide.registerJsModule("takeback_page", { lasts: Boolean(kept), reserve, picture });
  flet.documentUrl = (await page).url;
  pyodide.globals.set("data", DATA);
  await pyodide.runPythonAsync(`
    import os, sys
    sys.path.insert(0, "/app")
    sys.dont_write_bytecode = True
    os.environ["TAKEBACK_DATA"] = data
    import flet
    from app.main import main
    flet.run(main)
  `);
  await flet.start_connection(hear);
}

start().then(
  () => self.postMessage("ready"),
  (error) => self.postMessage({ failed: String(error) }),
);
