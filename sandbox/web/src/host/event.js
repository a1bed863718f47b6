// The event bus plugins listen on; the shell tells it about every change of the address.
class StashEvents extends EventTarget {
  dispatch(name, id, data) {
    const type = id ? `stash:${name}:${id}` : `stash:${name}`;
    const detail = { event: type };
    if (id) detail.id = id;
    if (data) detail.data = data;
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

export const events = new StashEvents();
