// Numbers as people write and read them.

// Up to four significant digits, a true minus sign, infinity as its symbol.
export function written(x) {
  if (x === Infinity) return "∞";
  if (x === -Infinity) return "−∞";
  if (x === 0) return "0";
  const size = Math.abs(x);
  const text = size >= 1e-4 && size < 1e7 ? String(Number(x.toPrecision(4))) : x.toExponential(3).replace(/\.?0+e/, "e");
  return text.replace("-", "−");
}

// A decimal, a percentage, a fraction, or infinity; null for anything else.
export function read(text) {
  const t = text.trim().replace("−", "-").replace(",", ".");
  if (/^\+?(∞|inf|infinity)$/i.test(t)) return Infinity;
  const fraction = t.match(/^([-+]?[\d.]+)\s*\/\s*([\d.]+)$/);
  const percent = t.match(/^([-+]?[\d.]+)\s*%$/);
  const x = fraction ? Number(fraction[1]) / Number(fraction[2]) : percent ? Number(percent[1]) / 100 : Number(t);
  return t !== "" && Number.isFinite(x) ? x : null;
}

export const clamp = (x, low, high) => Math.min(high, Math.max(low, x));

// The nearest multiple of a step counted from `origin`, without the dust of binary fractions.
export const snap = (x, step, origin = 0) => (step ? Number((origin + Math.round((x - origin) / step) * step).toPrecision(12)) : x);

export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== undefined) node.setAttribute(name, value);
  node.append(...children);
  return node;
}
