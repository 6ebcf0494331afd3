// The plugin extends the global `L`.
import L from "leaflet";

globalThis.L = L;
export default L;
