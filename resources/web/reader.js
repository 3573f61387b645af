// Runs in a worker behind onnxruntime-web's own script: reads pictures and asks the model, so that
// the page stays alive meanwhile. Messages come in one at a time.
"use strict";

const STRIP_PIXELS = 4_000_000; // read at a time: some browsers' canvases hold only 16 million
const PREVIEW_SIDE = 480;

let session;
let enough; // A short side, in pixels, from whose double on JPEG pictures are halved

onmessage = async ({ data }) => {
  if (data.open) {
    try {
      await openModel(data.open);
      postMessage({ ready: true, altered: canvasAlteration() });
    } catch (error) {
      postMessage({ failed: String(error?.message ?? error) });
    }
    return;
  }
  try {
    postMessage({ answer: await judge(data.file) });
  } catch (error) {
    postMessage({ refused: error instanceof NoPicture ? null : String(error?.message ?? error) });
  }
};

class NoPicture extends Error {}

async function openModel({ parts, glue, ...facts }) {
  enough = facts.enough;
  ort.env.wasm.numThreads = 1; // more need headers that only a server can send
  const start = URL.createObjectURL(new Blob([glue], { type: "text/javascript" }));
  ort.env.wasm.wasmPaths = { mjs: start };
  ort.env.wasm.wasmBinary = await unpacked(joined(parts.runtime));
  ort.env.logLevel = "error";
  const options = { executionProviders: ["wasm"] };
  session = await ort.InferenceSession.create(joined(parts.model), options);
  // Once in advance: the browser compiles what runs, and what cannot run here is found out now.
  const black = new ort.Tensor("uint8", new Uint8Array(48 * 64 * 3), [1, 48, 64, 3]);
  await session.run({ image: black });
}

/** Bytes of base64 texts, each of whole groups of three bytes; they are let go on the way. */
function joined(texts) {
  const size = texts.reduce((sum, text) => sum + byteLength(text), 0);
  const bytes = new Uint8Array(size);
  let at = 0;
  while (texts.length > 0) {
    const decoded = atob(texts.shift());
    for (let i = 0; i < decoded.length; i++) bytes[at + i] = decoded.charCodeAt(i);
    at += decoded.length;
  }
  return bytes;
}

function byteLength(text) {
  return (text.length / 4) * 3 - (text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0);
}

async function unpacked(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

async function judge(file) {
  const started = performance.now();
  const bitmap = await decoded(file);
  try {
    return await answerTo(bitmap, await isJpeg(file), started);
  } finally {
    bitmap.close();
  }
}

async function answerTo(bitmap, jpeg, started) {
  const pixels = pixelsOf(bitmap, jpeg ? reduction(bitmap) : 1);
  const image = new ort.Tensor("uint8", pixels.rgb, [1, pixels.height, pixels.width, 3]);
  const found = await session.run({ image });
  const answer = {
    probabilities: found.probabilities.data.slice(),
    none: Boolean(found.none_of_these.data[0]),
    milliseconds: performance.now() - started,
    preview: await preview(bitmap),
  };
  for (const each of [image, ...Object.values(found)]) each.dispose();
  return answer;
}

/** The pixels as they lie in the file, upright: colour profiles are passed over, as in the app. */
async function decoded(file) {
  try {
    return await createImageBitmap(file, {
      imageOrientation: "from-image",
      premultiplyAlpha: "none",
      colorSpaceConversion: "none",
    });
  } catch {
    throw new NoPicture();
  }
}

async function isJpeg(file) {
  const head = new Uint8Array(await file.slice(0, 3).arrayBuffer());
  return head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff;
}

/** By what the app's own reader shrinks a large JPEG picture while it decodes it. */
function reduction({ width, height }) {
  const times = Math.floor(Math.min(width, height) / enough);
  return times >= 8 ? 8 : times >= 4 ? 4 : times >= 2 ? 2 : 1;
}

/** RGB over white; each pixel is the mean of `step` × `step`. */
function pixelsOf(bitmap, step) {
  const width = Math.ceil(bitmap.width / step);
  const height = Math.ceil(bitmap.height / step);
  const rgb = new Uint8Array(width * height * 3);
  const rows = Math.max(1, Math.floor(STRIP_PIXELS / (bitmap.width * step)));
  const strip = new OffscreenCanvas(bitmap.width, Math.min(rows, height) * step);
  const context = strip.getContext("2d", { willReadFrequently: true, colorSpace: "srgb" });
  context.fillStyle = "#fff";
  for (let top = 0; top < height; top += rows) {
    const part = Math.min(strip.height, bitmap.height - top * step);
    context.fillRect(0, 0, strip.width, strip.height);
    context.drawImage(bitmap, 0, -top * step);
    const rgba = context.getImageData(0, 0, strip.width, part).data;
    const target = rgb.subarray(top * width * 3);
    if (step === 1) copyRgb(rgba, target);
    else shrinkRgb(rgba, strip.width, part, step, target);
  }
  return { rgb, width, height };
}

function copyRgb(rgba, rgb) {
  for (let from = 0, to = 0; from < rgba.length; from += 4) {
    rgb[to++] = rgba[from];
    rgb[to++] = rgba[from + 1];
    rgb[to++] = rgba[from + 2];
  }
}

function shrinkRgb(rgba, width, height, step, rgb) {
  let to = 0;
  for (let top = 0; top < height; top += step) {
    const bottom = Math.min(top + step, height);
    for (let left = 0; left < width; left += step) {
      const right = Math.min(left + step, width);
      const half = ((bottom - top) * (right - left)) / 2;
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let y = top; y < bottom; y++) {
        for (let at = (y * width + left) * 4, end = (y * width + right) * 4; at < end; at += 4) {
          red += rgba[at];
          green += rgba[at + 1];
          blue += rgba[at + 2];
        }
      }
      rgb[to++] = (red + half) / (2 * half);
      rgb[to++] = (green + half) / (2 * half);
      rgb[to++] = (blue + half) / (2 * half);
    }
  }
}

async function preview(bitmap) {
  const scale = Math.min(1, PREVIEW_SIDE / Math.max(bitmap.width, bitmap.height));
  const side = (length) => Math.max(1, Math.round(length * scale));
  const canvas = new OffscreenCanvas(side(bitmap.width), side(bitmap.height));
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas.convertToBlob({ type: "image/jpeg", quality: 0.85 });
}

/** By how much pixels are read back other than drawn: protections against tracking change them. */
function canvasAlteration() {
  const context = new OffscreenCanvas(16, 16).getContext("2d", { willReadFrequently: true });
  const drawn = new ImageData(16, 16);
  drawn.data.forEach((_, at) => (drawn.data[at] = at % 4 === 3 ? 255 : (at * 37) % 256));
  context.putImageData(drawn, 0, 0);
  const read = context.getImageData(0, 0, 16, 16).data;
  return read.reduce((most, value, at) => Math.max(most, Math.abs(value - drawn.data[at])), 0);
}
