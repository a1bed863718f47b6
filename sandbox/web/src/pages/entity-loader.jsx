// Fetches the entity of the address; the page below keeps its DOM when only the id changes.
import { ErrorMessage, LoadingIndicator } from "../parts/basics.jsx";

export function makeEntityLoader(kind, useFind, Page) {
  const root = `find${kind[0].toUpperCase()}${kind.slice(1)}`;
  return function EntityLoader({ match }) {
    const { id, tab } = match.params;
    const { data, loading, error } = useFind(id);
    if (error) return <ErrorMessage error={error.message} />;
    if (data?.[root]) return <Page {...{ [kind]: data[root] }} tabKey={tab} />;
    if (loading) return <LoadingIndicator />;
    return <ErrorMessage error={`No ${kind} found with id ${id}.`} />;
  };
}
