// Estimates in double precision.
/**
 * sup over x of |F(x) − F_n(x)|, F_n the empirical distribution function of ascending values: since F grows between them, it is enough
 * to look at the values themselves and just before them.
 */
export function kolmogorovSmirnov(cumulative: (x: number) => number, values: Float64Array): number {
  const n = values.length;
  let largest = 0;
  for (let first = 0; first < n; ) {
    let next = first + 1;
    while (next < n && values[next] === values[first]) next++;
    const x = values[first]!;
    largest = Math.max(largest, Math.abs(cumulative(justBefore(x)) - first / n), Math.abs(cumulative(x) - next / n));
    first = next;
  }
  return largest;
}

/** The empirical distribution function of ascending values. */
export function empiricalDistribution(values: Float64Array): (x: number) => number {
  return (x) => {
    let [low, high] = [0, values.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[middle]! <= x) low = middle + 1;
      else high = middle;
    }
    return low / values.length;
  };
}

function justBefore(x: number): number {
  return x === 0 ? -Number.MIN_VALUE : x - Math.abs(x) * 2 ** -52;
}
