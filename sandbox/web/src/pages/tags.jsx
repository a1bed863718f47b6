import { Helmet } from "react-helmet";
import { Route, Switch } from "react-router-dom";
import { patchComponent } from "../host/patch.js";
import { useFindTag, useTagCreate, useTagDestroy, useTagUpdate } from "../host/stash-service.js";
import { TagLink } from "../parts/basics.jsx";
import { DetailHeader, DetailImage, DetailItem, DetailsEditNavbar, EditPanel, HeaderImage } from "../parts/details.jsx";
import { EntityTabs } from "../parts/entity-tabs.jsx";
import { PerformerList, SceneList, TagList, ofTag } from "../parts/lists.jsx";
import { useEntityPage } from "../parts/use-entity-page.js";
import { makeEntityLoader } from "./entity-loader.jsx";
import { makeNewPage } from "./new-page.jsx";

const FIELDS = [
  { key: "name", label: "Name", read: (tag) => tag.name, write: (text) => text },
  { key: "description", label: "Description", lines: 4, read: (tag) => tag.description, write: (text) => text },
  {
    key: "aliases",
    label: "Aliases",
    lines: 2,
    read: (tag) => tag.aliases.join("\n"),
    write: (text) => text.split("\n").filter(Boolean),
  },
];

const links = (tags) => tags.length > 0 && tags.map((tag) => <TagLink key={tag.id} tag={tag} />);

// In no Stash can this panel be patched.
function TagDetailsPanel({ tag }) {
  return (
    <div className="detail-group">
      <DetailItem id="description" label="Description" value={tag.description} />
      <DetailItem id="parent-tags" label="Parent Tags" value={links(tag.parents)} />
      <DetailItem id="sub-tags" label="Sub-Tags" value={links(tag.children)} />
      <DetailItem id="stash_ids" label="Stash IDs" value={(tag.stash_ids ?? []).map((row) => row.stash_id).join(", ")} />
    </div>
  );
}

const TagPage = patchComponent("TagPage", ({ tag, tabKey }) => {
  const page = useEntityPage("tag", tag, useTagUpdate, useTagDestroy);
  const image = (
    <HeaderImage encodingImage={false}>
      {tag.image_path && <DetailImage className="logo" alt={tag.name} src={tag.image_path} />}
    </HeaderImage>
  );
  return (
    <div id="tag-page" className="row">
      <Helmet>
        <title>{tag.name}</title>
      </Helmet>
      <DetailHeader kind="tag" entity={tag} image={image} {...page}>
        {page.isEditing ? (
          <EditPanel entity={tag} fields={FIELDS} onSubmit={page.onSubmit} onCancel={page.toggleEditing} />
        ) : (
          <>
            <TagDetailsPanel tag={tag} />
            <DetailsEditNavbar className="mb-2" entity={tag} onToggleEdit={page.toggleEditing} onDelete={page.onDelete} onAutoTag={page.onAutoTag} />
          </>
        )}
      </DetailHeader>
      <EntityTabs
        kind="tag"
        entity={tag}
        tabKey={tabKey}
        tabs={[
          { key: "scenes", count: tag.scene_count, panel: <SceneList filterHook={ofTag(tag.id)} /> },
          { key: "performers", count: tag.performer_count, panel: <PerformerList filterHook={ofTag(tag.id)} /> },
        ]}
      />
    </div>
  );
});

const TagLoader = makeEntityLoader("tag", useFindTag, TagPage);
const NewTag = makeNewPage("tag", FIELDS.slice(0, 1), useTagCreate);

export default function Tags() {
  return (
    <Switch>
      <Route exact path="/tags" component={TagList} />
      <Route exact path="/tags/new" component={NewTag} />
      <Route path="/tags/:id/:tab?" component={TagLoader} />
    </Switch>
  );
}
