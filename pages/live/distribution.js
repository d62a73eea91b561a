// Shares of one whole as bars. A bar is dragged and the others give way in proportion, except those that are locked.
// The typed form underneath is the same thing for the keyboard and for links.

import { keepLink, styleSheet } from "./link.js";
import { Pace } from "./pace.js";
import { clamp, element, snap, written } from "./words.js";

const FINE = 0.01;
const PLACES = 1e3; // shares that a drag sets are multiples of 1/1000, so that links stay short

// Give `share` to outcome i; the free others keep the proportions that they had in `start`.
export function giveWay(start, locked, i, share) {
  const fixed = start.reduce((sum, s, j) => sum + (locked[j] && j !== i ? s : 0), 0);
  const others = start.map((_, j) => j).filter((j) => j !== i && !locked[j]);
  if (others.length === 0) return start.slice();
  const room = Math.max(0, 1 - fixed);
  const own = clamp(share, 0, room);
  const before = others.reduce((sum, j) => sum + start[j], 0);
  const values = start.slice();
  values[i] = own;
  for (const j of others) {
    const part = before > 0 ? start[j] / before : 1 / others.length;
    values[j] = Math.round(part * (room - own) * PLACES) / PLACES;
  }
  // What rounding left over goes to the largest of them, where it shows least.
  const largest = others.reduce((a, b) => (values[b] > values[a] ? b : a));
  const rest = others.reduce((sum, j) => sum + (j === largest ? 0 : values[j]), 0);
  values[largest] = Math.max(0, Number((room - own - rest).toPrecision(12)));
  return values;
}

class Distribution {
  constructor(parent) {
    styleSheet();
    this.pace = new Pace();
    this.held = -1;
    this.bars = element("div", { class: "live-bars", role: "group" });
    const id = `live-${Math.random().toString(36).slice(2)}`;
    this.text = element("input", { type: "text", id, class: "live-text", autocomplete: "off", spellcheck: "false" });
    this.add = element("button", { type: "button", class: "live-button" }, "Add outcome");
    this.note = element("p", { class: "live-note", role: "alert" });
    this.offer = element("button", { type: "button", class: "live-button", hidden: "" }, "Normalize");
    const form = element("div", { class: "live-row" }, element("label", { for: id, class: "live-label" }, "Typed"), this.text, this.add);
    this.root = element("div", { class: "live-distribution" }, this.bars, form, this.note, this.offer);
    parent.append(this.root);
    this.text.addEventListener("change", () => this.say({ text: this.text.value }));
    this.offer.addEventListener("click", () => this.say({ text: this.text.value, normalize: true }));
    this.add.addEventListener("click", () => this.addOutcome());
  }

  say(event) {
    this.pace.grip();
    this.pace.push({ held: false, ...event });
  }

  change(values, held) {
    this.values = values;
    this.pace.push({ values, names: this.names, locked: this.locked, held });
    this.show();
  }

  addOutcome() {
    const k = this.values.length;
    const taken = new Set(this.names);
    this.names = [...this.names, [..."ABCDEFGHIJKLMNOP"].find((n) => !taken.has(n))];
    this.locked = [...this.locked, false];
    this.change(giveWay([...this.values, 0], this.locked, k, 1 / (k + 1)), false);
  }

  remove(i) {
    const keep = (list) => list.filter((_, j) => j !== i);
    const emptied = giveWay(this.values, this.locked, i, 0);
    this.names = keep(this.names);
    this.locked = keep(this.locked);
    const values = keep(emptied);
    const sum = values.reduce((a, b) => a + b, 0);
    if (sum > 0 && Math.abs(sum - 1) < 1e-9) return this.change(values, false);
    this.locked = this.locked.map(() => false); // everything else was locked: nothing but unlocking can make room
    this.change(values.map((v) => (sum > 0 ? v / sum : 1 / values.length)), false);
  }

  build() {
    this.columns = this.values.map((_, i) => {
      const value = element("output", { class: "live-value", "aria-hidden": "true" });
      const fill = element("div", { class: "live-fill" });
      const handle = element("div", { class: "live-handle live-handle-bar", role: "slider", tabindex: "0", "aria-orientation": "vertical", "aria-valuemin": "0" });
      const track = element("div", { class: "live-track" }, fill, handle);
      const name = element("input", { type: "text", class: "live-name", maxlength: "12" });
      const lock = element("button", { type: "button", class: "live-lock" }, "Lock");
      const remove = element("button", { type: "button", class: "live-remove" }, "×");
      const column = element("div", { class: "live-column" }, value, track, name, element("div", { class: "live-tools" }, lock, remove));
      this.grip(handle, track, i);
      name.addEventListener("change", () => {
        this.names = this.names.map((n, j) => (j === i ? name.value.replace(/[,:!;]/g, " ").trim() || n : n));
        this.change(this.values, false);
      });
      lock.addEventListener("click", () => { this.locked = this.locked.map((l, j) => (j === i ? !l : l)); this.change(this.values, false); });
      remove.addEventListener("click", () => this.remove(i));
      return { value, fill, handle, name, lock, remove, column };
    });
    this.bars.replaceChildren(...this.columns.map((c) => c.column));
  }

