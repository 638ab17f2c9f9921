// What the other scripts share: what is seen, what it is called, and which colour lies where.
// Run in the page before each of them; the page itself holds no script.
(() => {
  const svgNode = "http://www.w3.org/2000/svg";
  const inSvg = (element) => element.namespaceURI === svgNode && element.closest("svg");

  // A short way to an element, for a person who has to find it.
  function where(element) {
    const steps = [];
    for (let e = element; e && e !== document.body; e = e.parentElement) {
      if (e.id) {
        steps.unshift(`#${e.id}`);
        break;
      }
      const alike = [...(e.parentElement?.children ?? [])].filter((x) => x.tagName === e.tagName);
      const place = alike.length > 1 ? `:nth-of-type(${alike.indexOf(e) + 1})` : "";
      steps.unshift(e.tagName.toLowerCase() + place);
    }
    return steps.join(" > ");
  }

  const isShown = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true });

  // For screen readers alone: a box of a pixel, or one that stands off the page until focused.
  function isForHearing(element) {
    for (let e = element; e; e = e.parentElement) {
      const box = e.getBoundingClientRect();
      const style = getComputedStyle(e);
      const cut = style.overflowX !== "visible" || style.clipPath !== "none";
      if (cut && box.width <= 2 && box.height <= 2) return true;
      if (style.position === "absolute" && box.right <= 0 && !inSvg(e)) return true;
    }
    return false;
  }

  // Every piece of text that is drawn, with its element.
  function texts() {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const element = node.parentElement;
      if (!node.data.trim() || element.closest("style, script, title, desc")) continue;
      if (isShown(element)) found.push({ node, element, text: node.data.trim() });
    }
    return found;
  }

  // The boxes of a text's lines.
  function boxes({ node }) {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].filter((box) => box.width > 0 && box.height > 0);
  }

  // "rgb(1 2 3 / 0.5)" as four numbers; nothing for what is not of that form.
  function colour(text) {
    if (text === "transparent" || text === "none") return [0, 0, 0, 0];
    const parts = /^rgba?\(([^)]*)\)$/.exec(text)?.[1].split(/[\s,/]+/).map(Number);
    return parts?.every(Number.isFinite) ? [...parts, 1].slice(0, 4) : null;
  }
  const over = (top, below) =>
    [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  function luminance(rgb) {
    const [r, g, b] = rgb.slice(0, 3).map((v) => {
      const part = v / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }
  function ratio(one, other) {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }

  // How much of an element shows through itself and all that holds it.
  function opacity(element) {
    let value = 1;
    for (let e = element; e; e = e.parentElement) value *= Number(getComputedStyle(e).opacity);
    return value;
  }

  // The colour behind an element of HTML: its own ground and what shines through. Null: a picture.
  function ground(element) {
    const layers = [];
    for (let e = element; e; e = e.parentElement) {
      const style = getComputedStyle(e);
      const paint = colour(style.backgroundColor);
      if (!paint || style.backgroundImage !== "none") return null;
      if (paint[3] > 0) layers.push(paint);
      if (paint[3] === 1) break;
    }
    return layers.reduceRight((below, paint) => over(paint, below), [255, 255, 255, 1]);
  }

  const hex = (rgb) =>
    rgb ? `#${rgb.slice(0, 3).map((v) => Math.round(v).toString(16).padStart(2, "0")).join("")}` : "?";

  window.seen = {
    where, inSvg, isShown, isForHearing, texts, boxes, colour, over, ratio, opacity, ground, hex,
  };
})();
