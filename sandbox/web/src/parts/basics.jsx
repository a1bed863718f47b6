// Small shared pieces of the interface.
import { FontAwesomeIcon } from "@fortawesome/react-fontawesome";
import { Badge, Button, Card, Modal, Spinner } from "react-bootstrap";
import { FormattedMessage } from "react-intl";
import { faHeart, faLink } from "@fortawesome/free-solid-svg-icons";
import { Link } from "react-router-dom";
import { patchComponent } from "../host/patch.js";

export const Icon = patchComponent("Icon", ({ icon, className, color, size }) => (
  <FontAwesomeIcon icon={icon} className={`fa-icon ${className ?? ""}`} color={color} size={size} />
));

export const LoadingIndicator = patchComponent("LoadingIndicator", ({ message, inline, small }) => (
  <div className={`LoadingIndicator${inline ? " inline" : ""}${small ? " small" : ""}`}>
    <Spinner animation="border" role="status" size={small ? "sm" : undefined}>
      <span className="sr-only">Loading…</span>
    </Spinner>
    {message !== "" && !inline && (
      <h4 className="LoadingIndicator-message">{message ?? <FormattedMessage id="loading.generic" />}</h4>
    )}
  </div>
));

export function ErrorMessage({ error }) {
  return (
    <div className="row ErrorMessage-container">
      <Card className="ErrorMessage" role="alert">
        <Card.Body>{error}</Card.Body>
      </Card>
    </div>
  );
}

export function Counter({ count }) {
  if (!count) return null;
  return (
    <Badge className="left-spacing" pill variant="secondary">
      {count}
    </Badge>
  );
}

export const TabTitleCounter = patchComponent("TabTitleCounter", ({ messageID, count }) => (
  <>
    <FormattedMessage id={messageID} defaultMessage={messageID} />
    <Counter count={count} />
  </>
));

export const TagLink = patchComponent("TagLink", ({ tag }) => (
  <Badge className="tag-item tag-link" variant="secondary">
    <Link to={`/tags/${tag.id}`}>{tag.name}</Link>
  </Badge>
));

export const ExternalLinkButtons = patchComponent("ExternalLinkButtons", ({ urls }) => {
  if (!urls?.length) return null;
  return (
    <Button className="minimal link" href={urls[0]} target="_blank" rel="noopener noreferrer" title={urls[0]}>
      <Icon icon={faLink} />
    </Button>
  );
});

export function FavoriteIcon({ favorite, onToggleFavorite }) {
  return (
    <Button
      className={`minimal mousetrap favorite-button ${favorite ? "favorite" : "not-favorite"}`}
      title="Favourite"
      aria-pressed={favorite}
      onClick={() => onToggleFavorite(!favorite)}
    >
      <Icon icon={faHeart} />
    </Button>
  );
}

export const AlertModal = patchComponent(
  "AlertModal",
  ({ text, show, confirmVariant, confirmButtonText, onConfirm, onCancel }) => (
    <Modal show={show} onHide={onCancel}>
      <Modal.Body>{text}</Modal.Body>
      <Modal.Footer>
        <Button variant="secondary" onClick={onCancel}>
          <FormattedMessage id="actions.cancel" />
        </Button>
        <Button variant={confirmVariant ?? "danger"} onClick={onConfirm}>
          {confirmButtonText ?? <FormattedMessage id="actions.confirm" />}
        </Button>
      </Modal.Footer>
    </Modal>
  ),
);

export const TruncatedText = patchComponent("TruncatedText", ({ text, className, lineCount = 1 }) => (
  <div className={`TruncatedText ${className ?? ""}`} style={{ WebkitLineClamp: lineCount }}>
    {text}
  </div>
));
