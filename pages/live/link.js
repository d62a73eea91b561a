// The address bar as a function of the state: a control's value stands there unless it is the default.
// Replaced in place, so that a drag leaves no trail in the history, and only once the hand has let go of the picture.

const waiting = new Map(); // what a control wants written while a handle is held: the last wish of each counts
let held = false;
const letGo = () => {
  held = false;
  for (const [param, code] of waiting) keepLink(param, code);
  waiting.clear();
};
document.addEventListener("pointerdown", (event) => { held = event.target.closest?.(".live-handle") != null; }, { capture: true });
for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, letGo, { capture: true });

export function keepLink(param, code) {
  if (!param) return;
  if (held) return void waiting.set(param, code);
  const url = new URL(window.location.href);
  if (code === null || code === undefined) url.searchParams.delete(param);
  else url.searchParams.set(param, code);
  // Commas, slashes, colons and semicolons are legal in a query and read better than their escapes.
  const query = url.searchParams.toString().replaceAll("%2C", ",").replaceAll("%2F", "/").replaceAll("%3A", ":").replaceAll("%3B", ";").replaceAll("%21", "!");
  const address = url.pathname + (query ? `?${query}` : "") + url.hash;
  const present = window.location.pathname + window.location.search + window.location.hash;
  if (address !== present) window.history.replaceState(window.history.state, "", address);
}

export function styleSheet() {
  if (document.getElementById("live-css")) return;
  const link = document.createElement("link");
  link.id = "live-css";
  link.rel = "stylesheet";
  link.href = new URL("./live.css", import.meta.url).href;
  document.head.append(link);
}