  grip(handle, track, i) {
    const share = (event) => {
      const box = track.getBoundingClientRect();
      return snap(clamp((box.bottom - event.clientY + this.offset) / box.height, 0, 1), event.shiftKey ? 0.001 : 0.005);
    };
    handle.addEventListener("pointerdown", (event) => {
      if (this.locked[i]) return;
      event.preventDefault();
      handle.focus({ preventScroll: true });
      handle.setPointerCapture(event.pointerId);
      const box = handle.getBoundingClientRect();
      this.offset = event.clientY - (box.top + box.height / 2); // taken hold of off its middle, it must not jump
      this.held = i;
      this.start = this.values.slice();
      this.pace.grip();
    });
    handle.addEventListener("pointermove", (event) => {
      if (this.held === i) this.change(giveWay(this.start, this.locked, i, share(event)), true);
    });
    const release = (event) => {
      if (this.held !== i) return;
      this.held = -1;
      this.change(event.type === "pointercancel" ? this.start : giveWay(this.start, this.locked, i, share(event)), false);
    };
    handle.addEventListener("pointerup", release);
    handle.addEventListener("pointercancel", release);
    handle.addEventListener("keydown", (event) => {
      const fine = event.shiftKey ? FINE / 10 : FINE;
      const by = { ArrowUp: fine, ArrowRight: fine, ArrowDown: -fine, ArrowLeft: -fine, PageUp: 0.1, PageDown: -0.1, Home: -1, End: 1 }[event.key];
      if (by === undefined || this.locked[i]) return;
      event.preventDefault();
      // A run of presses keeps the proportions that it began with, as a drag does.
      if (this.keys?.i !== i || !this.values.every((v, j) => v === this.keys.last[j])) this.keys = { i, start: this.values.slice() };
      this.change(giveWay(this.keys.start, this.locked, i, snap(clamp(this.values[i] + by, 0, 1), 0.001)), true);
      this.keys.last = this.values.slice();
      this.stepped = true;
    });
    // A key is a short grip: what waits for the release follows when the key comes up.
    handle.addEventListener("keyup", () => {
      if (this.stepped) this.change(this.values, false);
      this.stepped = false;
    });
  }

  show() {
    if (this.columns?.length !== this.values.length) this.build();
    this.columns.forEach(({ value, fill, handle, name, lock, remove }, i) => {
      const share = this.values[i];
      const fixed = this.locked.reduce((sum, l, j) => sum + (l && j !== i ? this.values[j] : 0), 0);
      value.textContent = written(share);
      fill.style.height = `${100 * share}%`;
      handle.style.bottom = `${100 * share}%`;
      handle.classList.toggle("live-held", this.held === i);
      for (const [k, v] of Object.entries({ "aria-label": `${this.names[i]}, share`, "aria-valuenow": share, "aria-valuemax": Number((1 - fixed).toPrecision(6)), "aria-valuetext": written(share), "aria-disabled": String(this.locked[i]) })) handle.setAttribute(k, v);
      if (document.activeElement !== name) name.value = this.names[i];
      name.setAttribute("aria-label", `Name of outcome ${i + 1}`);
      lock.setAttribute("aria-pressed", String(this.locked[i]));
      lock.textContent = this.locked[i] ? "Locked" : "Lock";
      lock.setAttribute("aria-label", `${this.locked[i] ? "Locked" : "Lock"}: ${this.names[i]}`);
      remove.setAttribute("aria-label", `Remove ${this.names[i]}`);
      remove.disabled = this.values.length <= this.data.min;
    });
    this.add.disabled = this.values.length >= this.data.max;
  }

  update(data, setStateValue) {
    this.data = data;
    this.pace.answer(data, setStateValue);
    if (document.activeElement !== this.text) this.text.value = data.text;
    if (this.held >= 0 || !this.pace.idle) return;
    Object.assign(this, { values: data.values, names: data.names, locked: data.locked });
    this.root.style.setProperty("--hand", `var(--role-${data.color})`);
    this.bars.setAttribute("aria-label", data.label);
    this.show();
    if (!data.note) this.text.value = data.text;
    this.text.setAttribute("aria-invalid", String(Boolean(data.note)));
    this.note.textContent = data.note ?? "";
    this.offer.hidden = !data.offer;
    keepLink(data.param, data.code);
  }
}

export default function mount({ data, parentElement, setStateValue }) {
  parentElement.live ??= new Distribution(parentElement);
  parentElement.live.update(data, setStateValue);
  return () => { delete parentElement.live; };
}
