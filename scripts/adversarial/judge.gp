\\ A slow second way to what a spectral curve P(z, m) = 0 says, for PARI/GP: the sheet of the law at many digits, followed from infinity
\\ in small steps. It decides by high precision alone and shares nothing with the program that it judges.
m = 'm; z = 'z;

\\ ---- Coordinates in which the critical points are of size about one ----

\\ disc_m(P) times the leading coefficient, without repeated factors.
{criticalPolynomial(P) =
  my(D = simplify(poldisc(P, m) * pollead(P, m)));
  if(poldegree(D, z) < 1, return(1));
  D = D / content(D);
  D = D / gcd(D, deriv(D, z));
  D / content(D)}

\\ [centre, size]: the mean of the critical points and how far they are from it, both dyadic.
{frameOf(D) =
  my(n = poldegree(D, z), c, E, size = 0, k);
  if(n < 1, return([0, 1]));
  c = -polcoef(D, n - 1, z) / (n * polcoef(D, n, z));
  E = subst(D, z, z + c);
  for(j = 2, n, if(polcoef(E, n - j, z) != 0, size = max(size, exp(log(abs(1. * polcoef(E, n - j, z) / polcoef(E, n, z))) / j))));
  if(size == 0, size = if(c == 0, 1., abs(1. * c)));
  size = 2^round(log(size) / log(2));
  [round(16 * c / size) * size / 16, size]}

