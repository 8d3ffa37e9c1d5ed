/* The map of papers: drag, zoom, point. Below it stand the papers in view, as links. */
(function () {
  "use strict";
  var site = window.Broadsheet;
  var make = site.element;
  var box = document.querySelector(".bs-map");
  if (!box) return;
  var HUES = 12;
  var LISTED = 40;
  var MOST = 60;
  var canvas = make("canvas", { "aria-hidden": "true" });
  var pen = canvas.getContext("2d");
  var name = make("p", { "class": "bs-map__name", hidden: true });
  var heading = make("h2", { id: "bs-map-list" });
  var list = make("ul", { "class": "bs-map-list bs-list", "aria-labelledby": "bs-map-list" });
  var map, view, grid, waiting, found = null;

  /* The view: the point of the map in its middle, and how many times it is enlarged. */
  function whole() { return { x: map.width / 2, y: map.height / 2, zoom: 1 }; }

  function scale() { return Math.min(canvas.width / map.width, canvas.height / map.height) * view.zoom; }

  function onScreen(point) {
    var s = scale();
    return [(point[0] - view.x) * s + canvas.width / 2, (point[1] - view.y) * s + canvas.height / 2];
  }

  function onMap(x, y) {
    var s = scale();
    var ratio = canvas.width / canvas.clientWidth;
    return [(x * ratio - canvas.width / 2) / s + view.x, (y * ratio - canvas.height / 2) / s + view.y];
  }

  function inView() {
    var s = scale();
    var w = canvas.width / 2 / s, h = canvas.height / 2 / s;
    return map.points.filter(function (p) { return Math.abs(p[0] - view.x) <= w && Math.abs(p[1] - view.y) <= h; });
  }

  function draw() {
    waiting = 0;
    var colours = getComputedStyle(box);
    var ratio = canvas.width / canvas.clientWidth;
    var radius = Math.min(3 + Math.log2(view.zoom) * 1.2, 9) * ratio * (map.points.length > 3000 ? .6 : 1);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    var shown = inView();
    for (var hue = 0; hue < HUES; hue += 1) {
      pen.fillStyle = probes[hue] ? getComputedStyle(probes[hue]).color : colours.color;
      pen.beginPath();
      shown.forEach(function (point) {
        if (point[2] !== hue) return;
        var at = onScreen(point);
        pen.moveTo(at[0] + radius, at[1]);
        pen.arc(at[0], at[1], radius, 0, 2 * Math.PI);
      });
      pen.fill();
    }
    if (found) ring(found, radius);
    names(ratio, colours);
  }

  /* Names of topics where they do not cover one another; the largest topics come first. */
  function names(ratio, colours) {
    /* The corner with the buttons is taken from the start. */
    var taken = [[canvas.width - 165 * ratio, 0, canvas.width, 60 * ratio]];
    pen.font = "600 " + (canvas.clientWidth < 600 ? 11 : 13) * ratio + "px " + colours.fontFamily;
    pen.textAlign = "center";
    pen.lineJoin = "round";
    (map.labels || []).forEach(function (label) {
      var at = onScreen(label);
      var half = pen.measureText(label[2]).width / 2 + 6 * ratio;
      var x = Math.min(Math.max(at[0], half), canvas.width - half);
      var box = [x - half, at[1] - 14 * ratio, x + half, at[1] + 6 * ratio];
      var covered = taken.some(function (t) { return t[0] < box[2] && t[2] > box[0] && t[1] < box[3] && t[3] > box[1]; });
      if (covered || at[0] < 0 || at[0] > canvas.width) return;
      taken.push(box);
      pen.strokeStyle = colours.backgroundColor;
      pen.lineWidth = 4 * ratio;
      pen.strokeText(label[2], x, at[1]);
      pen.fillStyle = colours.color;
      pen.fillText(label[2], x, at[1]);
    });
  }

  function ring(point, radius) {
    var at = onScreen(point);
    pen.strokeStyle = getComputedStyle(box).color;
    pen.lineWidth = radius / 2;
    pen.beginPath();
    pen.arc(at[0], at[1], radius * 1.9, 0, 2 * Math.PI);
    pen.stroke();
  }

  function redraw() {
    if (!waiting) waiting = requestAnimationFrame(draw);
  }

  /* Papers by square of the map, so that pointing looks at a few of them only. */
  function square(x, y) { return Math.floor(x / 20) + ":" + Math.floor(y / 20); }

  function gridded(points) {
    var squares = new Map();
    points.forEach(function (point) {
      var key = square(point[0], point[1]);
      if (!squares.has(key)) squares.set(key, []);
      squares.get(key).push(point);
    });
    return squares;
  }

  function nearest(x, y) {
    var best = null;
    var reach = 14 * (canvas.width / canvas.clientWidth) / scale();
    var limit = reach * reach;
    for (var dx = -20; dx <= 20; dx += 20) {
      for (var dy = -20; dy <= 20; dy += 20) {
        (grid.get(square(x + dx, y + dy)) || []).forEach(function (p) {
          var square = (p[0] - x) * (p[0] - x) + (p[1] - y) * (p[1] - y);
          if (square <= limit) { limit = square; best = p; }
        });
      }
    }
    return best;
  }

  function address(point) { return new URL("papers/" + point[3] + "/", site.root).href; }

  function show() {
    redraw();
    clearTimeout(show.timer);
    show.timer = setTimeout(listPapers, 150);
  }

  function listPapers() {
    var shown = inView();
    var near = shown.map(function (p) {
      return [(p[0] - view.x) * (p[0] - view.x) + (p[1] - view.y) * (p[1] - view.y), p];
    }).sort(function (a, b) { return a[0] - b[0]; }).slice(0, LISTED);
    heading.textContent = shown.length > LISTED
      ? "The " + LISTED + " papers nearest to the middle, of " + shown.length + " in view"
      : shown.length + " papers in view";
    list.replaceChildren.apply(list, near.map(function (one) {
      var link = make("a", { href: address(one[1]), text: one[1][4] });
      link.addEventListener("focus", function () { point(one[1]); });
      link.addEventListener("mouseenter", function () { point(one[1]); });
      return make("li", {}, [make("span", { "class": "bs-key bs-hue-" + one[1][2], "aria-hidden": "true" }), link]);
    }));
  }

  function point(paper) {
    if (paper === found) return;
    found = paper;
    name.hidden = !paper;
    name.textContent = paper ? paper[4] : "";
    canvas.classList.toggle("bs-map--point", Boolean(paper));
    redraw();
  }

  function zoom(factor, x, y) {
    var before = onMap(x, y);
    view.zoom = Math.min(Math.max(view.zoom * factor, 1), MOST);
    var after = onMap(x, y);
    view.x += before[0] - after[0];
    view.y += before[1] - after[1];
    inside();
    show();
  }

  function inside() {
    view.x = Math.min(Math.max(view.x, 0), map.width);
    view.y = Math.min(Math.max(view.y, 0), map.height);
    if (view.zoom === 1) view = whole();
  }

  function middle(factor) { zoom(factor, canvas.clientWidth / 2, canvas.clientHeight / 2); }

  function move(right, down) {
    var step = map.width / 8 / view.zoom;
    view.x += right * step;
    view.y += down * step;
    inside();
    show();
  }

  var held = new Map();
  function down(event) {
    canvas.setPointerCapture(event.pointerId);
    held.set(event.pointerId, { x: event.offsetX, y: event.offsetY, startX: event.offsetX, startY: event.offsetY });
  }

  function drag(event) {
    var from = held.get(event.pointerId);
    if (!from) return point(nearest.apply(null, onMap(event.offsetX, event.offsetY)));
    if (held.size === 1) {
      var s = scale() / (canvas.width / canvas.clientWidth);
      view.x -= (event.offsetX - from.x) / s;
      view.y -= (event.offsetY - from.y) / s;
      inside();
    } else pinch(event, from);
    from.x = event.offsetX;
    from.y = event.offsetY;
    return show();
  }

  function pinch(event, from) {
    var other = Array.from(held).find(function (entry) { return entry[0] !== event.pointerId; })[1];
    var before = Math.hypot(from.x - other.x, from.y - other.y) || 1;
    var after = Math.hypot(event.offsetX - other.x, event.offsetY - other.y) || 1;
    zoom(after / before, (event.offsetX + other.x) / 2, (event.offsetY + other.y) / 2);
  }

  function up(event) {
    var from = held.get(event.pointerId);
    held.delete(event.pointerId);
    if (!from || Math.hypot(event.offsetX - from.startX, event.offsetY - from.startY) > 5) return;
    var paper = nearest.apply(null, onMap(event.offsetX, event.offsetY));
    if (paper) location.href = address(paper);
  }

  var KEYS = {
    "+": function () { middle(1.6); }, "=": function () { middle(1.6); }, "-": function () { middle(1 / 1.6); },
    "0": function () { view = whole(); show(); },
    ArrowLeft: function () { move(-1, 0); }, ArrowRight: function () { move(1, 0); },
    ArrowUp: function () { move(0, -1); }, ArrowDown: function () { move(0, 1); }
  };

  function controls() {
    var button = function (sign, label, action) {
      return make("button", { type: "button", text: sign, "aria-label": label, title: label, onclick: action });
    };
    var group = make("div", { "class": "bs-map__controls", role: "group", "aria-label": "Map: arrow keys move, + and - zoom" }, [
      button("+", "Zoom in", KEYS["+"]), button("\u2212", "Zoom out", KEYS["-"]), button("All", "Show all papers", KEYS["0"])
    ]);
    group.addEventListener("keydown", function (event) {
      if (!KEYS[event.key]) return;
      event.preventDefault();
      KEYS[event.key]();
    });
    return group;
  }

  function size() {
    var ratio = Math.min(window.devicePixelRatio || 1, 2);
    canvas.width = Math.max(1, Math.round(box.clientWidth * ratio));
    canvas.height = Math.max(1, Math.round(box.clientHeight * ratio));
    show();
  }

  var probes = [];
  function start(points) {
    map = points;
    view = whole();
    grid = gridded(map.points);
    for (var hue = 0; hue < HUES; hue += 1) probes.push(box.appendChild(make("span", { "class": "bs-hue-" + hue, hidden: true })));
    box.append(canvas, name, controls());
    box.classList.add("bs-map--ready");
    document.querySelector(".bs-map-papers").append(heading, list);
    canvas.addEventListener("pointerdown", down);
    canvas.addEventListener("pointermove", drag);
    canvas.addEventListener("pointerup", up);
    canvas.addEventListener("pointercancel", function (event) { held.delete(event.pointerId); });
    canvas.addEventListener("pointerleave", function () { point(null); });
    canvas.addEventListener("wheel", function (event) {
      if (!event.ctrlKey && !event.metaKey && view.zoom === 1 && event.deltaY > 0) return;
      event.preventDefault();
      zoom(Math.exp(-event.deltaY / 400), event.offsetX, event.offsetY);
    }, { passive: false });
    new ResizeObserver(size).observe(box);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
    new MutationObserver(redraw).observe(document.documentElement, { attributeFilter: ["data-scheme"] });
  }

  site.json("map/points.json").then(start).catch(function () {
    site.say("The points of the map cannot be fetched; the picture stays as it is.");
  });
})();
