// Keeps the site, so that it starts without a network; a newer one is brought in whole before it begins.

const FILES = $files; // what each holds, as a sum: what did not change is not brought twice
const SOME = /^(canvaskit\/|main\.dart\.|assets\/fonts\/noto)/; // of these a browser uses a part: kept once it did

const here = new URL("./", self.location);
const OURS = `takeback ${here.pathname} `; // a host may have another such site below another path
const KEPT = `${OURS}$version`;
const older = (name) => name.startsWith(OURS) && name !== KEPT;
const marked = (name) => new URL(`${name}?${FILES[name]}`, here);
const nameOf = (address) => decodeURI(address.split(/[?#]/)[0].slice(here.href.length)) || "index.html";

async function fetched(name) {
  const answer = await fetch(new URL(name, here), { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer;
}

async function bring() {
  const [cache, names] = [await caches.open(KEPT), await caches.keys()];
  const before = await Promise.all(names.filter(older).map((one) => caches.open(one)));
  const had = new Set((await Promise.all(before.map((one) => one.keys()))).flat().map((one) => nameOf(one.url)));
  const wanted = Object.keys(FILES).filter((name) => !SOME.test(name) || had.has(name));
  await Promise.all(
    wanted.map(async (name) => {
      const same = (await Promise.all(before.map((one) => one.match(marked(name))))).find(Boolean);
      await cache.put(marked(name), same ?? (await fetched(name)));
    }),
  );
}

async function keep(names) {
  const cache = await caches.open(KEPT);
  for (const name of names)
    if (name in FILES && !(await cache.match(marked(name)))) await cache.put(marked(name), await fetched(name));
}

async function forget() {
  const names = await caches.keys();
  await Promise.all(names.filter(older).map((one) => caches.delete(one)));
}

async function answer(request) {
  const name = nameOf(request.url);
  if (!(name in FILES)) return fetch(request);
  const cache = await caches.open(KEPT);
  const kept = await cache.match(marked(name));
  if (kept) return kept;
  const brought = await fetched(name);
  await cache.put(marked(name), brought.clone());
  return brought;
}

self.oninstall = (event) => event.waitUntil(bring());
self.onactivate = (event) => event.waitUntil(forget().then(() => self.clients.claim()));
self.onmessage = (event) => {
  const { data } = event;
  event.waitUntil(data === "take over" ? self.skipWaiting() : keep(data.map(nameOf)));
};
self.onfetch = (event) => {
  if (event.request.url.startsWith(here.href)) event.respondWith(answer(event.request));
};
