// A slider that sends while it moves. The range input brings keyboard, touch and its role; the field beside it
// takes a typed number. On a logarithmic scale the exact ends 0 and infinity can be added as positions of their own.

import { keepLink, styleSheet } from "./link.js";
import { Pace } from "./pace.js";
import { clamp, element, read, snap, written } from "./words.js";

const STEPS = 400; // positions of a logarithmic scale
const GAP = 16; // positions between the scale and an exact end, so that the end is a place to stop

function scale(d) {
  if (d.scale !== "log") {
    return { min: d.low, max: d.high, step: d.step, value: (pos) => snap(pos, d.step, d.low), position: (v) => v };
  }
  const ratio = Math.log(d.high / d.low);
  return {
    min: d.zero ? -GAP : 0,
    max: STEPS + (d.infinite ? GAP : 0),
    step: 1,
    value: (pos) => {
      if (pos < 0) return pos <= -GAP / 2 ? 0 : d.low;
      if (pos > STEPS) return pos >= STEPS + GAP / 2 ? Infinity : d.high;
      const neat = Number((d.low * Math.exp((ratio * pos) / STEPS)).toPrecision(3));
      return clamp(d.whole ? Math.round(neat) : neat, d.low, d.high);
    },
    position: (v) => (v === 0 ? -GAP : v === Infinity ? STEPS + GAP : Math.round((STEPS * Math.log(v / d.low)) / ratio)),
  };
}

class Slider {
  constructor(parent) {
    styleSheet();
    this.pace = new Pace();
    this.held = false;
    const id = `live-${Math.random().toString(36).slice(2)}`;
    this.label = element("label", { class: "live-label", for: id });
    this.number = element("input", { type: "text", class: "live-number", inputmode: "decimal", autocomplete: "off" });
    this.unit = element("span", { class: "live-unit" });
    this.range = element("input", { type: "range", id, class: "live-range" });
    this.note = element("p", { class: "live-note", role: "alert" });
    this.root = element("div", { class: "live-slider" }, this.label, element("span", { class: "live-entry" }, this.number, this.unit), this.range, this.note);
    parent.append(this.root);

    this.range.addEventListener("pointerdown", () => { this.held = true; this.pace.grip(); });
    this.range.addEventListener("input", () => this.move(this.scale.value(Number(this.range.value)), this.held));
    this.range.addEventListener("change", () => {
      if (!this.held) return; // a key: `input` has said it all
      this.held = false;
      this.move(this.scale.value(Number(this.range.value)), false);
    });
    for (const end of ["pointerup", "pointercancel"]) this.range.addEventListener(end, () => { setTimeout(() => { this.held = false; }); });
    this.range.addEventListener("keydown", (e) => this.stepOverEnds(e));
    this.number.addEventListener("change", () => this.typed());
    this.number.addEventListener("keydown", (e) => { if (e.key === "Escape") this.show(this.value); });
  }

  // From the scale to an exact end in one press, whatever the gap between them.
  stepOverEnds(event) {
    if (this.data.scale !== "log") return;
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 40, PageDown: -40 }[event.key];
    if (!by) return;
    event.preventDefault();
    const from = this.scale.position(this.value);
    let to = from + by;
    // Neighboring positions can share a whole number: a key goes on to the next one.
    while (to > 0 && to < STEPS && this.scale.value(to) === this.value) to += Math.sign(by);
    to = clamp(to, this.scale.min, this.scale.max);
    if (to < 0) to = by < 0 ? this.scale.min : 0;
    if (to > STEPS) to = by > 0 ? this.scale.max : STEPS;
    this.move(this.scale.value(to), false);
  }

  move(value, held) {
    this.note.textContent = "";
    this.show(value);
    this.pace.push({ value: Number.isFinite(value) ? value : String(value), held });
  }

  typed() {
    const d = this.data;
    const typed = read(this.number.value);
    const x = typed === null ? null : Number((typed * d.per).toPrecision(12));
    const allowed = x !== null && ((x >= d.low && x <= d.high) || (d.zero && x === 0) || (d.infinite && x === Infinity));
    if (allowed) {
      this.pace.grip();
      return this.move(d.whole ? Math.round(x) : x, false);
    }
    const ends = [d.zero ? ", or 0" : "", d.infinite ? ", or infinity" : ""].join("");
    this.note.textContent = `“${this.number.value}” is not ${d.whole ? "a whole number" : "a number"} from ${written(d.low / d.per)} to ${written(d.high / d.per)}${ends}: ${written(this.value / d.per)} is kept.`;
    this.number.setAttribute("aria-invalid", "true");
  }

  show(value) {
    this.value = value;
    const words = this.data.words?.[String(value)] ?? written(value / this.data.per);
    if (document.activeElement !== this.range || !this.held) this.range.value = this.scale.position(value);
    this.range.setAttribute("aria-valuetext", `${words}${this.data.unit ? ` ${this.data.unit}` : ""}`);
    this.range.style.setProperty("--filled", `${(100 * (this.scale.position(value) - this.scale.min)) / (this.scale.max - this.scale.min)}%`);
    this.number.value = written(value / this.data.per);
    this.number.removeAttribute("aria-invalid");
  }

  update(data, setStateValue) {
    this.data = data;
    this.scale = scale(data);
    this.pace.answer(data, setStateValue);
    this.root.style.setProperty("--hand", data.color ? `var(--role-${data.color})` : "var(--st-primary-color)");
    this.label.textContent = data.label;
    this.unit.textContent = data.unit ?? "";
    this.number.setAttribute("aria-label", `${data.label}, typed`);
    Object.assign(this.range, { min: this.scale.min, max: this.scale.max, step: this.scale.step });
    if (this.held || !this.pace.idle) return; // the hand is ahead of this answer
    this.show(Number(data.value)); // Number("inf") would be NaN: Python sends "Infinity"
    this.note.textContent = data.note ?? "";
    keepLink(data.param, data.code);
  }
}

export default function mount({ data, parentElement, setStateValue }) {
  parentElement.live ??= new Slider(parentElement);
  parentElement.live.update(data, setStateValue);
  return () => { delete parentElement.live; };
}
