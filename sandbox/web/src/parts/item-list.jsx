// One list for all kinds: search, order, pages, selection, and the operations plugins add.
import { useQuery } from "@apollo/client";
import { faEllipsisH, faSortAmountDown, faSortAmountUp } from "@fortawesome/free-solid-svg-icons";
import { useState } from "react";
import { Button, ButtonGroup, ButtonToolbar, Dropdown, Form } from "react-bootstrap";
import { useHistory, useLocation } from "react-router-dom";
import { useToast } from "../host/toast.jsx";
import { ErrorMessage, Icon, LoadingIndicator } from "./basics.jsx";
import { Pagination, PaginationIndex } from "./pagination.jsx";

const PAGE_SIZES = [20, 40, 60, 120];

function useListFilter(defaultSort) {
  const location = useLocation();
  const history = useHistory();
  const params = new URLSearchParams(location.search);
  const filter = {
    q: params.get("q") ?? "",
    page: Number(params.get("p") ?? 1),
    per_page: Number(params.get("perPage") ?? 40),
    sort: params.get("sortby") ?? defaultSort,
    direction: params.get("sortdir") === "desc" ? "DESC" : "ASC",
  };
  const change = (values) => {
    for (const [key, value] of Object.entries({ p: 1, ...values })) params.set(key, String(value));
    history.replace({ pathname: location.pathname, search: params.toString() });
  };
  return [filter, change];
}

function SearchBox({ initial, onSearch }) {
  const [text, setText] = useState(initial);
  return (
    <Form
      className="search-term-input"
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(text);
      }}
    >
      <Form.Control
        className="text-input"
        aria-label="Search"
        placeholder="Search…"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </Form>
  );
}

function Operations({ operations, result, filter, selectedIds }) {
  const toast = useToast();
  const shown = operations.filter((operation) => operation.isDisplayed?.(result, filter, selectedIds) ?? true);
  if (!shown.length) return null;
  const run = async (operation) => {
    try {
      await operation.onClick(result, filter, selectedIds);
      if (operation.postRefetch) await result.refetch();
    } catch (error) {
      toast.error(error);
    }
  };
  return (
    <Dropdown as={ButtonGroup}>
      <Dropdown.Toggle variant="secondary" id="more-menu" title="Operations">
        <Icon icon={faEllipsisH} />
      </Dropdown.Toggle>
      <Dropdown.Menu className="bg-secondary text-white">
        {shown.map((operation) => (
          <Dropdown.Item key={operation.text} className="bg-secondary text-white" onClick={() => void run(operation)}>
            {operation.text}
          </Dropdown.Item>
        ))}
      </Dropdown.Menu>
    </Dropdown>
  );
}

function Toolbar({ filter, change, sorts, children }) {
  const isAscending = filter.direction === "ASC";
  return (
    <ButtonToolbar className="filtered-list-toolbar">
      <SearchBox initial={filter.q} onSearch={(q) => change({ q })} />
      <ButtonGroup className="sort-by-select">
        <Form.Control
          as="select"
          className="btn-secondary"
          aria-label="Sort by"
          value={filter.sort}
          onChange={(event) => change({ sortby: event.currentTarget.value })}
        >
          {sorts.map((sort) => (
            <option key={sort} value={sort}>
              {sort.replace(/_/g, " ")}
            </option>
          ))}
        </Form.Control>
        <Button
          variant="secondary"
          title={isAscending ? "Ascending" : "Descending"}
          onClick={() => change({ sortdir: isAscending ? "desc" : "asc" })}
        >
          <Icon icon={isAscending ? faSortAmountUp : faSortAmountDown} />
        </Button>
      </ButtonGroup>
      <div className="page-size-selector">
        <Form.Control
          as="select"
          className="btn-secondary"
          aria-label="Items per page"
          value={filter.per_page}
          onChange={(event) => change({ perPage: event.currentTarget.value })}
        >
          {PAGE_SIZES.map((size) => (
            <option key={size}>{size}</option>
          ))}
        </Form.Control>
      </div>
      {children}
    </ButtonToolbar>
  );
}

function toggled(selected, id, isSelected) {
  const next = new Set(selected);
  if (isSelected) next.add(id);
  else next.delete(id);
  return next;
}

function Cards({ source, items, selected, setSelected }) {
  const { Card, cardProp } = source;
  return (
    <div className="row justify-content-center">
      {items.map((item) => (
        <Card
          key={item.id}
          {...{ [cardProp]: item }}
          zoomIndex={1}
          selecting={selected.size > 0}
          selected={selected.has(item.id)}
          onSelectedChanged={(isSelected) => setSelected(toggled(selected, item.id, isSelected))}
        />
      ))}
    </div>
  );
}

function FoundItems({ source, found, filter, change, selected, setSelected }) {
  const paging = { itemsPerPage: filter.per_page, currentPage: filter.page, totalItems: found.count };
  const pager = <Pagination {...paging} onChangePage={(page) => change({ p: page })} />;
  return (
    <>
      <div className="pagination-index-container">
        {pager}
        <PaginationIndex {...paging} />
      </div>
      <Cards {...{ source, selected, setSelected }} items={found[source.list]} />
      <div className="pagination-footer">{pager}</div>
    </>
  );
}

// The menu entries that every list has.
function OwnOperations({ Operations: Menu, source, found, selected, setSelected }) {
  const history = useHistory();
  const all = (found?.[source.list] ?? []).map((item) => item.id);
  const operations = [
    { text: "Select All", onClick: () => setSelected(new Set(all)), isDisplayed: () => all.length > 0 },
    { text: "Select None", onClick: () => setSelected(new Set()), isDisplayed: () => selected.size > 0 },
  ];
  const create = () => history.push("/scenes/new");
  return (
    <>
      {selected.size > 0 && (
        <div className="selected-items-info">
          <span className="selected-count">{selected.size}</span>
        </div>
      )}
      <Menu items={all.length} hasSelection={selected.size > 0} operations={operations} onCreateNew={create} />
    </>
  );
}

export function ItemList({ source, filterHook, extraOperations = [], Operations: Menu }) {
  const { document, root, filterKey, sorts, className } = source;
  const [filter, change] = useListFilter(sorts[0]);
  const [selected, setSelected] = useState(new Set());
  const objectFilter = filterHook ? filterHook({}) : {};
  const result = useQuery(document, { variables: { filter, [filterKey]: objectFilter } });
  const found = (result.data ?? result.previousData)?.[root];
  return (
    <div className={`item-list-container ${className}`}>
      <Toolbar filter={filter} change={change} sorts={sorts}>
        <Operations operations={extraOperations} result={result} filter={filter} selectedIds={selected} />
        {Menu && <OwnOperations {...{ Operations: Menu, source, found, selected, setSelected }} />}
      </Toolbar>
      {result.error && <ErrorMessage error={result.error.message} />}
      {!found && !result.error && <LoadingIndicator />}
      {found && <FoundItems {...{ source, found, filter, change, selected, setSelected }} />}
    </div>
  );
}
