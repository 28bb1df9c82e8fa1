"use strict";
(() => {
  const by = (id) => document.getElementById(id);
  const form = by("choice"), words = by("words"), part = by("part"), film = by("film"), myths = by("myths"), format = by("format");
  const clips = [...document.querySelectorAll(".clip")];
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const texts = new Map(clips.map((clip) => [clip, plain(clip.dataset.words)]));
  const chosen = { words, part, film, format };

  const show = () => {
    for (const option of film.options) option.hidden = option.disabled = Boolean(part.value && option.dataset.part && option.dataset.part !== part.value);
    if (film.selectedOptions[0]?.disabled) film.value = "";
    const wanted = plain(words.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const clip of clips) {
      const fits = (!part.value || clip.dataset.part === part.value) && (!film.value || clip.dataset.film === film.value)
        && (!myths.checked || "myth" in clip.dataset) && wanted.every((word) => texts.get(clip).includes(word));
      clip.hidden = !fits;
      count += fits;
    }
    for (const section of document.querySelectorAll(".film")) section.hidden = !section.querySelector(".clip:not([hidden])");
    for (const name of document.querySelectorAll(".command .format")) name.textContent = format.value;
    by("films").classList.toggle("mixed", wanted.length > 0 || myths.checked);
    by("nothing").hidden = count > 0;
    by("count").textContent = `${count} of ${clips.length} clips`;
    remember();
  };

  // The choice is part of the address, so that it can be kept and sent.
  const remember = () => {
    const kept = new URLSearchParams();
    for (const [name, field] of Object.entries(chosen)) if (field.value && field.value !== field.options?.[0].value) kept.set(name, field.value);
    if (myths.checked) kept.set("myths", "");
    const hash = kept.size ? `#${kept}` : location.pathname + location.search;
    history.replaceState(null, "", hash);
  };
  const recall = () => {
    const kept = new URLSearchParams(location.hash.slice(1));
    for (const [name, field] of Object.entries(chosen)) {
      const value = kept.get(name);
      if (value !== null && (!field.options || [...field.options].some((option) => option.value === value))) field.value = value;
    }
    myths.checked = kept.has("myths");
  };

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Without a clipboard for scripts (some browsers, from a file): select a field and copy that.
      const field = Object.assign(document.createElement("textarea"), { value: text, className: "unseen" });
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      return done;
    }
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest(".copy");
    if (!button) return;
    const command = button.parentElement.querySelector("code").textContent.trim();
    const done = await copy(command);
    button.focus();
    button.textContent = done ? "Copied" : "Select it";
    button.classList.toggle("done", done);
    by("said").textContent = done ? `Copied: ${command}` : "The browser does not let a page copy; select the command";
    clearTimeout(button.timer);
    button.timer = setTimeout(() => { button.textContent = "Copy"; button.classList.remove("done"); }, 2000);
  });

  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  by("all").addEventListener("click", () => {
    const kept = format.value;
    form.reset();
    format.value = kept;
    show();
  });
  form.hidden = false;
  for (const button of document.querySelectorAll(".copy")) button.hidden = false;
  // An address of a clip (#kraft@budget) is left as it is until something is chosen.
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target) {
    by("count").textContent = `${clips.length} of ${clips.length} clips`;
    target.scrollIntoView();
  } else {
    recall();
    show();
  }
})();
