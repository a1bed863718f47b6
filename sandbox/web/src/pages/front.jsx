import { Link } from "react-router-dom";
import { patchComponent } from "../host/patch.js";
import { SceneList } from "../parts/lists.jsx";

export const FrontPage = patchComponent("FrontPage", () => (
  <div className="recommendations-container">
    <div>
      <div className="recommendation-row">
        <div className="recommendation-row-head d-flex justify-content-between p-3">
          <div>
            <h2>Recently released scenes</h2>
          </div>
          <Link to="/scenes">View all</Link>
        </div>
        <SceneList />
      </div>
    </div>
    <div className="recommendations-footer" />
  </div>
));

export default FrontPage;
