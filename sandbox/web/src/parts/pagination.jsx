// Page numbers under and above a list.
import { Button, ButtonGroup } from "react-bootstrap";
import { patchComponent } from "../host/patch.js";

function shownPages(current, last) {
  const first = Math.max(1, Math.min(current - 2, last - 4));
  return Array.from({ length: Math.min(5, last) }, (_, index) => first + index);
}

export const PaginationIndex = patchComponent("PaginationIndex", ({ itemsPerPage, currentPage, totalItems }) => {
  const first = Math.min((currentPage - 1) * itemsPerPage + 1, totalItems);
  const last = Math.min(currentPage * itemsPerPage, totalItems);
  return (
    <span className="filter-container text-muted paginationIndex center-text">
      {first}-{last} of {totalItems}
    </span>
  );
});

export const Pagination = patchComponent("Pagination", ({ itemsPerPage, currentPage, totalItems, onChangePage }) => {
  const last = Math.ceil(totalItems / itemsPerPage);
  if (last <= 1) return null;
  const step = (label, page) => (
    <Button key={label} variant="secondary" disabled={page < 1 || page > last || page === currentPage} onClick={() => onChangePage(page)}>
      {label}
    </Button>
  );
  return (
    <ButtonGroup className="pagination">
      {step("«", 1)}
      {step("<", currentPage - 1)}
      {shownPages(currentPage, last).map((page) => (
        <Button key={page} variant="secondary" active={page === currentPage} onClick={() => onChangePage(page)}>
          {page}
        </Button>
      ))}
      {step(">", currentPage + 1)}
      {step("»", last)}
    </ButtonGroup>
  );
});
