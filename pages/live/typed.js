// A line of text, sent when it has been typed. What could not be read stays to be mended, with a sentence under it.

import { keepLink, styleSheet } from "./link.js";
import { Pace } from "./pace.js";
import { element } from "./words.js";

class Typed {
  constructor(parent) {
    styleSheet();
    this.pace = new Pace();
    const id = `live-${Math.random().toString(36).slice(2)}`;
    this.label = element("label", { class: "live-label", for: id });
    this.field = element("input", { type: "text", id, class: "live-text", autocomplete: "off", spellcheck: "false" });
    this.note = element("p", { class: "live-note", role: "alert" });
    parent.append(element("div", { class: "live-typed" }, this.label, this.field, this.note));
    this.typing = false; // something stands in the field that has not been sent
    this.field.addEventListener("input", () => { this.typing = true; });
    this.field.addEventListener("change", () => { this.typing = false; this.pace.grip(); this.pace.push({ text: this.field.value, held: false }); });
    this.field.addEventListener("keydown", (event) => { if (event.key === "Escape") { this.typing = false; this.field.value = this.data.text; } });
  }

  update(data, setStateValue) {
    const before = this.data?.text;
    this.data = data;
    this.pace.answer(data, setStateValue);
    this.label.textContent = data.label;
    if (!this.pace.idle) return; // something newer has been typed
    // What is being typed stays, whatever the answer to what was typed before it.
    if (!this.typing && (document.activeElement !== this.field || data.text !== before)) this.field.value = data.text;
    this.field.setAttribute("aria-invalid", String(data.refused));
    this.note.textContent = data.note ?? "";
    keepLink(data.param, data.code);
  }
}

export default function mount({ data, parentElement, setStateValue }) {
  parentElement.live ??= new Typed(parentElement);
  parentElement.live.update(data, setStateValue);
  return () => { delete parentElement.live; };
}
