// Chooses every row of a list, or none. Without this file people choose one by one, or change all.
for (const button of document.querySelectorAll("button[data-chooses]")) {
  const boxes = button.form.querySelectorAll(`input[name="${button.dataset.chooses}"]`);
  button.hidden = false;
  button.addEventListener("click", () => {
    const all = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(all));
    for (const box of boxes) box.checked = all;
  });
}
