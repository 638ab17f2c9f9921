// Where the keyboard stands: {place, box, sign, covered}. `place`: the number of the stop among all
// that can be reached, in the page's order; -1 for something that should not take focus, null for
// none. `sign`: the best contrast of what focus added to the element, 0 if nothing was added.
() => {
  const { where, colour, over, ratio, ground } = window.seen;
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  const style = getComputedStyle(element);
  const before = window.stops.unfocused.get(element) ?? {};
  const below = ground(element.parentElement) ?? [255, 255, 255, 1];
  const inks = [];
  const ring = style.outlineStyle === "auto" || parseFloat(style.outlineWidth) >= 2; // auto: the browser's
  if (style.outlineStyle !== "none" && ring) inks.push(style.outlineColor);
  if (style.boxShadow !== before.boxShadow) inks.push(...(style.boxShadow.match(/rgba?\([^)]*\)/g) ?? []));
  if (style.backgroundColor !== before.backgroundColor) inks.push(style.backgroundColor);
  if (style.borderColor !== before.borderColor) inks.push(...style.borderColor.match(/rgba?\([^)]*\)/g));
  const signs = inks.map(colour).filter(Boolean).map((ink) => ratio(over(ink, below), below));
  const box = element.getBoundingClientRect();
  const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
  const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
  const reached = [...element.getClientRects(), { left, right, top, bottom }].some((part) => {
    const hit = document.elementFromPoint((part.left + part.right) / 2, (part.top + part.bottom) / 2);
    return hit && element.contains(hit);
  });
  return {
    place: window.stops.all.indexOf(element),
    where: where(element),
    top: box.top + scrollY,
    bottom: box.bottom + scrollY,
    size: Math.min(right - left, bottom - top),
    sign: Math.max(0, ...signs),
    covered: !reached,
  };
};
