// The desk's light and dark switch. It runs before the page is drawn, so it is no module; without
// it the desk follows the system. The choice is kept on this device only.
(function () {
  "use strict";
  var KEY = "tejido-theme";
  var root = document.documentElement;

  function kept() {
    try {
      return window.localStorage.getItem(KEY) || "";
    } catch (refused) {
      return "";
    }
  }

  function keep(theme) {
    try {
      if (theme) window.localStorage.setItem(KEY, theme);
      else window.localStorage.removeItem(KEY);
    } catch (refused) {
      // The choice then lasts until the next page.
    }
  }

  function show(theme) {
    if (theme) root.setAttribute("data-theme", theme);
    else root.removeAttribute("data-theme");
    document.querySelectorAll("[data-choose-theme]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.chooseTheme === theme));
    });
  }

  show(kept());
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-theme-switch]").forEach(function (box) {
      box.hidden = false;
    });
    document.querySelectorAll("[data-choose-theme]").forEach(function (button) {
      button.addEventListener("click", function () {
        keep(button.dataset.chooseTheme);
        show(button.dataset.chooseTheme);
      });
    });
    show(kept());
  });
})();
