"use strict";
(() => {
  const root = document.documentElement;
  const charts = JSON.parse(document.getElementById("charts").textContent);
  const plots = [...document.querySelectorAll(".plot")];
  const settings = { displayModeBar: false, responsive: false, showTips: false, doubleClick: false, scrollZoom: false };
  const language = () => root.dataset.language;

  // Draw one figure for the language and the room there is.
  function draw(plot, width = plot.clientWidth) {
    const kind = `${language()}-${width < 600 ? "narrow" : "wide"}`;
    const figure = structuredClone(charts[plot.dataset.chart][kind]);
    plot.style.minHeight = "0";
    return Plotly.react(plot, figure.data, { ...figure.layout, width }, settings);
  }

  // One figure after the other, so that the page can be read while they come.
  async function drawAll() {
    root.dataset.ready = "";
    for (const plot of plots) {
      await draw(plot);
      await new Promise((done) => setTimeout(done));
    }
    root.dataset.ready = "yes";
  }

  function speak(chosen) {
    root.dataset.language = chosen;
    root.lang = chosen === "zh" ? "zh-CN" : "en";
    document.title = document.querySelector("title").dataset[chosen];
    for (const button of document.querySelectorAll("[data-set]")) {
      button.setAttribute("aria-pressed", String(button.dataset.set === chosen));
    }
    return drawAll();
  }

  // Sort a table by a column; a second press turns it round.
  function sort(header) {
    const table = header.closest("table");
    const place = [...header.parentNode.children].indexOf(header);
    const up = header.getAttribute("aria-sort") === "descending";
    const numeric = header.classList.contains("number");
    const value = (row) => row.children[place].dataset.value;
    const rank = (row) => {
      const number = parseFloat(value(row));
      return Number.isNaN(number) ? -Infinity : number;
    };
    const rows = [...table.tBodies[0].rows];
    rows.sort((a, b) => (numeric ? rank(a) - rank(b) : value(a).localeCompare(value(b), root.lang)));
    if (!up) rows.reverse();
    for (const other of header.parentNode.children) other.setAttribute("aria-sort", "none");
    header.setAttribute("aria-sort", up ? "ascending" : "descending");
    table.tBodies[0].append(...rows);
  }

  for (const header of document.querySelectorAll("thead th")) {
    header.firstElementChild.addEventListener("click", () => sort(header));
  }
  for (const button of document.querySelectorAll("[data-set]")) {
    button.addEventListener("click", () => {
      history.replaceState(null, "", `#${button.dataset.set}`);
      speak(button.dataset.set);
    });
  }

  // Mark the section being read in the table of contents.
  const links = new Map([...document.querySelectorAll("nav a")].map((link) => [link.hash.slice(1), link]));
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) links.get(entry.target.id)?.classList.toggle("here", entry.isIntersecting);
  }, { rootMargin: "-20% 0px -70% 0px" });
  for (const section of document.querySelectorAll("main > section")) watcher.observe(section);

  let waiting;
  let width = window.innerWidth;
  addEventListener("resize", () => {
    if (window.innerWidth === width) return;
    width = window.innerWidth;
    clearTimeout(waiting);
    waiting = setTimeout(drawAll, 150);
  });
  const paper = 680; // CSS pixels of an A4 page between its margins
  addEventListener("beforeprint", () => plots.forEach((plot) => draw(plot, plot.closest(".half") ? paper / 2 - 16 : paper)));
  addEventListener("afterprint", drawAll);

  speak(location.hash === "#en" ? "en" : "zh");
})();
