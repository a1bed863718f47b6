// Parts of performer, studio and tag pages: header, details, button row, edit form.
import { faChevronDown, faChevronUp } from "@fortawesome/free-solid-svg-icons";
import { useState } from "react";
import { Button, Form, Modal } from "react-bootstrap";
import { FormattedMessage } from "react-intl";
import { patchComponent } from "../host/patch.js";
import { FavoriteIcon, Icon } from "./basics.jsx";

export const BackgroundImage = patchComponent("BackgroundImage", () => null);

export const HeaderImage = patchComponent("HeaderImage", ({ children }) => (
  <div className="detail-header-image">{children}</div>
));

export const DetailImage = patchComponent("DetailImage", ({ className, src, alt }) => (
  <img className={className} src={src} alt={alt} />
));

export function DetailItem({ id, label, value }) {
  if (!value) return null;
  return (
    <div className={`detail-item ${id}`}>
      <span className={`detail-item-title ${id}`}>{label}:</span>
      <span className={`detail-item-value ${id}`}>{value}</span>
    </div>
  );
}

function Title({ kind, entity, isEditing, collapsed, setCollapsed, onFavorite, children }) {
  return (
    <h2>
      <span className={`${kind}-name`}>{entity.name}</span>
      {entity.disambiguation && <span className={`${kind}-disambiguation`}> ({entity.disambiguation})</span>}
      {!isEditing && (
        <span className="detail-expand-collapse">
          <Button
            className="minimal expand-collapse"
            title={collapsed ? "Show more" : "Show less"}
            onClick={() => setCollapsed(!collapsed)}
          >
            <Icon className="fa-fw" icon={collapsed ? faChevronDown : faChevronUp} />
          </Button>
        </span>
      )}
      <span className="name-icons">
        {entity.favorite !== undefined && <FavoriteIcon favorite={entity.favorite} onToggleFavorite={onFavorite} />}
        {children}
      </span>
    </h2>
  );
}

function AliasList({ aliases }) {
  if (!aliases?.length) return null;
  return (
    <div>
      <span className="alias-head">{aliases.join(", ")}</span>
    </div>
  );
}

function DeleteButton({ name, onDelete }) {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button variant="danger" className="delete" onClick={() => setAsking(true)}>
        <FormattedMessage id="actions.delete" />
      </Button>
      <Modal show={isAsking} onHide={() => setAsking(false)}>
        <Modal.Body>Are you sure you want to delete {name}?</Modal.Body>
        <Modal.Footer>
          <Button variant="danger" onClick={onDelete}>
            <FormattedMessage id="actions.delete" />
          </Button>
          <Button variant="secondary" onClick={() => setAsking(false)}>
            <FormattedMessage id="actions.cancel" />
          </Button>
        </Modal.Footer>
      </Modal>
    </>
  );
}

// The row plugins put their buttons into; gone while the entity is edited.
export function DetailsEditNavbar({ entity, onToggleEdit, onAutoTag, onDelete, className }) {
  return (
    <div className={`details-edit ${className ?? ""}`}>
      <Button variant="primary" className="edit" onClick={onToggleEdit}>
        <FormattedMessage id="actions.edit" />
      </Button>
      <div />
      <div>
        <Button variant="secondary" disabled={entity.ignore_auto_tag} onClick={onAutoTag}>
          <FormattedMessage id="actions.auto_tag" />
        </Button>
      </div>
      <DeleteButton name={entity.name} onDelete={onDelete} />
    </div>
  );
}

function EditField({ field, value, onChange }) {
  const id = `edit-${field.key}`;
  const control = field.control ? (
    field.control({ inputId: id, value, onChange })
  ) : (
    <Form.Control
      id={id}
      className="text-input"
      as={field.lines ? "textarea" : "input"}
      rows={field.lines}
      value={value ?? ""}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
  return (
    <Form.Group className="row">
      <Form.Label column htmlFor={id} sm={3} xl={2}>
        {field.label}
      </Form.Label>
      <div className="col-sm-9 col-xl-7">{control}</div>
    </Form.Group>
  );
}

// Sends only what was changed.
export function EditPanel({ entity, fields, onSubmit, onCancel }) {
  const [draft, setDraft] = useState({});
  const read = (field) => (field.key in draft ? draft[field.key] : field.read(entity));
  const save = (event) => {
    event.preventDefault();
    const changed = fields.filter((field) => field.key in draft);
    void onSubmit(Object.fromEntries(changed.map((field) => [field.key, field.write(draft[field.key])])));
  };
  return (
    <Form noValidate onSubmit={save}>
      {fields.map((field) => (
        <EditField key={field.key} field={field} value={read(field)} onChange={(value) => setDraft({ ...draft, [field.key]: value })} />
      ))}
      <div className="details-edit mb-3">
        <Button variant="primary" className="edit" onClick={onCancel}>
          <FormattedMessage id="actions.cancel" />
        </Button>
        <div />
        <Button type="submit" variant="success" className="save" disabled={!Object.keys(draft).length}>
          <FormattedMessage id="actions.save" />
        </Button>
      </div>
    </Form>
  );
}

export function DetailHeader(props) {
  const { kind, entity, isEditing, collapsed, image, children } = props;
  const className = ["detail-header", isEditing && "edit", collapsed && "collapsed", !collapsed && "full-width"];
  return (
    <div className={className.filter(Boolean).join(" ")}>
      <BackgroundImage imagePath={entity.image_path ?? undefined} show={false} />
      <div className="detail-container">
        {image}
        <div className="row">
          <div className={`${kind}-head col`}>
            <Title {...props}>{props.icons}</Title>
            <AliasList aliases={entity.aliases ?? entity.alias_list} />
            {children}
          </div>
        </div>
      </div>
    </div>
  );
}
