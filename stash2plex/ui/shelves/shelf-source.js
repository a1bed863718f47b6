// The part of a shelf's dialog that says which scenes belong to it.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;
  const { useState } = React;
  const KINDS = ["filter", "tag", "performer", "studio", "group", "organized"];

  /** Choose a studio, performer, tag or group by its name. @param {{kind: string, chosen: any, onChoose: (source: any) => void}} props */
  function ObjectPicker({ kind, chosen, onChoose }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [text, setText] = useState("");
    const found = kit.useLoad(`shelf sources ${kind} ${text}`, (signal) => ui.operation("shelf_sources", { kind, text }, { signal }), { keeps: true });
    if (!found.data) return h(kit.Pending, { load: found, shape: "form" });
    const { sources, count } = found.data;
    const listed = chosen && !sources.some((/** @type {any} */ each) => each.id === chosen.id) ? [chosen, ...sources] : sources;
    const choices = [{ value: "", label: t("shelf.source.choose") }, ...listed.map((/** @type {any} */ each) => ({ value: String(each.id), label: each.name }))];
    const choose = (/** @type {string} */ value) => onChoose(listed.find((/** @type {any} */ each) => String(each.id) === value) || null);
    return h(
      React.Fragment,
      null,
      h(
        "div",
        { className: "s2p-bar" },
        h(kit.Field, { id: "s2p-shelf-search", label: t("shelf.search"), value: text, onChange: setText }),
        h(kit.Picker, { id: "s2p-shelf-source", label: t("shelf.source"), value: chosen ? String(chosen.id) : "", choices, onChange: choose }),
      ),
      count > sources.length && h("p", { className: "small text-muted" }, t("shelf.source.more", { count })),
    );
  }

  /** Choose the kind of source, and the source. @param {{kind: string, chosen: any, onKind: (kind: string) => void, onChoose: (source: any) => void}} props */
  function ShelfSource({ kind, chosen, onKind, onChoose }) {
    const t = kit.useText();
    const choices = KINDS.map((value) => ({ value, label: t(`shelf.kind.${value}`) }));
    return h(
      React.Fragment,
      null,
      h("div", { className: "s2p-bar" }, h(kit.Picker, { id: "s2p-shelf-kind", label: t("shelf.kind"), value: kind, choices, onChange: onKind })),
      kind === "filter" && h(kit.SavedFilterPicker, { chosen, onChoose }),
      !["filter", "organized"].includes(kind) && h(ObjectPicker, { key: kind, kind, chosen, onChoose }),
    );
  }

  Object.assign(plexSync, { ShelfSource });
})();
