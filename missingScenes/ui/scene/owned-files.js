// Scenes that are probably in the library already but not linked, with a button that links them.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { useEffect, useRef, useState } = React;
  const FILES_BATCH = 100;

  /**
   * Return the local files that have the fingerprints of missing scenes, by scene; each scene is looked up once.
   * @param {StashBundle.Ui} ui
   * @param {string} endpoint
   * @param {string[]} sceneIds
   */
  function useOwnedFiles(ui, endpoint, sceneIds) {
    const [found, setFound] = useState(/** @type {{files: Record<string, any[]>, notice: string | null}} */ ({ files: {}, notice: null }));
    const asked = useRef(/** @type {Set<string>} */ (new Set()));
    const key = sceneIds.join(" ");
    useEffect(() => {
      const open = key.split(" ").filter((id) => id && !asked.current.has(id));
      if (!endpoint || !open.length) return undefined;
      const abort = new AbortController();
      const askAll = async () => {
        for (let start = 0; start < open.length; start += FILES_BATCH) {
          const part = open.slice(start, start + FILES_BATCH);
          const answer = await ui.operation("find_owned_files", { endpoint, scene_ids: part }, { signal: abort.signal });
          part.forEach((id) => asked.current.add(id));
          setFound((old) => ({ files: { ...old.files, ...answer.found }, notice: answer.notice || null }));
        }
      };
      // Only a hint: after an error the cards stay as they are, and the next page asks again.
      askAll().catch(() => undefined);
      return () => abort.abort();
    }, [ui, endpoint, key]);
    return found;
  }

  /** Show the local file that probably is a scene, with a button that links them. @param {{scene: any, files: any[], endpoint: string, onLinked: (id: string) => void, onUnlinked: () => void}} props */
  function OwnedHint({ scene, files, endpoint, onLinked, onUnlinked }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const { Link } = kit.api.libraries.ReactRouterDOM;
    const file = files[0];
    const link = async () => {
      const { run } = await ui.operation("link_scene", { endpoint, scene_id: scene.id, local_id: file.scene_id, label: file.title || file.path });
      kit.tellUndoable(ui, t, t("owned.linked"), run, onUnlinked);
      onLinked(scene.id);
    };
    return h(
      "div",
      { className: "ms-owned" },
      h("span", null, h(kit.Icon, { name: "faFingerprint" }), " ", t("owned.text"), " ", h(Link, { to: `/scenes/${file.scene_id}` }, file.title || file.path)),
      h(kit.ActionButton, { size: "sm", icon: "faLink", onClick: link, "aria-keyshortcuts": "l" }, t("owned.link")),
    );
  }

  Object.assign(missing, { useOwnedFiles, OwnedHint });
})();
