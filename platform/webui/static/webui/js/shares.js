/* Shares. Words that are selected in a record are hidden by a button beside them: it writes them into the
   field for hidden words, and the server draws the view anew. And a view that a browser kept from before is
   never shown from there; where an open one goes, what somebody was typing beside it stays in sight. */
(function () {
  "use strict";

  window.addEventListener("pageshow", function (event) {
    if (!event.persisted || !document.querySelector("[data-fresh]")) return;
    document.querySelectorAll("[data-fresh]").forEach(function (one) { one.remove(); });
    window.location.reload();
  });

  var typed = "";
  document.body.addEventListener("htmx:beforeSwap", function (event) {
    var note = event.detail.target.id === "shared-view" && document.querySelector("#view-note textarea");
    typed = note ? note.value : "";
  });
  document.body.addEventListener("htmx:load", function () {
    var kept = document.querySelector(".view-over [data-typed]");
    if (!kept || !typed.trim()) return;
    kept.querySelector("[data-typed-words]").textContent = typed;
    kept.hidden = false;
    typed = "";
  });

  var form = document.querySelector("form[data-hide-words]");
  if (!form) return;

  var button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-sm btn-primary hide-words";
  button.textContent = form.dataset.hideWords;
  button.hidden = true;
  document.body.append(button);
  var chosen = null;

  function place(node) {
    var element = node && (node.nodeType === 1 ? node : node.parentElement);
    return element && element.closest("dd");
  }

  function look() {
    var selection = window.getSelection();
    var field = place(selection.anchorNode);
    var record = field && field.closest("[data-hide]");
    // Within one field, and not its title: words of two fields stand nowhere together.
    if (!record || selection.isCollapsed || place(selection.focusNode) !== field) {
      button.hidden = true;
      chosen = null;
      return;
    }
    var words = selection.toString().split("\n")[0].trim();
    if (!words) return;
    var box = selection.getRangeAt(0).getBoundingClientRect();
    chosen = { words: words, prefix: record.dataset.hide };
    button.hidden = false;
    button.style.left = Math.max(8, Math.min(box.left, window.innerWidth - 90)) + window.scrollX + "px";
    button.style.top = box.bottom + 6 + window.scrollY + "px";
  }

  document.addEventListener("selectionchange", look);
  button.addEventListener("mousedown", function (event) { event.preventDefault(); });
  button.addEventListener("click", function () {
    if (!chosen) return;
    var area = form.querySelector('[data-phrases="' + chosen.prefix + '"]');
    var lines = area.value.split("\n").map(function (line) { return line.trim(); });
    if (lines.indexOf(chosen.words) < 0) {
      area.value = lines.filter(Boolean).concat(chosen.words).join("\n");
      area.dispatchEvent(new Event("change", { bubbles: true }));
    }
    button.hidden = true;
    window.getSelection().removeAllRanges();
  });
})();
