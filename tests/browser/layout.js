// What a page of this width loses: {wider, lost, shown}. `wider`: by how many pixels the page itself
// scrolls sideways. `lost`: texts cut off, out of the page or under another text. `shown`: all text,
// that for screen readers included. On paper nothing scrolls, so a box that would scroll cuts.
({ onPaper }) => {
  const { where, inSvg, isForHearing, texts, boxes } = window.seen;
  const SLACK = 1.5; // pixels of rounding
  const page = document.scrollingElement;
  const lost = [];
  const lose = (element, text, how) => lost.push({ where: where(element), text: text.slice(0, 60), how });
  const cuts = (overflow) => /hidden|clip/.test(overflow) || (onPaper && /auto|scroll/.test(overflow));
  const scrolls = (overflow) => !onPaper && /auto|scroll/.test(overflow);

  // The part of a box that the boxes around it let through; how it was cut, if it was.
  function seenPart(element, box) {
    let { left, right, top, bottom } = box;
    let how = null;
    let reachable = false;
    const anchored = inSvg(element) ? element.closest("svg") : null;
    for (let e = element; e && e !== document.body; e = e.parentElement) {
      if (anchored && e !== anchored && anchored.contains(e)) continue;
      const style = getComputedStyle(e);
      const isLine = style.display === "inline" && e !== anchored;
      if (isLine || style.display === "contents") continue;
      const edge = e.getBoundingClientRect();
      const across = cuts(style.overflowX) && !reachable;
      const down = cuts(style.overflowY) && !reachable;
      if (across && (left < edge.left - SLACK || right > edge.right + SLACK)) how ??= `cut by ${where(e)}`;
      if (down && (top < edge.top - SLACK || bottom > edge.bottom + SLACK)) how ??= `cut by ${where(e)}`;
      if (scrolls(style.overflowX) || scrolls(style.overflowY)) {
        const before = left < edge.left - e.scrollLeft - SLACK || top < edge.top - e.scrollTop - SLACK;
        if (before && !reachable) how ??= `before the start of ${where(e)}`; // no scrolling leads there
        reachable = true;
        [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)];
        [top, bottom] = [Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
      }
    }
    const outside = !reachable && (left < -SLACK || right > innerWidth + SLACK);
    if (outside) how ??= "out of the page";
    return { left, right, top, bottom, how };
  }

  const all = texts();
  const drawn = [];
  for (const item of all) {
    if (isForHearing(item.element)) continue;
    for (const box of boxes(item)) {
      const part = seenPart(item.element, box);
      if (part.how) lose(item.element, item.text, part.how);
      if (part.right - part.left > 1 && part.bottom - part.top > 1) drawn.push({ ...item, ...part });
    }
  }

  // Two texts in one place: a fixed height, or labels too close. Letters fill some half of a box.
  drawn.sort((one, other) => one.top - other.top);
  drawn.forEach((one, at) => {
    for (let next = at + 1; next < drawn.length && drawn[next].top < one.bottom; next += 1) {
      const other = drawn[next];
      if (other.element === one.element) continue;
      if (inSvg(one.element) && other.text === one.text) continue; // a text and the edge round it
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = one.bottom - other.top;
      const lower = Math.min(one.bottom - one.top, other.bottom - other.top);
      if (across > 3 && down > lower * 0.4) lose(other.element, other.text, `over "${one.text.slice(0, 40)}"`);
    }
  });
  return { wider: page.scrollWidth - innerWidth, lost, shown: all.map(({ text }) => text) };
};
