// All that the keyboard should reach, in the page's order, remembered as it looks without focus.
() => {
  const { isShown, where } = window.seen;
  const reachable =
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [contenteditable=true], " +
    "iframe, [tabindex]:not([tabindex^='-'])";
  document.activeElement?.blur();
  getSelection().removeAllRanges();
  scrollTo(0, 0);
  const all = [...document.querySelectorAll(reachable)].filter((e) => isShown(e) && !e.disabled);
  const looks = all.map((element) => {
    const { boxShadow, backgroundColor, borderColor } = getComputedStyle(element);
    return [element, { boxShadow, backgroundColor, borderColor }];
  });
  window.stops = { all, unfocused: new Map(looks) };
  return all.map(where);
};
