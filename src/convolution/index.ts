export { freeProduct, noncrossingPartitions } from "./free-product.js";
export { freeSum } from "./free-sum.js";
export { type ExpectedMoments, lawOfEliminant } from "./law-factor.js";
export { mix } from "./mixture.js";
export { square } from "./square.js";
