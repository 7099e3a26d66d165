/* The timetable of a plan: teams down, days across, a visit is a link. On the plan's page it is
   drawn from the JSON beside it, and the table below says the same without script. The desk
   draws it with visits that can be dragged (desk.js): `window.drawTimetable` serves both. */
(function () {
  "use strict";

  if (!window.vis) return;
  var english = document.documentElement.lang === "en";
  var DAY = 86400000;
  var MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  var WEEK = english ? ["Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"] : ["日", "一", "二", "三", "四", "五", "六"];
  var reduced = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  function midnight(iso, plusDays) {
    var parts = iso.split("-").map(Number);
    return new Date(parts[0], parts[1] - 1, parts[2] + (plusDays || 0));
  }

  function element(tag, className, text) {
    var made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function groupLabel(team) {
    var link = element("a", "group-name");
    link.href = team.href || "#team-" + team.id;
    link.draggable = false;
    link.tabIndex = -1; // The visits and the cards below lead to the same.
    link.append(element("strong", "", team.name), element("span", "", team.leader));
    return link;
  }

  function monthName(date) {
    return english
      ? MONTHS[date.getMonth()] + " " + date.getFullYear()
      : date.getFullYear() + "年" + (date.getMonth() + 1) + "月";
  }

  /* For a timetable that begins on `firstDay`. */
  function minorLabelFrom(firstDay) {
    return function (when, scale) {
      var date = when.toDate ? when.toDate() : new Date(when);
      if (scale === "month") return english ? MONTHS[date.getMonth()] : date.getMonth() + 1 + "月";
      if (scale === "year") return String(date.getFullYear());
      if (scale === "weekday") return date.getDate() + " " + WEEK[date.getDay()];
      // A week that begins before the round has its label cut off: the first day says it.
      if (scale === "week" && date < midnight(firstDay) && date > midnight(firstDay, -7)) return "";
      if (scale === "week") return english ? date.getDate() + " " + MONTHS[date.getMonth()] : date.getMonth() + 1 + "/" + date.getDate();
      return String(date.getDate());
    };
  }

  function majorLabel(when, scale) {
    var date = when.toDate ? when.toDate() : new Date(when);
    return scale === "month" ? String(date.getFullYear()) + (english ? "" : "年") : monthName(date);
  }

  vis.moment.updateLocale(vis.moment.locale(), { week: { dow: 1, doy: 4 } }); // weeks begin on Monday

  function groupsOf(data) {
    return data.teams.map(function (team, index) {
      return { id: team.id, order: index, content: groupLabel(team) };
    });
  }

  function visitsOf(data) {
    return data.visits.map(function (visit, index) {
      return {
        id: "v" + index,
        unitId: visit.id,
        href: visit.href || "#team-" + visit.team,
        group: visit.team,
        type: "range",
        className: "host-" + visit.tone + (visit.pinned ? " is-pinned" : ""),
        start: midnight(visit.start),
        end: midnight(visit.end, 1),
        unit: visit.unit,
        host: visit.host,
        words: visit.title,
        title: visit.title,
      };
    });
  }

  function bandsOf(data) {
    return data.off.map(function (off, index) {
      return {
        id: "o" + index,
        type: "background",
        className: off.name ? "off-named" : "",
        content: "",
        start: midnight(off.start),
        end: midnight(off.end),
        editable: false,
      };
    });
  }

  /* `more` are further options of vis-timeline. Returns {timeline, show, midnight}: `show(data)`
     draws other data in the same window of days. */
  window.drawTimetable = function (place, data, more) {
    var current = "v0"; // One stop for Tab; the arrow keys go from visit to visit.
    var visits = visitsOf(data);
    var items = new vis.DataSet(visits.concat(bandsOf(data)));
    var groups = new vis.DataSet(groupsOf(data));

    function visitLabel(item) {
      if (item.type === "background") return item.content;
      var link = element("a", "visit");
      link.href = item.href;
      link.draggable = false;
      link.dataset.visit = item.id;
      link.tabIndex = item.id === current ? 0 : -1;
      link.setAttribute("aria-label", item.words);
      link.append(element("b", "", item.unit), element("span", "", " · " + item.host));
      return link;
    }

    var first = midnight(data.start, -1);
    var last = midnight(data.end, 2);
    place.hidden = false;
    var row = 38, axis = 80, tallest = 660;
    var scrolls = data.teams.length * row + axis > tallest;
    var options = {
      min: new Date(first.getTime() - 7 * DAY),
      max: new Date(last.getTime() + 7 * DAY),
      zoomMin: 5 * DAY,
      zoomMax: 400 * DAY,
      verticalScroll: scrolls,
      zoomKey: "ctrlKey",
      horizontalScroll: false,
      orientation: { axis: "top", item: "top" },
      margin: { item: { horizontal: 0, vertical: 4 }, axis: 4 },
      showCurrentTime: false,
      selectable: false,
      stack: true,
      groupOrder: "order",
      template: visitLabel,
      groupTemplate: function (group) { return group && group.content; },
      format: { minorLabels: minorLabelFrom(data.start), majorLabels: majorLabel },
      tooltip: { followMouse: false, overflowMethod: "flip" },
    };
    if (scrolls) options.maxHeight = tallest;
    var timeline = new vis.Timeline(place, items, groups, Object.assign(options, more || {}));

    // Days while they can be read, then weeks by their Monday, then months.
    var scale = "";
    function suitScale() {
      var seen = timeline.getWindow();
      var width = place.querySelector(".vis-center").clientWidth;
      var perDay = (width * DAY) / (seen.end - seen.start);
      var wanted = perDay >= 34 ? "weekday" : perDay >= 5.5 ? "week" : "month";
      if (wanted === scale) return;
      scale = wanted;
      timeline.setOptions({ timeAxis: { scale: wanted, step: 1 } });
    }
    timeline.setWindow(first, last, { animation: false });
    timeline.on("rangechanged", suitScale);
    suitScale();

    function linkOf(id) { return place.querySelector('[data-visit="' + id + '"]'); }

    function stepTo(visit) {
      var before = linkOf(current);
      if (before) before.tabIndex = -1;
      current = visit.id;
      var seen = timeline.getWindow();
      var isSeen = linkOf(current) && visit.start >= seen.start && visit.end <= seen.end;
      if (!isSeen || scrolls) timeline.focus(current, { zoom: false, animation: false });
      // What was out of sight is drawn only now.
      window.requestAnimationFrame(function () {
        var link = linkOf(current);
        if (!link) return;
        link.tabIndex = 0;
        link.focus({ preventScroll: scrolls });
      });
    }

    function neighbour(visit, key) {
      var own = visits.filter(function (one) { return one.group === visit.group; });
      var at = own.indexOf(visit);
      if (key === "ArrowLeft") return own[at - 1];
      if (key === "ArrowRight") return own[at + 1];
      var ids = data.teams.map(function (team) { return team.id; });
      var step = key === "ArrowDown" ? 1 : -1;
      for (var to = ids.indexOf(visit.group) + step; to >= 0 && to < ids.length; to += step) {
        var there = visits.filter(function (one) { return one.group === ids[to]; });
        if (there.length) return there[Math.min(at, there.length - 1)];
      }
      return undefined;
    }

    place.addEventListener("keydown", function (event) {
      var id = event.target.dataset && event.target.dataset.visit;
      if (!id || !/^Arrow/.test(event.key)) return;
      event.preventDefault();
      var next = neighbour(visits.find(function (one) { return one.id === id; }), event.key);
      if (next) stepTo(next);
    });

    var move = {
      earlier: function () { shift(-0.5); },
      later: function () { shift(0.5); },
      closer: function () { timeline.zoomIn(0.5, { animation: !reduced }); },
      wider: function () { timeline.zoomOut(0.5, { animation: !reduced }); },
      all: function () { timeline.setWindow(first, last, { animation: !reduced }); },
    };
    function shift(part) {
      var seen = timeline.getWindow();
      var by = (seen.end - seen.start) * part;
      timeline.setWindow(seen.start.getTime() + by, seen.end.getTime() + by, { animation: !reduced });
    }
    var tools = document.getElementById("gantt-tools");
    tools.hidden = false;
    tools.addEventListener("click", function (event) {
      var button = event.target.closest("button[data-move]");
      if (button) move[button.dataset.move]();
    });

    function show(others) {
      data = others;
      visits = visitsOf(others);
      if (!visits.some(function (one) { return one.id === current; })) current = "v0";
      var all = visits.concat(bandsOf(others));
      items.remove(items.getIds().filter(function (id) {
        return !all.some(function (one) { return one.id === id; });
      }));
      items.update(all);
      groups.update(groupsOf(others));
    }

    return { timeline: timeline, show: show, midnight: midnight };
  };

  var source = document.getElementById("gantt-data");
  var place = document.getElementById("gantt");
  if (!source || !place) return;
  var data = JSON.parse(source.textContent);
  if (data.visits.length) window.drawTimetable(place, data);
})();
