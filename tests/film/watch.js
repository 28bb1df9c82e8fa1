// The body of an async function that watches a film: what it shows at some frames, what it says, whether it plays to
// its end. `asked` stands before this: {film, captions, rate, frames, step}. Null where the browser plays no such film.

const video = document.createElement("video");
const until = name => new Promise((done, fail) => {
  video.addEventListener(name, done, {once: true});
  video.addEventListener("error", () => fail(new Error(`${name}: ${video.error.message}`)), {once: true});
});
const PATIENCE = 15_000; // milliseconds
const soon = (promise, what) => Promise.race([
  promise,
  new Promise((_, fail) => setTimeout(() => fail(new Error(`${what} does not come`)), PATIENCE)),
]);

if (!video.canPlayType('video/mp4; codecs="avc1.640028, mp4a.40.2"')) return null;
const loaded = until("loadeddata");
const track = document.createElement("track");
Object.assign(track, {kind: "captions", src: asked.captions, default: true});
const told = new Promise((done, fail) => Object.assign(track, {onload: done, onerror: () => fail(new Error("captions"))}));
video.src = asked.film;
video.append(track);
document.body.append(video);
await soon(loaded, "the first frame");
await soon(told, "the captions file");

let time = null; // of the frame that is shown
const anotherFrame = () => new Promise(done => {
  const look = (_, {mediaTime}) =>
    mediaTime === time ? video.requestVideoFrameCallback(look) : done((time = mediaTime));
  video.requestVideoFrameCallback(look);
});

// Colours of every step-th pixel of every step-th line, and the time that the shown frame claims.
const pen = new OffscreenCanvas(video.videoWidth, video.videoHeight).getContext("2d", {willReadFrequently: true});
const seen = [];
for (const frame of asked.frames) {
  const shown = anotherFrame();
  const sought = until("seeked");
  video.currentTime = (frame + 0.5) / asked.rate;
  await soon(Promise.all([sought, shown]), `frame ${frame}, another than the one at ${time} s,`);
  pen.drawImage(video, 0, 0);
  const {data, width, height} = pen.getImageData(0, 0, pen.canvas.width, pen.canvas.height);
  const colours = [];
  for (let y = asked.step >> 1; y < height; y += asked.step)
    for (let x = asked.step >> 1; x < width; x += asked.step)
      colours.push([...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 3)]);
  seen.push({frame, time, colours});
}

const file = await (await fetch(asked.film)).arrayBuffer();
const sound = await new OfflineAudioContext(2, 1, 48000).decodeAudioData(file);

video.currentTime = 0;
video.playbackRate = 8;
const ended = until("ended");
await video.play();
await soon(ended, "the end");

return {
  size: [video.videoWidth, video.videoHeight],
  duration: video.duration,
  stopped: video.currentTime,
  error: video.error?.message ?? null,
  seen,
  captions: [...track.track.cues].map(cue => [cue.startTime, cue.endTime, cue.getCueAsHTML().textContent]),
  sound: Array.from(sound.getChannelData(0), value => Math.round(value * 32767)),
};
