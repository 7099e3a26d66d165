/* What every page needs of script: words for a server that does not answer, a busy mark on
   forms that were sent, and menus that close. Nothing here decides anything. */
(function () {
  "use strict";

  var words = document.getElementById("words").dataset;
  var slot = document.getElementById("refusals");

  function refuse(message, remedy) {
    if (!slot) return;
    var notice = document.createElement("div");
    notice.className = "notice notice-refusal";
    notice.setAttribute("role", "alert");
    var strong = document.createElement("strong");
    strong.textContent = message + " ";
    var rest = document.createElement("span");
    rest.textContent = remedy;
    var body = document.createElement("div");
    body.append(strong, rest);
    notice.append(body);
    slot.replaceChildren(notice);
  }

  // A poll that fails says so once and says nothing more when the next one succeeds.
  var unreachable = false;
  ["htmx:sendError", "htmx:timeout"].forEach(function (name) {
    document.body.addEventListener(name, function () {
      unreachable = true;
      refuse(words.unreachable, words.unreachableRemedy);
    });
  });
  document.body.addEventListener("htmx:responseError", function (event) {
    if (event.detail.xhr.status >= 500) refuse(words.broken, words.brokenRemedy);
  });
  document.body.addEventListener("htmx:afterRequest", function (event) {
    if (event.detail.successful && unreachable && slot) {
      unreachable = false;
      slot.replaceChildren();
    }
  });

  // A second click on a sent form does not send it again.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.hasAttribute("hx-post") || form.dataset.sent === "yes") {
      if (form.dataset.sent === "yes") event.preventDefault();
      return;
    }
    if (event.defaultPrevented || form.dataset.again !== undefined) return;
    form.dataset.sent = "yes";
    form.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) {
      delete form.dataset.sent;
      form.removeAttribute("aria-busy");
    });
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.fold[open]").forEach(function (fold) {
      fold.open = false;
      fold.querySelector("summary").focus();
    });
  });
})();
