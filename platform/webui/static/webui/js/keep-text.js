/* A long text is not lost because a session ended meanwhile. Before a form marked `data-keeps` is sent, its
   page is asked for once more: if that leads to the sign-in page, or nowhere, the form stays as it is and says
   so; otherwise the form takes the page's fresh token, which a new sign-in has replaced, and is sent. */
(function () {
  "use strict";

  function notice(form, words, link) {
    var slot = form.querySelector("[data-keeps-slot]");
    var box = document.createElement("div");
    box.className = "notice notice-refusal";
    box.setAttribute("role", "alert");
    var body = document.createElement("div");
    body.textContent = words + " ";
    if (link) {
      var to = document.createElement("a");
      to.href = form.dataset.signIn;
      to.target = "_blank";
      to.rel = "noopener";
      to.textContent = form.dataset.signInWords;
      body.append(to);
    }
    box.append(body);
    slot.replaceChildren(box);
    box.scrollIntoView({ block: "center" });
  }

  function tokenOf(text) {
    var page = new DOMParser().parseFromString(text, "text/html");
    var form = page.querySelector("form[data-keeps]");
    var field = form && form.querySelector("input[name=csrfmiddlewaretoken]");
    return field ? field.value : "";
  }

  document.querySelectorAll("form[data-keeps]").forEach(function (form) {
    var changed = false;
    var sending = false;
    form.addEventListener("input", function () { changed = true; });
    window.addEventListener("beforeunload", function (event) {
      if (changed && !sending) event.preventDefault();
    });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      if (sending) return;
      sending = true;
      fetch(window.location.href, { credentials: "same-origin" })
        .then(function (answer) { return answer.text().then(tokenOf); })
        .then(function (token) {
          if (!token) {
            sending = false;
            notice(form, form.dataset.signedOut, true);
            return;
          }
          form.querySelector("input[name=csrfmiddlewaretoken]").value = token;
          HTMLFormElement.prototype.submit.call(form);
        })
        .catch(function () {
          sending = false;
          notice(form, form.dataset.unreachable, false);
        });
    });
  });
})();
