/** Laws of matrix models that are made from laws: sample covariances, signals in noise, block matrices, products. */
export { augment, project } from "./blocks.js";
export { doublyCorrelatedWishart } from "./doubly-correlated-wishart.js";
export { informationPlusNoise } from "./information-plus-noise.js";
export { augmentationMap, informationPlusNoiseMap, sampleCovarianceMap, weightedWishartMap } from "./maps.js";
export { productOfWisharts } from "./product-of-wisharts.js";
export { rectangularCumulants, rectangularFreeSum, rectangularPower } from "./rectangular-free-sum.js";
export { sampleCovariance, weightedWishart } from "./sample-covariance.js";
