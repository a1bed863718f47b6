// The outermost error boundary: shown in place of the page when a page or a plugin throws.
import { Component } from "react";

export class ErrorBoundary extends Component {
  constructor(props) {
    super(props);
    this.state = { error: null };
  }

  static getDerivedStateFromError(error) {
    return { error };
  }

  render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <div className="error-boundary">
        <h2>Something went wrong.</h2>
        <pre className="error-message">{error.stack ?? String(error)}</pre>
      </div>
    );
  }
}
