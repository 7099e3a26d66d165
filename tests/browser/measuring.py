"""What can be measured on a page without looking at it."""

from __future__ import annotations

from playwright.sync_api import Page, ViewportSize

PHONE: ViewportSize = {"width": 390, "height": 844}

# WCAG 2.2, target size: 24 × 24. Links within a line are excepted, and so is an input whose label
# is large enough: a click on the label is a click on it.
SMALL_TARGETS = """() => {
  const large = (one) => {
    const box = one.getBoundingClientRect();
    return box.width >= 24 && box.height >= 24;
  };
  return Array.from(document.querySelectorAll("a, button, summary, input, select"))
    .filter((one) => one.checkVisibility() && one.type !== "hidden" && one.offsetWidth > 0)
    .filter((one) => !one.closest(".visually-hidden, .skip-link"))
    .filter((one) => getComputedStyle(one).display !== "inline")
    .filter((one) => !large(one) && !Array.from(one.labels || []).some(large))
    .map((one) => one.outerHTML.slice(0, 120));
}"""

# What one sees as text, with the colour of the nearest ground that is not see-through.
FAINT_WORDS = """() => {
  const channel = (n) => { n /= 255; return n <= 0.03928 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4; };
  const light = (c) => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.backgroundImage !== "none") return null;
      const colour = parse(style.backgroundColor);
      if (colour.length < 4 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const one of document.querySelectorAll("body *")) {
    const own = Array.from(one.childNodes).some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || !one.checkVisibility() || one.closest("svg, .visually-hidden, .skip-link")) continue;
    const behind = ground(one);
    if (!behind) continue;
    const style = getComputedStyle(one);
    const [a, b] = [light(parse(style.color)), light(behind)].sort((x, y) => y - x);
    const size = parseFloat(style.fontSize), bold = Number(style.fontWeight) >= 600;
    const least = size >= 24 || (size >= 18.66 && bold) ? 3 : 4.5;
    if ((a + 0.05) / (b + 0.05) < least) found.push(one.outerHTML.slice(0, 120));
  }
  return found;
}"""


def overhang(page: Page) -> int:
    """How many pixels the page is wider than the window."""
    wide: int = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return max(0, wide)


def small_targets(page: Page) -> list[str]:
    found: list[str] = page.evaluate(SMALL_TARGETS)
    return found


def faint_words(page: Page) -> list[str]:
    found: list[str] = page.evaluate(FAINT_WORDS)
    return found
