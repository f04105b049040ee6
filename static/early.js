/* Before the first paint: the look this person chose last time. */
(function (html) {
  try {
    html.setAttribute("data-bs-theme", localStorage.getItem("look") || "light");
    html.setAttribute("data-size", localStorage.getItem("size") || "normal");
  } catch (refused) { /* private mode keeps the defaults */ }
})(document.documentElement);
