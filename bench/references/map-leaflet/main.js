// The parks on a map without tiles, as it would be written with Leaflet: outlines on a canvas, points
// gathered by leaflet.markercluster.
import "leaflet/dist/leaflet.css";
import "leaflet.markercluster/dist/MarkerCluster.css";
import "leaflet.markercluster/dist/MarkerCluster.Default.css";
import "./style.css";

import L from "./leaflet.js";
import "leaflet.markercluster";

const { boundary, parks } = await (await fetch("map.json")).json();

function show() {
  const map = L.map("map", { renderer: L.canvas(), minZoom: 9, maxZoom: 18, attributionControl: false });
  const district = L.polygon(boundary, { color: "#5a7d3a", weight: 1.6, interactive: false });
  map.fitBounds(district.getBounds());
  const style = { color: "#2c6e49", weight: 1.4, fillOpacity: 0.16, interactive: false };
  const outlines = parks.map(({ outline }) => L.polygon(outline, style));
  L.featureGroup([district, ...outlines]).addTo(map);
  const icon = L.divIcon({ className: "point", iconSize: [30, 30] });
  const points = parks.map(({ name, at }) => L.marker(at, { icon, title: name }));
  L.markerClusterGroup({ showCoverageOnHover: false }).addLayers(points).addTo(map);
}

// With `?later` everything is loaded and a tap shows the map, as in an app of which it is a part.
if (location.search === "?later") {
  const button = document.getElementById("show");
  button.hidden = false;
  button.addEventListener("click", show);
} else {
  show();
}
