// A Plotly figure that is redrawn in place, with handles in data coordinates that a hand or a key can move.
// Zoom, camera and hidden legend entries survive (layout.uirevision); colors follow theme and lecture mode at once.

import { styleSheet } from "./link.js";
import { Pace } from "./pace.js";
import { clamp, element, snap, written } from "./words.js";

const CONFIG = { displayModeBar: false, scrollZoom: false, doubleClick: "reset", responsive: false };
const NARROW = 520; // pixels; below, what a figure says in layout.meta.narrow takes the place of its own arrangement
const LECTURE = 1.5; // type, lines and markers grow by this much in lecture mode
const PHONE = 0.85; // and shrink a little in a narrow picture
// From so many milliseconds on a drawing is followed by a rest, so many times as long, but no longer than that.
const HEAVY = 40, REST = 3, LONGEST_REST = 1000;
const LIGHT = 0, DARK = 1, HALL = 2; // columns of the palette: light, dark, and the same two for the lecture hall

let plotly;
function loadPlotly() {
  plotly ??= window.Plotly ? Promise.resolve(window.Plotly) : new Promise((resolve, reject) => {
    const script = element("script", { src: new URL("../vendor/plotly.min.js", import.meta.url).href });
    script.onload = () => resolve(window.Plotly);
    script.onerror = reject;
    document.head.append(script);
  });
  return plotly;
}

// Is the page's background dark? Asked of what is shown, so that a switch of theme is seen at once.
function isDark(node) {
  const probe = getComputedStyle(node).getPropertyValue("--st-background-color").trim();
  const hex = probe.match(/^#(..)(..)(..)/);
  const rgb = hex ? hex.slice(1).map((h) => parseInt(h, 16)) : (probe.match(/[\d.]+/g) ?? [255, 255, 255]).map(Number);
  return 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2] < 128;
}

// The figure is text until here: its colors are exchanged one for one, whatever they stand in.
function recolor(text, palette, column) {
  if (column === LIGHT) return text;
  const to = new Map(palette.map((row) => [row[LIGHT], row[column]]));
  const pattern = palette.map((row) => row[LIGHT].replace(/[().]/g, "\\$&")).join("|");
  return text.replace(new RegExp(pattern, "g"), (found) => to.get(found));
}

const times = (v, by) => (Array.isArray(v) ? v.map((x) => x * by) : typeof v === "number" ? v * by : v);

// Type, lines, markers and margins of a parsed figure made larger or smaller, wherever they occur.
function enlarge(node, by) {
  if (Array.isArray(node)) node.forEach((child) => enlarge(child, by));
  else if (node && typeof node === "object") {
    for (const [key, child] of Object.entries(node)) {
      if (!child || typeof child !== "object") continue;
      if (/font$/.test(key)) child.size = times(child.size, by);
      else if (key === "line") child.width = times(child.width, by);
      else if (key === "marker" && !child.size?.bdata) child.size = times(child.size, by);
      else if (key === "margin") for (const side of "lrtb") child[side] = times(child[side], by);
      enlarge(child, by);
    }
  }
}

// The nearest point of a convex polygon.
function inside(point, polygon) {
  let best = null;
  let within = true;
  polygon.forEach((a, i) => {
    const b = polygon[(i + 1) % polygon.length];
    const edge = [b[0] - a[0], b[1] - a[1]];
    const cross = edge[0] * (point[1] - a[1]) - edge[1] * (point[0] - a[0]);
    if (cross < 0) within = false;
    const t = clamp(((point[0] - a[0]) * edge[0] + (point[1] - a[1]) * edge[1]) / (edge[0] ** 2 + edge[1] ** 2), 0, 1);
    const near = [a[0] + t * edge[0], a[1] + t * edge[1]];
    const distance = (near[0] - point[0]) ** 2 + (near[1] - point[1]) ** 2;
    if (!best || distance < best.distance) best = { near, distance };
  });
  return within ? point : best.near;
}

class Stage {
  constructor(parent) {
    styleSheet();
    this.pace = new Pace();
    this.handles = new Map();
    this.held = null;
    this.title = element("h3", { class: "live-title" });
    const tools = element("div", { class: "live-stage-tools" });
    for (const [text, name, act] of [
      ["SVG", "Save as SVG", () => this.save("svg")],
      ["PNG", "Save as PNG", () => this.save("png")],
      ["Full screen", "Full screen", () => (document.fullscreenElement ? document.exitFullscreen() : this.root.requestFullscreen())],
    ]) {
      const button = element("button", { type: "button", class: "live-button", "aria-label": name }, text);
      button.addEventListener("click", act);
      tools.append(button);
    }
    this.plot = element("div", { class: "live-plot" });
    this.picture = element("div", { class: "live-picture", role: "img" }, this.plot);
    this.overlay = element("div", { class: "live-overlay" });
    this.canvas = element("div", { class: "live-canvas" }, this.picture, this.overlay);
    this.root = element("div", { class: "live-stage" }, this.title, this.canvas, tools);
    parent.append(this.root);
    // A picture is first drawn when it comes near the screen, and again only while it can be seen: what a hand moves
    // need not wait for what is out of sight.
    const watch = (what, rootMargin) => {
      const observer = new IntersectionObserver((entries) => { this[what] = entries.at(-1).isIntersecting; this.schedule(); }, { rootMargin });
      observer.observe(this.root);
      return observer;
    };
    this.watching = [watch("near", "300px"), watch("seen", "0px")];
    this.size = new ResizeObserver(() => this.schedule());
    this.size.observe(this.canvas);
  }

