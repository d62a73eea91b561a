// Shares of one whole in rows and columns. A cell is taken hold of anywhere and dragged up or down; what the others do
// is the server's answer. The typed form underneath is the same thing for the keyboard and for links.

import { keepLink, styleSheet } from "./link.js";
import { Pace } from "./pace.js";
import { clamp, element, snap, written } from "./words.js";

const COARSE = 0.005, FINE = 0.001; // what a pointer snaps to, and with Shift
const STRIDE = 0.01, LEAP = 0.1; // an arrow key, and Page Up or Down
const CROWDED = 5; // from so many columns on, numbers are short
const LOW = 4; // from so many rows on, number and handle stand side by side

class Table {
  constructor(parent) {
    styleSheet();
    this.pace = new Pace();
    this.held = null;
    this.grid = element("div", { class: "live-grid", role: "group" });
    const button = (text, act) => {
      const node = element("button", { type: "button", class: "live-button" }, text);
      node.addEventListener("click", act);
      return node;
    };
    this.lock = button("Lock marginals", () => this.say({ lock: !this.data.locked }));
    this.lock.classList.add("live-lock");
    this.sizes = [["Add row", 1, 0], ["Remove row", -1, 0], ["Add column", 0, 1], ["Remove column", 0, -1]].map(([name, down, across]) => {
      const node = button(`${down + across > 0 ? "+" : "−"} ${down ? "row" : "column"}`, () => this.say({ size: [this.data.cells.length + down, this.data.cells[0].length + across] }));
      node.setAttribute("aria-label", name);
      node.classList.add("live-size");
      return { node, down, across };
    });
    const id = `live-${Math.random().toString(36).slice(2)}`;
    this.text = element("input", { type: "text", id, class: "live-text", autocomplete: "off", spellcheck: "false" });
    this.note = element("p", { class: "live-note", role: "alert" });
    this.offer = button("Normalize", () => this.say({ text: this.text.value, normalize: true }));
    const tools = element("div", { class: "live-row live-table-tools" }, this.lock, ...this.sizes.map((s) => s.node));
    const form = element("div", { class: "live-row" }, element("label", { for: id, class: "live-label" }, "Typed"), this.text);
    this.root = element("div", { class: "live-table" }, this.grid, tools, form, this.note, this.offer);
    parent.append(this.root);
    this.text.addEventListener("change", () => this.say({ text: this.text.value }));
  }

  say(event) {
    this.pace.grip();
    this.pace.push({ held: false, grip: Math.random(), ...event });
  }

  // A grip begins: everything until its end is one move from where the table is now.
  take(i, j) {
    const ahead = this.at?.i === i && this.at.j === j && !this.pace.idle; // further than the last answer
    this.grip = Math.random();
    this.at = { i, j, value: ahead ? this.at.value : this.data.cells[i][j] };
    this.pace.grip();
  }

  move(value, held) {
    const { i, j } = this.at;
    this.at.value = clamp(value, this.data.least[i][j], this.data.most[i][j]);
    this.pace.push({ cell: [i, j], value: this.at.value, grip: this.grip, held });
    this.show();
  }

