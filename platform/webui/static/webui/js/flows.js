/* Who inspects whom: offices at schematic places, arrows as thick as the people they stand for.
   The table of head counts beside it says the same. */
(function () {
  "use strict";

  var source = document.getElementById("flows-data");
  var place = document.getElementById("flows");
  if (!source || !place || !window.echarts) return;

  var data = JSON.parse(source.textContent);
  if (!data.arrows.length) return;
  var COLOURS = ["#1f5fbf", "#c0392b", "#1e8449", "#b9770e", "#6c3fb0", "#0e7c86", "#a8326f", "#566573", "#7d6608", "#21618c", "#935116", "#4a5d23"];
  var CITY = "#33435c";
  var font = getComputedStyle(document.body).fontFamily;
  var nameOf = {};
  data.offices.forEach(function (office) { nameOf[office.code] = office.name; });

  /* Real places lie in clumps; two offices closer than a label are pushed apart. */
  function places(offices) {
    var lons = offices.map(function (o) { return o.at[0]; });
    var lats = offices.map(function (o) { return o.at[1]; });
    var left = Math.min.apply(null, lons), width = Math.max.apply(null, lons) - left || 1;
    var bottom = Math.min.apply(null, lats), height = Math.max.apply(null, lats) - bottom || 1;
    var spots = offices.map(function (o) {
      return { x: ((o.at[0] - left) / width) * 100, y: 70 - ((o.at[1] - bottom) / height) * 70 };
    });
    var apart = Math.min(42, 150 / Math.sqrt(offices.length + 1));
    for (var round = 0; round < 80; round += 1) {
      for (var i = 0; i < spots.length; i += 1) {
        for (var j = 0; j < i; j += 1) {
          var dx = spots[i].x - spots[j].x || 0.1, dy = spots[i].y - spots[j].y || 0.1;
          var distance = Math.sqrt(dx * dx + dy * dy);
          if (distance < apart) {
            var push = (apart - distance) / distance / 4;
            spots[i].x += dx * push; spots[i].y += dy * push;
            spots[j].x -= dx * push; spots[j].y -= dy * push;
          }
        }
      }
    }
    return spots;
  }

  /* The places, stretched to the frame in pixels, so that the chart scales nothing itself. */
  var EDGE = { left: 60, right: 60, top: 40, bottom: 50 };
  var spots = places(data.offices);
  function spread() {
    var xs = spots.map(function (s) { return s.x; }), ys = spots.map(function (s) { return s.y; });
    var left = Math.min.apply(null, xs), wide = Math.max.apply(null, xs) - left || 1;
    var top = Math.min.apply(null, ys), high = Math.max.apply(null, ys) - top || 1;
    var width = place.clientWidth - EDGE.left - EDGE.right, height = place.clientHeight - EDGE.top - EDGE.bottom;
    return spots.map(function (s) {
      return { x: ((s.x - left) / wide) * width, y: ((s.y - top) / high) * height };
    });
  }
  function nodes() {
    var at = spread();
    return data.offices.map(function (office, index) {
      return {
        id: office.code, name: office.name, x: at[index].x, y: at[index].y,
        symbol: office.city ? "roundRect" : "circle",
        symbolSize: office.city ? 20 : 26,
        itemStyle: { color: office.tone === null ? CITY : COLOURS[office.tone], borderColor: "#fff", borderWidth: 2 },
      };
    });
  }

  var most = Math.max.apply(null, data.arrows.map(function (a) { return a.people; }));
  var few = data.arrows.length <= 16;

  place.hidden = false;
  var chart = echarts.init(place, null, { renderer: "canvas" });
  chart.setOption({
    animation: false,
    textStyle: { fontFamily: font },
    tooltip: {
      confine: true,
      textStyle: { fontFamily: font, color: "#1a2433" },
      formatter: function (hit) {
        // What this gives is taken for HTML.
        if (hit.dataType !== "edge") return echarts.format.encodeHTML(hit.name);
        return echarts.format.encodeHTML(
          nameOf[hit.data.from] + " → " + nameOf[hit.data.to] + "　" + hit.data.words
        );
      },
    },
    series: [{
      type: "graph",
      layout: "none",
      left: EDGE.left, right: EDGE.right, top: EDGE.top, bottom: EDGE.bottom,
      roam: false,
      edgeSymbol: ["none", "arrow"],
      edgeSymbolSize: [0, 11],
      emphasis: { focus: "adjacency", label: { show: true }, lineStyle: { opacity: 1 } },
      label: { show: true, position: "bottom", distance: 5, color: "#1a2433", fontSize: 13, fontWeight: 600, fontFamily: font, formatter: "{b}", backgroundColor: "rgba(255,255,255,.85)", padding: [1, 4], borderRadius: 3 },
      data: nodes(),
      links: data.arrows.map(function (arrow) {
        var origin = data.offices.find(function (o) { return o.code === arrow.from; });
        return {
          source: arrow.from, target: arrow.to, from: arrow.from, to: arrow.to, words: arrow.label,
          lineStyle: {
            color: origin.tone === null ? CITY : COLOURS[origin.tone],
            width: 1.5 + 4 * arrow.people / most, curveness: 0.22, opacity: few ? 0.85 : 0.5,
          },
          label: { show: few && arrow.people * 4 >= most, rotate: 0, formatter: arrow.label, fontSize: 12, fontFamily: font, color: "#1a2433", backgroundColor: "#fff", padding: [1, 4], borderRadius: 3 },
        };
      }),
    }],
  });
  new ResizeObserver(function () {
    chart.resize();
    chart.setOption({ series: [{ data: nodes() }] });
  }).observe(place);
})();