\\ The curve for z = c + s·z', m = m'/s.
inFrame(P, c, s) = my(Q = subst(subst(P, z, c + s * z), m, m / s)); Q / contentOf(Q);
contentOf(Q) = gcd(apply(row -> content(row), Vec(Q)));
\\ The moments of (x - c)/s from those of x.
movedMoments(mus, c, s) = vector(#mus, k, ((-c)^k + sum(j = 1, k, binomial(k, j) * (-c)^(k - j) * mus[j])) / s^k);

\\ A dyadic rational near x, at most `slack` away.
{near(x, slack) = my(k = ceil(-log(slack) / log(2)) + 2); round(x * 2^k) / 2^k}

\\ The roots of D: [real ones in order, ones in the upper half-plane].
{criticalPoints(D) =
  my(r, all);
  if(poldegree(D, z) < 1, return([[], []]));
  r = Vec(polrootsreal(D));
  all = vecsort(Vec(polroots(D)), c -> abs(imag(c)));
  [apply(x -> near(x, 10.^(20 - default(realprecision))), r), select(c -> imag(c) > 0, all[#r + 1 .. #all])]}

\\ ---- Following a sheet ----

\\ The distance to the nearest critical point other than this one itself.
{room(critical, at) =
  my(s = oo, d);
  for(k = 1, #critical, d = abs(critical[k] - at); if(d > 0, s = min(s, d)));
  if(s == oo, abs(at) + 1, s)}

\\ So many bits that sheets which meet at a critical point `free` away stay apart.
bitsFor(at, free) = ceil(3.33 * min(default(realprecision), common() + max(0, ceil(3 * log((1 + abs(at)) / free) / log(10)))));
common() = 3 * default(realprecision) \ 10;

\\ P(at, m) as a polynomial in m.
over(P, at, bits) = subst(P, z, bitprecision(at + 0. * I, bits + 32));

\\ [The root of p that `guess` is near to, how near others may be: 1/so much], or [] when another one is not far: with p(guess + x) = c0 + c1 x + ...
\\ Newton's method begins well inside the disc in which it converges to that root alone [Smale's alpha], even when the guess is off by `doubt`.
{rootNear(p, guess, bits, doubt = 0) =
  my(t, c1, beta, gamma = 0, dp, step, value);
  guess = bitprecision(guess + 0. * I, bits + 32);
  t = subst(p, m, guess + m);
  c1 = polcoef(t, 1, m);
  if(c1 == 0, return([]));
  beta = max(doubt, abs(polcoef(t, 0, m) / c1));
  for(k = 2, poldegree(p, m), my(c = abs(polcoef(t, k, m) / c1)); if(c > 0, gamma = max(gamma, c^(1 / (k - 1)))));
  if(beta * gamma > 0.02, return([]));
  value = guess - polcoef(t, 0, m) / c1;
  dp = deriv(p, m);
  for(k = 1, 12,
    step = subst(p, m, value) / subst(dp, m, value);
    value -= step;
    if(abs(step) <= abs(value) * 2.^(8 - bits) || abs(step) < 2.^(-4 * bits), break));
  [value, gamma]}

{slope(P, at, value) =
  my(d = subst(subst(deriv(P, m), z, at), m, value));
  if(d == 0, 0, -subst(subst(deriv(P, z), z, at), m, value) / d)}

\\ m of the sheet that takes `value` over `at`, as a polynomial of degree 11 in t where z = at + t, or around(t) that begins with `at`:
\\ Newton's iteration on power series, which takes more digits than its result has.
{expansion(P, at, value, around = t -> bitprecision(at + 0. * I, 4 * bitprecision(value)) + t) =
  my(bits = 2 * bitprecision(value), found = rootNear(over(P, at, bits), value, bits), series, order = 1, z1, dP = deriv(P, m));
  if(#found == 0, error("lost at ", 1. * at));
  series = found[1] + O('t^1);
  while(order < 12,
    order = min(2 * order, 12);
    series = truncate(series) + O('t^order);
    z1 = around('t + O('t^order));
    series = series - subst(subst(P, z, z1), m, series) / subst(subst(dP, z, z1), m, series));
  truncate(series)}

\\ How far off the expansion may be at t.
lastTerms(series, t) = vecmax(vector(3, k, abs(polcoef(series, 8 + k, 't) * t^(8 + k))));

\\ Continues the sheet value `value` from `from` to `to` in steps that stay far from critical points; each step takes the one value that
\\ is near to the tangent, or else to the expansion, and is halved when another one is not far beside the curvature, or the last terms.
{follow(P, critical, from, value, to) =
  my(at = from, next, found, step, free, bits, tangent = slope(P, at, value), turned, series, steep = 0, halvings, tries = 0);
  while(at != to,
    free = room(critical, at);
    bits = bitsFor(at, free / 4);
    if(steep > 0, series = expansion(P, at, value));
    step = 0.3 * free;
    steep = max(0, steep - 1);
    halvings = if(steep > 0, 3, 0);
    while(1,
      next = if(step >= abs(to - at), to, at + (to - at) * (step / abs(to - at)));
      if(halvings >= 3,
        found = rootNear(over(P, next, bits), subst(series, 't, next - at), bits, lastTerms(series, next - at));
        if(#found > 0, turned = slope(P, next, found[1]); break),
        found = rootNear(over(P, next, bits), value + tangent * (next - at), bits);
        if(#found > 0,
          turned = slope(P, next, found[1]);
          if(abs(turned - tangent) * abs(next - at) * found[2] < 0.02, break)));
      halvings++;
      if(halvings == 3, steep = 20; series = expansion(P, at, value); step = 0.3 * free, step = step / 2);
      if(tries++ > 4000, error("lost on the way from ", 1. * from, " to ", 1. * to, " at ", 1. * at)));
    at = next; value = found[1]; tangent = turned;
    if(tries++ > 4000, error("lost on the way from ", 1. * from, " to ", 1. * to)));
  value}

\\ The same from c + u to c + u·e^(-drop) where c is critical, and nothing else within `width` of it: in the coordinate t of z = c + u·e^t, in
\\ which what is critical is log(width/|u|) away.
{approach(P, c, width, u, value, drop) =
  my(step, last = 2, bits, series, found, tries = 0);
  while(drop > 0,
    step = min(min(drop, 2 * last), log(width / abs(u)) / 2);
    \\ Where many sheets have one and the same pole, all their digits but the last ones agree.
    bits = ceil(3.33 * (common() + (1 + poldegree(P, m)) * (step - log(abs(u))) / log(10)));
    \\ That of u·m, which does not grow where m has a pole.
    series = truncate(exp('t + O('t^12)) * expansion(P, c + u, bitprecision(value, bits), t -> bitprecision(c + 0. * I, 3 * bits) + u * exp(t)));
    while(1,
      found = rootNear(over(P, c + u * exp(-step), bits), exp(step) * subst(series, 't, -step), bits, exp(step) * lastTerms(series, step));
      if(#found > 0, break);
      step = step / 2;
      if(tries++ > 2000, error("lost on the way to ", 1. * c)));
    last = step;
    u = u * exp(-step); value = found[1]; drop = drop - step);
  [u, value]}

\\ All sheets over a point.
sheets(P, at, free) = Vec(polroots(over(P, at, bitsFor(at, free))));

\\ The value on the way once around c, from c + eps, with nothing else critical so near.
{carriedAround(P, c, eps, value) =
  my(at = c + eps, next);
  for(k = 1, 8,
    next = if(k == 8, c + eps, c + eps * exp(2 * Pi * I * k / 8));
    value = follow(P, [c], at, value, next);
    at = next);
  value}

\\ Whether it is the same sheet over the same point.
{same(P, at, free, v, w) =
  my(found = rootNear(over(P, at, bitsFor(at, free)), w, bitsFor(at, free)));
  #found > 0 && abs(v - w) < 10.^-25 * (abs(v) + abs(w) + 10.^-20)}

\\ Whether any two sheets hang together around c.
{ramified(P, critical, c) =
  my(eps = room(critical, c) / 3 * exp(I / 3), at = c + eps, list = sheets(P, at, abs(eps)), apart);
  \\ Those that meet at c are likely to be near to one another.
  apart = vector(#list, i, vecmin(concat([oo], vector(#list, j, if(i == j, oo, abs(list[i] - list[j]))))));
  list = vecextract(list, vecsort(apart, , 1));
  for(k = 1, #list, if(!same(P, at, abs(eps), list[k], carriedAround(P, c, eps, list[k])), return(1)));
  0}

\\ Whether one sheet alone is -1/z + ... at infinity, exactly, however near to it others may be.
{isSimple(P) =
  my(Q = numerator(subst(subst(P, m, -'x * 'y), z, 1 / 'x)), R = polcoef(Q, valuation(Q, 'x), 'x));
  subst(R, 'y, 1) == 0 && subst(deriv(R, 'y), 'y, 1) != 0}

\\ The physical sheet high above: [z, m], or an error that says why there is none. mus: as many moments as single it out.
{start(P, critical, mus) =
  my(size = 1. * vecmax(concat([1], abs(critical))), at, list, good, guess);
  at = 10^6 * size * exp(I * 11 / 10);
  list = sheets(P, at, abs(at) * 10.^-20);
  good = select(v -> abs(v * at + 1) < 10^-4, list);
  if(#good > 1 && #mus > 0,
    guess = 1 + sum(k = 1, #mus, mus[k] / at^k);
    good = vecsort(good, v -> abs(-v * at - guess));
    if(abs(-good[1] * at - guess) > 10^-3 * abs(-good[2] * at - guess), error("ambiguous"));
    good = [good[1]]);
  \\ The mean of a measure is real.
  if(#good > 1, good = select(v -> my(mean = (-v * at - 1) * at); abs(imag(mean)) < 10^-3 * max(size / 10, abs(mean)), good));
  if(#good == 0, error("none"));
  if(#good > 1, error(if(isSimple(P), "too near to be told apart", "ambiguous")));
  \\ All paths begin at a point nearer by.
  [4 * size * exp(I * 11 / 10), follow(P, critical, at, good[1], 4 * size * exp(I * 11 / 10))]}

\\ ---- What the sheet does ----

\\ |p(at)| beside the sizes of its terms.
{sizeAt(p, at) =
  my(total = sum(j = 0, poldegree(p, z), abs(polcoef(p, j, z)) * abs(at)^j));
  if(total == 0, 0, abs(subst(p, z, at)) / total)}

isReal(v) = abs(imag(v)) < 10.^(12 - common()) * (abs(v) + 1);

\\ Around the critical point c on the sheet that a path from the base reaches: [it comes back to itself, it is infinite at c].
{around(P, critical, base, c, polar) =
  my(eps, v, back);
  eps = (base[1] - c) / abs(base[1] - c) * min(imag(c), room(critical, c)) / 4;
  v = follow(P, critical, base[1], base[2], c + eps);
  back = same(P, c + eps, abs(eps), v, carriedAround(P, c, eps, v));
  [back, back && polar && infiniteAt(P, c, eps, v)]}

\\ Whether the sheet that takes the value v at c + eps, single-valued around c, is infinite at c: its residue there, or that of its multiple
\\ by the distance, is not zero.
{infiniteAt(P, c, eps, v) =
  my(n = 128, at = c + eps, w = v, first = 0, second = 0);
  for(k = 1, n, my(to = c + eps * exp(2 * Pi * I * k / n)); w = follow(P, [c], at, w, to); at = to; first += w * (at - c) / n; second += w * (at - c)^2 / n);
  abs(first) > 10.^-20 * abs(eps * v) || abs(second) > 10.^-20 * abs(eps^2 * v)}

\\ The exponent of the density at an edge, seen from the side of the support.
{exponentAt(P, critical, cell, edge, side, width) =
  my(u = side * width / 3, a = approach(P, edge, width, u, follow(P, critical, cell[1], cell[2], edge + u), 14), b = approach(P, edge, width, a[1], a[2], 6));
  log(imag(a[2]) / imag(b[2])) / log(a[1] / b[1])}

dec(x) = strprintf("%.60g", x);

\\ The real line, cut at the critical points: a point of every piece with the value there and whether it is real.
{cellsOf(P, rs, all, base) =
  my(n = #rs, lowest = if(n > 0, abs(rs[n] - rs[1]) + 1/4, 1), x, v);
  vector(n + 1, k,
    x = if(n == 0, 0, k == 1, near(rs[1] - lowest, lowest / 64), k == n + 1, near(rs[n] + lowest, lowest / 64), near((rs[k - 1] + rs[k]) / 2, (rs[k] - rs[k - 1]) / 64));
    v = follow(P, all, base[1], base[2], x);
    [x, v, isReal(v)])}

\\ -u·m as u, the distance from the real critical point number k, goes to zero: [the limit, how far off it may be]. Where the sheet is real on
\\ both sides it comes back to itself around the point, and this is the residue; else a limit is told from zero by how fast it is reached.
{weightAt(P, all, rs, cells, k) =
  my(width = room(all, rs[k]), u = I * width / 3, v = follow(P, all, cells[k][1], cells[k][2], rs[k] + u), total = 0, first, second);
  if(cells[k][3] && cells[k + 1][3],
    my(n = 128, at = u, to);
    for(j = 1, n, to = u * exp(2 * Pi * I * j / n); v = follow(P, [rs[k]], rs[k] + at, v, rs[k] + to); at = to; total -= v * at / n);
    return([total, 10.^-20]));
  first = approach(P, rs[k], width, u, v, 24);
  second = approach(P, rs[k], width, first[1], first[2], 10);
  first = -first[1] * first[2];
  second = -second[1] * second[2];
  if(abs(first) > 3 * abs(second), [0, abs(second)], [second, abs(first - second)])}

\\ The curve in its frame, [centre, size], the critical points [real ones, ones above, all] and the base point of the physical sheet.
{prepared(P, mus) =
  my(D = criticalPolynomial(P), frame = frameOf(D), c = frame[1], s = frame[2], Q = inFrame(P, c, s), found = criticalPoints(subst(D, z, c + s * z)), all);
  all = concat([found[1], found[2], conj(found[2])]);
  [Q, frame, [found[1], found[2], all], start(Q, all, movedMoments(mus, c, s))]}

\\ An error where no branch at infinity is that of a law, or where there is no telling which.
physicalBranch(P, mus) = prepared(P, mus); print("one");

\\ Everything at once, in lines `word values …`: places in the frame, but for the points x at which the density is told. `detail`: the branch
\\ points of all sheets, and the density next to the edges.
{judge(P, mus, detail) =
  my(ready = prepared(P, mus), Q = ready[1], c = ready[2][1], s = ready[2][2], rs = ready[3][1], cs = ready[3][2], all = ready[3][3], base = ready[4], n = #rs, cells, law = 1, why = "");
  print("frame ", c, " ", s);
  cells = cellsOf(Q, rs, all, base);
  my(tell(x, v) = print("cell ", c + s * x, " ", if(isReal(v), "0", dec(imag(v) / Pi / s))));
  for(k = 1, n + 1, tell(cells[k][1], cells[k][2]));
  for(k = 1, n,
    my(l = cells[k][3], r = cells[k + 1][3]);
    if(l != r,
      my(w = room(all, rs[k]), side = if(l, 1, -1), cell = if(l, cells[k + 1], cells[k]), x = near(rs[k] + side * w * 10.^-9, w * 10.^-12));
      print(if(l, "left ", "right "), dec(rs[k]), " ", if(detail, dec(exponentAt(Q, all, cell, rs[k], side, w)), "0"));
      \\ Next to the point, where rounding would show first.
      if(detail, tell(x, follow(Q, all, cell[1], cell[2], x)))));
  for(k = 1, #cells, if(!cells[k][3] && imag(cells[k][2]) < 0, law = 0; why = "negative density"));
  my(lead = simplify(pollead(Q, m)));
  for(k = 1, n,
    if(sizeAt(lead, rs[k]) < 10.^(-default(realprecision) / 2),
      my(found = weightAt(Q, all, rs, cells, k), w = found[1], off = found[2]);
      if(abs(w) > 10^6 || abs(imag(w)) > 10.^-4, law = 0; why = "steep pole",
        if(real(w) < -2 * off, law = 0; why = "negative atom"));
      print("pole ", dec(rs[k]), " ", dec(real(w)), " ", dec(off))));
  for(k = 1, #cs,
    my(polar = sizeAt(lead, cs[k]) < 10.^(-default(realprecision) / 3), a = around(Q, all, base, cs[k], polar));
    if(!a[1], law = 0; why = "branch point above", if(a[2], law = 0; why = "pole above")));
  print("law ", law, " ", why);
  if(detail,
    for(k = 1, n, print("real ", dec(rs[k]), " ", ramified(Q, all, rs[k])));
    for(k = 1, #cs, print("upper ", dec(c + s * real(cs[k])), " ", dec(s * imag(cs[k])), " ", ramified(Q, all, cs[k]))))}

\\ ---- Laws by what defines them, at z in the upper half-plane ----

\\ The fixed point of a map of the upper half-plane into itself, of which there is one [Denjoy and Wolff]: by iteration, then by Steffensen's method.
{fixedPoint(map, x) =
  my(a, b, d);
  for(k = 1, 200,
    a = map(x); if(abs(a - x) < 10.^-70 * abs(x), return(a));
    x = a);
  for(k = 1, 400,
    a = map(x); if(abs(a - x) < 10.^-70 * abs(x) && imag(a) > 0, return(a));
    b = map(a); d = b - 2 * a + x;
    x = if(d != 0 && imag(x - (a - x)^2 / d) > 0, x - (a - x)^2 / d, b));
  error("fixed point")}

root2(a, b, w) = sqrt(w - a) * sqrt(w - b);
mSemicircle(v, w) = (-w + root2(-2 * sqrt(v), 2 * sqrt(v), w)) / (2 * v);
mMp(c, w) = (-(w + c - 1) + root2((1 - sqrt(c))^2, (1 + sqrt(c))^2, w)) / (2 * c * w);
mAtoms(list, w) = sum(k = 1, #list, list[k][2] / (list[k][1] - w));
mArcsine(a, b, w) = -1 / root2(a, b, w);
mShift(f, b, w) = f(w - b);
mScale(f, a, w) = if(a > 0, f(w / a) / a, conj(f(conj(w / a))) / a);
mMix(p, f, g, w) = p * f(w) + (1 - p) * g(w);
\\ h(w) = F(w) - w, F = -1/m, maps the upper half-plane into itself; subordination [Belinschi and Bercovici 2007].
mSum(f, g, w) = f(fixedPoint(u -> my(v = w - 1 / f(u) - u); w - 1 / g(v) - v, w));
mPower(f, s, w) = f(fixedPoint(u -> (w - (s - 1) / f(u)) / s, w));
\\ m = f(z + v m) for the sum with a semicircle [Pastur 1972].
mDeformed(v, list, w) = fixedPoint(x -> mAtoms(list, w + v * x), -1 / w);
\\ z = -1/m + rate·sum w t/(1 + t m) [Marchenko and Pastur 1967].
mCompound(rate, list, w) = fixedPoint(x -> 1 / (rate * sum(j = 1, #list, list[j][2] * list[j][1] / (1 + list[j][1] * x)) - w), -1 / w);
mSilverstein(c, list, w) = (mCompound(c, list, w) + (1 - c) / w) / c;

\\ Whether the curve's sheet takes the values of the law's own transform, at two points above its critical points.
{sameTransform(P, mus, f) =
  my(ready = prepared(P, mus), c = ready[2][1], s = ready[2][2], all = ready[3][3], base = ready[4], size, points);
  size = 1. * vecmax(concat([1], abs(all)));
  points = [size * (1/3 + 3 * I), size * (2 * I - 2)];
  for(k = 1, 2,
    my(a = follow(ready[1], all, base[1], base[2], points[k]), b = s * f(c + s * points[k]));
    if(abs(a - b) > 10.^-30 * abs(b), print(dec(a), " is not ", dec(b)); return));
  print("same")}

\\ What is to be said of the law that is decompressed to tau: old z and m are z + (1 - 1/tau)/m and tau·m.
{lawAt(P, tau, detail = 0) =
  my(d = poldegree(P, z), R, c = 0);
  R = sum(k = 0, d, subst(polcoef(P, k, z), m, tau * m) * (z * m + 1 - 1 / tau)^k * m^(d - k));
  \\ What has no z came with the denominators.
  for(k = 0, poldegree(R, z), c = gcd(c, polcoef(R, k, z)));
  R = R / c;
  judge(R / contentOf(R), [], detail)}
