// The box for SQL: completion, Ctrl+Enter, long queries, and the list of those that have a name. Without it the form works as well.
"use strict";

(() => {
  const form = document.querySelector("form.sql");
  const box = form.elements.sql;
  const name = form.elements.name;
  document.querySelectorAll(".scripted:not(.kept)").forEach((one) => { one.hidden = false; });

  // Whoever runs it again wants the rows, not an empty name in the address.
  form.addEventListener("formdata", (event) => {
    if (!name.value.trim()) {
      event.formData.delete("name");
    }
  });

  // An address holds only so much: what is longer is posted.
  form.addEventListener("submit", () => {
    const address = new URLSearchParams({ name: name.value, sql: box.value.replace(/\n/g, "\r\n") }).toString();
    if (address.length > Number(form.dataset.longest)) {
      form.method = "post";
      const csrf = document.createElement("input");
      csrf.type = "hidden";
      csrf.name = "csrf";
      csrf.value = form.dataset.csrf;
      form.append(csrf);
    }
  });

  if (form.dataset.offset) {
    box.focus();
    box.setSelectionRange(Number(form.dataset.offset), Number(form.dataset.offset));
  }

  kept();
  completion();

  // Queries with a name that were answered, in this browser only: the newest first.
  function kept() {
    const place = "risefall.queries";
    const most = 50;
    const section = document.querySelector(".kept");
    const read = () => {
      try {
        const list = JSON.parse(localStorage.getItem(place) || "[]");
        return Array.isArray(list) ? list.filter((one) => typeof one.name === "string" && typeof one.sql === "string") : [];
      } catch {
        return [];
      }
    };
    const write = (list) => {
      try {
        localStorage.setItem(place, JSON.stringify(list.slice(0, most)));
      } catch {
        // A browser that keeps nothing: the link still does.
      }
      show(list);
    };
    const show = (list) => {
      section.hidden = list.length === 0;
      section.querySelector("ul").replaceChildren(...list.map((query) => {
        const item = document.createElement("li");
        const link = document.createElement("a");
        link.href = "/query?" + new URLSearchParams({ name: query.name, sql: query.sql });
        link.textContent = query.name;
        const forget = document.createElement("button");
        forget.type = "button";
        forget.className = "small";
        forget.textContent = "Forget";
        forget.setAttribute("aria-label", "Forget " + query.name);
        forget.addEventListener("click", () => write(read().filter((one) => one.name !== query.name)));
        item.append(link, " ", forget);
        return item;
      }));
    };
    if (name.value && document.querySelector("#rows")) {
      write([{ name: name.value, sql: box.value }, ...read().filter((one) => one.name !== name.value)]);
    } else {
      show(read());
    }
  }

  // A list of words under the place where one is typed. The focus stays in the text: arrows choose, Tab or Enter takes, Escape closes.
  function completion() {
    const most = 12;
    const list = document.createElement("ul");
    list.id = "completions";
    list.className = "completions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Words that fit");
    list.hidden = true;
    const told = document.createElement("p");
    told.className = "aside scripted";
    told.setAttribute("role", "status");
    box.after(list, told);
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", list.id);
    let words = null;
    let chosen = 0;
    let asked = false;

    const wanted = () => {
      words = words || fetch("/query/words.json")
        .then((answer) => (answer.ok ? answer.json() : []))
        .catch(() => [])
        .then((all) => {
          if (!all.length) {
            words = null;
          }
          return all.map(([word, kind, view, type, note]) => ({ word, kind, view, type, note }));
        });
      return words;
    };

    const before = () => box.value.slice(0, box.selectionStart);
    const typed = () => /[A-Za-z_][A-Za-z_0-9]*$/.exec(before())?.[0] ?? "";

    // Nobody wants to be helped in a text or in a comment.
    const isText = (text) => {
      const bare = text.replace(/'[^']*'|--[^\n]*\n|\/\*[\s\S]*?\*\//g, "");
      return bare.includes("'") || /--[^\n]*$/.test(bare) || bare.includes("/*");
    };

    // Columns of the views that the query names come first, after FROM and JOIN views.
    const rank = (entry, views, source) => {
      if (source) {
        return { views: 0, functions: 2, columns: 3, words: 1 }[entry.kind];
      }
      return entry.kind === "columns" ? (views.has(entry.view) ? 0 : 3) : { views: 2, functions: 4, words: 1 }[entry.kind];
    };

    const fitting = (all, word) => {
      const lower = word.toLowerCase();
      const views = new Set((box.value.toLowerCase().match(/[a-z_][a-z_0-9]*/g) ?? []));
      const source = /\b(from|join)\s+[a-z_0-9]*$/i.test(before());
      const seen = new Set();
      return all
        .filter((entry) => entry.word.startsWith(lower) && entry.word !== lower)
        .sort((one, other) => rank(one, views, source) - rank(other, views, source) || (one.word < other.word ? -1 : 1))
        .filter((entry) => !seen.has(entry.word) && seen.add(entry.word))
        .slice(0, most);
    };

    const close = () => {
      list.hidden = true;
      list.replaceChildren();
      told.textContent = "";
      box.removeAttribute("aria-activedescendant");
    };

    const choose = (index) => {
      chosen = (index + list.children.length) % list.children.length;
      [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === chosen)));
      box.setAttribute("aria-activedescendant", list.children[chosen].id);
      list.children[chosen].scrollIntoView({ block: "nearest" });
    };

    const take = (word) => {
      const text = typed();
      box.setRangeText(word, box.selectionStart - text.length, box.selectionStart, "end");
      close();
      box.focus();
    };

    // Where the text stands that is typed: a copy of the box up to there, with the same letters in the same lines.
    const place = () => {
      const copy = document.createElement("div");
      const style = getComputedStyle(box);
      for (const property of ["font", "letterSpacing", "padding", "border", "boxSizing", "lineHeight", "tabSize"]) {
        copy.style[property] = style[property];
      }
      copy.className = "measure";
      copy.style.width = box.clientWidth + "px";
      copy.textContent = before().slice(0, before().length - typed().length);
      const mark = document.createElement("span");
      mark.textContent = "|";
      copy.append(mark);
      box.parentNode.append(copy);
      const left = Math.min(mark.offsetLeft, Math.max(0, box.clientWidth - list.offsetWidth));
      list.style.left = box.offsetLeft + left + "px";
      list.style.top = box.offsetTop + mark.offsetTop + mark.offsetHeight + 4 - box.scrollTop + "px";
      copy.remove();
    };

    const open = async (explicit) => {
      asked = explicit;
      const all = await wanted();
      const word = typed();
      const found = (word.length > 1 || (explicit && asked)) && !isText(before()) ? fitting(all, word) : [];
      if (!found.length || document.activeElement !== box) {
        close();
        return;
      }
      list.replaceChildren(...found.map((entry, index) => {
        const option = document.createElement("li");
        option.id = "completion-" + index;
        option.setAttribute("role", "option");
        const label = document.createElement("b");
        label.textContent = entry.word;
        const about = document.createElement("span");
        about.textContent = [entry.kind.slice(0, -1), entry.kind === "columns" ? entry.type : "", entry.note.split(". ")[0]]
          .filter(Boolean).join(", ");
        option.append(label, " ", about);
        option.addEventListener("mousedown", (event) => {
          event.preventDefault();
          take(entry.word);
        });
        return option;
      }));
      list.hidden = false;
      place();
      choose(0);
      told.textContent = found.length === 1 ? "1 word fits" : found.length + " words fit";
    };

    box.addEventListener("focus", wanted, { once: true });
    box.addEventListener("blur", close);
    box.addEventListener("input", (event) => {
      if (event.inputType === "insertText" || event.inputType === "deleteContentBackward" && !list.hidden) {
        open(false);
      } else {
        close();
      }
    });
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        close();
        form.requestSubmit();
      } else if (event.key === " " && event.ctrlKey) {
        event.preventDefault();
        open(true);
      } else if (!list.hidden && !event.isComposing) {
        const keys = {
          ArrowDown: () => choose(chosen + 1),
          ArrowUp: () => choose(chosen - 1),
          Tab: () => take(list.children[chosen].firstChild.textContent),
          Enter: () => take(list.children[chosen].firstChild.textContent),
          Escape: close,
        };
        if (keys[event.key] && !(event.key === "Tab" && event.shiftKey)) {
          event.preventDefault();
          keys[event.key]();
        } else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) {
          close();
        }
      }
    });
  }
})();
