import { Helmet } from "react-helmet";
import { Link, Route, Switch } from "react-router-dom";
import { patchComponent } from "../host/patch.js";
import { useFindStudio, useStudioCreate, useStudioDestroy, useStudioUpdate } from "../host/stash-service.js";
import { DetailHeader, DetailImage, DetailItem, DetailsEditNavbar, EditPanel, HeaderImage } from "../parts/details.jsx";
import { EntityTabs } from "../parts/entity-tabs.jsx";
import { SceneList, StudioList, ofStudio } from "../parts/lists.jsx";
import { useEntityPage } from "../parts/use-entity-page.js";
import { makeEntityLoader } from "./entity-loader.jsx";
import { makeNewPage } from "./new-page.jsx";

const FIELDS = [
  { key: "name", label: "Name", read: (studio) => studio.name, write: (text) => text },
  { key: "details", label: "Details", lines: 4, read: (studio) => studio.details, write: (text) => text },
  {
    key: "aliases",
    label: "Aliases",
    lines: 2,
    read: (studio) => studio.aliases.join("\n"),
    write: (text) => text.split("\n").filter(Boolean),
  },
];

export const StudioDetailsPanel = patchComponent("StudioDetailsPanel", ({ studio }) => (
  <div className="detail-group">
    <DetailItem id="details" label="Details" value={studio.details} />
    <DetailItem
      id="parent_studios"
      label="Parent Studio"
      value={studio.parent_studio && <Link to={`/studios/${studio.parent_studio.id}`}>{studio.parent_studio.name}</Link>}
    />
    <DetailItem id="stash_ids" label="Stash IDs" value={studio.stash_ids.map((row) => row.stash_id).join(", ")} />
  </div>
));

const StudioPage = patchComponent("StudioPage", ({ studio, tabKey }) => {
  const page = useEntityPage("studio", studio, useStudioUpdate, useStudioDestroy);
  const image = (
    <HeaderImage encodingImage={false}>
      {studio.image_path && <DetailImage className="logo" alt={studio.name} src={studio.image_path} />}
    </HeaderImage>
  );
  return (
    <div id="studio-page" className="row">
      <Helmet>
        <title>{studio.name}</title>
      </Helmet>
      <DetailHeader kind="studio" entity={studio} image={image} {...page}>
        {page.isEditing ? (
          <EditPanel entity={studio} fields={FIELDS} onSubmit={page.onSubmit} onCancel={page.toggleEditing} />
        ) : (
          <>
            <StudioDetailsPanel studio={studio} collapsed={page.collapsed} fullWidth={!page.collapsed} />
            <DetailsEditNavbar entity={studio} onToggleEdit={page.toggleEditing} onDelete={page.onDelete} onAutoTag={page.onAutoTag} />
          </>
        )}
      </DetailHeader>
      <EntityTabs
        kind="studio"
        entity={studio}
        tabKey={tabKey}
        tabs={[{ key: "scenes", count: studio.scene_count, panel: <SceneList filterHook={ofStudio(studio.id)} /> }]}
      />
    </div>
  );
});

const StudioLoader = makeEntityLoader("studio", useFindStudio, StudioPage);
const NewStudio = makeNewPage("studio", FIELDS.slice(0, 1), useStudioCreate);

export default function Studios() {
  return (
    <Switch>
      <Route exact path="/studios" component={StudioList} />
      <Route exact path="/studios/new" component={NewStudio} />
      <Route path="/studios/:id/:tab?" component={StudioLoader} />
    </Switch>
  );
}
