// The texts of Performer/Site Sync in English, and the room its files share.
(function () {
  "use strict";

  window.StashBundleKit.performers = {
    words: {
      en: {
        "button.sync": "Sync from boxes",
        "tab.sync": "Sync",
        "tab.report": "Report",
        "one.title": "What the boxes know",
        "one.asking": "Asking the boxes…",
        "one.nothing": "Nothing to change",
        "sync.text": "Looks up every linked performer and site at your stash-boxes. What you edited stays as it is; a preview writes nothing.",
        "sync.scope": "Whom",
        "sync.all": "All",
        "sync.favorites": "Favourites only",
        "sync.fresh": "Ask the boxes again, also for what is kept",
        "sync.preview.performers": "Preview performers",
        "sync.preview.studios": "Preview sites",
        "sync.preview.favorites": "Preview favourites",
        "sync.running": "Asking the boxes",
        "sync.plan": "What would change",
        "sync.none": "No preview yet",
        "sync.none.text": "A preview lists every change. Tick off what you do not want, then apply the rest.",
        "report.make": "Make a report",
        "report.making": "Making a report",
        "report.save": "Save as CSV",
        "report.none": "No report yet",
        "report.none.text": "A report counts how complete your performers and sites are, per field and per box.",
        "report.made": "Made {moment}",
        "report.performer": "Performers",
        "report.studio": "Sites",
        "report.linked": "{linked} of {total} are linked",
        "report.field": "Field",
        "report.filled": "Filled",
        "report.share": "Complete",
      },
    },
  };
})();
