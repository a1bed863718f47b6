// The Queue tab: the state of the queue, and the entries of one state. Until syncing was started it shows how to start.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;
  const { ReactRouterDOM } = kit.api.libraries;
  const { useRef, useState } = React;

  /** Show the entries of the chosen state; the address may name it. @param {{live: any}} props */
  function QueueList({ live }) {
    const { search } = ReactRouterDOM.useLocation();
    const [chosen, setChosen] = useState(new URLSearchParams(search).get("state") || "");
    const first = useRef("");
    // The state that was opened first stays open, also when its last entry has gone.
    if (!first.current) first.current = plexSync.chooseState(live.status.queue);
    const state = plexSync.STATES.includes(chosen) ? chosen : first.current;
    return h(React.Fragment, null, h(plexSync.StateTabs, { live, state, onState: setChosen }), h(plexSync.EntryList, { key: state, live, state }), h(plexSync.RareTasks, { tab: "queue", onEnd: () => void live.refresh() }));
  }

  /** Show the state of the queue, or how to start, and the entries. */
  function QueueTab() {
    const live = plexSync.useQueue();
    const { status, error } = live;
    const failure = error && h(kit.ErrorBox, { error, onRetry: live.refresh });
    if (!status) return failure || h(kit.Loading);
    const isNew = plexSync.isNew(status);
    const hasList = !isNew || plexSync.countOpen(status.queue) > 0;
    return h(React.Fragment, null, failure || h(isNew ? plexSync.StartPanel : plexSync.StatePanel, { live }), hasList && h(QueueList, { live }));
  }

  Object.assign(plexSync, { QueueTab });
})();
