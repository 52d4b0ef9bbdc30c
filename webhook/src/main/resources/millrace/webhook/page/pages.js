"use strict";

// The log of a run goes on where the page's own text ends; with the run's end the page shows its results.
const log = document.querySelector("pre[data-run]");
if (log) log.scrollTop = log.scrollHeight;
if (log && log.dataset.ended === "false") {
  const stream = new EventSource(`/api/v1/runs/${log.dataset.run}/logs/stream?offset=${log.dataset.offset}`);
  stream.onmessage = (line) => {
    const atEnd = log.scrollTop + log.clientHeight >= log.scrollHeight - 40;
    log.append(`${line.data}\n`);
    if (atEnd) log.scrollTop = log.scrollHeight;
  };
  stream.addEventListener("end", () => {
    stream.close();
    location.reload();
  });
}

// Pages of what goes on stay true while somebody looks at them and works with nothing on them.
const live = document.querySelector("[data-live]");
if (live) {
  setInterval(async () => {
    if (document.hidden || live.contains(document.activeElement) || getSelection().type === "Range") return;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-live]");
      if (fresh) live.replaceChildren(...fresh.childNodes);
    } catch {
      // The webhook is away; the page shows what it knew.
    }
  }, 10000);
}
