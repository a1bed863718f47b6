import { Col, Row } from "react-bootstrap";
import { Helmet } from "react-helmet";
import { Route, Switch } from "react-router-dom";
import { patchComponent } from "../host/patch.js";
import {
  useFindPerformer,
  usePerformerCreate,
  usePerformerDestroy,
  usePerformerUpdate,
} from "../host/stash-service.js";
import { ExternalLinkButtons, TagLink } from "../parts/basics.jsx";
import { DetailHeader, DetailImage, DetailItem, DetailsEditNavbar, EditPanel, HeaderImage } from "../parts/details.jsx";
import { EntityTabs } from "../parts/entity-tabs.jsx";
import { PerformerList, SceneList, ofPerformer } from "../parts/lists.jsx";
import { TagSelect } from "../parts/selects.jsx";
import { useEntityPage } from "../parts/use-entity-page.js";
import { makeEntityLoader } from "./entity-loader.jsx";
import { makeNewPage } from "./new-page.jsx";

const asIs = (key) => ({ read: (performer) => performer[key], write: (value) => value });
const lines = { read: (performer) => performer.alias_list.join("\n"), write: (text) => text.split("\n").filter(Boolean) };
const tags = {
  read: (performer) => performer.tags,
  write: (chosen) => chosen.map((tag) => tag.id),
  control: ({ inputId, value, onChange }) => <TagSelect inputId={inputId} isMulti values={value} onSelect={onChange} />,
};
const FIELDS = [
  { key: "name", label: "Name", ...asIs("name") },
  { key: "disambiguation", label: "Disambiguation", ...asIs("disambiguation") },
  { key: "alias_list", label: "Aliases", lines: 2, ...lines },
  { key: "birthdate", label: "Birthdate", ...asIs("birthdate") },
  { key: "country", label: "Country", ...asIs("country") },
  { key: "details", label: "Details", lines: 4, ...asIs("details") },
  { key: "tag_ids", label: "Tags", ...tags },
];

const DetailGroup = patchComponent("PerformerDetailsPanel.DetailGroup", ({ children }) => (
  <div className="detail-group">{children}</div>
));

export const PerformerDetailsPanel = patchComponent("PerformerDetailsPanel", (props) => {
  const { performer } = props;
  return (
    <DetailGroup {...props}>
      <DetailItem id="gender" label="Gender" value={performer.gender?.toLowerCase().replace(/_/g, " ")} />
      <DetailItem id="age" label="Birthdate" value={performer.birthdate} />
      <DetailItem id="country" label="Country" value={performer.country} />
      <DetailItem id="details" label="Details" value={performer.details} />
      <DetailItem
        id="tags"
        label="Tags"
        value={performer.tags.length > 0 && performer.tags.map((tag) => <TagLink key={tag.id} tag={tag} />)}
      />
      <DetailItem id="stash_ids" label="Stash IDs" value={performer.stash_ids.map((row) => row.stash_id).join(", ")} />
    </DetailGroup>
  );
});

const PerformerHeaderImage = patchComponent("PerformerHeaderImage", ({ performer, activeImage }) => (
  <HeaderImage encodingImage={false}>
    {activeImage && <DetailImage className="performer" src={activeImage} alt={performer.name} />}
  </HeaderImage>
));

const PerformerScenesPanel = patchComponent("PerformerScenesPanel", ({ performer }) => (
  <SceneList filterHook={ofPerformer(performer.id)} />
));

const PerformerPage = patchComponent("PerformerPage", ({ performer, tabKey }) => {
  const page = useEntityPage("performer", performer, usePerformerUpdate, usePerformerDestroy);
  const image = (
    <PerformerHeaderImage
      activeImage={performer.image_path}
      collapsed={page.collapsed}
      encodingImage={false}
      lightboxImages={[]}
      performer={performer}
    />
  );
  const icons = <ExternalLinkButtons urls={performer.urls} />;
  return (
    <div id="performer-page" className="row">
      <Helmet>
        <title>{performer.name}</title>
      </Helmet>
      <DetailHeader kind="performer" entity={performer} image={image} icons={icons} {...page}>
        {page.isEditing ? (
          <EditPanel entity={performer} fields={FIELDS} onSubmit={page.onSubmit} onCancel={page.toggleEditing} />
        ) : (
          <>
            <PerformerDetailsPanel performer={performer} collapsed={page.collapsed} fullWidth={!page.collapsed} />
            <Col>
              <Row xs={8}>
                <DetailsEditNavbar
                  className="mb-2"
                  entity={performer}
                  onToggleEdit={page.toggleEditing}
                  onDelete={page.onDelete}
                  onAutoTag={page.onAutoTag}
                />
              </Row>
            </Col>
          </>
        )}
      </DetailHeader>
      <EntityTabs
        kind="performer"
        entity={performer}
        tabKey={tabKey}
        tabs={[{ key: "scenes", count: performer.scene_count, panel: <PerformerScenesPanel active performer={performer} /> }]}
      />
    </div>
  );
});

const PerformerLoader = makeEntityLoader("performer", useFindPerformer, PerformerPage);
const NewPerformer = makeNewPage("performer", FIELDS.slice(0, 2), usePerformerCreate);

export default function Performers() {
  return (
    <Switch>
      <Route exact path="/performers" component={PerformerList} />
      <Route exact path="/performers/new" component={NewPerformer} />
      <Route path="/performers/:id/:tab?" component={PerformerLoader} />
    </Switch>
  );
}
