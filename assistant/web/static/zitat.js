// Copies a quote in its official form: any button with data-zitat, also one that came later.
// Such buttons are not shown before this module runs.

document.documentElement.dataset.kopieren = "";

// Where the browser gives no clipboard (a server without https, say) the words are put there to be copied by hand.
function toCopyByHand(button) {
  let form = button.parentElement.querySelector(".kopiervorlage");
  if (!form) {
    form = document.createElement("p");
    form.className = "kopiervorlage";
    form.lang = "de";
    form.textContent = button.dataset.zitat;
    button.after(form);
  }
  getSelection().selectAllChildren(form);
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-zitat]");
  if (!button) return;
  const told = button.parentElement.querySelector("[data-zitat-meldung]") ?? document.getElementById("stand");
  try {
    await navigator.clipboard.writeText(button.dataset.zitat);
    told.textContent = button.dataset.meldung;
  } catch {
    toCopyByHand(button);
    told.textContent = button.dataset.vonHand;
  }
});
