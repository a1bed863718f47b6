// The Queue tab: the state of the queue, and the entries of one state.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;
  const { useRef, useState } = React;

  /** Show the state of the queue and the entries of the chosen state. */
  function QueueTab() {
    const [chosen, setChosen] = useState("");
    const first = useRef("");
    const live = plexSync.useQueue();
    if (!live.status) return live.error ? h(kit.ErrorBox, { error: live.error, onRetry: live.refresh }) : h(kit.Loading);
    // The state that was opened first stays open, also when its last entry has gone.
    if (!first.current) first.current = plexSync.chooseState(live.status.queue);
    const state = chosen || first.current;
    return h(
      React.Fragment,
      null,
      live.error ? h(kit.ErrorBox, { error: live.error, onRetry: live.refresh }) : h(plexSync.needsStart(live.status) ? plexSync.StartPanel : plexSync.StatePanel, { live }),
      h(plexSync.StateTabs, { live, state, onState: setChosen }),
      h(plexSync.EntryList, { key: state, live, state }),
    );
  }

  Object.assign(plexSync, { QueueTab });
})();
