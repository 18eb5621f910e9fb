// Typing works at once, without a click, and a slip does not close a conversation that is going on.
window.addEventListener("load", () => {
  const opening = new MutationObserver(() => {
    if (document.body.classList.contains("-first-byte")) {
      opening.disconnect();
      document.querySelector(".xterm-helper-textarea").focus();
    }
  });
  opening.observe(document.body, { attributeFilter: ["class"] });
});

window.addEventListener("beforeunload", (event) => {
  if (!document.body.classList.contains("-closed")) {
    event.preventDefault();
  }
});
