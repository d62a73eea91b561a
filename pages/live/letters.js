// A text, behind each of whose parts a column stands as high as the part's number; an infinite one is hatched.
// The one under the pointer, or the one that the arrow keys have reached, is named with its number.

import { styleSheet } from "./link.js";
import { clamp, element, written } from "./words.js";

const LEVELS = 20; // heights that a column can have; 0 is none
const visible = (c) => ({ " ": "space", "\n": "line break", "\t": "tab" })[c] ?? (c.trim() || c);
const amount = (value, [one, more]) => (value === null ? "infinity" : `${written(value)} ${written(value) === "1" ? one : more}`);

class Letters {
  constructor(parent) {
    styleSheet();
    this.at = 0;
    this.body = element("div", { class: "live-letters-text", role: "slider", tabindex: "0", "aria-valuemin": 1 });
    this.said = element("p", { class: "live-letters-said" });
    this.about = element("p", { class: "live-letters-about" });
    parent.append(element("div", { class: "live-letters" }, this.body, this.said, this.about));
    this.body.addEventListener("pointermove", (event) => this.point(event.target));
    this.body.addEventListener("pointerdown", (event) => this.point(event.target));
    this.body.addEventListener("keydown", (event) => {
      const last = this.cells.length - 1;
      const to = { ArrowRight: this.at + 1, ArrowUp: this.at + 1, ArrowLeft: this.at - 1, ArrowDown: this.at - 1, PageUp: this.at + 10, PageDown: this.at - 10, Home: 0, End: last }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      this.ask(clamp(to, 0, last));
    });
  }

  point(target) {
    const at = this.cells.indexOf(target);
    if (at >= 0) this.ask(at);
  }

  ask(at) {
    this.asked = true;
    this.choose(at);
  }

  choose(at) {
    this.cells[this.at]?.classList.remove("live-letter-chosen");
    this.at = at;
    this.cells[at].classList.add("live-letter-chosen");
    const { before, values, unit } = this.data;
    const name = `“${visible(this.characters[at])}”`;
    const context = this.characters.slice(Math.max(0, at - before), at).map((c) => (c === "\n" ? "↵" : c)).join("");
    const shown = this.long ? context.trim() : context; // a part that is longer brings the space before it
    const after = before > 0 ? ` after “${shown}”` : "";
    const text = at < before ? `${name}: too few ${this.data.noun} before it` : `${name}${after}: ${amount(values[at - before], unit)}`;
    this.said.textContent = text;
    this.body.setAttribute("aria-valuenow", at + 1);
    this.body.setAttribute("aria-valuetext", text);
  }

  update(data) {
    const parts = [...data.text];
    const same = parts.length === this.characters?.length && parts.every((c, i) => c === this.characters[i]);
    this.data = data;
    this.body.setAttribute("aria-label", data.noun[0].toUpperCase() + data.noun.slice(1));
    this.body.style.setProperty("--hand", `var(--role-${data.color}-fill)`);
    this.body.style.setProperty("--edge", `var(--role-${data.color})`);
    if (!same) {
      this.characters = parts;
      this.long = typeof data.text !== "string" && data.text.some((c) => c.trim().length > 1);
      this.cells = this.characters.map((c) => element("span", {}, c === "\n" ? "↵" : c));
      // A line break stays one, and a line may end after a space.
      this.body.replaceChildren(...this.cells.flatMap((cell, i) => (this.characters[i] === "\n" ? [cell, element("br")] : [cell])));
      this.body.setAttribute("aria-valuemax", this.cells.length);
      this.asked = false;
    }
    this.cells.forEach((cell, i) => {
      const value = i < data.before ? 0 : data.values[i - data.before];
      const share = value === null ? 1 : clamp(value / data.top, 0, 1);
      const level = share > 0 ? Math.max(1, Math.round(share * LEVELS)) : 0;
      if (cell.level !== level) cell.style.setProperty("--level", `${(100 * (cell.level = level)) / LEVELS}%`);
      cell.classList.toggle("live-letter-none", i < data.before);
      cell.classList.toggle("live-letter-infinite", value === null);
    });
    this.about.textContent = data.alt;
    this.choose(this.asked ? this.at : data.start);
  }
}

export default function mount({ data, parentElement }) {
  parentElement.live ??= new Letters(parentElement);
  parentElement.live.update(data);
  return () => { delete parentElement.live; };
}
