// "Copy address" and "Print". Without this file both buttons stay hidden: the address can be
// selected, and a browser prints from its own menu.

function copyFrom(button) {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.nextElementSibling.textContent = button.dataset.done;
  });
}

function printFrom(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

document.querySelectorAll("[data-copy]").forEach(copyFrom);
document.querySelectorAll("[data-print]").forEach(printFrom);
