// Copies a quote in its official form: any button with data-zitat, also one that came later.

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-zitat]");
  if (!button) return;
  const told = button.parentElement.querySelector("[data-zitat-meldung]") ?? document.getElementById("stand");
  try {
    await navigator.clipboard.writeText(button.dataset.zitat);
    if (told) told.textContent = button.dataset.meldung;
  } catch {
    // Without the right to the clipboard the words are shown to be copied by hand.
    const shown = button.closest("section")?.querySelector("details");
    if (shown) shown.open = true;
  }
});
