// The row of Stash's front page with new scenes of favorites that are not in the library.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { ReactRouterDOM } = kit.api.libraries;
  const { useEffect, useState } = React;
  const LIST = "?of=favorite_performers&sort=CREATED_AT";

  /** Return the saved row, or why it cannot be read; null while it loads. @param {StashBundle.Ui} ui */
  function useRow(ui) {
    const [row, setRow] = useState(/** @type {any} */ (null));
    useEffect(() => {
      let isShown = true;
      const show = (/** @type {any} */ next) => isShown && setRow(next);
      kit.askPlugin(ui, "front_row").then(show, (/** @type {Error} */ error) => show({ scenes: [], problem: error.message }));
      return () => void (isShown = false);
    }, [ui]);
    return row;
  }

  /** Show a scene of the box; the card leads to its page there. @param {{scene: any}} props */
  function RowCard({ scene }) {
    const t = kit.useText();
    const title = scene.title || scene.code || t("front.untitled");
    const line = [scene.date, scene.studio && scene.studio.name].filter(Boolean).join(" · ");
    return h(
      "a",
      { className: "card ms-front-card", href: scene.url, target: "_blank", rel: "noopener noreferrer" },
      scene.image ? h("img", { src: scene.image, alt: "", loading: "lazy", referrerPolicy: "no-referrer" }) : h("span", { className: "ms-front-blank" }),
      h("strong", null, title),
      h("small", null, line),
    );
  }

  /** Show the row; nothing if no new scene is missing. */
  function FrontRow() {
    const ui = kit.useUi();
    const t = kit.useText();
    const row = useRow(ui);
    if (!row || (row.made_at && !row.scenes.length)) return null;
    const text = row.problem ? t("front.failed", { message: row.problem }) : t("front.waiting");
    return h(
      "div",
      { className: "recommendation-row ms-front" },
      h("div", { className: "recommendation-row-head" }, h("div", null, h("h2", null, t("front.title"))), h(ReactRouterDOM.Link, { to: `${ui.path}${LIST}` }, t("front.all"))),
      row.scenes.length ? h("div", { className: "ms-front-cards" }, row.scenes.map((/** @type {any} */ scene) => h(RowCard, { key: scene.id, scene }))) : h("p", { className: "text-muted" }, text),
    );
  }

  Object.assign(kit, { FrontRow });
})();
