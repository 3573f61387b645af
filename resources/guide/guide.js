// The search: every word of the question must be on the page; titles count most.
(() => {
  "use strict";
  const WEIGHTS = { title: 12, other: 8, heading: 4, summary: 3, body: 1 };
  const form = document.getElementById("search");
  const field = document.getElementById("question");
  const found = document.getElementById("found");
  const count = document.getElementById("count");
  const list = found.querySelector("ol");
  const words = (text) => [...new Set(text.toLowerCase().split(/\s+/).filter(Boolean))];

  const mentions = (text, word) => text.toLowerCase().split(word).length - 1;

  const score = (page, word) =>
    Object.entries(WEIGHTS).reduce((sum, [place, weight]) => {
      const times = mentions(page[place], word);
      return sum + weight * Math.min(times, place === "body" ? 5 : 1);
    }, 0);

  const search = (asked) =>
    GUIDE.map((page) => {
      const scores = asked.map((word) => score(page, word));
      return { page, sum: scores.every(Boolean) ? scores.reduce((a, b) => a + b, 0) : 0 };
    })
      .filter((each) => each.sum > 0)
      .sort((a, b) => b.sum - a.sum);

  const excerpt = (page, asked) => {
    const lines = page.body.split("\n");
    const hits = (line) => asked.filter((word) => line.toLowerCase().includes(word)).length;
    const best = lines.reduce((a, b) => (hits(b) > hits(a) ? b : a), "");
    const place = Math.max(0, Math.min(...asked.map((word) => {
      const at = best.toLowerCase().indexOf(word);
      return at < 0 ? Infinity : at;
    }).filter(Number.isFinite), best.length) - 40);
    return (place ? "…" : "") + best.slice(place, place + 140) + (best.length > place + 140 ? "…" : "");
  };

  // Text first, marks around it afterwards: nothing of a page is ever read as HTML.
  const marked = (text, asked) => {
    const piece = document.createDocumentFragment();
    let rest = text;
    while (rest) {
      const low = rest.toLowerCase();
      const hits = asked.map((word) => [low.indexOf(word), word]).filter(([at]) => at >= 0);
      if (!hits.length) break;
      const [at, word] = hits.reduce((a, b) => (b[0] < a[0] ? b : a));
      if (at) piece.append(rest.slice(0, at));
      const mark = document.createElement("mark");
      mark.textContent = rest.slice(at, at + word.length);
      piece.append(mark);
      rest = rest.slice(at + word.length);
    }
    if (rest) piece.append(rest);
    return piece;
  };

  const show = () => {
    const asked = words(field.value);
    found.hidden = !asked.length;
    if (!asked.length) return;
    const hits = search(asked);
    count.textContent = hits.length
      ? count.dataset.some.replace("{n}", hits.length)
      : count.dataset.none;
    list.replaceChildren(...hits.map(({ page }) => {
      const row = document.createElement("li");
      const link = document.createElement("a");
      const line = document.createElement("small");
      link.href = `${page.key}.html`;
      link.append(marked(page.title, asked));
      line.append(marked(excerpt(page, asked), asked));
      link.append(line);
      row.append(link);
      return row;
    }));
  };

  form.hidden = false; // without scripts there is no search
  field.addEventListener("input", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const first = list.querySelector("a");
    if (first && !found.hidden) location.href = first.href;
  });
  form.addEventListener("keydown", (event) => {
    const rows = [field, ...list.querySelectorAll("a")];
    const at = rows.indexOf(document.activeElement);
    if (event.key === "Escape") {
      field.value = "";
      show();
      field.focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const next = rows[at + (event.key === "ArrowDown" ? 1 : -1)];
      if (next && !found.hidden) {
        event.preventDefault();
        next.focus();
      }
    }
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) found.hidden = true;
  });
  field.addEventListener("focus", show);
  document.addEventListener("keydown", (event) => {
    const typing = /input|textarea/i.test(document.activeElement.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      field.focus();
    }
  });
})();
