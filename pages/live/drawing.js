// A small drawing, put into the page itself so that its colors are those of the page.

import { element } from "./words.js";

export default function mount({ data, parentElement }) {
  if (!parentElement.live) parentElement.append((parentElement.live = element("div", { class: "live-drawing" })));
  if (parentElement.live.svg !== data.svg) parentElement.live.innerHTML = parentElement.live.svg = data.svg;
}
