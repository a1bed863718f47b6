// The page that creates a performer, studio or tag.
import { useHistory } from "react-router-dom";
import { useToast } from "../host/toast.jsx";
import { EditPanel } from "../parts/details.jsx";

export function makeNewPage(kind, fields, useCreate) {
  return function NewPage() {
    const history = useHistory();
    const toast = useToast();
    const [create] = useCreate();
    const onSubmit = async (input) => {
      try {
        const { data } = await create({ variables: { input } });
        history.push(`/${kind}s/${data[`${kind}Create`].id}`);
      } catch (error) {
        toast.error(error);
      }
    };
    return (
      <div className="row new-view">
        <div className="col-md-8">
          <h2>New {kind}</h2>
          <EditPanel entity={{ alias_list: [], aliases: [], tags: [] }} fields={fields} onSubmit={onSubmit} onCancel={() => history.goBack()} />
        </div>
      </div>
    );
  };
}
