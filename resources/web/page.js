// The page itself: takes pictures in, hands them to the reader (a worker) one by one, and shows
// the answers.
"use strict";

const MOST_PIXELS = 89_478_485; // 256 MiB of RGB, as in the app
const TOP = 5;
const LEDE_LETTERS = 120;
const BEARABLE = 2; // levels of 255 by which a browser may alter pixels: answers hardly change

const ENGLISH = {
  lede: "Which of these is in a picture: {names}?",
  ledeMore: "Which of {count} classes is in a picture: {names}…?",
  drop: "Drop pictures here, or paste them",
  dropTouch: "What is in your picture?",
  choose: "Choose pictures…",
  take: "Take a picture",
  formats: "JPEG, PNG, WebP, GIF, AVIF and BMP are read.",
  opening: "Opening the model …",
  results: "{count} answers",
  result: "1 answer",
  working: "{done} of {count} pictures",
  stop: "Stop",
  save: "Save table",
  clear: "Clear",
  waiting: "Waiting …",
  none: "None of these",
  noneWhy: "The model is not certain enough.",
  noPicture: "Not a picture that can be read here",
  noPictureWhy: "The browser reads JPEG, PNG, WebP, GIF, AVIF and BMP.",
  tooLarge: "Too large to be read",
  tooLargeWhy: "{width} × {height} pixels; at most {limit} million can be read.",
  noAnswer: "No answer for this picture",
  noAnswerWhy: "The model could not be run ({reason}). A smaller copy of the picture may help.",
  milliseconds: "{count} ms",
  problem: "The model cannot be run here.",
  problemWhy:
    "Open this page in a browser that is up to date: Chrome, Edge, Firefox or Safari. ({reason})",
  damaged: "The page is cut short: the end of its file is missing.",
  damagedWhy: "Copy the whole file again.",
  hides: "This browser hides pictures from pages.",
  hidesWhy:
    "It protects from tracking so. Allow this page to read canvases, or use another browser.",
  caution:
    "To protect from tracking, this browser changes pictures a little before a page may look at"
    + " them. Answers may differ a little from those in other browsers.",
  private: "Your pictures stay on this device: this page needs no network and sends nothing.",
  licences: "Licence of the part that runs the model",
  notices: "What it is made of in turn: ThirdPartyNotices.txt of the ONNX Runtime project.",
  table: "answers",
  answers: "Answers",
};

const CHINESE = {
  lede: "图片里是哪一个：{names}？",
  ledeMore: "图片属于 {count} 个类别中的哪一个：{names}……？",
  drop: "将图片拖放到这里，或直接粘贴",
  dropTouch: "你的图片里是什么？",
  choose: "选择图片…",
  take: "拍照",
  formats: "可读取 JPEG、PNG、WebP、GIF、AVIF 和 BMP。",
  opening: "正在打开模型……",
  results: "{count} 个答案",
  result: "1 个答案",
  working: "第 {done} 张，共 {count} 张图片",
  stop: "停止",
  save: "保存表格",
  clear: "清空",
  waiting: "等待中……",
  none: "以上都不是",
  noneWhy: "模型把握不足。",
  noPicture: "这里无法读取这张图片",
  noPictureWhy: "浏览器可以读取 JPEG、PNG、WebP、GIF、AVIF 和 BMP。",
  tooLarge: "图片太大，无法读取",
  tooLargeWhy: "{width} × {height} 像素；最多可读取 {limit} 百万像素。",
  noAnswer: "这张图片没有答案",
  noAnswerWhy: "模型无法运行（{reason}）。可以换一张较小的图片试试。",
  milliseconds: "{count} 毫秒",
  problem: "模型无法在这里运行。",
  problemWhy: "请用最新版的浏览器打开本页面：Chrome、Edge、Firefox 或 Safari。（{reason}）",
  damaged: "页面不完整：文件末尾缺失。",
  damagedWhy: "请重新复制整个文件。",
  hides: "此浏览器不让网页读取图片。",
  hidesWhy: "这是为了防止跟踪。请允许本页面读取画布，或换用其他浏览器。",
  caution: "此浏览器为防止跟踪，会在网页读取图片前略微改动图片。答案可能与其他浏览器略有不同。",
  private: "你的图片不会离开此设备：本页面无需网络，也不会发送任何内容。",
  licences: "运行模型的组件的许可证",
  notices: "它所用的其他组件：见 ONNX Runtime 项目的 ThirdPartyNotices.txt。",
  table: "答案",
  answers: "答案",
};

