// Runs before the page is drawn: the theme that was chosen here before, else what the system prefers.
"use strict";
(() => {
  const root = document.documentElement;
  const light = matchMedia("(prefers-color-scheme: light)");
  // Storage can be closed to pages from a disk; then nothing is remembered.
  const remembered = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
  const remember = name => { try { localStorage.setItem("theme", name); } catch { /* not remembered */ } };
  const current = () => root.dataset.theme ?? (light.matches ? "light" : "dark");

  const chosen = remembered();
  if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  root.classList.add("has-script");

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("theme"), label = document.getElementById("theme-name");
    const show = () => { label.textContent = current() === "dark" ? "Light" : "Dark"; };
    button.addEventListener("click", () => {
      root.dataset.theme = current() === "dark" ? "light" : "dark";
      remember(root.dataset.theme);
      show();
    });
    light.addEventListener("change", show);
    show();
  });
})();
