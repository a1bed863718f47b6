// Rows of the Settings page, by the names plugins know.
import { faChevronDown, faChevronUp } from "@fortawesome/free-solid-svg-icons";
import { useState } from "react";
import { Button, Collapse, Form, Modal } from "react-bootstrap";
import { FormattedMessage } from "react-intl";
import { patchComponent } from "../../host/patch.js";
import { Icon } from "../../parts/basics.jsx";

export const Setting = patchComponent("Setting", (props) => (
  <div className={`setting ${props.className ?? ""} ${props.disabled ? "disabled" : ""}`} id={props.id} onClick={props.onClick}>
    <div>
      <h3>{props.headingID ? <FormattedMessage id={props.headingID} defaultMessage={props.headingID} /> : props.heading}</h3>
      {props.subHeading && <div className="sub-heading">{props.subHeading}</div>}
    </div>
    <div>{props.children}</div>
  </div>
));

export function SettingSection({ heading, children }) {
  return (
    <div className="setting-section">
      <h1>{heading}</h1>
      <div className="card">{children}</div>
    </div>
  );
}

export const SettingGroup = patchComponent("SettingGroup", (props) => {
  const { settingProps, topLevel, collapsible, collapsedDefault, children } = props;
  const [isOpen, setOpen] = useState(!collapsedDefault);
  return (
    <div className={`setting-group ${collapsible ? "collapsible" : ""}`}>
      <Setting {...settingProps}>
        {topLevel}
        {collapsible && (
          <Button
            className="setting-group-collapse-button"
            variant="minimal"
            title={isOpen ? "Collapse" : "Expand"}
            onClick={() => setOpen(!isOpen)}
          >
            <Icon className="fa-fw" icon={isOpen ? faChevronUp : faChevronDown} />
          </Button>
        )}
      </Setting>
      <Collapse in={isOpen}>
        <div className="collapsible-section">{children}</div>
      </Collapse>
    </div>
  );
});

export const BooleanSetting = patchComponent("BooleanSetting", ({ id, disabled, checked, onChange, ...rest }) => (
  <Setting {...rest} disabled={disabled}>
    <Form.Switch
      id={id}
      label=""
      aria-label={typeof rest.heading === "string" ? rest.heading : id}
      disabled={disabled}
      checked={checked ?? false}
      onChange={() => onChange(!checked)}
    />
  </Setting>
));

export const SelectSetting = patchComponent("SelectSetting", ({ value, onChange, children, ...rest }) => (
  <Setting {...rest}>
    <Form.Control
      className="input-control"
      as="select"
      aria-label={rest.headingID}
      value={value ?? ""}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      {children}
    </Form.Control>
  </Setting>
));

export const SettingModal = patchComponent("SettingModal", ({ heading, subHeading, value, renderField, close }) => {
  const [current, setCurrent] = useState(value);
  return (
    <Modal show onHide={() => close()} id="setting-dialog">
      <Form
        onSubmit={(event) => {
          event.preventDefault();
          close(current);
        }}
      >
        <Modal.Header closeButton>{heading}</Modal.Header>
        <Modal.Body>
          {renderField(current, setCurrent)}
          {subHeading && <div className="sub-heading">{subHeading}</div>}
        </Modal.Body>
        <Modal.Footer>
          <Button variant="secondary" onClick={() => close()}>
            <FormattedMessage id="actions.cancel" />
          </Button>
          <Button type="submit" variant="primary">
            <FormattedMessage id="actions.confirm" />
          </Button>
        </Modal.Footer>
      </Form>
    </Modal>
  );
});

export const ModalSetting = patchComponent("ModalSetting", (props) => {
  const { value, onChange, renderField, renderValue, heading, subHeading, disabled, ...rest } = props;
  const [isOpen, setOpen] = useState(false);
  const close = (next) => {
    setOpen(false);
    if (next !== undefined) onChange(next);
  };
  return (
    <>
      {isOpen && <SettingModal {...{ heading, subHeading, value, renderField, close }} />}
      <div className={`setting ${disabled ? "disabled" : ""}`} id={rest.id}>
        <div>
          <h3>{heading}</h3>
          <div className="value">{renderValue ? renderValue(value) : <span>{value}</span>}</div>
          {subHeading && <div className="sub-heading">{subHeading}</div>}
        </div>
        <div>
          <Button onClick={() => setOpen(true)} disabled={disabled}>
            <FormattedMessage id="actions.edit" />
          </Button>
        </div>
      </div>
    </>
  );
});

const textField = (type, read) => (value, setValue) => (
  <Form.Control
    className="text-input"
    type={type}
    aria-label="Value"
    value={value ?? ""}
    onChange={(event) => setValue(read(event.currentTarget.value))}
  />
);

export const StringSetting = patchComponent("StringSetting", (props) => (
  <ModalSetting {...props} renderField={textField("text", (text) => text)} />
));

// As in Stash: whole numbers only, 0.5 becomes 0.
export const NumberSetting = patchComponent("NumberSetting", (props) => (
  <ModalSetting {...props} renderField={textField("number", (text) => Number.parseInt(text || "0", 10))} />
));
