// The card of a shelf: its poster in Plex, how many scenes it has there, where Plex shows it, and what is wrong.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;
  const { useState } = React;

  /** Return where the scenes of a shelf are: their number, in several libraries by library. @param {any} shelf @param {StashBundle.Translate} t */
  function describeSizes(shelf, t) {
    if (!shelf.collections.length) return t("shelf.scenes", { count: shelf.scenes });
    const size = shelf.collections.reduce((/** @type {number} */ sum, /** @type {any} */ each) => sum + each.size, 0);
    const total = t("shelf.in_plex", { size, scenes: shelf.scenes });
    if (shelf.collections.length < 2) return total;
    return `${total} (${shelf.collections.map((/** @type {any} */ each) => t("shelf.in_library", each)).join(", ")})`;
  }

  /** @param {{shelf: any, onClose: () => void, onRemoved: (answer: any) => void}} props */
  function RemoveDialog({ shelf, onClose, onRemoved }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const remove = async () => onRemoved(await ui.operation("shelf_remove", { shelf_id: shelf.id }));
    return h(kit.ConfirmDialog, { title: t("shelf.remove.title", { name: shelf.name }), confirmText: t("shelf.remove.confirm"), isDanger: true, onConfirm: remove, onClose }, t("shelf.remove.text"));
  }

  /** Return the title of a shelf: that in Plex, or else the one that its template makes. @param {any} shelf */
  function nameShelf(shelf) {
    const [first] = shelf.collections;
    return (first && first.title) || shelf.title.replace("{name}", shelf.name);
  }

  /** Return the lines of a card about the collection in Plex. @param {any} shelf @param {StashBundle.Translate} t */
  function listCollectionLines(shelf, t) {
    const [first] = shelf.collections;
    if (!first) return [];
    return [first.changed && h("span", { className: "text-muted" }, `${t("shelf.changed")} `, h(kit.FromNow, { moment: first.changed })), first.url && h(kit.OutLink, { href: first.url }, t("shelf.open"))];
  }

  /** Return the lines of a card; `picture` may say why it could not be read. @param {any} shelf @param {{problem?: string} | undefined} picture @param {StashBundle.Translate} t */
  function listLines(shelf, picture, t) {
    const problem = shelf.problem || (picture && picture.problem);
    const kind = t(`shelf.kind.${shelf.kind}`);
    return [
      shelf.kind === "organized" ? kind : `${kind}: ${shelf.name}`,
      describeSizes(shelf, t),
      shelf.places.map((/** @type {string} */ place) => t(`shelf.place.${place}`)).join(", "),
      ...listCollectionLines(shelf, t),
      problem && h("span", { className: "text-warning" }, h(kit.Icon, { name: "faTriangleExclamation" }), " ", problem),
    ];
  }

  /** @param {{shelf: any, picture?: any, isActive: boolean, onEdit: () => void, onPreview: () => void, onRemoved: (answer: any) => void}} props */
  function ShelfCard({ shelf, picture, isActive, onEdit, onPreview, onRemoved }) {
    const t = kit.useText();
    const [isAsking, setAsking] = useState(false);
    const title = nameShelf(shelf);
    const image = picture && picture.data ? `data:${picture.content_type};base64,${picture.data}` : null;
    const button = (/** @type {string} */ label, /** @type {string} */ icon, /** @type {boolean} */ disabled, /** @type {() => unknown} */ onClick) => h(kit.ActionButton, { key: icon, size: "sm", variant: "secondary", icon, disabled, "aria-label": `${label}: ${title}`, onClick }, label);
    return h(
      React.Fragment,
      null,
      h(kit.Card, {
        title,
        image,
        itemKey: String(shelf.id),
        badge: shelf.approved ? null : t("shelf.waits"),
        lines: listLines(shelf, picture, t),
        actions: [button(t("shelf.preview"), "faSearch", isActive, onPreview), button(t("shelf.edit"), "faEdit", false, onEdit), button(t("shelf.remove"), "faTrash", isActive, () => setAsking(true))],
      }),
      isAsking && h(RemoveDialog, { shelf, onClose: () => setAsking(false), onRemoved }),
    );
  }

  Object.assign(plexSync, { ShelfCard });
})();
