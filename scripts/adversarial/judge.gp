\\ A slow second way to what a spectral curve P(z, m) = 0 says, for PARI/GP: all sheets at many digits, followed from infinity in
\\ small steps. It decides by high precision alone and shares nothing with the program that it judges.
m = 'm; z = 'z;

\\ The fibre over `at`, where the next critical point is `free` away: so many digits that sheets which meet there stay apart.
{fibre(P, at, free) =
  my(digits = min(default(realprecision), 45 + max(0, ceil(2.2 * log((abs(at) + free) / free) / log(10)))), bits = ceil(3.33 * digits));
  polroots(bitprecision(subst(P, z, bitprecision(at + 0. * I, bits + 32)), bits))}

\\ The distance of the k-th of the values to the others.
{separation(list, k) =
  my(s = oo);
  for(j = 1, #list, if(j != k, s = min(s, abs(list[j] - list[k]))));
  if(s == oo, 1 + abs(list[1]), s)}

{nearest(list, guess) =
  my(best = 1);
  for(j = 2, #list, if(abs(list[j] - guess) < abs(list[best] - guess), best = j));
  best}

\\ The distance to the next critical point other than this one itself.
{room(critical, at) =
  my(s = oo, d);
  for(k = 1, #critical, d = abs(critical[k] - at); if(d > 0, s = min(s, d)));
  if(s == oo, abs(at) + 1, s)}

{slope(P, at, value) =
  my(d = subst(subst(deriv(P, m), z, at), m, value));
  if(d == 0, 0, -subst(subst(deriv(P, z), z, at), m, value) / d)}

\\ m of the sheet that takes `value` over `at`, as a polynomial in u = z - at of degree 39: Newton's iteration on power series.
{expansion(P, at, value) =
  my(bits = bitprecision(value) + 32, series = value + O('u^1), order = 1, shifted, dP = deriv(P, m));
  at = bitprecision(at + 0. * I, bits);
  while(order < 40,
    order = min(2 * order, 40);
    series = truncate(series) + O('u^order);
    shifted = at + 'u + O('u^order);
    series = series - subst(subst(P, z, shifted), m, series) / subst(subst(dP, z, shifted), m, series));
  truncate(series)}

\\ Continues the sheet value `value` from `from` to `to` in steps that stay far from critical points; each step takes the one value that
\\ is near to the tangent, or else to the expansion, and is halved when another one is not far.
{follow(P, critical, from, value, to) =
  my(at = from, next, list, k, guess, tangent, step, free, halvings, steep = 0, tries = 0);
  while(at != to,
    free = room(critical, at);
    step = 0.3 * free;
    tangent = if(steep, expansion(P, at, value), value + slope(P, at, value) * 'u);
    if(steep, step = 0.5 * free);
    halvings = steep;
    while(1,
      next = if(step >= abs(to - at), to, at + (to - at) * (step / abs(to - at)));
      guess = subst(tangent, 'u, next - at);
      list = fibre(P, next, max(room(critical, next), free / 4));
      k = nearest(list, guess);
      if(abs(list[k] - guess) < 0.2 * separation(list, k), break);
      halvings++;
      if(halvings == 1, steep = 1; tangent = expansion(P, at, value); step = 0.5 * free, step = step / 2);
      if(tries++ > 2000, error("lost on the way from ", 1. * from, " to ", 1. * to, " at ", 1. * at)));
    at = next; value = list[k];
    if(tries++ > 2000, error("lost on the way from ", 1. * from, " to ", 1. * to)));
  value}

\\ All values, in order, continued once around c on a circle on which nothing is critical.
{carriedAround(P, c, eps, factor = 1) =
  my(first = fibre(P, c + eps, abs(eps)), list = first, n = 24 * factor, next, order, k, bad = 0);
  for(j = 1, n,
    next = fibre(P, c + eps * exp(2 * Pi * I * j / n), abs(eps));
    order = vector(#list, i, k = nearest(next, list[i]); if(abs(next[k] - list[i]) > 0.45 * separation(list, i), k = 0); k);
    if(#Set(order) < #list || vecmin(order) == 0, bad = 1; break);
    list = vector(#list, i, next[order[i]]));
  if(bad, if(factor > 300, error("lost around ", 1. * c)); return(carriedAround(P, c, eps, 4 * factor)));
  [first, list]}

\\ Distinct roots of disc_m(P) times the leading coefficient, [real ones in order, ones in the upper half-plane].
{criticalPoints(P) =
  my(D = simplify(poldisc(P, m) * pollead(P, m)), r, all);
  D = D / content(D);
  if(poldegree(D, z) < 1, return([[], []]));
  D = D / gcd(D, deriv(D, z));
  r = polrootsreal(D);
  all = polroots(D);
  [Vec(r), select(c -> imag(c) > 10^(-default(realprecision) / 3) * (abs(c) + 10^-300) && vecmin(concat([oo], vector(#r, k, abs(c - r[k])))) > 10^(-default(realprecision) / 2) * abs(c), Vec(all))]}

\\ The physical sheet high above: [z, m], or an error that says why there is none. mus: as many moments as single it out.
{start(P, critical, mus) =
  my(size = vecmax(concat([10^-150], abs(critical))), at, list, good, guess);
  at = 10^6 * size * exp(I * 11 / 10);
  list = fibre(P, at, abs(at) * 10.^-20);
  good = select(v -> abs(v * at + 1) < 10^-4, Vec(list));
  if(#good > 1 && #mus > 0,
    guess = 1 + sum(k = 1, #mus, mus[k] / at^k);
    good = vecsort(good, v -> abs(-v * at - guess));
    if(abs(-good[1] * at - guess) > 10^-3 * abs(-good[2] * at - guess), error("ambiguous"));
    good = [good[1]]);
  \\ The mean of a measure is real.
  if(#good > 1, good = select(v -> my(mean = (-v * at - 1) * at); abs(imag(mean)) < 10^-3 * abs(mean), good));
  if(#good == 0, error("none"));
  if(#good > 1, error("ambiguous"));
  \\ All paths begin at a point nearer by.
  [4 * size * exp(I * 11 / 10), follow(P, critical, at, good[1], 4 * size * exp(I * 11 / 10))]}

\\ |p(at)| beside the sizes of its terms.
{sizeAt(p, at) =
  my(total = sum(j = 0, poldegree(p, z), abs(polcoef(p, j, z)) * abs(at)^j));
  if(total == 0, 0, abs(subst(p, z, at)) / total)}

\\ A dyadic rational near x, at most `slack` away.
{near(x, slack) = my(k = ceil(-log(slack) / log(2)) + 2); round(x * 2^k) / 2^k}

\\ Whether a value of m is real; m is about 1/size, and may vanish.
isReal(v, size) = abs(imag(v)) < 10^-30 * (abs(v) + 1 / size);

\\ Around the critical point c on the sheet that a path from the base reaches: [it comes back to itself, it is infinite at c].
{around(P, critical, base, c, polar) =
  my(eps, at, v, found, k, back, n, total);
  eps = (base[1] - c) / abs(base[1] - c) * min(imag(c), room(critical, c)) / 4;
  v = follow(P, critical, base[1], base[2], c + eps);
  found = carriedAround(P, c, eps);
  k = nearest(found[1], v);
  back = abs(found[2][k] - found[1][k]) < separation(found[1], k) / 4;
  [back, back && polar && infiniteAt(P, c, eps, v)]}

\\ Whether the sheet that takes the value v at c + eps, single-valued around c, is infinite at c: its residue there, or that of its multiple
\\ by the distance, is not zero.
{infiniteAt(P, c, eps, v) =
  my(n = 64, at = c + eps, w = v, first = 0, second = 0);
  for(k = 1, n, my(to = c + eps * exp(2 * Pi * I * k / n)); w = follow(P, [c], at, w, to); at = to; first += w * (at - c) / n; second += w * (at - c)^2 / n);
  abs(first) > 10^-9 * abs(eps * v) || abs(second) > 10^-9 * abs(eps^2 * v)}

\\ Whether any two sheets hang together around c.
{ramified(P, critical, c) =
  my(found = carriedAround(P, c, room(critical, c) / 3 * exp(I / 3)));
  for(j = 1, #found[1], if(abs(found[1][j] - found[2][j]) > separation(found[1], j) / 4, return(1)));
  0}

\\ The exponent of the density at an edge, seen from the side of the support.
{exponentAt(P, critical, cell, edge, side, width) =
  my(a = near(edge + side * width * 10^-9, width * 10^-20), b = near(edge + side * width * 10^-12, width * 10^-24), va, vb);
  va = follow(P, critical, cell[1], cell[2], a);
  vb = follow(P, critical, a, va, b);
  log(imag(va) / imag(vb)) / log((a - edge) / (b - edge))}

dec(x) = strprintf("%.60g", x);

\\ Everything at once, in lines `word values …`; the last line is `end`.
{judge(P, mus, detail) =
  my(found = criticalPoints(P), rs = found[1], cs = found[2], all, base, cells = [], n, law = 1, why = "");
  all = concat([rs, cs, conj(cs)]);
  base = start(P, all, mus);
  n = #rs;
  my(size = vecmax(concat([10^-150], abs(all))));
  my(lowest = if(n > 0, abs(rs[n] - rs[1]) + size / 10^6, size));
  for(k = 0, n,
    my(x, v);
    x = if(n == 0, 0, k == 0, near(rs[1] - lowest, lowest / 64), k == n, near(rs[n] + lowest, lowest / 64), near((rs[k] + rs[k + 1]) / 2, (rs[k + 1] - rs[k]) / 64));
    v = follow(P, all, base[1], base[2], x);
    cells = concat(cells, [[x, v, isReal(v, size)]]);
    print("cell ", x, " ", if(isReal(v, size), "0", dec(imag(v) / Pi))));
  for(k = 1, n,
    my(l = cells[k][3], r = cells[k + 1][3]);
    if(l != r,
      my(w = room(all, rs[k]), side = if(l, 1, -1), cell = if(l, cells[k + 1], cells[k]), x = near(rs[k] + side * w * 10^-9, w * 10^-12));
      print(if(l, "left ", "right "), dec(rs[k]), " ", dec(exponentAt(P, all, cell, rs[k], side, w)));
      \\ Next to the point, where rounding would show first.
      print("cell ", x, " ", dec(imag(follow(P, all, cell[1], cell[2], x)) / Pi))));
  for(k = 1, #cells, if(!cells[k][3] && imag(cells[k][2]) < 0, law = 0; why = "negative density"));
  my(lead = simplify(pollead(P, m)));
  for(k = 1, n,
    if(sizeAt(lead, rs[k]) < 10^(-default(realprecision) / 2),
      my(delta = room(all, rs[k]) * 10^-12, w);
      w = -I * delta * follow(P, all, cells[k][1], cells[k][2], rs[k] + I * delta);
      if(abs(w) > 10^4 || abs(imag(w)) > 10^-3, law = 0; why = "steep pole",
        if(real(w) < -10^-3, law = 0; why = "negative atom"));
      print("pole ", dec(rs[k]), " ", dec(real(w)))));
  for(k = 1, #cs,
    my(polar = sizeAt(lead, cs[k]) < 10^(-default(realprecision) / 3), a = around(P, all, base, cs[k], polar));
    if(!a[1], law = 0; why = "branch point above", if(a[2], law = 0; why = "pole above")));
  print("law ", law, " ", why);
  if(detail,
    for(k = 1, n, print("real ", dec(rs[k]), " ", ramified(P, all, rs[k])));
    for(k = 1, #cs, print("upper ", dec(real(cs[k])), " ", dec(imag(cs[k])), " ", ramified(P, all, cs[k]))))}

\\ The value of the physical sheet at a point of the upper half-plane.
{valueAt(P, mus, at) =
  my(found = criticalPoints(P), all, base);
  all = concat([found[1], found[2], conj(found[2])]);
  base = start(P, all, mus);
  follow(P, all, base[1], base[2], at)}

\\ Laws by what defines them, at z in the upper half-plane.
root2(a, b, w) = sqrt(w - a) * sqrt(w - b);
mSemicircle(v, w) = (-w + root2(-2 * sqrt(v), 2 * sqrt(v), w)) / (2 * v);
mMp(c, w) = (-(w + c - 1) + root2((1 - sqrt(c))^2, (1 + sqrt(c))^2, w)) / (2 * c * w);
mAtoms(list, w) = sum(k = 1, #list, list[k][2] / (list[k][1] - w));
mArcsine(a, b, w) = -1 / root2(a, b, w);
mShift(f, b, w) = f(w - b);
mScale(f, a, w) = if(a > 0, f(w / a) / a, conj(f(conj(w / a))) / a);
mMix(p, f, g, w) = p * f(w) + (1 - p) * g(w);
\\ h(w) = F(w) - w, F = -1/m, maps the upper half-plane into itself; subordination [Belinschi and Bercovici 2007].
{mSum(f, g, w) =
  my(u = w, next);
  for(k = 1, 20000, my(v = w - 1 / f(u) - u); next = w - 1 / g(v) - v; if(abs(next - u) < 10^-70 * abs(w), return(f(next))); u = next);
  error("subordination")}
{mPower(f, s, w) =
  my(u = w, next);
  for(k = 1, 20000, next = (w - (s - 1) / f(u)) / s; if(abs(next - u) < 10^-70 * abs(w), return(f(next))); u = next);
  error("subordination")}
\\ m = f(z + v m) for the sum with a semicircle [Pastur 1972].
{mDeformed(v, list, w) =
  my(x = -1 / w, next);
  for(k = 1, 20000, next = mAtoms(list, w + v * x); if(abs(next - x) < 10^-70 * abs(x), return(next)); x = next);
  error("fixed point")}
\\ z = -1/m + rate·sum w t/(1 + t m) [Marchenko and Pastur 1967].
{mCompound(rate, list, w) =
  my(x = -1 / w, next);
  for(k = 1, 20000, next = 1 / (rate * sum(j = 1, #list, list[j][2] * list[j][1] / (1 + list[j][1] * x)) - w); if(abs(next - x) < 10^-70 * abs(x), return(next)); x = next);
  error("fixed point")}
{mSilverstein(c, list, w) =
  my(q = -1 / w, next);
  for(k = 1, 20000, next = 1 / (c * sum(j = 1, #list, list[j][2] * list[j][1] / (1 + list[j][1] * q)) - w); if(abs(next - q) < 10^-70 * abs(q), return((next + (1 - c) / w) / c)); q = next);
  error("fixed point")}

\\ Whether the curve's sheet takes the values of the law's own transform, at two points above its critical points.
{sameTransform(P, mus, f) =
  my(found = criticalPoints(P), all, base, size, middle);
  all = concat([found[1], found[2], conj(found[2])]);
  base = start(P, all, mus);
  middle = if(#all > 0, vecsum(real(all)) / #all, 0);
  size = vecmax(concat([10^-150], abs(vector(#all, k, all[k] - middle))));
  my(points = [middle + size * (1/3 + 3 * I), middle - size * (2 - 2 * I)]);
  for(k = 1, 2, my(a = follow(P, all, base[1], base[2], points[k]), b = f(points[k])); if(abs(a - b) > 10^-30 * abs(b), print(dec(real(a)), " is not ", dec(real(b))); return));
  print("same")}

\\ What is to be said of the law that is decompressed to tau: old z and m are z + (1 - 1/tau)/m and tau·m.
{lawAt(P, mus, tau) =
  my(d = poldegree(P, z), R, c = 0);
  R = sum(k = 0, d, subst(polcoef(P, k, z), m, tau * m) * (z * m + 1 - 1 / tau)^k * m^(d - k));
  \\ What has no z came with the denominators.
  for(k = 0, poldegree(R, z), c = gcd(c, polcoef(R, k, z)));
  judge(R / c / content(R / c), mus, 0)}
