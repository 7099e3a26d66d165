// Counts what is ticked while one picks people and units. Without script the figures on the page
// are those of the last release.
"use strict";

(() => {
  const form = document.getElementById("picker");
  if (!form) return;

  const count = () => {
    const sums = {};
    for (const box of form.querySelectorAll("input[data-counts]:checked")) {
      for (const what of box.dataset.counts.split(" ")) sums[what] = (sums[what] || 0) + 1;
    }
    for (const figure of document.querySelectorAll("[data-count]")) {
      figure.textContent = sums[figure.dataset.count] || 0;
    }
  };

  for (const button of form.querySelectorAll("button[data-pick]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const boxes = [...form.querySelectorAll(`input[name="${button.dataset.pick}"]:enabled`)];
      const all = boxes.every((box) => box.checked);
      for (const box of boxes) box.checked = !all;
      count();
    });
  }
  form.addEventListener("change", count);
  count();
})();