  // Pacing bounds how often this is asked, so there is no need to wait for an animation frame as well: only until the
  // next value has left, which Streamlit sends a task later, so that server and browser work at the same time. But a
  // picture in three dimensions can take longer than a step of a drag: it rests after each drawing, and the hand is free.
  schedule() {
    if (!this.data || !this.near || (this.drawnFigure && !this.seen)) return;
    if (this.resting) { this.later = true; return; }
    if (this.waiting) return;
    this.waiting = true;
    setTimeout(async () => {
      await this.drawing?.catch(() => {}); // whoever began that drawing hears of its failure
      this.waiting = false;
      if (this.gone) return;
      const start = performance.now();
      this.drawing = this.draw();
      await this.drawing;
      if (this.plot._fullLayout?.scene && !this.resting) this.rest(start);
    });
  }

  async rest(start) {
    this.resting = true;
    await new Promise((shown) => requestAnimationFrame(() => setTimeout(shown)));
    const took = performance.now() - start;
    if (took > HEAVY) await new Promise((rested) => setTimeout(rested, Math.min(REST * took, LONGEST_REST)));
    this.resting = false;
    if (this.later) { this.later = false; this.schedule(); }
  }

  async draw() {
    const Plotly = await loadPlotly();
    const { figure, palette, lecture } = this.data;
    const column = (isDark(this.root) ? DARK : LIGHT) + (lecture ? HALL : 0);
    const [width, height] = [this.canvas.clientWidth, this.canvas.clientHeight];
    if (width === 0) return;
    const looks = `${column}|${width}|${height}`;
    if (figure !== this.drawnFigure || looks !== this.drawnLooks) {
      const { data, layout } = JSON.parse(recolor(figure, palette, column));
      if (width < NARROW) for (const [key, more] of Object.entries(layout.meta?.narrow ?? {})) layout[key] = { ...layout[key], ...more };
      const by = (lecture ? LECTURE : 1) * (width < NARROW ? PHONE : 1);
      if (by !== 1) enlarge([data, layout], by);
      this.heading = layout.title;
      delete layout.title;
      await Plotly.react(this.plot, data, { ...layout, width, height, autosize: false }, CONFIG);
      [this.drawnFigure, this.drawnLooks] = [figure, looks];
      this.plot.querySelectorAll("svg").forEach((svg) => svg.setAttribute("focusable", "false"));
    }
    this.place();
  }

  axes(handle) {
    const layout = this.plot._fullLayout;
    return [layout[handle.xaxis ?? "xaxis"], layout[handle.yaxis ?? "yaxis"]];
  }

  place() {
    const wanted = new Set((this.data.handles ?? []).map((h) => h.name));
    for (const [name, node] of this.handles) if (!wanted.has(name)) { node.remove(); this.handles.delete(name); }
    for (const spec of this.data.handles ?? []) {
      if (!this.handles.has(spec.name)) this.handles.set(spec.name, this.makeHandle(spec.name));
      const node = this.handles.get(spec.name);
      const held = this.held?.name === spec.name;
      const at = held ? this.held : spec;
      const [xa, ya] = this.axes(spec);
      node.style.left = `${xa._offset + xa.d2p(at.x)}px`;
      node.style.top = `${ya._offset + ya.d2p(held && spec.along === "x" ? spec.y : at.y)}px`;
      node.dataset.along = spec.along;
      node.style.setProperty("--hand", `var(--role-${spec.color})`);
      node.classList.toggle("live-held", held);
      const main = spec.along === "y" ? "y" : "x";
      const [low, high] = spec[`${main}lim`];
      for (const [k, v] of Object.entries({ "aria-label": spec.label, "aria-valuemin": low, "aria-valuemax": high, "aria-valuenow": spec[main], "aria-valuetext": spec.text, "aria-orientation": main === "y" ? "vertical" : "horizontal" })) node.setAttribute(k, v);
      node.dataset.text = spec.text;
    }
  }