const spoken = navigator.languages.find((each) => /^(en|zh)\b/.test(each));
const texts = spoken?.startsWith("zh") ? CHINESE : ENGLISH;
const element = (id) => document.getElementById(id);
const PLAIN_TEXTS = [
  "choose", "take", "formats", "stop", "save", "clear", "private", "licences", "notices",
];
const facts = JSON.parse(element("facts").textContent);

let reader; // the worker, once it runs
let ready = false;
let asked = null; // the job that the reader is at
const waiting = [];
const answered = []; // rows of the table

function say(text, values = {}) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

const percent = (share) => `${(100 * share).toFixed(1)} %`;

// ---- taking pictures in

function take(files) {
  if (!element("problem").hidden) return;
  const added = [];
  for (const file of files) {
    const card = element("card").content.firstElementChild.cloneNode(true);
    card.dataset.state = "waiting";
    card.querySelector("h3").textContent = texts.waiting;
    card.querySelector(".name").textContent = file.name;
    added.push({ file, card });
  }
  waiting.push(...added);
  element("list").prepend(...added.map(({ card }) => card)); // the newest are seen first
  next();
}

async function next() {
  if (ready && asked === null && waiting.length > 0) {
    const job = (asked = waiting.shift());
    const size = await sizeOf(job.file);
    if (size !== null && size.width * size.height > MOST_PIXELS) {
      const limit = Math.floor(MOST_PIXELS / 1e6);
      finish(() => showRefusal(job, texts.tooLarge, say(texts.tooLargeWhy, { ...size, limit })));
    } else {
      reader.postMessage({ file: job.file });
    }
  }
  showProgress();
}

/** Width and height, without decoding the picture; null if it is none. */
function sizeOf(file) {
  return new Promise((resolve) => {
    const image = new Image();
    const url = URL.createObjectURL(file);
    const done = (size) => {
      URL.revokeObjectURL(url);
      resolve(size);
    };
    image.onload = () => done({ width: image.naturalWidth, height: image.naturalHeight });
    image.onerror = () => done(null);
    image.src = url;
  });
}

function finish(show) {
  const job = asked;
  asked = null;
  if (job.card.isConnected) show(job); // not cleared meanwhile
  next();
}

// ---- showing answers

function showAnswer(job, { probabilities, none, milliseconds, preview }) {
  const order = [...probabilities.keys()].sort((a, b) => probabilities[b] - probabilities[a]);
  const [best, share] = [facts.labels[order[0]], probabilities[order[0]]];
  const { file, card } = job;
  card.dataset.state = none ? "none" : "done";
  card.querySelector("h3").textContent = none ? texts.none : best;
  card.querySelector(".why").textContent = none ? texts.noneWhy : "";
  const rows = order.slice(0, TOP).map((at) => answerRow(facts.labels[at], probabilities[at]));
  card.querySelector(".answers").replaceChildren(...rows);
  card.querySelector(".answers").setAttribute("aria-label", texts.answers);
  const time = say(texts.milliseconds, { count: Math.round(milliseconds) });
  card.querySelector(".name").textContent = `${file.name} · ${time}`;
  card.dataset.milliseconds = milliseconds;
  showPicture(card, preview);
  answered.push([file.name, best, share, ...probabilities, none ? "yes" : "no", ""]);
  announce(file, none ? texts.none : `${best}, ${percent(share)}`);
}

function answerRow(label, share) {
  const row = document.createElement("li");
  const name = document.createElement("span");
  name.className = "label";
  name.textContent = label;
  name.title = label;
  const track = document.createElement("div");
  track.className = "track";
  track.ariaHidden = "true";
  const fill = document.createElement("div");
  fill.className = "fill";
  fill.style.width = `${100 * share}%`;
  track.append(fill);
  const figure = document.createElement("data");
  figure.value = share;
  figure.textContent = percent(share);
  row.append(name, track, figure);
  return row;
}

function showPicture(card, preview) {
  const image = document.createElement("img");
  image.alt = "";
  image.src = URL.createObjectURL(preview);
  image.onload = () => URL.revokeObjectURL(image.src);
  card.querySelector(".picture").replaceChildren(image);
}

function showRefusal({ file, card }, title, why) {
  card.dataset.state = "refused";
  card.querySelector("h3").textContent = title;
  card.querySelector(".why").textContent = why;
  card.querySelector(".name").textContent = file.name;
  answered.push([file.name, ...Array(facts.labels.length + 3).fill(""), `${title}. ${why}`]);
  announce(file, title);
}

/** Tell a screen reader; of many pictures only the last, for it would never end. */
function announce(file, told) {
  if (waiting.length === 0) element("announced").textContent = `${file.name}: ${told}`;
}

