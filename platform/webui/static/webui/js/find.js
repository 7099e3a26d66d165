/* Keeps only the team cards that hold the words typed. */
(function () {
  "use strict";

  var box = document.getElementById("find");
  var cards = Array.from(document.querySelectorAll("#team-cards .team"));
  if (!box || cards.length < 4) return;

  var field = document.getElementById("find-words");
  var count = document.getElementById("find-count");
  var texts = cards.map(function (card) { return card.textContent.toLowerCase(); });
  box.hidden = false;

  function look() {
    var words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    var shown = 0;
    cards.forEach(function (card, index) {
      var fits = words.every(function (word) { return texts[index].includes(word); });
      card.hidden = !fits;
      if (fits) shown += 1;
    });
    count.textContent = !words.length ? "" : shown ? shown + " / " + cards.length : count.dataset.none;
  }
  field.addEventListener("input", look);
  // A link to a team that is filtered away brings it back.
  window.addEventListener("hashchange", function () {
    var card = document.getElementById(location.hash.slice(1));
    if (card && card.hidden) { field.value = ""; look(); card.scrollIntoView(); }
  });
})();
