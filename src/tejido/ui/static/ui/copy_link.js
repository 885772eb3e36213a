// Copies a link, or hands it to another app. Without this file people mark it in its field.
const said = (id, words) => {
  document.querySelector(`[data-says="${id}"]`).textContent = words;
};

async function copy(button) {
  const field = document.getElementById(button.dataset.copies);
  try {
    await navigator.clipboard.writeText(field.value);
    said(field.id, button.dataset.said);
  } catch {
    field.focus();
    field.select();
    said(field.id, button.dataset.failed);
  }
}

async function share(button) {
  const url = document.getElementById(button.dataset.shares).value;
  try {
    await navigator.share({ title: button.dataset.title, url });
  } catch {
    // Whoever closes the choice of apps shares nothing, and knows it.
  }
}

for (const button of document.querySelectorAll("[data-copies]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}
for (const button of document.querySelectorAll("[data-shares]")) {
  button.hidden = !navigator.share;
  button.addEventListener("click", () => share(button));
}
