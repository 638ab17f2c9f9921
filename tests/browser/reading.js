// The page's text, and its blocks from the top of the screen down. A picture is read by its name.
() => {
  const { isShown, texts, inSvg } = window.seen;
  const nameOf = (picture) =>
    picture.getAttribute("aria-labelledby").split(" ")
      .map((id) => document.getElementById(id).textContent).join(" ");
  const said = (element) => !element.closest("[aria-hidden=true]");
  const words = texts()
    .filter(({ element }) => !inSvg(element) && said(element))
    .map(({ text }) => text);
  const blocks = [...document.querySelectorAll("h1, h2, h3, h4, p, caption, figcaption, svg[role=img]")]
    .filter((element) => isShown(element) && said(element))
    .map((element, order) => ({
      top: element.getBoundingClientRect().top,
      order,
      text: element.matches("svg") ? nameOf(element) : element.innerText,
    }));
  return { words, blocks };
};
