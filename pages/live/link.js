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

// When a preset sets a control of Streamlit's own, Streamlit writes the whole query anew, from what the server knew of it
// at the last event. What the live controls of the page had written since is put back; another page begins afresh.
const kept = new Map(); // what each control of this page wanted written last
const write = window.history.replaceState.bind(window.history);
for (const name of ["pushState", "replaceState"]) {
  const original = window.history[name].bind(window.history);
  window.history[name] = (...entry) => {
    const page = window.location.pathname;
    original(...entry);
    if (page !== window.location.pathname) kept.clear();
    for (const [param, code] of kept) keepLink(param, code);
  };
}
window.addEventListener("popstate", () => kept.clear());

export function keepLink(param, code) {
  if (!param) return;
  if (held) return void waiting.set(param, code);
  kept.set(param, code);
  const url = new URL(window.location.href);
  if (code === null || code === undefined) url.searchParams.delete(param);
  else url.searchParams.set(param, code);
  // Commas, slashes, colons and semicolons are legal in a query and read better than their escapes.
  const query = url.searchParams.toString().replaceAll("%2C", ",").replaceAll("%2F", "/").replaceAll("%3A", ":").replaceAll("%3B", ";").replaceAll("%21", "!");
  const address = url.pathname + (query ? `?${query}` : "") + url.hash;
  const present = window.location.pathname + window.location.search + window.location.hash;
  if (address !== present) write(window.history.state, "", address);
}

export function styleSheet() {
  if (document.getElementById("live-css")) return;
  const link = document.createElement("link");
  link.id = "live-css";
  link.rel = "stylesheet";
  link.href = new URL("./live.css", import.meta.url).href;
  document.head.append(link);
}
