// Downloads of texts as files.
(function () {
  "use strict";
  const kit = window.StashBundleKit;

  /** Let the browser download a text as a file. @param {{name: string, content_type: string, text: string}} file */
  function saveFile(file) {
    const address = URL.createObjectURL(new Blob([file.text], { type: file.content_type }));
    const link = document.createElement("a");
    link.href = address;
    link.download = file.name;
    link.click();
    URL.revokeObjectURL(address);
  }

  Object.assign(kit, { saveFile });
})();
