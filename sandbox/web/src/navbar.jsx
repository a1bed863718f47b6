// The bar at the top, or at the bottom of a narrow phone.
import {
  faBars,
  faChartColumn,
  faCog,
  faPlayCircle,
  faTag,
  faTimes,
  faUser,
  faVideo,
} from "@fortawesome/free-solid-svg-icons";
import Mousetrap from "mousetrap";
import { useEffect, useState } from "react";
import { Button, Nav, Navbar } from "react-bootstrap";
import { FormattedMessage, useIntl } from "react-intl";
import { LinkContainer } from "react-router-bootstrap";
import { Link, NavLink, useHistory, useLocation } from "react-router-dom";
import { patchComponent } from "./host/patch.js";
import { Icon } from "./parts/basics.jsx";

const MENU = [
  { id: "scenes", icon: faPlayCircle, hotkey: "g s" },
  { id: "performers", icon: faUser, hotkey: "g p", creatable: true },
  { id: "studios", icon: faVideo, hotkey: "g u", creatable: true },
  { id: "tags", icon: faTag, hotkey: "g t", creatable: true },
];

const MenuItems = patchComponent("MainNavBar.MenuItems", ({ children }) => <Nav>{children}</Nav>);
const UtilityItems = patchComponent("MainNavBar.UtilityItems", ({ children }) => <>{children}</>);

function UtilityLink({ to, title, icon }) {
  return (
    <NavLink className="nav-utility" exact to={to}>
      <Button className="minimal d-flex align-items-center h-100" title={title}>
        <Icon icon={icon} />
      </Button>
    </NavLink>
  );
}

function Utilities() {
  const intl = useIntl();
  return (
    <UtilityItems>
      <UtilityLink to="/stats" title={intl.formatMessage({ id: "statistics" })} icon={faChartColumn} />
      <UtilityLink to="/settings" title={intl.formatMessage({ id: "settings" })} icon={faCog} />
    </UtilityItems>
  );
}

function useHotkeys(newPath) {
  const history = useHistory();
  useEffect(() => {
    const keys = [...MENU.map((item) => [item.hotkey, `/${item.id}`]), ["g z", "/settings"]];
    if (newPath) keys.push(["n", newPath]);
    keys.forEach(([key, path]) => Mousetrap.bind(key, () => history.push(path)));
    return () => keys.forEach(([key]) => Mousetrap.unbind(key));
  }, [history, newPath]);
}

function MenuItem({ item }) {
  return (
    <Nav.Link eventKey={`/${item.id}`} as="div" className="col-4 col-sm-3 col-md-2 col-lg-auto">
      <LinkContainer activeClassName="active" exact to={`/${item.id}`}>
        <Button className="minimal p-4 p-xl-2 d-flex d-xl-inline-block flex-column justify-content-between align-items-center">
          <Icon icon={item.icon} className="nav-menu-icon d-block d-xl-inline mb-2 mb-xl-0" />
          <span>
            <FormattedMessage id={item.id} />
          </span>
        </Button>
      </LinkContainer>
    </Nav.Link>
  );
}

export function MainNavbar() {
  const { pathname } = useLocation();
  const [expanded, setExpanded] = useState(false);
  const creatable = MENU.find((item) => item.creatable && pathname === `/${item.id}`);
  const newPath = creatable ? `/${creatable.id}/new` : null;
  useHotkeys(newPath);
  return (
    <Navbar
      collapseOnSelect
      fixed="top"
      variant="dark"
      bg="dark"
      className="top-nav"
      expand="xl"
      expanded={expanded}
      onToggle={setExpanded}
    >
      <Navbar.Collapse className="bg-dark order-sm-1">
        <MenuItems>
          {MENU.map((item) => (
            <MenuItem key={item.id} item={item} />
          ))}
        </MenuItems>
        <Nav>
          <Utilities />
        </Nav>
      </Navbar.Collapse>
      <Navbar.Brand as="div" onClick={() => setExpanded(false)}>
        <Link to="/">
          <Button className="minimal brand-link d-inline-block">Stash</Button>
        </Link>
      </Navbar.Brand>
      <Nav className="navbar-buttons flex-row ml-auto order-xl-2">
        {newPath && (
          <div className="mr-2">
            <Link to={newPath}>
              <Button variant="primary">
                <FormattedMessage id="new" />
              </Button>
            </Link>
          </div>
        )}
        <Utilities />
        <Navbar.Toggle className="nav-menu-toggle ml-sm-2">
          <Icon icon={expanded ? faTimes : faBars} />
        </Navbar.Toggle>
      </Nav>
    </Navbar>
  );
}
