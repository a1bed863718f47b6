// The dialog that makes or changes a shelf; its title and numbers are shown while you choose and type.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;
  const NEW = { id: 0, kind: "filter", source_id: 0, name: "", title: "{name}", sort: "release", places: [], poster: "", address: "", picture: "" };

  /** Return the arguments of shelf_try. @param {any} shelf */
  function makeTrial(shelf) {
    return { kind: shelf.kind, title: shelf.title, ...(shelf.source_id ? { source_id: shelf.source_id } : {}) };
  }

  /** Return what Plex would show; null while no source is chosen. @param {any} shelf */
  function useTrial(shelf) {
    const ui = kit.useUi();
    const asked = plexSync.useSettled(JSON.stringify(makeTrial(shelf)));
    const isReady = shelf.kind === "organized" || Boolean(shelf.source_id);
    const load = kit.useLoad(`shelf ${isReady} ${asked}`, (signal) => (isReady ? ui.operation("shelf_try", JSON.parse(asked), { signal }) : Promise.resolve(null)), { keeps: true });
    return { load, isReady };
  }

  /** @param {{trial: any}} props */
  function Trial({ trial }) {
    const t = kit.useText();
    const { load, isReady } = trial;
    if (!isReady) return null;
    if (load.error) return h(kit.ErrorBox, { error: load.error, onRetry: load.reload });
    if (!load.data) return h("p", { className: "text-muted", role: "status" }, t("shelf.try.wait"));
    if (load.data.problem) return h(kit.Notice, { level: "warning" }, load.data.problem);
    return h("p", { role: "status" }, t(load.data.in_plex || !load.data.scenes ? "shelf.try" : "shelf.try.none", load.data));
  }

  /** @param {{value: string, onChange: (title: string) => void}} props */
  function TitleField({ value, onChange }) {
    const t = kit.useText();
    return h(
      Bootstrap.Form.Group,
      { controlId: "s2p-shelf-title" },
      h(Bootstrap.Form.Label, { className: "small" }, t("shelf.title")),
      h(Bootstrap.Form.Control, { size: "sm", className: "text-input", value, maxLength: 255, "aria-describedby": "s2p-shelf-title-text", onChange: (/** @type {any} */ event) => onChange(event.target.value) }),
      h("div", { id: "s2p-shelf-title-text", className: "small text-muted" }, t("shelf.title.text", { name: "{name}", parent: "{parent}", library: "{library}" })),
    );
  }

  /** Return the arguments of shelf_save. @param {any} shelf */
  function makeArguments(shelf) {
    const kept = { ...makeTrial(shelf), sort: shelf.sort, places: shelf.places };
    const poster = shelf.poster ? { poster: shelf.poster, address: shelf.address, picture: shelf.poster === "own" ? shelf.picture : "" } : {};
    return { ...kept, ...poster, ...(shelf.id ? { shelf_id: shelf.id } : {}) };
  }

  /** @param {{given: any, onClose: () => void, onSaved: (id: number) => void}} props */
  function ShelfDialog({ given, onClose, onSaved }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [shelf, setShelf] = useState({ ...NEW, ...given, had_own: Boolean(given && given.poster === "own") });
    const [error, setError] = useState(/** @type {unknown} */ (null));
    const trial = useTrial(shelf);
    const change = (/** @type {any} */ values) => setShelf({ ...shelf, ...values });
    const chosen = shelf.source_id ? { id: shelf.source_id, name: shelf.name, problem: shelf.problem_of_source } : null;
    const choose = (/** @type {any} */ source) => change({ source_id: source ? source.id : 0, name: source ? source.name : "", problem_of_source: source ? source.problem : null });
    const { run: save, isBusy } = kit.useAction(async () => {
      setError(null);
      onSaved((await ui.operation("shelf_save", makeArguments(shelf))).id);
    }, setError);
    const canSave = trial.isReady && Boolean(shelf.title.trim()) && !(trial.load.data && trial.load.data.problem);
    const footer = h(
      React.Fragment,
      null,
      h(Bootstrap.Button, { variant: "secondary", onClick: onClose, disabled: isBusy }, t("action.cancel")),
      h(Bootstrap.Button, { variant: "primary", onClick: save, disabled: isBusy || !canSave, "aria-busy": isBusy }, t("shelf.save")),
    );
    return h(
      kit.Dialog,
      { title: given ? t("shelf.dialog.edit", { name: given.name }) : t("shelf.dialog.new"), onClose, footer, isBusy, size: "lg" },
      h(plexSync.ShelfSource, { kind: shelf.kind, chosen, onKind: (/** @type {string} */ kind) => change({ kind, source_id: 0, name: "" }), onChoose: choose }),
      h(TitleField, { value: shelf.title, onChange: (title) => change({ title }) }),
      h(Trial, { trial }),
      h(plexSync.ShelfLook, { shelf, hasPicture: Boolean(trial.load.data && trial.load.data.has_picture), onChange: change }),
      error !== null && h(kit.ErrorBox, { error }),
    );
  }

  Object.assign(plexSync, { ShelfDialog });
})();
