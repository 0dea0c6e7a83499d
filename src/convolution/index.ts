export { freeSum } from "./free-sum.js";
