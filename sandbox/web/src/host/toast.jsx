// One message at a time in the corner; errors stay longer and win over the rest.
import { createContext, useCallback, useContext, useMemo, useRef, useState } from "react";
import { Toast } from "react-bootstrap";

const ToastContext = createContext(null);
const ERROR = { variant: "danger", priority: 100, delay: 5000 };

export function textOf(error) {
  if (typeof error === "string") return error;
  return error?.message ?? JSON.stringify(error);
}

export function ToastProvider({ children }) {
  const [current, setCurrent] = useState(null);
  const counter = useRef(0);
  const add = useCallback((item) => {
    counter.current += 1;
    const id = counter.current;
    setCurrent((shown) => ((shown?.priority ?? 0) > (item.priority ?? 0) ? shown : { ...item, id }));
  }, []);
  return (
    <ToastContext.Provider value={add}>
      {children}
      <div className="toast-container row">
        {current && (
          <Toast
            autohide
            key={current.id}
            className={current.variant ?? "success"}
            delay={current.delay ?? 3000}
            onClose={() => setCurrent(null)}
          >
            <Toast.Header>
              <span className="mr-auto">{current.content}</span>
            </Toast.Header>
          </Toast>
        )}
      </div>
    </ToastContext.Provider>
  );
}

export function useToast() {
  const add = useContext(ToastContext);
  if (!add) throw new Error("useToast must be used within a ToastProvider");
  return useMemo(
    () => ({
      toast: add,
      success: (content) => add({ content }),
      error: (error) => {
        console.error(error);
        add({ ...ERROR, content: textOf(error) });
      },
    }),
    [add],
  );
}
