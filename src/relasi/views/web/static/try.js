// Try: a text is sent without leaving the page, and files are read here and sent one by one. Without it the form works.
"use strict";
(() => {
  const form = document.getElementById("try");
  const result = document.getElementById("result");
  const drop = document.getElementById("drop");
  const files = document.getElementById("files");
  const most = Number(form.dataset.most);
  const kinds = form.dataset.kinds.split(",");
  drop.hidden = false;

  const say = (text, bad = false) => {
    const line = document.createElement("p");
    line.className = bad ? "note warn" : "note";
    line.setAttribute("role", bad ? "alert" : "status");
    line.textContent = text;
    result.append(line);
    return line;
  };

  // What the site answers is a whole page: its result, or what it says is wrong.
  const show = async (answer, name) => {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = answer.ok && page.getElementById("result");
    if (found) result.append(...found.children);
    else say([name, page.querySelector("main p")?.textContent || result.dataset.failed].filter(Boolean).join(": "), true);
  };

  const send = async (address, body, headers, name) => {
    const waiting = say(result.dataset.busy);
    form.setAttribute("aria-busy", "true");
    try {
      await show(await fetch(address, { method: "POST", body, headers }), name);
    } catch {
      say(result.dataset.failed, true);
    } finally {
      waiting.remove();
      result.scrollIntoView({ block: "nearest" });
      form.removeAttribute("aria-busy");
    }
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopPropagation(); // empty fields stay as they are
    const fields = new URLSearchParams(new FormData(form));
    result.replaceChildren();
    await send("/try", fields, {}, "");
  });

  const take = async (list) => {
    result.replaceChildren();
    for (const [part, file] of list.entries()) {
      const asked = new URLSearchParams({ coder: form.elements.coder.value, part });
      const known = kinds.some((kind) => file.name.toLowerCase().endsWith(kind));
      // HTML is mostly tags: the site counts the text that is left of it.
      if (known && file.size > 40 * most) say(`${file.name}: ${result.dataset.long}`, true);
      else await send(`/try?${asked}`, file, { "X-Filename": encodeURIComponent(file.name) }, file.name);
    }
  };
  files.addEventListener("change", () => take([...files.files]));
  for (const kind of ["dragover", "dragleave", "drop"])
    form.addEventListener(kind, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      drop.classList.toggle("over", kind === "dragover");
      if (kind === "drop") take([...event.dataTransfer.files]);
    });
})();
