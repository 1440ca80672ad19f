// The charts of a finished run.
export { comparedCurves } from "./charts/comparedCurves.js";
export { latencyDistribution } from "./charts/latencyDistribution.js";
export { latencyHistogram } from "./charts/latencyHistogram.js";
export { speedupChart } from "./charts/speedupChart.js";
export { trendChart } from "./charts/trendChart.js";
