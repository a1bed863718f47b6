import { Link } from "react-router-dom";
import { patchComponent } from "../host/patch.js";
import { SceneList } from "../parts/lists.jsx";

export const FrontPage = patchComponent("FrontPage", () => (
  <div className="recommendations-container-edit">
    <div className="recommendation-row-head d-flex justify-content-between p-3">
      <h2>Recently released scenes</h2>
      <Link to="/scenes">View all</Link>
    </div>
    <SceneList />
  </div>
));

export default FrontPage;
