// Which component names a plugin can patch, by the Stash release that first allowed it.
const INTRODUCED = {
  "0.24": `Icon MainNavBar.MenuItems MainNavBar.UtilityItems PluginRoutes SceneCard SceneCard.Details SceneCard.Image
    SceneCard.Overlays SceneCard.Popovers Setting SettingsToolsSection`,
  0.25: `PerformerSelect PerformerIDSelect StudioSelect StudioIDSelect TagSelect TagIDSelect`,
  0.27: `App BooleanSetting ConstantSetting ModalSetting NumberSetting PerformerDetailsPanel
    PerformerDetailsPanel.DetailGroup PluginSettings SceneFileInfoPanel SelectSetting SettingGroup SettingModal
    SettingsInterfacePanel StringListSetting StringSetting`,
  0.28: `ExternalLinkButtons FrontPage HoverPopover LoadingIndicator PerformerPage PerformerCard PerformerCard.Details
    PerformerCard.Image PerformerCard.Overlays PerformerCard.Popovers PerformerCard.Title PerformerScenesPanel ScenePage
    ScenePage.Tabs ScenePage.TabContent ScenePlayer TabTitleCounter TagCard TagCard.Details TagCard.Image TagCard.Overlays
    TagCard.Popovers TagCard.Title TagLink`,
  0.29: `AlertModal BackgroundImage DetailImage HeaderImage Pagination PaginationIndex PerformerHeaderImage RatingStars
    RatingSystem TruncatedText`,
  "0.30": `Date TagList StudioList PerformerList SceneListOperations`,
  0.31: `StudioDetailsPanel StudioCard GridCard`,
  0.32: `StudioPage TagPage`,
};

let current = { version: "", minor: 0, names: new Set() };

// "v0.30.1" is 30; a build after a release ("v0.30.1-19-gabc") already has what comes next.
export function minorOf(version) {
  const found = /^v?(\d+)\.(\d+)\.\d+(-\d+-g[0-9a-f]+)?/.exec(version);
  if (!found) return 31;
  return Number(found[2]) + (found[3] ? 1 : 0);
}

export function namesAt(minor) {
  const lists = Object.entries(INTRODUCED).filter(([since]) => Number(since.split(".")[1]) <= minor);
  return new Set(lists.flatMap(([, names]) => names.split(/\s+/)));
}

export function setProfile(version) {
  const minor = minorOf(version);
  current = { version, minor, names: namesAt(minor) };
}

export function isPatchable(name) {
  return current.names.has(name);
}

export function atLeast(minor) {
  return current.minor >= minor;
}
