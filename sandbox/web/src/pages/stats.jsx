import { useStats } from "../host/stash-service.js";
import { LoadingIndicator } from "../parts/basics.jsx";

export default function Stats() {
  const { data } = useStats();
  if (!data) return <LoadingIndicator />;
  const rows = Object.entries(data.stats).filter(([key]) => key.endsWith("_count"));
  return (
    <div className="stats d-flex justify-content-center mt-5">
      {rows.map(([key, value]) => (
        <div key={key} className="stats-element text-center m-4">
          <p className="title h2">{value}</p>
          <p className="heading">{key.replace("_count", "s")}</p>
        </div>
      ))}
    </div>
  );
}
