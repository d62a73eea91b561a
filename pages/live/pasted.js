// A field for a text of any length. A short text is sent while it is typed, a long one when it has been pasted or left.
// Each is sent once: not as a state, which the browser would send again with everything that happens on the page.

import { keepLink, styleSheet } from "./link.js";
import { Pace } from "./pace.js";
import { element } from "./words.js";

class Pasted {
  constructor(parent) {
    styleSheet();
    this.pace = new Pace();
    const id = `live-${Math.random().toString(36).slice(2)}`;
    this.label = element("label", { class: "live-label", for: id });
    this.field = element("textarea", { id, class: "live-text", rows: 4, autocomplete: "off", spellcheck: "false" });
    this.note = element("p", { class: "live-note", role: "alert" });
    parent.append(element("div", { class: "live-pasted" }, this.label, this.field, this.note));
    this.field.addEventListener("input", (event) => {
      if (this.field.value.length <= this.data.live || event.inputType?.startsWith("insertFrom")) this.send();
    });
    this.field.addEventListener("change", () => this.send());
  }

  send() {
    const text = this.field.value;
    if (text === this.sent) return;
    this.sent = text;
    this.pace.grip();
    // What is too long to be taken is not sent: its size says enough.
    this.pace.push(text.length > this.data.longest ? { size: text.length } : { text });
  }

  update(data, setTriggerValue) {
    const before = this.data?.text;
    this.data = data;
    this.pace.answer(data, setTriggerValue);
    this.label.textContent = data.label;
    if (!this.pace.idle) return; // something newer has been typed
    // What is being typed stays while the answer says nothing new, and so does what was refused.
    if (data.text !== null && !data.refused && this.sent !== data.text && (document.activeElement !== this.field || data.text !== before)) {
      this.field.value = data.text;
      this.sent = data.text;
    }
    this.field.placeholder = data.text === null ? `${data.size} characters, pasted before` : "";
    this.field.setAttribute("aria-invalid", String(data.refused));
    this.note.textContent = data.note ?? "";
    keepLink(data.param, data.code);
  }
}

export default function mount({ data, parentElement, setTriggerValue }) {
  parentElement.live ??= new Pasted(parentElement);
  parentElement.live.update(data, setTriggerValue);
  return () => { delete parentElement.live; };
}
