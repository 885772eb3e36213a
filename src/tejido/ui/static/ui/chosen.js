// Says above a folded list what is chosen in it. Without this file it says what was when the page came.
for (const said of document.querySelectorAll("[data-chosen]")) {
  const list = said.parentElement;
  const say = () => {
    const words = [...list.querySelectorAll(":checked")].map((box) => box.labels[0].textContent);
    said.textContent = words.length ? `${said.dataset.chosen} ${words.join(", ")}` : said.dataset.none;
  };
  list.addEventListener("change", say);
  say(); // a browser that goes back brings its choices along
}