  makeHandle(name) {
    const node = element("div", { class: "live-handle live-handle-point", role: "slider", tabindex: "0" });
    const spec = () => this.data.handles.find((h) => h.name === name);
    const pointer = (event) => {
      const box = this.canvas.getBoundingClientRect();
      const [xa, ya] = this.axes(spec());
      return [xa.p2d(event.clientX - this.grab[0] - box.left - xa._offset), ya.p2d(event.clientY - this.grab[1] - box.top - ya._offset)];
    };
    node.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      node.focus({ preventScroll: true });
      node.setPointerCapture(event.pointerId);
      const box = node.getBoundingClientRect();
      this.grab = [event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2];
      this.held = { name, x: spec().x, y: spec().y };
      this.pace.grip();
      this.schedule();
    });
    node.addEventListener("pointermove", (event) => { if (this.held?.name === name) this.move(spec(), ...pointer(event), true); });
    for (const end of ["pointerup", "pointercancel"]) {
      node.addEventListener(end, () => {
        if (this.held?.name !== name) return;
        const { x, y } = this.held;
        this.held = null;
        this.pace.push({ handle: name, x, y, held: false });
        this.schedule();
      });
    }
    node.addEventListener("keydown", (event) => {
      const s = spec();
      const [dx, dy] = s.step;
      const by = { ArrowRight: [dx, 0], ArrowLeft: [-dx, 0], ArrowUp: [0, dy], ArrowDown: [0, -dy], PageUp: [10 * dx, 10 * dy], PageDown: [-10 * dx, -10 * dy], Home: "low", End: "high" }[event.key];
      if (!by) return;
      event.preventDefault();
      // A handle that knows one direction takes both pairs of arrows for it.
      const sign = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }[event.key];
      if (s.along === "x" && sign) by[0] = sign * dx;
      if (s.along === "y" && sign) by[1] = sign * dy;
      if (s.along === "xy" && event.key.startsWith("Page")) by[0] = 0;
      const end = by === "low" ? 0 : 1;
      const [xa, ya] = this.axes(s);
      const from = (axis, value, stride) => (axis.type === "log" ? value * 10 ** stride : value + stride);
      const [x, y] = Array.isArray(by) ? [from(xa, s.x, by[0]), from(ya, s.y, by[1])] : [s.xlim[end], s.along === "xy" ? s.y : s.ylim[end]];
      this.stepped = true;
      this.move(s, x, y, true);
    });
    // A key is a short grip: what waits for the release follows when the key comes up.
    node.addEventListener("keyup", () => {
      if (!this.stepped) return;
      this.stepped = false;
      this.pace.push({ handle: name, x: spec().x, y: spec().y, held: false });
    });
    this.overlay.append(node);
    return node;
  }

  move(spec, x, y, held) {
    const [xa, ya] = this.axes(spec);
    const neat = (axis, value, grid) => (axis.type === "log" ? Number(value.toPrecision(grid ?? 3)) : snap(value, grid));
    let at = [
      spec.along === "y" ? spec.x : clamp(neat(xa, x, spec.snap?.[0]), ...spec.xlim),
      spec.along === "x" ? spec.y : clamp(neat(ya, y, spec.snap?.[1]), ...spec.ylim),
    ];
    if (spec.within) at = inside(at, spec.within);
    if (this.held) this.held = { name: spec.name, x: at[0], y: at[1] };
    else [spec.x, spec.y] = at; // the next press counts from here, whether or not the answer has come
    this.last = { name: spec.name, at };
    this.pace.push({ handle: spec.name, x: at[0], y: at[1], held });
    this.schedule();
  }

  async save(format) {
    const Plotly = await loadPlotly();
    const [width, height] = [Math.max(this.canvas.clientWidth, 700), this.canvas.clientHeight + 60];
    const { data, layout } = JSON.parse(recolor(this.data.figure, this.data.palette, isDark(this.root) ? DARK : LIGHT));
    const paper = getComputedStyle(this.root).getPropertyValue("--st-background-color").trim();
    const camera = this.plot._fullLayout.scene?.camera;
    const scene = camera ? { scene: { ...layout.scene, camera } } : {};
    const margin = { ...layout.template?.layout?.margin, ...layout.margin, t: 56 };
    const url = await Plotly.toImage({ data, layout: { ...layout, ...scene, margin, paper_bgcolor: paper } }, { format, width, height, scale: format === "png" ? 2 : 1 });
    element("a", { href: url, download: `${this.data.name}.${format}` }).click();
  }

  update(data, setStateValue) {
    this.data = data;
    this.pace.answer(data, setStateValue);
    const ahead = this.pace.idle ? null : data.handles.find((h) => h.name === this.last?.name);
    if (ahead) [ahead.x, ahead.y] = this.last.at; // the hand is further than this answer: keys count on from there
    this.root.dataset.size = data.size;
    this.picture.setAttribute("aria-label", data.alt);
    this.title.textContent = data.title;
    this.schedule();
  }

  destroy() {
    this.watching.forEach((observer) => observer.disconnect());
    this.size.disconnect();
    this.gone = true; // a drawing that is under way ends before its place is cleared
    (this.drawing ?? Promise.resolve()).finally(() => { if (this.plot._fullLayout) window.Plotly.purge(this.plot); });
  }
}

export default function mount({ data, parentElement, setStateValue }) {
  parentElement.live ??= new Stage(parentElement);
  parentElement.live.update(data, setStateValue);
  return () => { parentElement.live?.destroy(); delete parentElement.live; };
}
