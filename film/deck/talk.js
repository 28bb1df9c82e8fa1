"use strict";
// Plays the clips of a talk. A clip has steps, [first frame, frame after the last]; a press of a key plays one and
// stops on its last frame. With narration a clip is one step.
(() => {
  const NEXT = ["ArrowRight", "ArrowDown", "PageDown", "Enter", " ", "n", "l"];
  const page = document.querySelector(".reveal");
  const begin = document.querySelector(".begin");
  const autoAdvance = JSON.parse(page.dataset.autoAdvance);
  const titleSeconds = Number(page.dataset.titleSeconds);
  const isSpeakers = /[?&]receiver/.test(location.search); // the page in a window of the speaker view
  const stepAsked = new URLSearchParams(location.search).get("step");
  if (isSpeakers && stepAsked) location.hash += `/${stepAsked}`;
  const deck = new Reveal(page, {
    width: 1280, height: 720, margin: 0, center: false, hash: true, fragmentInURL: true, transition: "none", backgroundTransition: "none",
    controlsTutorial: false, pdfMaxPagesPerSlide: 1, autoPlayMedia: false, plugins: [RevealNotes],
  });
  let turn = 0; // what is watched, and waited for, is the newest only

  const clipOf = (slide) => slide?.querySelector("video") ?? null;
  const stepsOf = (clip) => JSON.parse(clip.dataset.steps);
  const shownStep = (slide) => slide.querySelectorAll(".step.visible").length;
  const frameAt = (clip, seconds) => Math.floor(seconds * clip.dataset.rate + 1e-3);
  // The middle of a frame: no rounding of a player's clock leads to its neighbour.
  const middle = (clip, frame) => (frame + 0.5) / clip.dataset.rate;

  function hold(clip, frame) {
    turn += 1;
    clip.pause();
    const stands = clip.ended && frame === clip.dataset.frames - 1;
    // Also where the clock is right already: the picture may be a frame behind it.
    if (!stands) clip.currentTime = middle(clip, frame);
    clip.dataset.state = "held";
  }

  function play(clip, [first, stop]) {
    turn += 1;
    clip.currentTime = first ? middle(clip, first) : 0;
    watch(clip, stop, turn);
    resume(clip);
  }

  function resume(clip) {
    clip.dataset.state = "playing";
    begin.hidden = true;
    clip.play().catch((error) => {
      if (error.name !== "NotAllowedError") return; // left before it could begin
      clip.dataset.state = "blocked"; // a browser lets no page sound before it is touched
      begin.hidden = false;
    });
  }

  function watch(clip, stop, mine) {
    const isLast = stop >= Number(clip.dataset.frames);
    const look = () => {
      if (mine !== turn) return;
      if (isLast ? clip.ended : frameAt(clip, clip.currentTime) >= stop - 1) {
        hold(clip, stop - 1);
        if (isLast && autoAdvance) deck.next();
      } else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }

  function enter(slide, backwards) {
    turn += 1;
    begin.hidden = true;
    const clip = clipOf(slide);
    if (clip) {
      addCaptions(clip);
      showStep(slide, backwards);
    } else if (autoAdvance && !deck.isFirstSlide() && !isSpeakers) {
      const mine = turn;
      setTimeout(() => mine === turn && deck.next(), 1000 * titleSeconds);
    }
  }

  function showStep(slide, standing) {
    const clip = clipOf(slide);
    if (!clip) return;
    const step = stepsOf(clip)[shownStep(slide)];
    // What the speaker's own window shows is where the step will end.
    if (standing || isSpeakers) hold(clip, step[1] - 1);
    else play(clip, step);
  }

  function addCaptions(clip) {
    if (!clip.dataset.captions || clip.textTracks.length) return;
    const track = clip.addTextTrack("captions", "English", "en");
    track.mode = "hidden";
    for (const [start, end, text] of JSON.parse(clip.dataset.captions)) {
      const cue = new VTTCue(start, end, text.replace(/&/g, "&amp;").replace(/</g, "&lt;"));
      cue.line = -2; // in the part of the picture that the films keep free
      track.addCue(cue);
    }
  }

  function pauseOrResume() {
    const clip = clipOf(deck.getCurrentSlide());
    if (!clip || clip.dataset.state === "held") return;
    if (clip.paused) resume(clip);
    else clip.pause();
  }

  function toggleCaptions() {
    const shows = [...document.querySelectorAll("video")].some((clip) => clip.textTracks[0]?.mode === "showing");
    for (const clip of document.querySelectorAll("video")) {
      addCaptions(clip);
      if (clip.textTracks[0]) clip.textTracks[0].mode = shows ? "hidden" : "showing";
    }
  }

  deck.on("ready", ({ currentSlide }) => enter(currentSlide, false));
  deck.on("slidechanged", ({ currentSlide, previousSlide }) => {
    const backwards = Boolean(previousSlide?.compareDocumentPosition(currentSlide) & Node.DOCUMENT_POSITION_PRECEDING);
    enter(currentSlide, backwards);
  });
  deck.on("fragmentshown", () => showStep(deck.getCurrentSlide(), false));
  deck.on("fragmenthidden", () => showStep(deck.getCurrentSlide(), true));
  deck.on("paused", () => clipOf(deck.getCurrentSlide())?.pause());
  deck.addKeyBinding({ keyCode: 75, key: "K", description: "Pause the clip, or go on" }, pauseOrResume);
  deck.addKeyBinding({ keyCode: 82, key: "R", description: "Play this step again" }, () =>
    showStep(deck.getCurrentSlide(), false));
  deck.addKeyBinding({ keyCode: 67, key: "C", description: "Captions" }, toggleCaptions);
  page.addEventListener("click", ({ target }) => target instanceof HTMLVideoElement && pauseOrResume());
  begin.addEventListener("click", () => resume(clipOf(deck.getCurrentSlide())));
  window.addEventListener("keydown", (event) => {
    if (begin.hidden || !NEXT.includes(event.key)) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    resume(clipOf(deck.getCurrentSlide()));
  }, true);
  deck.initialize();
  // The speaker view opens slides at their first step and would set this page back to that, so it is told the step.
  Object.defineProperty(deck.getConfig(), "url", {
    enumerable: true,
    get: () => `${location.href.split(/[?#]/)[0]}?step=${deck.getIndices().f ?? ""}`,
  });
  window.deck = deck;
})();
