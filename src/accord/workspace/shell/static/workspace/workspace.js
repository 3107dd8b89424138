// Small comforts. Without this script every page can be read and every form sent.
(() => {
  "use strict";

  // A menu that closes by Escape and by a click elsewhere.
  const menus = () => document.querySelectorAll("details.me[open]");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
  });

  // A filter form sends itself when something is chosen; its button is then not needed.
  for (const form of document.querySelectorAll("form[data-send-on-change]")) {
    form.querySelector("button")?.setAttribute("hidden", "");
    form.addEventListener("change", () => form.requestSubmit());
  }

  // Text that was typed and not sent is asked about before the page is left.
  let unsent = false;
  document.addEventListener("input", (event) => {
    if (event.target.closest("form[data-keep]")) unsent = true;
  });
  document.addEventListener("submit", () => { unsent = false; });
  window.addEventListener("beforeunload", (event) => {
    if (unsent) event.preventDefault();
  });

  // A file that is too large is told before it is sent.
  document.addEventListener("change", (event) => {
    const most = Number(event.target.dataset?.largest);
    if (!most) return;
    const large = [...event.target.files].some((file) => file.size > most);
    event.target.setCustomValidity(large ? `This file is larger than ${most / 1e6} MB.` : "");
    event.target.reportValidity();
    event.target.form.noValidate = !large;
  });

  // An error summary takes the focus, so that a screen reader says it first.
  document.querySelector(".notice.bad[tabindex]")?.focus();
})();
