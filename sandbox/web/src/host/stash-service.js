// `PluginApi.utils.StashService`: the calls of the interface, by the names Stash gives them.
import { useMutation, useQuery, useSubscription } from "@apollo/client";
import { getClient, getWSClient } from "./client.js";
import * as documents from "./documents.js";

export { getClient, getWSClient };

export const getQueryFields = (queries) =>
  queries.flatMap((query) => query.definitions[0].selectionSet.selections.map((selection) => selection.name.value));

export function evictQueries(cache, queries) {
  for (const fieldName of getQueryFields(queries)) cache.evict({ id: "ROOT_QUERY", fieldName });
  cache.gc();
}

const evicting = (queries) => ({ update: (cache) => evictQueries(cache, queries) });

export const useConfiguration = () => useQuery(documents.ConfigurationDocument);
export const usePlugins = () => useQuery(documents.PluginsDocument);
export const useSystemStatus = () => useQuery(documents.SystemStatusDocument);
export const useVersion = () => useQuery(documents.VersionDocument);
export const useStats = () => useQuery(documents.StatsDocument, { fetchPolicy: "network-only" });
export const useJobQueue = () => useQuery(documents.JobQueueDocument, { fetchPolicy: "no-cache" });
export const useJobsSubscribe = () => useSubscription(documents.JobsSubscribeDocument);

const single = (document) => (id) => useQuery(document, { variables: { id }, skip: id === "new" || id === "" });
export const useFindPerformer = single(documents.FindPerformerDocument);
export const useFindStudio = single(documents.FindStudioDocument);
export const useFindTag = single(documents.FindTagDocument);
export const useFindScene = single(documents.FindSceneDocument);

const lists = {
  Performer: [documents.FindPerformersDocument],
  Studio: [documents.FindStudiosDocument],
  Tag: [documents.FindTagsDocument],
  Scene: [documents.FindScenesDocument],
};
const change = (kind, document) => () => useMutation(document, evicting(lists[kind]));
export const usePerformerCreate = change("Performer", documents.PerformerCreateDocument);
export const useStudioCreate = change("Studio", documents.StudioCreateDocument);
export const useTagCreate = change("Tag", documents.TagCreateDocument);
export const usePerformerUpdate = change("Performer", documents.PerformerUpdateDocument);
export const useStudioUpdate = change("Studio", documents.StudioUpdateDocument);
export const useTagUpdate = change("Tag", documents.TagUpdateDocument);
export const useSceneUpdate = change("Scene", documents.SceneUpdateDocument);
export const usePerformerDestroy = change("Performer", documents.PerformerDestroyDocument);
export const useStudioDestroy = change("Studio", documents.StudioDestroyDocument);
export const useTagDestroy = change("Tag", documents.TagDestroyDocument);
export const useSceneDestroy = change("Scene", documents.SceneDestroyDocument);

export const useConfigurePlugin = () =>
  useMutation(documents.ConfigurePluginDocument, evicting([documents.ConfigurationDocument]));

const mutate = (mutation, variables, options) => getClient().mutate({ mutation, variables, ...options });

export const mutateReloadPlugins = () =>
  mutate(documents.ReloadPluginsDocument, {}, evicting([documents.PluginsDocument]));
export const mutateSetPluginsEnabled = (enabledMap) =>
  mutate(documents.SetPluginsEnabledDocument, { enabledMap }, evicting([documents.PluginsDocument]));
export const mutateStopJob = (jobID) => mutate(documents.StopJobDocument, { job_id: jobID });
export const mutateMetadataScan = (input) => mutate(documents.MetadataScanDocument, { input });

// As in Stash: `args` is no variable of that document, so the arguments never arrive.
export const mutateRunPluginTask = (pluginId, taskName, args) =>
  mutate(documents.RunPluginTaskDocument, { plugin_id: pluginId, task_name: taskName, args });
