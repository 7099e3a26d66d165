/* The desk: dragging visits, marking what is picked, keeping the keyboard's place. Everything
   here can be done without it: the server decides, checks and prices. */
(function () {
  "use strict";

  var desk = document.getElementById("desk");
  var place = document.getElementById("gantt");
  if (!desk) return;
  var mayEdit = desk.dataset.mayEdit === "yes";
  var DAY = 86400000;
  var timetable = null;
  var dragging = false;
  var droppedAt = 0;

  function board() {
    var holder = document.getElementById("desk-gantt-data");
    return holder ? JSON.parse(holder.dataset.gantt) : null;
  }

  function iso(date) {
    function two(n) { return (n < 10 ? "0" : "") + n; }
    return date.getFullYear() + "-" + two(date.getMonth() + 1) + "-" + two(date.getDate());
  }

  // A visit begins on a working day: the nearest one to where it is held.
  function nearestDay(date, days) {
    var best = days[0], least = Infinity;
    days.forEach(function (day) {
      var off = Math.abs(timetable.midnight(day) - date);
      if (off < least) { least = off; best = day; }
    });
    return best;
  }

  function moved(item, days) {
    var length = item.end - item.start;
    item.start = timetable.midnight(nearestDay(item.start, days));
    item.end = new Date(item.start.getTime() + length);
    return item;
  }

  function send(values) {
    window.htmx.ajax("POST", desk.dataset.edit, {
      source: desk, target: "#desk-panel", swap: "innerHTML show:none", values: values,
    });
  }

  function dropped(item, done) {
    dragging = false;
    droppedAt = Date.now();
    var data = board();
    var before = data.visits.find(function (visit) { return visit.id === item.unitId; });
    moved(item, data.days);
    var start = iso(item.start);
    if (!before || (before.team === item.group && before.start === start)) { done(null); return; }
    done(item); // it stays where it was put; a refusal puts it back
    var edit = { unit: item.unitId, start: start, seen: data.revision, panel: "unit=" + encodeURIComponent(item.unitId) };
    if (before.team === item.group) edit.edit = "move_visit";
    else { edit.edit = "move_unit"; edit.team = item.group; }
    send(edit);
  }

  function draw() {
    var data = board();
    if (!place || !data || !window.drawTimetable || !data.visits.length) return;
    var more = !mayEdit ? {} : {
      editable: { updateTime: true, updateGroup: true, add: false, remove: false },
      itemsAlwaysDraggable: { item: true, range: false },
      snap: null,
      onMoving: function (item, done) { dragging = true; done(moved(item, data.days)); },
      onMove: dropped,
    };
    if (mayEdit) place.dataset.mayEdit = "yes";
    timetable = window.drawTimetable(place, data, more);
    // The library asks its gestures for a direction that they do not know; 30 is every one.
    if (mayEdit) timetable.timeline.itemSet.hammer.get("pan").set({ direction: 30 });
  }

  function refresh() {
    var data = board();
    if (!data) return;
    if (timetable) timetable.show(data); else draw();
    mark();
  }

  // What the panel is about is marked on the board.
  function mark() {
    var asked = new URLSearchParams(window.location.search);
    desk.querySelectorAll(".desk-main [aria-current]").forEach(function (one) { one.removeAttribute("aria-current"); });
    desk.querySelectorAll(".is-picked").forEach(function (one) { one.classList.remove("is-picked"); });
    var id = asked.get("person") ? "seat-" + asked.get("person") : asked.get("unit") ? "visit-" + asked.get("unit") : "";
    var seat = id && document.getElementById(id);
    if (seat) { seat.setAttribute("aria-current", "true"); seat.closest(".board-team").classList.add("is-picked"); }
    var team = asked.get("team") && document.getElementById("team-" + asked.get("team"));
    if (team) team.classList.add("is-picked");
  }

  // The links of the timetable are drawn by script: they open the panel like those of the board.
  if (place) {
    place.addEventListener("click", function (event) {
      var link = event.target.closest("a[href]");
      if (!link) return;
      event.preventDefault();
      if (Date.now() - droppedAt < 400) return; // the end of a drag, not a click
      window.htmx.ajax("GET", link.getAttribute("href"), {
        source: desk, target: "#desk-panel", swap: "innerHTML show:none", push: link.getAttribute("href"),
      }).then(function () { window.history.pushState({ htmx: true }, "", link.href); mark(); });
    }, true);
  }

  document.body.addEventListener("htmx:configRequest", function (event) {
    // An act from the strip leaves the panel as it is open.
    var sent = event.detail.parameters;
    if (event.detail.verb === "post" && desk.contains(event.detail.elt) && !sent.panel) {
      sent.panel = window.location.search.slice(1);
    }
    // While a visit is held in the hand, nothing is drawn under it.
    if (dragging && event.detail.elt.id === "desk-live") event.preventDefault();
  });

  document.body.addEventListener("htmx:afterSettle", function (event) {
    var panel = event.detail.target;
    if (!panel || panel.id !== "desk-panel") return;
    mark();
    if (document.activeElement === document.body || panel.contains(document.activeElement)) {
      var title = document.getElementById("panel-title");
      if (title) title.focus({ preventScroll: true });
    }
    if (window.matchMedia("(max-width: 75rem)").matches) panel.scrollIntoView({ block: "start" });
  });
  document.body.addEventListener("htmx:pushedIntoHistory", mark);
  document.body.addEventListener("htmx:oobAfterSwap", function (event) {
    if (event.detail.target && event.detail.target.id === "desk-board") refresh();
  });
  document.body.addEventListener("htmx:responseError", refresh); // back to where the server has it

  draw();
  mark();
})();
