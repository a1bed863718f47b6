// The cards of the list pages, with the same patchable parts as in Stash.
import { faMapMarkerAlt, faPlayCircle, faTag, faUser } from "@fortawesome/free-solid-svg-icons";
import { Button, ButtonGroup, Card, Form } from "react-bootstrap";
import { Link } from "react-router-dom";
import { patchComponent } from "../host/patch.js";
import { Icon, TruncatedText } from "./basics.jsx";

export const GridCard = patchComponent("GridCard", (props) => (
  <Card className={`${props.className ?? ""} grid-card`} style={props.width ? { width: `${props.width}px` } : undefined}>
    {props.onSelectedChanged && (
      <div className="card-controls">
        <Form.Control
          type="checkbox"
          className="card-check mousetrap"
          aria-label="Select"
          checked={props.selected ?? false}
          onChange={(event) => props.onSelectedChanged(!props.selected, event.nativeEvent.shiftKey)}
        />
      </div>
    )}
    <div className={`${props.thumbnailSectionClassName ?? ""} thumbnail-section`}>
      <Link to={props.url} className={props.linkClassName} tabIndex={-1} aria-hidden="true">
        {props.image}
      </Link>
      {props.overlays}
    </div>
    <div className="card-section">
      <Link to={props.url}>
        <h5 className="card-section-title flex-aligned">
          {props.pretitleIcon}
          <TruncatedText text={props.title} lineCount={2} />
        </h5>
      </Link>
      {props.details}
    </div>
    {props.popovers}
  </Card>
));

function Popovers({ counts }) {
  const shown = counts.filter(({ count }) => count > 0);
  if (!shown.length) return null;
  return (
    <>
      <hr />
      <ButtonGroup className="card-popovers">
        {shown.map(({ name, icon, count }) => (
          <Button key={name} className={`minimal ${name}`} title={name.replace("-", " ")}>
            <Icon icon={icon} />
            <span>{count}</span>
          </Button>
        ))}
      </ButtonGroup>
    </>
  );
}

const PerformerCardTitle = patchComponent("PerformerCard.Title", ({ performer }) => (
  <span className="performer-name">{performer.name}</span>
));
const PerformerCardImage = patchComponent("PerformerCard.Image", ({ performer }) => (
  <img loading="lazy" className="performer-card-image" alt={performer.name} src={performer.image_path ?? ""} />
));
const PerformerCardDetails = patchComponent("PerformerCard.Details", ({ performer }) => (
  <div className="performer-card__age">{performer.birthdate}</div>
));
const PerformerCardOverlays = patchComponent("PerformerCard.Overlays", () => null);
const PerformerCardPopovers = patchComponent("PerformerCard.Popovers", ({ performer }) => (
  <Popovers
    counts={[
      { name: "scene-count", icon: faPlayCircle, count: performer.scene_count },
      { name: "tag-count", icon: faTag, count: performer.tags?.length ?? 0 },
    ]}
  />
));
export const PerformerCard = patchComponent("PerformerCard", (props) => (
  <GridCard
    {...cardState(props)}
    className={`performer-card zoom-${props.zoomIndex}`}
    url={`/performers/${props.performer.id}`}
    title={<PerformerCardTitle {...props} />}
    image={<PerformerCardImage {...props} />}
    overlays={<PerformerCardOverlays {...props} />}
    details={<PerformerCardDetails {...props} />}
    popovers={<PerformerCardPopovers {...props} />}
  />
));

const cardState = ({ cardWidth, width, selecting, selected, onSelectedChanged }) => ({
  width: cardWidth ?? width,
  selecting,
  selected,
  onSelectedChanged,
});

export const StudioCard = patchComponent("StudioCard", (props) => (
  <GridCard
    {...cardState(props)}
    className={`studio-card zoom-${props.zoomIndex}`}
    url={`/studios/${props.studio.id}`}
    title={props.studio.name}
    linkClassName="studio-card-header"
    image={<img loading="lazy" className="studio-card-image" alt={props.studio.name} src={props.studio.image_path ?? ""} />}
    details={props.studio.parent_studio && <div className="studio-parent-studios">Part of {props.studio.parent_studio.name}</div>}
    popovers={<Popovers counts={[{ name: "scene-count", icon: faPlayCircle, count: props.studio.scene_count }]} />}
  />
));

const TagCardTitle = patchComponent("TagCard.Title", ({ tag }) => <>{tag.name}</>);
const TagCardImage = patchComponent("TagCard.Image", ({ tag }) => (
  <img loading="lazy" className="tag-card-image" alt={tag.name} src={tag.image_path ?? ""} />
));
const TagCardDetails = patchComponent("TagCard.Details", ({ tag }) => (
  <TruncatedText className="tag-description" text={tag.description ?? ""} lineCount={3} />
));
const TagCardOverlays = patchComponent("TagCard.Overlays", () => null);
const TagCardPopovers = patchComponent("TagCard.Popovers", ({ tag }) => (
  <Popovers
    counts={[
      { name: "scene-count", icon: faPlayCircle, count: tag.scene_count },
      { name: "performer-count", icon: faUser, count: tag.performer_count },
    ]}
  />
));
export const TagCard = patchComponent("TagCard", (props) => (
  <GridCard
    {...cardState(props)}
    className={`tag-card zoom-${props.zoomIndex}`}
    url={`/tags/${props.tag.id}`}
    title={<TagCardTitle {...props} />}
    linkClassName="tag-card-header"
    image={<TagCardImage {...props} />}
    overlays={<TagCardOverlays {...props} />}
    details={<TagCardDetails {...props} />}
    popovers={<TagCardPopovers {...props} />}
  />
));

const SceneCardDetails = patchComponent("SceneCard.Details", ({ scene }) => (
  <div className="scene-card__details">
    <span className="scene-card__date">{scene.date}</span>
    <TruncatedText className="scene-card__description" text={scene.details ?? ""} lineCount={3} />
  </div>
));
const SceneCardImage = patchComponent("SceneCard.Image", ({ scene }) => (
  <div className="scene-card-preview">
    <img loading="lazy" className="scene-card-preview-image" alt="" src={scene.paths.screenshot ?? ""} />
  </div>
));
const SceneCardOverlays = patchComponent("SceneCard.Overlays", ({ scene }) =>
  scene.studio ? <div className="studio-overlay">{scene.studio.name}</div> : null,
);
const SceneCardPopovers = patchComponent("SceneCard.Popovers", ({ scene }) => (
  <Popovers
    counts={[
      { name: "tag-count", icon: faTag, count: scene.tags.length },
      { name: "performer-count", icon: faUser, count: scene.performers.length },
      { name: "marker-count", icon: faMapMarkerAlt, count: 0 },
    ]}
  />
));
export const SceneCard = patchComponent("SceneCard", (props) => (
  <GridCard
    {...cardState(props)}
    className={`scene-card zoom-${props.zoomIndex}`}
    url={`/scenes/${props.scene.id}`}
    title={titleOf(props.scene)}
    linkClassName="scene-card-link"
    thumbnailSectionClassName="video-section"
    image={<SceneCardImage {...props} />}
    overlays={<SceneCardOverlays {...props} />}
    details={<SceneCardDetails {...props} />}
    popovers={<SceneCardPopovers {...props} />}
  />
));

export function titleOf(scene) {
  return scene.title || scene.files[0]?.basename || `Scene ${scene.id}`;
}
