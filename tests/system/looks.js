// What a reader sees of a page, measured in the browser: text too pale for its ground, and what sticks out of the page.
// Belongs here: one function, called with the least contrast; it scrolls what scrolls and changes nothing else.
(least) => {
  const parse = (told) => {
    const found = told.match(/rgba?\(([^)]+)\)/);
    if (!found) return null;
    const [r, g, b, a] = found[1].split(/[\s,/]+/).map(Number);
    return [r, g, b, a === undefined ? 1 : a];
  };
  const over = (top, under) => top.slice(0, 3).map((part, i) => part * top[3] + under[i] * (1 - top[3])).concat(1);
  const light = (colour) => {
    const [r, g, b] = colour.map((part) => {
      const share = part / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const isSvg = (element) => element instanceof SVGElement && element.tagName !== 'svg';
  // Every ground that an element may lay below a text: its colour, or each stop of its gradient.
  const grounds = (element) => {
    const style = getComputedStyle(element);
    if (isSvg(element)) {
      const fill = element.tagName === 'text' || element.tagName === 'tspan' ? null : parse(style.fill);
      return fill ? [[...fill.slice(0, 3), fill[3] * style.fillOpacity * style.opacity]] : [];
    }
    const stops = [...style.backgroundImage.matchAll(/rgba?\([^)]+\)/g)].map((stop) => parse(stop[0]));
    const plain = parse(style.backgroundColor);
    return stops.length ? stops : plain && plain[3] > 0 ? [plain] : [];
  };
  const under = (layers) => {
    let possible = [[255, 255, 255, 1]];
    for (const one of layers.reverse()) {
      const found = grounds(one);
      if (found.length) possible = found.flatMap((top) => possible.map((ground) => over(top, ground)));
    }
    return possible;
  };
  // The head of a table that a phone shows as blocks stays there for readers' tools alone.
  const isClipped = (element) => {
    const head = element.closest('thead');
    return head !== null && getComputedStyle(head).clipPath !== 'none';
  };
  const pale = [], wide = [], unseen = [];
  let texts = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.textContent.trim() || ['STYLE', 'SCRIPT', 'TITLE', 'title', 'desc', 'OPTION'].includes(element.tagName)) continue;
    const scroller = element.closest('.scroll');
    if (scroller) element.scrollIntoView({ block: 'nearest', inline: 'center' });
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = [...range.getClientRects()].find((one) => one.width > 1 && one.height > 1);
    const style = getComputedStyle(element);
    if (!box || style.visibility === 'hidden' || element.closest('.skip, .unseen') || isClipped(element)) continue;
    const x = box.left + Math.min(box.width, innerWidth - box.left) / 2, y = box.top + box.height / 2;
    const stack = document.elementsFromPoint(x, y), at = stack.indexOf(element);
    const covers = (one) => !element.contains(one) && grounds(one).some((ground) => ground[3] > 0.5);
    if (at < 0 || stack.slice(0, at).some(covers)) {
      unseen.push(`${element.tagName}.${element.getAttribute('class')} ${node.textContent.trim().slice(0, 30)}`);
      continue;
    }
    texts += 1;
    const colour = parse(isSvg(element) ? style.fill : style.color);
    for (const ground of under(stack.slice(at))) {
      const found = contrast(over(colour, ground), ground);
      if (found < least) pale.push(`${found.toFixed(2)} ${element.tagName}.${element.getAttribute('class')} ${node.textContent.trim().slice(0, 30)}`);
    }
  }
  for (const element of document.querySelectorAll('body *')) {
    const box = element.getBoundingClientRect();
    if (box.right > innerWidth + 1 && box.width > 1 && !element.closest('.scroll, .unseen, .skip, thead')) {
      wide.push(`${element.tagName}.${element.getAttribute('class')} to ${Math.round(box.right)}`);
    }
  }
  return { texts, unseen, pale: [...new Set(pale)], wide: wide.slice(0, 5), scroll: document.documentElement.scrollWidth };
}
