// What the pages do beyond links and forms: charts, light and dark, a chosen time, files dropped.
"use strict";
(() => {
  const root = document.documentElement;
  const lang = document.body.dataset.lang;
  const number = new Intl.NumberFormat(lang, { maximumFractionDigits: 2 });
  const charts = new Map(); // a figure's id -> its chart

  const dark = () =>
    root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;

  // -- charts ------------------------------------------------------------------------------------------------------

  // Colours are written as the names of the style's variables.
  const coloured = (value, style) => {
    if (typeof value === "string" && value.startsWith("--")) return style.getPropertyValue(value).trim();
    if (Array.isArray(value)) return value.map((v) => coloured(v, style));
    if (value && typeof value === "object")
      return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, coloured(v, style)]));
    return value;
  };

  const optionOf = (figure) => {
    const style = getComputedStyle(root);
    const option = coloured(JSON.parse(figure.querySelector('script[type="application/json"]').textContent), style);
    const ink = style.getPropertyValue("--ink").trim();
    const soft = style.getPropertyValue("--soft").trim();
    const rule = style.getPropertyValue("--rule").trim();
    for (const axis of [option.xAxis, option.yAxis].flat().filter(Boolean)) {
      axis.axisLabel = { color: soft, hideOverlap: true, ...axis.axisLabel };
      axis.axisLine = { lineStyle: { color: rule }, ...axis.axisLine };
      axis.splitLine = { lineStyle: { color: rule }, ...axis.splitLine };
    }
    const magnitude = option.magnitude;
    const written = (v) => (typeof v === "number" ? number.format(magnitude ? Math.abs(v) : v) : (v ?? "–"));
    if (magnitude) for (const axis of [option.yAxis].flat()) axis.axisLabel.formatter = written;
    if (option.tooltip) {
      Object.assign(option.tooltip, {
        valueFormatter: (v) => (Array.isArray(v) ? written(v[1]) : written(v)),
        backgroundColor: style.getPropertyValue("--paper").trim(),
        borderColor: rule,
        textStyle: { color: ink },
        confine: true,
      });
      if (option.map || option.graph)
        option.tooltip.formatter = (p) => p.data?.told ?? (p.data && p.data.label ? `${p.data.label}: ${written(p.data.value)}` : "");
    }
    return { ...option, animation: false, aria: { enabled: false }, textStyle: { color: ink, fontFamily: "inherit" } };
  };

  let shapes = null; // the map is loaded once, if a chart needs it
  const mapped = async () => {
    shapes ??= fetch("/static/vendor/world.json").then((answer) => answer.json());
    echarts.registerMap("world", await shapes);
  };

  const draw = async (figure, renderer = "canvas") => {
    const option = optionOf(figure);
    if (option.map === "world") await mapped();
    const box = figure.querySelector(".canvas");
    charts.get(figure.id)?.dispose();
    const chart = echarts.init(box, null, { renderer, locale: "EN" });
    chart.setOption(option);
    chart.on("click", (event) => event.data && event.data.href && location.assign(event.data.href));
    charts.set(figure.id, chart);
    if (figure.id === "index") brushed(chart);
    return chart;
  };

  const drawAll = (within = document) => {
    if (typeof echarts === "undefined") return;
    within.querySelectorAll("figure.chart").forEach((figure) => draw(figure));
  };

  // The time between the handles of the index chart filters everything below it.
  const brushed = (chart) => {
    const form = document.getElementById("period");
    const below = document.getElementById("below");
    if (!form || !below) return;
    const days = chart.getOption().series.find((s) => s.id === "index").data.map((d) => d[0]);
    const { from, to } = form.elements;
    const at = (day, missing) => (day ? Math.max(0, days.findIndex((d) => d >= day)) : missing);
    if (from.value || to.value)
      chart.dispatchAction({
        type: "dataZoom",
        startValue: days[at(from.value, 0)],
        endValue: days[at(to.value, days.length - 1)] ?? days[days.length - 1],
      });
    let wait;
    chart.on("datazoom", () => {
      clearTimeout(wait);
      wait = setTimeout(() => {
        const zoom = chart.getOption().dataZoom[0];
        const part = (percent) => days[Math.round((percent / 100) * (days.length - 1))];
        const first = zoom.start <= 0.01 ? "" : part(zoom.start);
        const last = zoom.end >= 99.99 ? "" : part(zoom.end);
        if (first === from.value && last === to.value) return;
        [from.value, to.value] = [first, last];
        const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
        history.replaceState(null, "", `${location.pathname}?${asked}`);
        htmx.ajax("GET", `${below.dataset.part}?${asked}`, { target: "#below", swap: "innerHTML" });
      }, 350);
    });
  };

  const save = async (figure, kind) => {
    const shown = charts.get(figure.id);
    const link = document.createElement("a");
    link.download = `relasi-${figure.id}.${kind}`;
    const paper = getComputedStyle(root).getPropertyValue("--paper").trim();
    if (kind === "png") {
      link.href = shown.getDataURL({ pixelRatio: 2, backgroundColor: paper });
    } else {
      const size = { width: shown.getWidth(), height: shown.getHeight() };
      const drawn = echarts.init(null, null, { renderer: "svg", ssr: true, ...size });
      drawn.setOption({ ...optionOf(figure), backgroundColor: paper });
      link.href = URL.createObjectURL(new Blob([drawn.renderToSVGString()], { type: "image/svg+xml" }));
      drawn.dispose();
    }
    link.click();
  };

  // -- the page ----------------------------------------------------------------------------------------------------

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-save]");
    if (button) save(button.closest("figure"), button.dataset.save);
  });
  document.getElementById("theme")?.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    localStorage.setItem("theme", root.dataset.theme);
    drawAll();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawAll());
  // Fields that are left empty do not belong in the address.
  document.addEventListener("submit", (event) => {
    for (const field of event.target.elements) if (field.name && !field.value) field.disabled = true;
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form :disabled").forEach((field) => (field.disabled = false));
  });
  // What a mark says goes away again.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") document.activeElement?.closest("mark.m")?.blur();
  });
  window.addEventListener("resize", () => charts.forEach((chart) => chart.resize()));
  document.addEventListener("htmx:afterSettle", (event) => drawAll(event.target));
  drawAll();
})();
