// The page: one tab of the site at a time, and Python starting beside the client instead of after it.

const base = new URL("./", document.baseURI).pathname;
const name = `takeback ${base}`;
const line = new BroadcastChannel(name);

globalThis.flet = {
  pyodide: true,
  multiView: false,
  noCdn: true,
  entrypointBaseUrl: base,
  assetBase: base,
  canvasKitBaseUrl: `${base}canvaskit/`,
  fontFallbackBaseUrl: `${base}assets/fonts/`,
  routeUrlStrategy: "hash",
  webRenderer: "auto",
};
flet.flutterAppLoaded = new Promise((resolve) => (flet.flutterAppResolve = resolve));

const WORDS = {
  en: {
    elsewhere: "Takeback is open in another tab. Only one at a time works with your orders.",
    here: "Use it here",
    failed: "Takeback could not start. Load the page again; your orders are safe.",
    again: "Load again",
  },
  id: {
    elsewhere: "Takeback terbuka di tab lain. Hanya satu tab yang bisa bekerja dengan pesananmu.",
    here: "Pakai di sini",
    failed: "Takeback tidak bisa dimulai. Muat ulang halaman ini; pesananmu aman.",
    again: "Muat ulang",
  },
  vi: {
    elsewhere: "Takeback đang mở ở một thẻ khác. Mỗi lần chỉ một thẻ làm việc với đơn hàng của bạn.",
    here: "Dùng ở đây",
    failed: "Takeback không khởi động được. Hãy tải lại trang; đơn hàng của bạn vẫn an toàn.",
    again: "Tải lại",
  },
};

function chosen() {
  try {
    return JSON.parse(localStorage["flutter.takeback.language"]);
  } catch {
    return null; // nothing was chosen, or the browser keeps nothing
  }
}

function spoken() {
  const liked = [chosen(), ...navigator.languages.map((one) => one.slice(0, 2))];
  return WORDS[liked.find((one) => one in WORDS) ?? "en"];
}

// Everything on the page gives way to one sentence and one thing to do.
function say(what, button, act) {
  const words = spoken();
  const text = Object.assign(document.createElement("p"), { textContent: words[what] });
  const way = Object.assign(document.createElement("button"), { textContent: words[button], onclick: act });
  const panel = Object.assign(document.createElement("main"), { id: "instead" });
  panel.setAttribute("role", "alert");
  panel.append(document.querySelector("#splash img"), text, way);
  document.body.replaceChildren(panel);
  way.focus();
}

let hear = () => {};
let python;

function start() {
  const worker = new Worker("worker.js", { type: "module" });
  python = new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => {
      if (data instanceof Uint8Array) hear(data);
      else if (data === "ready") resolve(worker);
      else reject(new Error(data.failed));
    };
    worker.onerror = (error) => reject(error);
  });
  python.catch((error) => {
    console.error(error);
    say("failed", "again", () => location.reload());
  });
  worker.postMessage({ url: document.URL });
  document.head.append(document.querySelector("template").content);
  const client = document.createElement("script");
  client.src = "flutter_bootstrap.js";
  document.body.append(client);
  return worker;
}

// What the client calls: to begin, to say something, to end.
globalThis.jsConnect = async (_app, _args, listen) => {
  let heard = 0;
  hear = (message) => {
    listen(message);
    // The first answer says whose page it is, the second draws it.
    if (++heard !== 2) return;
    document.getElementById("splash")?.remove();
    python.then((worker) => worker.postMessage("drawn"));
  };
  await python;
};
globalThis.jsSend = async (_app, message) => (await python).postMessage(message, [message.buffer]);
globalThis.jsDisconnect = async () => {};

function hold() {
  const worker = start();
  return new Promise((release) => {
    line.onmessage = () => {
      worker.terminate(); // whatever it was in the middle of is whole or not at all, by SQLite's log
      say("elsewhere", "here", take);
      release();
    };
  });
}

function take() {
  line.postMessage("let go");
  navigator.locks.request(name, () => {
    location.reload();
    return new Promise(() => {});
  });
}

// A newer site, brought in meanwhile, begins when nothing has begun yet: never in the middle of something.
async function renewed() {
  const kept = await navigator.serviceWorker?.getRegistration();
  if (!kept?.waiting) return false;
  // The worker before must have nothing to do: asked for anything in this moment, it stays, and a page that is
  // loaded then is never answered (Chromium 156). So a page asks for its icons once it has begun.
  if (document.readyState !== "complete") await new Promise((loaded) => addEventListener("load", loaded));
  const taken = new Promise((done) => (navigator.serviceWorker.oncontrollerchange = () => done(true)));
  kept.waiting.postMessage("take over");
  const late = new Promise((resolve) => setTimeout(resolve, 3_000, false));
  if (!(await Promise.race([taken, late]))) return false;
  location.reload();
  return true;
}

// The site is kept once it has begun: what it was made of is told, as each kind of browser takes its own.
async function keep() {
  if (!navigator.serviceWorker) return;
  await navigator.serviceWorker.register("offline.js");
  const { active } = await navigator.serviceWorker.ready;
  const used = performance.getEntriesByType("resource").map((one) => one.name);
  active.postMessage(used.filter((one) => one.startsWith(new URL(base, location).href)));
}

async function begin() {
  addEventListener("flutter-first-frame", keep, { once: true });
  if (!navigator.locks) return start(); // a page without https may have neither locks nor anything that lasts
  const held = async (lock) => {
    if (!lock) say("elsewhere", "here", take);
    else if (!(await renewed())) await hold();
  };
  // Where a browser lets the page keep nothing it may refuse the lock too: then there is nothing to guard.
  navigator.locks.request(name, { ifAvailable: true }, held).catch(start);
}

begin();
