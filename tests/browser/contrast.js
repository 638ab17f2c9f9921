// Every text and every mark of the page against the ground it lies on: {texts, marks, faults}.
// A text in a drawing lies on whatever shape was painted last below it; a mark, on the smallest
// painted area that holds it whole. `grid` is the colour of grid lines, which carry no data.
({ grid }) => {
  const { where, inSvg, isForHearing, texts, boxes, colour, over, ratio, opacity, ground, hex } =
    window.seen;
  const TEXT = 4.5;
  const MARK = 3;
  const EDGE = 1; // pixels by which a shape may stand out of the area it lies on
  const faults = [];
  const fault = (kind, element, what, ink, below, value) =>
    faults.push({
      kind, where: where(element), what: what.slice(0, 60), ink: hex(ink), ground: hex(below),
      ratio: value && Math.floor(value * 100) / 100,
    });

  // What an element paints with: colours with how much of them is seen.
  function paint(element, name) {
    const style = getComputedStyle(element);
    if (name === "stroke" && parseFloat(style.strokeWidth) === 0) return null;
    const found = colour(style[name]);
    if (!found) return undefined;
    const alpha = found[3] * Number(style[`${name}Opacity`]) * opacity(element);
    return alpha > 0 ? [...found.slice(0, 3), alpha] : null;
  }

  // The shapes of a drawing in the order of painting, a path of several parts as so many shapes.
  function shapesOf(svg) {
    const found = [];
    for (const element of svg.querySelectorAll("path, rect, circle, ellipse, line, polyline, polygon")) {
      if (element.closest("defs, clipPath, mask, pattern, symbol")) continue;
      const parts = element.tagName === "path" ? element.getAttribute("d").match(/M[^M]*/g) : [null];
      for (const d of parts ?? []) {
        const inks = { fill: paint(element, "fill"), stroke: paint(element, "stroke") };
        const part = d === null ? element : element.cloneNode();
        if (d !== null) {
          part.setAttribute("d", d);
          part.removeAttribute("id");
          element.after(part);
        }
        const matrix = part.getScreenCTM();
        const reach = (inks.stroke ? parseFloat(getComputedStyle(part).strokeWidth) : 0) / 2;
        const { x, y, width, height } = part.getBBox();
        if (!width || !height) inks.fill = null; // a straight line has no inside to paint
        const corners = [[x - reach, y - reach], [x + width + reach, y + height + reach]].map(
          ([a, b]) => new DOMPoint(a, b).matrixTransform(matrix),
        );
        const box = {
          left: Math.min(corners[0].x, corners[1].x), right: Math.max(corners[0].x, corners[1].x),
          top: Math.min(corners[0].y, corners[1].y), bottom: Math.max(corners[0].y, corners[1].y),
        };
        const samples = points(part, matrix, inks);
        found.push({ element, part, order: found.length, inks, box, matrix, samples, d });
      }
    }
    return found;
  }

  // Places on a shape, on the screen: along its line, and the middle of its area.
  function points(part, matrix, { fill }) {
    const length = part.getTotalLength();
    const along = length ? [0.02, 0.25, 0.5, 0.75, 0.98].map((at) => at * length) : [0];
    const places = along.map((at) => part.getPointAtLength(at));
    const { x, y, width, height } = part.getBBox();
    const middle = new DOMPoint(x + width / 2, y + height / 2);
    if (fill && part.isPointInFill(middle)) places.push(middle);
    return places.map((place) => new DOMPoint(place.x, place.y).matrixTransform(matrix));
  }

  const holds = (box, { x, y }) =>
    box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
  const holdsWhole = (outer, inner) =>
    outer.left - EDGE <= inner.left && inner.right <= outer.right + EDGE &&
    outer.top - EDGE <= inner.top && inner.bottom <= outer.bottom + EDGE;

  // What a shape shows at a place: its line, else its area, else nothing.
  function shows(shape, place, areasAlone) {
    if (!holds(shape.box, place)) return null;
    const own = place.matrixTransform(shape.matrix.inverse());
    if (shape.inks.stroke && !areasAlone && shape.part.isPointInStroke(own)) return shape.inks.stroke;
    if (shape.inks.fill && shape.part.isPointInFill(own)) return shape.inks.fill;
    return null;
  }

  function judgeMarks(shapes, base) {
    for (const shape of shapes) {
      const areas = shapes.filter(
        (other) => other.order < shape.order && holdsWhole(other.box, shape.box),
      );
      const inks = Object.values(shape.inks).filter(Boolean);
      if (Object.values(shape.inks).includes(undefined)) {
        fault("mark", shape.element, "a paint that is no plain colour", null, null, null);
        continue;
      }
      if (!inks.length) continue;
      let worst = null;
      for (const place of shape.samples) {
        const below = areas.reduce((under, area) => {
          const top = shows(area, place, true);
          return top ? over(top, under) : under;
        }, base);
        const best = inks
          .map((ink) => ({ ink: over(ink, below), below }))
          .map((pair) => ({ ...pair, value: ratio(pair.ink, pair.below) }))
          .sort((a, b) => b.value - a.value)[0];
        if (!worst || best.value < worst.value) worst = best;
      }
      const plain = hex(worst.ink) === grid.toLowerCase();
      const same = worst.value === 1 && hex(worst.ink) === hex(worst.below); // a gap, or the ground
      if (worst.value < MARK && !plain && !same) {
        fault("mark", shape.element, shape.d ?? shape.element.tagName, worst.ink, worst.below, worst.value);
      }
    }
  }

  // A white edge round letters is their ground: drawn with them, or as the same text just before.
  function halo(element) {
    const twin = element.previousElementSibling;
    const same = twin?.tagName === "text" && twin.textContent === element.textContent;
    return paint(element, "stroke") || (same && paint(twin, "stroke")) || null;
  }

  function judgeDrawnText(item, shapes, base) {
    const ink = paint(item.element, "fill");
    const edge = halo(item.element);
    if (!ink) return;
    let worst = null;
    for (const box of boxes(item)) {
      for (const [dx, dy] of [0.1, 0.3, 0.5, 0.7, 0.9].flatMap((x) => [0.3, 0.5, 0.7].map((y) => [x, y]))) {
        const place = new DOMPoint(box.left + box.width * dx, box.top + box.height * dy);
        const below = shapes.reduce((under, shape) => {
          const follows = item.element.compareDocumentPosition(shape.element) & Node.DOCUMENT_POSITION_PRECEDING;
          const top = follows ? shows(shape, place, false) : null;
          return top ? over(top, under) : under;
        }, base);
        const on = edge ? over(edge, below) : below;
        const value = ratio(over(ink, on), on);
        if (!worst || value < worst.value) worst = { value, ink: over(ink, on), on };
      }
    }
    const isHalo = edge && hex(worst?.ink) === hex(worst?.on);
    if (worst && worst.value < TEXT && !isHalo) {
      fault("text", item.element, item.text, worst.ink, worst.on, worst.value);
    }
  }

  function judgeText(element, text, style) {
    const below = ground(element);
    const ink = colour(style.color);
    if (!below || !ink) return fault("undetermined", element, text, ink, below, null);
    const seenInk = over([...ink.slice(0, 3), ink[3] * opacity(element)], below);
    const value = ratio(seenInk, below);
    if (value < TEXT) fault("text", element, text, seenInk, below, value);
  }

  const all = texts();
  let marks = 0;
  for (const item of all) {
    if (!inSvg(item.element) && !isForHearing(item.element)) {
      judgeText(item.element, item.text, getComputedStyle(item.element));
    }
  }
  for (const element of document.querySelectorAll("body *:not(svg *)")) {
    for (const side of ["::before", "::after"]) {
      const style = getComputedStyle(element, side);
      const said = /^"(.+?)"/.exec(style.content);
      if (said && element.checkVisibility()) judgeText(element, said[1], style);
    }
  }
  for (const svg of document.querySelectorAll("svg:not(svg svg)")) {
    const base = ground(svg);
    const shapes = shapesOf(svg);
    marks += shapes.length;
    judgeMarks(shapes, base);
    for (const item of all.filter(({ element }) => svg.contains(element))) {
      judgeDrawnText(item, shapes, base);
    }
    for (const { element, part } of shapes) if (part !== element) part.remove();
  }
  return { texts: all.length, marks, faults };
};