function showProgress() {
  const count = element("list").childElementCount;
  const left = waiting.length + (asked?.card.isConnected ? 1 : 0);
  const title = left > 0 ? texts.working : count === 1 ? texts.result : texts.results;
  element("results").hidden = count === 0;
  document.body.classList.toggle("filled", count > 0);
  element("results-title").textContent = say(title, { done: count - left, count });
  element("stop").hidden = left === 0;
  element("save").disabled = answered.length === 0;
}

// ---- buttons

function stop() {
  for (const { card } of waiting.splice(0)) card.remove();
  showProgress();
}

function clear() {
  element("list").replaceChildren();
  waiting.length = answered.length = 0;
  element("choose").focus();
  showProgress();
}

/** The table that the app writes too; what spreadsheets would compute gets an apostrophe before. */
function save() {
  const cell = (value) => `"${String(value).replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`;
  const head = ["path", "answer", "confidence", ...facts.labels, "rejected", "error"];
  const table = [head, ...answered].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(["\ufeff", table], { type: "text/csv" }));
  link.download = `${texts.table}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// ---- opening the model

function open() {
  const parts = { runtime: [], model: [] };
  for (const part of document.querySelectorAll("script[data-part]")) {
    parts[part.dataset.part].push(part.textContent);
    part.remove();
  }
  if (element("end") === null) {
    showProblem(texts.damaged, texts.damagedWhy);
    return;
  }
  const source = JSON.parse(element("reader").textContent);
  const url = URL.createObjectURL(new Blob([source.script], { type: "text/javascript" }));
  reader = new Worker(url);
  reader.onmessage = ({ data }) => hear(data);
  reader.onerror = ({ message }) => showFailure(message);
  reader.postMessage({ open: { parts, glue: source.glue, enough: facts.enough } });
}

function hear(told) {
  if (told.ready && told.altered > BEARABLE) {
    showProblem(texts.hides, texts.hidesWhy);
  } else if (told.ready) {
    ready = true;
    element("opening").hidden = true;
    element("caution").hidden = told.altered === 0;
    document.body.dataset.state = "ready";
    next();
  } else if (told.failed !== undefined) {
    showFailure(told.failed);
  } else if (told.answer) {
    finish((job) => showAnswer(job, told.answer));
  } else if (told.refused === null) {
    finish((job) => showRefusal(job, texts.noPicture, texts.noPictureWhy));
  } else {
    const why = say(texts.noAnswerWhy, { reason: told.refused });
    finish((job) => showRefusal(job, texts.noAnswer, why));
  }
}

function showFailure(reason) {
  showProblem(texts.problem, say(texts.problemWhy, { reason }));
}

function showProblem(title, hint) {
  asked?.card.remove();
  stop();
  element("opening").hidden = true;
  element("drop").hidden = true;
  element("problem-title").textContent = title;
  element("problem-hint").textContent = hint;
  element("problem").hidden = false;
  document.body.dataset.state = "failed";
}

// ---- words, and what the page answers to

/** As many names as fit into a line or two. */
function beginning(names) {
  let room = LEDE_LETTERS;
  const rest = names.findIndex((name) => (room -= name.length) < 0);
  return rest < 0 ? names : names.slice(0, Math.max(1, rest));
}

function showTexts() {
  document.documentElement.lang = texts === CHINESE ? "zh-CN" : "en";
  const names = beginning(facts.labels);
  const lede = names.length === facts.labels.length ? texts.lede : texts.ledeMore;
  const listed = names.join(texts === CHINESE ? "、" : ", ");
  element("lede").textContent = say(lede, { names: listed, count: facts.labels.length });
  for (const id of PLAIN_TEXTS) element(id).textContent = texts[id];
  const touch = matchMedia("(pointer: coarse)").matches;
  element("drop-title").textContent = touch ? texts.dropTouch : texts.drop;
  element("opening-text").textContent = texts.opening;
  element("caution").textContent = texts.caution;
}

function connect() {
  for (const id of ["files", "camera"]) {
    element(id).onchange = ({ target }) => {
      take(target.files);
      target.value = "";
    };
  }
  element("choose").onclick = () => element("files").click();
  element("take").onclick = () => element("camera").click();
  element("stop").onclick = stop;
  element("save").onclick = save;
  element("clear").onclick = clear;
  document.onpaste = ({ clipboardData }) => take(clipboardData.files);
  document.ondragover = (event) => {
    event.preventDefault();
    document.body.classList.add("over");
  };
  document.ondragleave = ({ relatedTarget }) => {
    if (relatedTarget === null) document.body.classList.remove("over");
  };
  document.ondrop = (event) => {
    event.preventDefault();
    document.body.classList.remove("over");
    take(event.dataTransfer.files);
  };
  document.addEventListener("DOMContentLoaded", open);
}

showTexts();
connect();
