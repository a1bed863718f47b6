// The part of a shelf's dialog that says how Plex shows it: order, places, poster.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const SORTS = ["release", "title", "custom"];
  const PLACES = ["recommended", "home", "shared"];
  const POSTERS = ["none", "source", "address", "own"];

  /** Read a chosen file as Base64. @param {File} file @returns {Promise<string>} */
  function readFile(file) {
    return new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => resolve(String(reader.result).split(",")[1] || "");
      reader.onerror = () => reject(reader.error);
      reader.readAsDataURL(file);
    });
  }

  /** @param {{shelf: any, onChange: (values: any) => void}} props */
  function PlaceTicks({ shelf, onChange }) {
    const t = kit.useText();
    const change = (/** @type {string} */ place, /** @type {boolean} */ isOn) => onChange({ places: PLACES.filter((each) => (each === place ? isOn : shelf.places.includes(each))) });
    return h(
      "fieldset",
      { className: "s2p-places" },
      h("legend", { className: "small" }, t("shelf.places")),
      PLACES.map((place) => h(kit.Tick, { key: place, id: `s2p-place-${place}`, label: t(`shelf.place.${place}`), isOn: shelf.places.includes(place), onChange: (/** @type {boolean} */ isOn) => change(place, isOn) })),
      shelf.places.some((/** @type {string} */ place) => place !== "recommended") && h("p", { className: "small text-muted" }, t("shelf.place.warning")),
    );
  }

  /** @param {{shelf: any, hasPicture: boolean, onChange: (values: any) => void}} props */
  function PosterFields({ shelf, hasPicture, onChange }) {
    const t = kit.useText();
    const choices = POSTERS.map((value) => ({ value, label: t(`shelf.poster.${value}`) }));
    const choose = (/** @type {any} */ event) => {
      const file = event.target.files && event.target.files[0];
      if (file) void readFile(file).then((picture) => onChange({ picture }), kit.toast.error);
    };
    return h(
      React.Fragment,
      null,
      h(
        "div",
        { className: "s2p-bar" },
        h(kit.Picker, { id: "s2p-shelf-poster", label: t("shelf.poster"), value: shelf.poster || "none", choices, onChange: (/** @type {string} */ value) => onChange({ poster: value === "none" ? "" : value }) }),
        shelf.poster === "address" && h(kit.Field, { id: "s2p-shelf-address", label: t("shelf.poster.address"), value: shelf.address, placeholder: "https://…", onChange: (/** @type {string} */ address) => onChange({ address }) }),
        shelf.poster === "own" &&
          h(
            Bootstrap.Form.Group,
            { controlId: "s2p-shelf-file", className: "sbk-field" },
            h(Bootstrap.Form.Label, { className: "small" }, t("shelf.poster.file")),
            h("input", { id: "s2p-shelf-file", type: "file", accept: "image/*", className: "form-control-file", onChange: choose }),
          ),
      ),
      shelf.poster === "own" && shelf.had_own && !shelf.picture && h("p", { className: "small text-muted" }, t("shelf.poster.kept")),
      shelf.poster === "source" && !hasPicture && h("p", { className: "small text-warning" }, t("shelf.poster.no_picture")),
    );
  }

  /** @param {{shelf: any, hasPicture: boolean, onChange: (values: any) => void}} props */
  function ShelfLook({ shelf, hasPicture, onChange }) {
    const t = kit.useText();
    const sorts = SORTS.map((value) => ({ value, label: t(`shelf.sort.${value}`) }));
    return h(
      React.Fragment,
      null,
      h("div", { className: "s2p-bar" }, h(kit.Picker, { id: "s2p-shelf-sort", label: t("shelf.sort"), value: shelf.sort, choices: sorts, onChange: (/** @type {string} */ sort) => onChange({ sort }) })),
      h(PosterFields, { shelf, hasPicture, onChange }),
      h(PlaceTicks, { shelf, onChange }),
    );
  }

  Object.assign(plexSync, { ShelfLook });
})();
