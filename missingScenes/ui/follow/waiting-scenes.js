// The scenes of the Following tab that wait for a click, for room in the week, or for another try.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { useState } = React;

  /** Return the function that decides about scenes, tells it, and loads the tab again. @param {() => void} onDone */
  function useDecision(onDone) {
    const ui = kit.useUi();
    const t = kit.useText();
    const send = (/** @type {string} */ decision, /** @type {any[]} */ scenes) => ui.operation("decide_followed", { decision, scenes: scenes.map(({ follow_id, id }) => ({ follow_id, id })) });
    return async (/** @type {string} */ decision, /** @type {any[]} */ scenes) => {
      const { runs, problems } = await send(decision, scenes);
      Object.entries(problems).forEach(([name, reason]) => kit.toast.warning(t("following.problem", { name, reason })));
      const again = async () => {
        await send("ask_again", scenes);
        onDone();
      };
      const brought = runs.reduce((/** @type {number} */ sum, /** @type {any} */ run) => sum + run.totals.changed, 0);
      if (decision === "skip") kit.toast.undo(t("following.skipped.done", { count: scenes.length }), again);
      if (decision === "ask_again") kit.toast.success(t("following.asked_again"));
      if (runs.length === 1 && brought) kit.tellUndoable(ui, t, t("following.accepted", { count: brought }), runs[0], onDone);
      else if (brought) kit.toast.success(t("following.accepted", { count: brought }));
      onDone();
    };
  }

  /** Return why a scene waits; nothing if it waits for a click. @param {any} scene @param {Map<string, any>} follows @param {StashBundle.Translate} t @param {string} locale */
  function explainWait(scene, follows, t, locale) {
    if (scene.state === "retry") return t("following.waits.retry", { reason: scene.reason || "" });
    if (scene.state !== "limit") return null;
    const { next_place: until } = follows.get(scene.follow_id);
    return until ? t("following.waits.until", { moment: kit.formatMoment(until, locale) }) : t("following.waits.limit");
  }

  /** Show one scene with its decisions. @param {{scene: any, follows: Map<string, any>, onDecide: (decision: string, scenes: any[]) => unknown, onOpen: () => void}} props */
  function WaitingCard({ scene, follows, onDecide, onOpen }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    const title = missing.chooseTitle(scene, t("card.untitled"));
    const wait = explainWait(scene, follows, t, locale);
    const button = (/** @type {string} */ decision, /** @type {string} */ key, /** @type {string} */ icon) => h(kit.ActionButton, { size: "sm", icon, variant: decision === "accept" ? "primary" : "secondary", onClick: () => onDecide(decision, [scene]), "aria-label": `${t(key)}: ${title}` }, t(key));
    const actions = scene.state === "skipped" ? button("ask_again", "following.ask_again", "faRotateLeft") : h(React.Fragment, null, button("accept", scene.state === "asks" ? "following.accept" : "following.accept.now", "faCheck"), button("skip", "following.skip", "faTimes"));
    return h(kit.Card, {
      title,
      image: scene.image,
      onOpen,
      itemKey: `${scene.follow_id} ${scene.id}`,
      badge: kit.formatDuration(scene.duration),
      lines: [missing.formatDateAndStudio(scene), missing.formatNames(scene.performers || []), h("span", { className: "text-muted small" }, t("following.of", { name: scene.followed })), wait && h("span", { className: scene.state === "retry" ? "text-warning small" : "small" }, wait)],
      actions,
    });
  }

  /** Show the scenes of one kind under a heading; those that wait for a click can be decided all at once. @param {{scenes: any[], word: string, data: any, onChanged: () => void}} props */
  function WaitingScenes({ scenes, word, data, onChanged }) {
    const t = kit.useText();
    const decide = useDecision(onChanged);
    const [opened, setOpened] = useState(/** @type {any} */ (null));
    if (!scenes.length) return null;
    const follows = new Map(data.follows.map((/** @type {any} */ one) => [one.id, one]));
    const label = t(`following.${word}`, { count: scenes.length });
    const same = opened ? scenes.filter((one) => one.endpoint === opened.endpoint) : [];
    const box = opened && data.boxes.find((/** @type {any} */ one) => one.endpoint === opened.endpoint);
    const all = (/** @type {string} */ decision, /** @type {string} */ icon) => h(kit.ActionButton, { size: "sm", icon, variant: decision === "accept" ? "primary" : "secondary", onClick: () => decide(decision, scenes) }, t(`following.${decision}.all`));
    return h(
      "section",
      null,
      h("div", { className: "ms-following-head" }, h("h2", { className: "h5" }, label), word === "asks" && scenes.length > 1 && h(React.Fragment, null, all("accept", "faCheck"), all("skip", "faTimes"))),
      h(kit.CardGrid, { label }, scenes.map((scene) => h(WaitingCard, { key: `${scene.follow_id} ${scene.id}`, scene, follows, onDecide: decide, onOpen: () => setOpened(scene) }))),
      box && h(missing.DetailsDialog, { scenes: same, id: opened.id, endpoint: box.endpoint, box, onShow: (/** @type {string} */ id) => setOpened(same.find((one) => one.id === id)), onClose: () => setOpened(null) }),
    );
  }

  Object.assign(missing, { WaitingScenes });
})();
