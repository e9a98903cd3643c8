// Starts the app as a page does, over the store in a folder up to a list of orders, and tells what of the packed
// folder that took, with a new store and the other screens of a first visit, as two lists: what Python itself asks
// for, and what the app asks for. `node first.mjs PYODIDE PACKED DATA`.

import { pathToFileURL } from "node:url";

const BEGINS = 120; // seconds that a start may take on a machine that is busy with everything else
const DRAWN = 1.5; // seconds without a message after which a screen is drawn
const [pyodide, packed, data] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${pyodide}/pyodide.mjs`));
const env = { HOME: "/home/pyodide", TAKEBACK_DATA: "/data" };
const python = await loadPyodide({ indexURL: `${pyodide}/`, env, stdout: console.error });
for (const [name, folder] of Object.entries({ packed, data })) {
  python.FS.mkdir(`/${name}`);
  python.mountNodeFS(`/${name}`, folder);
}
python.registerJsModule("takeback_page", { lasts: true, reserve: async () => {} });
const page = { documentUrl: "http://127.0.0.1/" };
python.registerJsModule("flet_js", page);
python.globals.set("page", page);
python.globals.set("begins", BEGINS);
python.globals.set("drawn", DRAWN);
const told = await python.runPythonAsync(`
    import sys
    ZIP, HERE = "/lib/python314.zip/", "/packed/"
    booted = {m.__file__ for m in list(sys.modules.values()) if (getattr(m, "__file__", "") or "").startswith(ZIP)}
    booted = {name.removeprefix(ZIP).removesuffix(".py").removesuffix(".pyc") for name in booted}

    opened = set()
    def watch(event, args):
        if event == "open" and isinstance(args[0], str) and args[0].startswith(HERE):
            opened.add(args[0].removeprefix(HERE))
    sys.addaudithook(watch)
    # Before Python's own: what the app takes of that has to come with it too.
    sys.path.insert(0, HERE)
    for name, module in list(sys.modules.items()):
        if hasattr(module, "__path__"):
            module.__path__.insert(0, HERE + name.replace(".", "/"))
    sys.dont_write_bytecode = True

    import asyncio, json
    import app.packaging.page
    import app.ui.screens.cancel, app.ui.screens.order, app.ui.screens.start
    from app.ui.dialogs.asked import forms
    import flet
    from app.clock import wall_clock
    from app.main import main
    from app.shop.store import open_shop
    import msgpack
    from pyodide.ffi import to_js

    list(forms())  # who loses the network after the first screen can cancel, ask and answer all the same
    open_shop("sqlite:////new.db", wall_clock).close()
    flet.run(main)

    REGISTER, PATCH, INVOKE = 1, 2, 5
    news, heard = asyncio.Event(), []

    def say(action, body):
        page.send(to_js(b"\\0" + msgpack.packb([action, body])))

    def hear(message):
        news.set()
        action, body = msgpack.unpackb(bytes(message)[1:], strict_map_key=False)
        heard.append(action)
        if action == INVOKE:
            answer = {"control_id": body["control_id"], "call_id": body["call_id"], "result": None, "error": None}
            say(INVOKE, answer)

    await page.start_connection(hear)
    window = {"route": "/orders", "width": 412, "height": 915, "web": True, "platform": "android", "pyodide": True}
    say(REGISTER, {"session_id": None, "page_name": "", "page": window})
    while PATCH not in heard:
        news.clear()
        await asyncio.wait_for(news.wait(), begins)
    while news.is_set():
        news.clear()
        await asyncio.sleep(drawn)
    json.dumps([sorted(booted), sorted(opened)])
`);
process.stdout.write(told, () => process.exit(0));
