// A film that is pointed at shows its lines: what it builds on, and what builds on it.
"use strict";
(() => {
  const map = document.getElementById("map");
  const lines = [...map.querySelectorAll(".line")];
  const rows = new Map([...map.querySelectorAll("[data-film]")].map(row => [row.dataset.film, row]));

  const point = name => {
    map.classList.toggle("pointing", name !== null);
    for (const row of rows.values()) row.classList.remove("here", "before", "after");
    rows.get(name)?.classList.add("here");
    for (const line of lines) {
      const { before, after } = line.dataset;
      line.classList.toggle("in", after === name);
      line.classList.toggle("out", before === name);
      if (after === name) rows.get(before)?.classList.add("before");
      if (before === name) rows.get(after)?.classList.add("after");
    }
  };
  const pointed = event => event.target.closest("[data-film]")?.dataset.film ?? null;
  map.addEventListener("pointerover", event => point(pointed(event)));
  map.addEventListener("pointerleave", () => point(null));
  map.addEventListener("focusin", event => point(pointed(event)));
  map.addEventListener("focusout", () => point(null));
})();
