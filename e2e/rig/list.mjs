// A list whose next rows come when its end is near.

/** Unfolds every row of every list on the page, as somebody does who reads to the end. */
export const unfold = (page) =>
  page.evaluate(async () => {
    const next = () => new Promise((resolve) => requestAnimationFrame(() => resolve()));
    for (let more; (more = document.querySelector(".more-rows")); await next()) more.click();
  });
