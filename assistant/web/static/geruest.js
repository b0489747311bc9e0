// The menu of colours and languages lies over the page: Escape closes it and gives the focus back, leaving it closes it.

const menu = document.querySelector(".darstellung");

menu.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

menu.addEventListener("focusout", (event) => {
  if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
});
