// The GraphQL documents of the shell. Fields that came later than the oldest profile are asked for where they exist.
import { gql } from "@apollo/client";
import { atLeast } from "./profile.js";

const since = (minor, fields) => (atLeast(minor) ? fields : "");

const named = "id name";
const stashIds = "stash_ids { endpoint stash_id }";

const performer = `id name disambiguation gender birthdate country details alias_list favorite rating100 ignore_auto_tag
  image_path scene_count tags { ${named} } ${since(28, "urls")} ${stashIds}`;
const studio = `id name details aliases rating100 ignore_auto_tag image_path scene_count
  parent_studio { ${named} } child_studios { ${named} } ${since(26, "favorite")} ${stashIds}`;
const tag = `id name description aliases ignore_auto_tag image_path scene_count performer_count
  parents { ${named} } children { ${named} } ${since(26, "favorite")} ${since(30, stashIds)}`;
const scene = `id title details date rating100 organized created_at updated_at play_count o_counter urls
  paths { screenshot stream } files { id path basename size duration width height }
  studio { id name image_path } tags { ${named} } performers { id name image_path gender birthdate favorite scene_count }
  ${stashIds}`;
const job = `id status subTasks description progress startTime endTime addTime ${since(26, "error")}`;
const packageFields = "package_id name version date metadata sourceURL";

export const VersionDocument = gql`query Version { version { version hash build_time } }`;
export const SystemStatusDocument = gql`query SystemStatus { systemStatus { status databaseSchema appSchema } }`;
export const ConfigurationDocument = gql`query Configuration {
  configuration {
    general { stashBoxes { name endpoint } }
    interface { language menuItems ${since(30, "sfwContentMode")} }
    ui
    plugins
  }
}`;
export const PluginsDocument = gql`query Plugins {
  plugins {
    id name description url version enabled requires
    paths { javascript css }
    tasks { name description }
    hooks { name description hooks }
    settings { name display_name description type }
  }
}`;
export const JobQueueDocument = gql`query JobQueue { jobQueue { ${job} } }`;
export const FindJobDocument = gql`query FindJob($input: FindJobInput!) { findJob(input: $input) { ${job} } }`;
export const JobsSubscribeDocument = gql`subscription JobsSubscribe { jobsSubscribe { type job { ${job} } } }`;
export const LogsDocument = gql`query Logs { logs { time level message } }`;
export const StatsDocument = gql`query Stats { stats { scene_count performer_count studio_count tag_count } }`;

export const FindPerformersDocument = gql`query FindPerformers($filter: FindFilterType, $performer_filter: PerformerFilterType) {
  findPerformers(filter: $filter, performer_filter: $performer_filter) { count performers { ${performer} } }
}`;
export const FindPerformerDocument = gql`query FindPerformer($id: ID!) { findPerformer(id: $id) { ${performer} } }`;
export const FindStudiosDocument = gql`query FindStudios($filter: FindFilterType, $studio_filter: StudioFilterType) {
  findStudios(filter: $filter, studio_filter: $studio_filter) { count studios { ${studio} } }
}`;
export const FindStudioDocument = gql`query FindStudio($id: ID!) { findStudio(id: $id) { ${studio} } }`;
export const FindTagsDocument = gql`query FindTags($filter: FindFilterType, $tag_filter: TagFilterType) {
  findTags(filter: $filter, tag_filter: $tag_filter) { count tags { ${tag} } }
}`;
export const FindTagDocument = gql`query FindTag($id: ID!) { findTag(id: $id) { ${tag} } }`;
export const FindScenesDocument = gql`query FindScenes($filter: FindFilterType, $scene_filter: SceneFilterType) {
  findScenes(filter: $filter, scene_filter: $scene_filter) { count scenes { ${scene} } }
}`;
export const FindSceneDocument = gql`query FindScene($id: ID!) { findScene(id: $id) { ${scene} } }`;

export const PerformerCreateDocument = gql`mutation PerformerCreate($input: PerformerCreateInput!) {
  performerCreate(input: $input) { ${performer} }
}`;
export const StudioCreateDocument = gql`mutation StudioCreate($input: StudioCreateInput!) {
  studioCreate(input: $input) { ${studio} }
}`;
export const TagCreateDocument = gql`mutation TagCreate($input: TagCreateInput!) { tagCreate(input: $input) { ${tag} } }`;
export const PerformerUpdateDocument = gql`mutation PerformerUpdate($input: PerformerUpdateInput!) {
  performerUpdate(input: $input) { ${performer} }
}`;
export const StudioUpdateDocument = gql`mutation StudioUpdate($input: StudioUpdateInput!) {
  studioUpdate(input: $input) { ${studio} }
}`;
export const TagUpdateDocument = gql`mutation TagUpdate($input: TagUpdateInput!) { tagUpdate(input: $input) { ${tag} } }`;
export const SceneUpdateDocument = gql`mutation SceneUpdate($input: SceneUpdateInput!) { sceneUpdate(input: $input) { ${scene} } }`;
export const PerformerDestroyDocument = gql`mutation PerformerDestroy($id: ID!) { performerDestroy(input: { id: $id }) }`;
export const StudioDestroyDocument = gql`mutation StudioDestroy($id: ID!) { studioDestroy(input: { id: $id }) }`;
export const TagDestroyDocument = gql`mutation TagDestroy($id: ID!) { tagDestroy(input: { id: $id }) }`;
export const SceneDestroyDocument = gql`mutation SceneDestroy($id: ID!) { sceneDestroy(input: { id: $id }) }`;

export const ConfigurePluginDocument = gql`mutation ConfigurePlugin($plugin_id: ID!, $input: Map!) {
  configurePlugin(plugin_id: $plugin_id, input: $input)
}`;
export const SetPluginsEnabledDocument = gql`mutation SetPluginsEnabled($enabledMap: BoolMap!) {
  setPluginsEnabled(enabledMap: $enabledMap)
}`;
export const ReloadPluginsDocument = gql`mutation ReloadPlugins { reloadPlugins }`;
export const RunPluginTaskDocument = gql`mutation RunPluginTask($plugin_id: ID!, $task_name: String!, $args_map: Map) {
  runPluginTask(plugin_id: $plugin_id, task_name: $task_name, args_map: $args_map)
}`;
export const StopJobDocument = gql`mutation StopJob($job_id: ID!) { stopJob(job_id: $job_id) }`;
export const MetadataScanDocument = gql`mutation MetadataScan($input: ScanMetadataInput!) { metadataScan(input: $input) }`;

export const InstalledPluginPackagesDocument = gql`query InstalledPluginPackages {
  installedPackages(type: Plugin) { ${packageFields} }
}`;
export const AvailablePluginPackagesDocument = gql`query AvailablePluginPackages($source: String!) {
  availablePackages(source: $source, type: Plugin) { ${packageFields} }
}`;
export const PluginPackageSourcesDocument = gql`query PluginPackageSources {
  configuration { general { pluginPackageSources { name url local_path } } }
}`;
export const InstallPluginPackagesDocument = gql`mutation InstallPluginPackages($packages: [PackageSpecInput!]!) {
  installPackages(type: Plugin, packages: $packages)
}`;
export const UpdatePluginPackagesDocument = gql`mutation UpdatePluginPackages($packages: [PackageSpecInput!]) {
  updatePackages(type: Plugin, packages: $packages)
}`;
export const UninstallPluginPackagesDocument = gql`mutation UninstallPluginPackages($packages: [PackageSpecInput!]!) {
  uninstallPackages(type: Plugin, packages: $packages)
}`;
