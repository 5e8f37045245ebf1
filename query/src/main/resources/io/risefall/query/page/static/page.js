// What pages do with script; without it they show the same, and are loaded again by hand.
"use strict";

// A page that is not looked at does not ask.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (document.hidden && event.detail.requestConfig.verb === "get") {
    event.preventDefault();
  }
});

// What somebody has opened stays open when the part around it is replaced.
let open = [];
document.addEventListener("htmx:beforeSwap", (event) => {
  open = [...event.target.querySelectorAll("article[aria-labelledby] details[open]")]
    .map((details) => details.closest("article").getAttribute("aria-labelledby"));
});
document.addEventListener("htmx:afterSwap", (event) => {
  for (const article of event.target.querySelectorAll("article[aria-labelledby]")) {
    if (open.includes(article.getAttribute("aria-labelledby"))) {
      article.querySelectorAll("details").forEach((details) => { details.open = true; });
    }
  }
  const title = event.target.querySelector("h1");
  if (title) {
    document.title = title.textContent + " – Risefall";
  }
});

// Beyond the limit of open pages, and while it is away, the service tells of no changes: then the page asks by itself, and says so.
for (const [event, live] of [["htmx:sseOpen", true], ["htmx:sseError", false]]) {
  document.addEventListener(event, () => {
    document.querySelectorAll(".not-live").forEach((note) => { note.hidden = live; });
  });
}