  // One cell of the grid: its fill, its number, and the handle, which is the whole cell.
  cell(i, j) {
    const value = element("output", { class: "live-value", "aria-hidden": "true" });
    const fill = element("div", { class: "live-fill" });
    const handle = element("div", { class: "live-handle live-handle-cell", role: "slider", tabindex: "0", "aria-orientation": "vertical" });
    const node = element("div", { class: "live-cell" }, fill, handle, value);
    const share = (event) => {
      const height = node.getBoundingClientRect().height;
      return snap(this.from + ((this.y - event.clientY) / height) * this.full, event.shiftKey ? FINE : COARSE);
    };
    handle.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      handle.focus({ preventScroll: true });
      handle.setPointerCapture(event.pointerId);
      this.take(i, j);
      this.held = handle;
      [this.y, this.from] = [event.clientY, this.at.value];
      this.show();
    });
    handle.addEventListener("pointermove", (event) => { if (this.held === handle) this.move(share(event), true); });
    for (const end of ["pointerup", "pointercancel"]) {
      handle.addEventListener(end, (event) => {
        if (this.held !== handle) return;
        this.held = null;
        this.move(end === "pointercancel" ? this.from : event.clientY === this.y ? this.at.value : share(event), false);
      });
    }
    handle.addEventListener("keydown", (event) => {
      const by = event.shiftKey ? FINE : STRIDE;
      const [least, most] = [this.data.least[i][j], this.data.most[i][j]];
      const to = { ArrowUp: by, ArrowRight: by, ArrowDown: -by, ArrowLeft: -by, PageUp: LEAP, PageDown: -LEAP, Home: -1, End: 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      if (!this.stepped) this.take(i, j); // a key that is kept down is one move
      this.move(event.key === "Home" ? least : event.key === "End" ? most : snap(this.at.value + to, FINE), true);
      this.stepped = true;
    });
    handle.addEventListener("keyup", () => {
      if (this.stepped) this.move(this.at.value, false);
      this.stepped = false;
    });
    return { node, value, fill, handle };
  }

  build() {
    const { cells, names, heads, corner } = this.data;
    this.full = 2 / Math.max(cells.length, cells[0].length); // the share that fills a cell: it holds still
    this.cells = cells.map((row, i) => row.map((_, j) => this.cell(i, j)));
    const word = (text, kind) => element("div", { class: `live-head ${kind}` }, text);
    this.sums = [cells.map(() => word("", "live-sum")), cells[0].map(() => word("", "live-sum"))];
    this.grid.style.gridTemplateColumns = `auto repeat(${cells[0].length}, minmax(0, 1fr)) auto`;
    this.grid.style.setProperty("--rows", cells.length);
    this.grid.classList.toggle("live-crowded", cells[0].length >= CROWDED);
    this.grid.classList.toggle("live-low", cells.length >= LOW);
    this.grid.replaceChildren(
      word(`${corner[0]} \\ ${corner[1]}`, "live-corner"), ...heads.map((name) => word(name, "live-top")), word("", ""),
      ...this.cells.flatMap((row, i) => [word(names[i], "live-side"), ...row.map((c) => c.node), this.sums[0][i]]),
      word("", ""), ...this.sums[1], word("", ""),
    );
  }

  show() {
    const { cells, names, heads, least, most, locked } = this.data;
    const digits = (x) => (cells[0].length >= CROWDED ? written(Number(x.toPrecision(2))) : written(x));
    this.cells.forEach((row, i) => row.forEach(({ node, value, fill, handle }, j) => {
      const ahead = this.at?.i === i && this.at?.j === j && (this.held || !this.pace.idle);
      const share = ahead ? this.at.value : cells[i][j];
      const part = Math.min(1, share / this.full);
      value.textContent = digits(share);
      fill.style.height = `${100 * part}%`;
      handle.style.setProperty("--part", part);
      node.classList.toggle("live-over", share > this.full);
      node.classList.toggle("live-high", part > 0.6); // the number keeps out of the handle's way
      handle.classList.toggle("live-held", this.held === handle);
      const said = { "aria-label": `${names[i]} and ${heads[j]}, share`, "aria-valuemin": least[i][j], "aria-valuemax": most[i][j], "aria-valuenow": share, "aria-valuetext": written(share) };
      for (const [k, v] of Object.entries(said)) handle.setAttribute(k, v);
    }));
    this.sums[0].forEach((node, i) => { node.textContent = digits(cells[i].reduce((a, b) => a + b, 0)); });
    this.sums[1].forEach((node, j) => { node.textContent = digits(cells.reduce((sum, row) => sum + row[j], 0)); });
    this.grid.classList.toggle("live-kept", locked);
  }

  update(data, setStateValue) {
    const shape = (d) => JSON.stringify(d && [d.names, d.heads, d.corner]);
    const anew = shape(data) !== shape(this.data);
    this.data = data;
    this.pace.answer(data, setStateValue);
    if (anew) this.build();
    this.root.style.setProperty("--hand", `var(--role-${data.color})`);
    this.show();
    if (this.held || !this.pace.idle) return; // the hand is ahead of this answer
    this.grid.setAttribute("aria-label", data.label);
    this.lock.setAttribute("aria-pressed", String(data.locked));
    this.lock.textContent = data.locked ? "Marginals locked" : "Lock marginals";
    for (const { node, down, across } of this.sizes) {
      const [size, by] = down ? [data.cells.length, down] : [data.cells[0].length, across];
      node.disabled = by > 0 ? size >= data.limit : size <= data.fewest;
    }
    if (document.activeElement !== this.text || !data.refused) this.text.value = data.text;
    this.text.setAttribute("aria-invalid", String(data.refused));
    this.note.textContent = data.note ?? "";
    this.offer.hidden = !data.offer;
    keepLink(data.param, data.code);
  }
}

export default function mount({ data, parentElement, setStateValue }) {
  parentElement.live ??= new Table(parentElement);
  parentElement.live.update(data, setStateValue);
  return () => { delete parentElement.live; };
}
