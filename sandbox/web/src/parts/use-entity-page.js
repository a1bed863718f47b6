// State and actions of a performer, studio or tag page.
import Mousetrap from "mousetrap";
import { useEffect, useState } from "react";
import { useIntl } from "react-intl";
import { useHistory } from "react-router-dom";
import { useToast } from "../host/toast.jsx";

export function useEntityPage(kind, entity, useUpdate, useDestroy) {
  const toast = useToast();
  const intl = useIntl();
  const history = useHistory();
  const [update] = useUpdate();
  const [destroy] = useDestroy();
  const [isEditing, setEditing] = useState(false);
  const [collapsed, setCollapsed] = useState(false);

  const attempt = async (work) => {
    try {
      await work();
    } catch (error) {
      toast.error(error);
    }
  };
  const save = (input) => update({ variables: { input: { id: entity.id, ...input } } });
  const onSubmit = (input) =>
    attempt(async () => {
      await save(input);
      setEditing(false);
      toast.success(`Updated ${intl.formatMessage({ id: kind }).toLowerCase()}`);
    });
  const onDelete = () =>
    attempt(async () => {
      await destroy({ variables: { id: entity.id } });
      history.push(`/${kind}s`);
    });
  const onFavorite = (favorite) => attempt(() => save({ favorite }));
  const onAutoTag = () => toast.toast({ variant: "warning", content: "Auto tagging is not part of the sandbox." });
  const toggleEditing = () => setEditing((now) => !now);

  useEffect(() => {
    Mousetrap.bind("e", toggleEditing);
    Mousetrap.bind("f", () => void onFavorite(!entity.favorite));
    Mousetrap.bind(",", () => setCollapsed((now) => !now));
    return () => {
      ["e", "f", ","].forEach((key) => Mousetrap.unbind(key));
    };
  });

  return { isEditing, collapsed, setCollapsed, toggleEditing, onSubmit, onDelete, onAutoTag, onFavorite };
}
