// Runs before the first paint, so that nobody is dazzled by the theme they did not choose.
// A browser may forbid storage (private mode, embedded views): then the system's choice holds.
(() => {
  const root = document.documentElement;
  const chosen = (key, allowed) => {
    try {
      const value = localStorage.getItem(`poshang.${key}`);
      return allowed.includes(value) ? value : null;
    } catch {
      return null;
    }
  };

  const theme = chosen("theme", ["light", "dark"]);
  if (theme) {
    root.dataset.theme = theme;
    for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
      meta.media = meta.media.includes(theme) ? "all" : "not all";
    }
  }
  if (chosen("edition", ["elder"])) root.dataset.edition = "elder";
  if (chosen("lang", ["zh", "en"]) === "en") root.lang = "en";
})();
