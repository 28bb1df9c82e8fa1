"use strict";
// Shows what the watcher says. All text comes in as text, never as markup.
const at = (id) => document.getElementById(id);

function made(tag, text, kind) {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (kind) element.className = kind;
  return element;
}

function setSource(element, source) {
  if (element.getAttribute("src") !== source) element.src = source;
}

function showState(state) {
  const wrong = state.findings.some((finding) => finding.is_error);
  document.title = `${wrong ? "✗ " : ""}${state.film}: ${state.state}`;
  at("title").textContent = state.title ? `${state.film} · ${state.title}` : state.film;
  at("state").textContent = state.state;
  at("state").className = state.busy ? "busy" : wrong ? "wrong" : "ready";
}

function showPicture(state) {
  const frame = at("frame"), beat = state.beats.find((each) => each.name === state.watched);
  frame.hidden = !state.picture;
  if (state.picture) {
    setSource(frame, `/picture/${state.picture}.png`);
    frame.decode().then(() => { frame.dataset.drawn = state.drawn; }, () => {});
  }
  frame.className = state.picture_of !== state.watched || (beat && beat.waiting) ? "old" : "";
  frame.alt = state.picture ? `Last frame of ${state.picture_of}` : "";
  at("caption").textContent = state.after && frame.className === "" ? `${frame.alt}, after ${state.after}` : frame.alt;
  at("moving").hidden = !state.clip;
  if (state.clip) setSource(at("clip"), `/video/${state.clip}.mp4`);
  at("clip-caption").textContent = `The beat ${state.clip_of}`;
  at("whole").hidden = !state.whole;
  if (state.whole) at("whole").href = `/video/${state.whole}.mp4`;
}

function showScript(state) {
  at("script-title").textContent = state.script_line
    ? `Script, from line ${state.script_line}` : "Script";
  at("script").replaceChildren(...state.script.map((line, index) => {
    const paragraph = made("p", undefined, index ? "" : "head");
    for (const part of line.split(/(\[[\w .]+\])(?!\()/)) {
      paragraph.append(made("span", part, /^\[[\w .]+\]$/.test(part) ? "cue" : ""));
    }
    return paragraph;
  }));
}

function copyButton(text) {
  const button = made("button", "Copy");
  button.type = "button";
  button.setAttribute("aria-label", `Copy ${text}`);
  button.onclick = () => navigator.clipboard.writeText(text).then(() => { button.textContent = "Copied"; });
  return button;
}

function showFindings(state) {
  at("findings-box").hidden = !state.findings.length;
  at("findings-box").className = state.findings.some((finding) => finding.is_error) ? "" : "calm";
  at("findings").replaceChildren(...state.findings.map((finding) => {
    const item = made("li", undefined, finding.is_error ? "error" : "warning");
    const place = finding.place || finding.beat;
    if (place) {
      const row = made("div", undefined, "place");
      row.append(made("code", place));
      if (finding.place) row.append(copyButton(place));
      item.append(row);
    }
    item.append(made("div", finding.text));
    return item;
  }));
}

function choose(beat) {
  fetch("/choose", { method: "POST", body: beat });
}

function showBeats(state) {
  const list = at("beats");
  while (list.children.length > state.beats.length) list.lastChild.remove();
  state.beats.forEach((beat, index) => {
    if (!list.children[index]) {
      const item = made("li"), button = made("button");
      button.type = "button";
      button.append(made("div", undefined, "none"), made("span"));
      item.append(button);
      list.append(item);
    }
    const button = list.children[index].firstChild;
    button.onclick = () => choose(beat.name);
    button.title = beat.title;
    button.className = `${beat.changed ? "changed" : ""} ${beat.waiting ? "waiting" : ""}`;
    button.setAttribute("aria-current", beat.name === state.watched);
    button.lastChild.textContent = beat.name;
    if (beat.picture) {
      if (button.firstChild.tagName !== "IMG") button.firstChild.replaceWith(made("img"));
      button.firstChild.alt = "";
      setSource(button.firstChild, `/picture/${beat.picture}.png`);
    }
  });
  at("follow").hidden = !state.chosen;
}

function show(state) {
  for (const part of [showState, showPicture, showFindings, showScript, showBeats]) part(state);
}

at("follow").onclick = () => choose("");
const events = new EventSource("/events");
events.onmessage = (event) => show(JSON.parse(event.data));
events.onerror = () => {
  at("state").textContent = "not connected: is `render.py watch` still running?";
  at("state").className = "wrong";
};
