// What the page does around the browser's own player. Without it the film plays too, and the words are there to read.
"use strict";
(() => {
  const $ = id => document.getElementById(id);
  const video = $("video"), said = $("said"), search = $("search");
  const INTO = 0.01; // seconds after a start, so that rounding does not show the frame before
  const LONG = 10, SHORT = 5;

  const stored = name => { try { return localStorage.getItem(name); } catch { return null; } };
  const store = (name, value) => { try { localStorage.setItem(name, value); } catch { /* not remembered */ } };
  const timed = selector => [...document.querySelectorAll(selector)].map(
    element => ({ element, start: Number(element.dataset.start), end: Number(element.dataset.end) }));
  const films = timed(".film"), beats = timed(".beat-link"), sections = timed(".said-beat"), sentences = timed(".sentence");
  const starts = new Map([...document.querySelectorAll(".films [data-address]")].map(
    link => [link.dataset.address, Number(link.dataset.seek)]));

  // ---- captions: from a file on the disk a <track> may not be loaded, so the cues are made here

  for (const track of video.querySelectorAll("track")) track.remove();
  const captions = video.addTextTrack("captions", "English", document.documentElement.lang);
  for (const [start, end, text] of JSON.parse($("cues").textContent)) {
    const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    captions.addCue(new VTTCue(start, end, escaped));
  }
  captions.mode = stored("captions") === "off" ? "disabled" : "showing";
  const showCaptions = () => $("captions").setAttribute("aria-pressed", String(captions.mode === "showing"));
  const toggleCaptions = () => {
    captions.mode = captions.mode === "showing" ? "disabled" : "showing";
    store("captions", captions.mode === "showing" ? "on" : "off");
    showCaptions();
  };
  $("captions").addEventListener("click", toggleCaptions);
  video.textTracks.addEventListener("change", showCaptions); // the player's own menu
  showCaptions();

  // ---- where the film is

  let current = null; // the link of the beat that plays
  let seekTo = null; // where to go as soon as the player can
  const now = () => seekTo ?? video.currentTime;
  const at = (things, time) => things.find(thing => time >= thing.start && time < thing.end) ?? null;
  const mark = (things, time, name) => {
    const here = at(things, time);
    for (const thing of things) {
      if (thing === here) thing.element.setAttribute(name, "true");
      else thing.element.removeAttribute(name);
    }
    return here;
  };
  let shown = null; // the sentence that was last scrolled to
  const follow = sentence => {
    if (sentence === null || sentence === shown || !$("follow").checked || search.value.trim()) return;
    shown = sentence;
    const view = said.getBoundingClientRect(), box = sentence.element.getBoundingClientRect();
    if (box.top < view.top + view.height * 0.15 || box.bottom > view.top + view.height * 0.7) {
      // Only the list moves, never the page.
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      said.scrollTo({ top: said.scrollTop + box.top - view.top - view.height * 0.3, behavior: still ? "auto" : "smooth" });
    }
  };
  const show = () => {
    const time = now() + INTO;
    const film = mark(films, time, "data-current");
    const beat = mark(beats, time, "aria-current") ?? beats.at(-1);
    mark(sections, time, "data-current");
    follow(mark(sentences, time, "data-current"));
    if (beat.element === current) return;
    current = beat.element;
    const title = (film ?? films.at(-1)).element.querySelector(".film-title");
    $("now-film").textContent = title.textContent;
    $("now-beat").textContent = current.querySelector(".beat-title").textContent;
  };
  for (const event of ["timeupdate", "seeking", "seeked", "loadedmetadata"]) video.addEventListener(event, show);

  // ---- going somewhere

  const play = () => video.play().catch(() => { /* the browser wants a click first */ });
  const seek = (time, start) => {
    const end = Number.isFinite(video.duration) ? video.duration : Infinity;
    const wanted = Math.min(Math.max(0, time), end);
    if (video.readyState === 0) {
      seekTo = wanted;
      video.preload = "auto";
    } else {
      video.currentTime = wanted;
    }
    show();
    if (start) play();
  };
  video.addEventListener("loadedmetadata", () => {
    if (seekTo === null) return;
    const time = seekTo;
    seekTo = null;
    video.currentTime = time;
  });
  const inView = () => {
    const box = video.getBoundingClientRect();
    if (box.top < 0 || box.bottom > innerHeight) video.scrollIntoView({ block: "nearest" });
  };
  const goToAddress = () => {
    let address = location.hash.slice(1);
    try { address = decodeURIComponent(address); } catch { /* as it stands */ }
    if (!starts.has(address)) return false;
    seek(starts.get(address) + INTO, false);
    return true;
  };
  document.addEventListener("click", event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a[data-seek]");
    if (link !== null) {
      event.preventDefault();
      history.replaceState(null, "", `#${link.dataset.address}`);
      seek(Number(link.dataset.seek) + INTO, true);
      inView();
      return;
    }
    const sentence = event.target.closest(".sentence");
    if (sentence !== null && String(getSelection()) === "") seek(Number(sentence.dataset.start) + INTO, true);
  });
  addEventListener("hashchange", () => { if (goToAddress()) inView(); });
  addEventListener("load", () => {
    // The browser has gone to the words of that beat; the film is what was meant.
    if (goToAddress()) scrollTo(0, 0);
  });

  const step = by => {
    const here = beats.findIndex(beat => beat.element === current);
    const beat = beats[Math.min(Math.max(0, here + by), beats.length - 1)];
    seek(Number(beat.element.dataset.seek) + INTO, false);
  };
  $("previous-beat").addEventListener("click", () => step(-1));
  $("next-beat").addEventListener("click", () => step(1));

  const tell = words => {
    $("told").textContent = words;
    setTimeout(() => { if ($("told").textContent === words) $("told").textContent = ""; }, 4000);
  };
  $("copy").addEventListener("click", async () => {
    history.replaceState(null, "", `#${current.dataset.address}`);
    try {
      await navigator.clipboard.writeText(location.href);
      tell("The link to this beat is copied.");
    } catch {
      tell("The link to this beat is in the address bar.");
    }
  });

  // ---- search

  const plain = text => text.toLowerCase();
  const texts = new Map(sentences.map(({ element }) => [element, element.textContent]));
  let hits = [], hit = -1;
  const marked = (element, wanted) => {
    const text = texts.get(element), places = [];
    for (let i = plain(text).indexOf(wanted); wanted && i >= 0; i = plain(text).indexOf(wanted, i + wanted.length)) places.push(i);
    const nodes = [];
    let end = 0;
    for (const place of places) {
      const mark = document.createElement("mark");
      mark.textContent = text.slice(place, place + wanted.length);
      nodes.push(text.slice(end, place), mark);
      end = place + wanted.length;
    }
    element.replaceChildren(...nodes, text.slice(end));
    return places.length > 0;
  };
  const find = () => {
    const wanted = plain(search.value.trim().replaceAll(/\s+/g, " "));
    hits = sentences.filter(({ element }) => marked(element, wanted));
    hit = -1;
    const kept = new Set(hits.map(({ element }) => element));
    said.classList.toggle("searching", wanted !== "");
    for (const block of said.querySelectorAll(".said-beat, .said-film")) {
      block.hidden = wanted !== "" && ![...block.querySelectorAll(".sentence")].some(element => kept.has(element));
    }
    $("nothing").hidden = wanted === "" || hits.length > 0;
    $("found").textContent = wanted === "" ? "" : hits.length === 1 ? "1 sentence" : `${hits.length} sentences`;
    if (wanted === "") { shown = null; show(); } else said.scrollTo(0, 0);
  };
  const goToHit = by => {
    if (hits.length === 0) return;
    hit = (hit + by + hits.length) % hits.length;
    $("found").textContent = `${hit + 1} of ${hits.length}`;
    const box = hits[hit].element.getBoundingClientRect(), view = said.getBoundingClientRect();
    said.scrollTo({ top: said.scrollTop + box.top - view.top - view.height / 3 });
    seek(hits[hit].start + INTO, false);
  };
  search.addEventListener("input", find);
  search.addEventListener("keydown", event => {
    if (event.key === "Enter") { event.preventDefault(); goToHit(event.shiftKey ? -1 : 1); }
    if (event.key === "Escape") { search.value = ""; find(); search.blur(); }
  });

  // ---- keys

  const keys = $("keys");
  keys.checked = stored("keys") !== "off";
  keys.addEventListener("change", () => store("keys", keys.checked ? "on" : "off"));
  const fullScreen = () => (document.fullscreenElement ? document.exitFullscreen() : video.requestFullscreen?.()?.catch(() => {}));
  const commands = {
    " ": () => (video.paused ? play() : video.pause()),
    k: () => (video.paused ? play() : video.pause()),
    j: () => seek(now() - LONG, false),
    l: () => seek(now() + LONG, false),
    ArrowLeft: () => seek(now() - SHORT, false),
    ArrowRight: () => seek(now() + SHORT, false),
    p: () => step(-1),
    n: () => step(1),
    c: toggleCaptions,
    m: () => { video.muted = !video.muted; },
    f: fullScreen,
    "/": () => { search.focus(); search.select(); },
  };
  // Where a key means something already, it keeps its meaning.
  const OWN = { " ": "video, a, button, summary, .said", ArrowLeft: "video", ArrowRight: "video" };
  document.addEventListener("keydown", event => {
    if (!keys.checked || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typed = event.target.closest("input, textarea, select, [contenteditable]");
    if (typed !== null && !(typed.type === "checkbox" && event.key !== " ")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (!Object.hasOwn(commands, key) || (OWN[key] && event.target.closest(OWN[key]))) return;
    event.preventDefault();
    commands[key]();
  });

  // ---- on paper everything is open

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => { for (const details of opened) details.open = false; });

  show();
})();
