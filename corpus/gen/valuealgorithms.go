package gen

// This file defines small algorithms in the programs of ValueProgram. They use
// recursion, closures that outlive the call that made them, and laziness more
// than what is put together at random.

import (
	"fmt"
	"regexp"
)

// An algorithm is an expression with holes:
//
//	$I  an integer        $N  an integer from 0 to 12, as a literal
//	$S  a string          $L  a list of integers
//	$B  a Boolean         $V  any value
//	$F  a function from integers to integers
//
// Its own variables are none of variableNames, which the holes can use.
var algorithms = map[kind][]string{
	kindInt: {
		`let fib = k: if k < 2 then k else fib (k - 1) + fib (k - 2); in fib $N`,
		`let adders = map (i1: (j1: i1 * j1 + $I)) $L; in builtins.foldl' (acc1: h1: acc1 + h1 $I) 0 adders`,
		`let memo = builtins.listToAttrs (builtins.genList (i1: { name = "m${toString i1}"; value = if i1 < 2 then $I else builtins.bitAnd (memo."m${toString (i1 - 1)}" + memo."m${toString (i1 - 2)}") 65535; }) 20); in memo.m$N`,
		`let two = s1: z1: s1 (s1 z1); plus = m1: n1: s1: z1: m1 s1 (n1 s1 z1); times = m1: n1: s1: m1 (n1 s1); in times two (plus two two) (v1: builtins.bitAnd (v1 + $I) 255) $N`,
		`let cps = k1: c1: if k1 == 0 then c1 $I else cps (k1 - 1) (v1: c1 (builtins.bitXor v1 k1)); in cps $N (v1: v1)`,
		`let build = d1: v1: if d1 == 0 then { leaf = v1; } else { l = build (d1 - 1) (v1 + 1); r = build (d1 - 1) (v1 * 2 + $N); }; sum = t1: if t1 ? leaf then t1.leaf else sum t1.l + sum t1.r; in sum (build 4 $N)`,
		`let mk = p1: q1: { get = r1: p1 - q1 * r1; upd = r1: mk r1 q1; }; o1 = mk $I $I; in (o1.upd 1).get 2 + o1.get 3`,
		`let big = builtins.genList (i1: i1 * $N + $I) 300; in builtins.foldl' (acc1: v1: builtins.bitXor acc1 v1) 0 big`,
		`let bind = m1: k1: s1: let r1 = m1 s1; in k1 r1.v r1.s; ret = v1: s1: { v = v1; s = s1; }; tick = s1: { v = s1; s = s1 + 1; }; in (bind tick (p1: bind tick (q1: ret (p1 * 10 + q1 + $I))) $N).v`,
		`let collatz = k1: if k1 <= 1 then 0 else 1 + collatz (if builtins.bitAnd k1 1 == 0 then k1 / 2 else 3 * k1 + 1); in collatz $N`,
		`let gcd = p1: q1: if q1 == 0 then p1 else gcd q1 (p1 - p1 / q1 * q1); in gcd $I $N`,
		`let ack = m1: k1: if m1 == 0 then k1 + 1 else if k1 == 0 then ack (m1 - 1) 1 else ack (m1 - 1) (ack m1 (k1 - 1)); in ack 2 $N`,
		`({ p1 ? q1 + 1, q1 ? r1 * 2, r1 ? $I, ... }@s1: p1 + q1 + r1 + builtins.length (builtins.attrNames s1)) { q1 = $I; other = $V; }`,
		`builtins.foldl' (h1: k1: (v1: k1 (h1 v1))) (v1: v1) [ $F (v1: builtins.bitAnd v1 1023) $F (v1: v1 + $I) ] $I`,
		`let count = p1: l1: if l1 == [ ] then 0 else (if p1 (builtins.head l1) then 1 else 0) + count p1 (builtins.tail l1); in count (v1: v1 > $I) $L`,
		`let deep = k1: if k1 == 0 then $I else let r1 = deep (k1 - 1); in builtins.seq r1 r1; in deep 60`,
		`let even1 = k1: k1 == 0 || odd1 (k1 - 1); odd1 = k1: k1 != 0 && even1 (k1 - 1); in if even1 $N then $I else $I`,
		`let obj = self1: { value = $I; next = self1 // { value = (self1.value or 0) + 1; }; }; fix1 = h1: let r1 = h1 r1; in r1; in (fix1 obj).next.value`,
		`builtins.stringLength (builtins.foldl' (s1: i1: s1 + "${toString i1},") $S (builtins.genList (i1: i1 * i1) $N))`,
		`let lazy = [ $I (throw "lazy") $I ]; pick1 = l1: k1: builtins.elemAt l1 k1; in pick1 lazy 0 + pick1 lazy 2`,
		`let nth = k1: s1: if k1 == 0 then s1.v else nth (k1 - 1) s1.next; ones = { v = $I; next = ones; }; in nth $N ones`,
	},
	kindList: {
		`let from = k1: { head = k1; tail = from (k1 + $N); }; take = k1: s1: if k1 == 0 then [ ] else [ s1.head ] ++ take (k1 - 1) s1.tail; in take $N (from $I)`,
		`let qs = l1: if l1 == [ ] then [ ] else let p1 = builtins.head l1; r1 = builtins.tail l1; in qs (builtins.filter (v1: v1 < p1) r1) ++ [ p1 ] ++ qs (builtins.filter (v1: !(v1 < p1)) r1); in qs $L`,
		`let loop = i1: fs: if i1 == 0 then fs else loop (i1 - 1) (fs ++ [ (z1: i1 + z1) (let q1 = i1 * 2; in (z1: q1 - z1)) ]); in map (h1: h1 $I) (loop $N [ ])`,
		`let h1 = s1: with s1; (k1: k1 + v + w); m1 = map (i1: h1 { v = i1; w = $I; }) $L; in map (u1: u1 1) m1`,
		`let big = builtins.listToAttrs (map (i1: { name = "n${toString (builtins.bitAnd (i1 * 7) 63)}"; value = i1; }) (builtins.genList (i1: i1) 100)); in builtins.attrValues (builtins.removeAttrs (big // { n3 = $I; }) [ "n5" "n7" ])`,
		`let sieve = l1: if l1 == [ ] then [ ] else let p1 = builtins.head l1; in [ p1 ] ++ sieve (builtins.filter (v1: v1 - v1 / p1 * p1 != 0) (builtins.tail l1)); in sieve (builtins.genList (i1: i1 + 2) 30)`,
		`let rows = [ $L $L ]; in builtins.concatMap (i1: map (r1: builtins.elemAt r1 i1) (builtins.filter (r1: builtins.length r1 > i1) rows)) [ 0 1 2 ]`,
		`let scan = op1: acc1: l1: if l1 == [ ] then [ acc1 ] else [ acc1 ] ++ scan op1 (op1 acc1 (builtins.head l1)) (builtins.tail l1); in scan (p1: q1: builtins.bitXor p1 q1) $I $L`,
		`let perms = l1: if l1 == [ ] then [ [ ] ] else builtins.concatMap (i1: map (r1: [ i1 ] ++ r1) (perms (builtins.filter (j1: j1 != i1) l1))) l1; in map (r1: builtins.foldl' (p1: q1: p1 * 10 + q1) 0 r1) (perms [ 1 2 3 ])`,
		`let rev = builtins.foldl' (acc1: v1: [ v1 ] ++ acc1) [ ]; in rev (rev $L) ++ rev $L`,
		`let overlays = [ (s1: p1: { k = $I; }) (s1: p1: { k2 = s1.k3; }) (s1: p1: { k3 = p1.k + 1; }) ]; fix1 = h1: let r1 = h1 r1; in r1; all1 = builtins.foldl' (h1: o1: s1: let p1 = h1 s1; in p1 // o1 s1 p1) (s1: { k = 0; }) overlays; in builtins.attrValues (fix1 all1)`,
		`map (i1: i1.key) (builtins.genericClosure { startSet = [ { key = $N; } ]; operator = i1: if i1.key > 40 then [ ] else [ { key = i1.key * 2 + 1; } { key = i1.key + 7; } ]; })`,
		`let mk = i1: { inherit i1; get = _1: i1; set = j1: mk j1; }; objs = map mk $L; in map (o1: (o1.set (o1.get null + 1)).get null) objs`,
		`let uncurried = { p1, q1 ? p1 }: p1 - q1; in map (v1: uncurried { p1 = v1; }) $L ++ map (v1: uncurried { p1 = v1; q1 = $I; }) $L`,
		`let steps = k1: if k1 == 0 then (acc1: acc1) else (acc1: steps (k1 - 1) (acc1 ++ [ k1 ])); in steps $N $L`,
		`builtins.concatLists (builtins.genList (i1: builtins.genList (j1: i1 * j1) i1) 5)`,
		`let h1 = p1: q1: r1: [ p1 q1 r1 ]; parts = map h1 $L; in builtins.concatMap (k1: k1 $I $N) parts`,
		`builtins.sort (p1: q1: builtins.seq (builtins.bitXor p1 q1) (p1 < q1)) (builtins.genList (i1: builtins.bitAnd (i1 * 37 + $N) 63) 40)`,
	},
	kindString: {
		`let rev = s1: if s1 == "" then "" else rev (builtins.substring 1 (-1) s1) + builtins.substring 0 1 s1; in rev (builtins.substring 0 20 $S)`,
		`builtins.concatStringsSep "," (builtins.filter builtins.isString (builtins.split "[a-c]" $S))`,
		`let show = v1: if builtins.isAttrs v1 then "{${builtins.concatStringsSep "," (builtins.attrValues (builtins.mapAttrs (k1: w1: "${k1}=${show w1}") v1))}}" else if builtins.isList v1 then "[${toString (map show v1)}]" else if builtins.isFunction v1 then "<f>" else if builtins.isPath v1 then baseNameOf v1 else toString v1; in show $V`,
		`let chars = s1: builtins.genList (i1: builtins.substring i1 1 s1) (builtins.stringLength s1); in builtins.concatStringsSep "." (chars (builtins.substring 0 30 $S))`,
		`let upper = builtins.replaceStrings [ "a" "b" "c" "" ] [ "A" "B" "C" "_" ]; in upper $S + upper (upper $S)`,
		`let rep = k1: s1: if k1 == 0 then "" else s1 + rep (k1 - 1) s1; in rep $N $S`,
		`builtins.foldl' (s1: h1: h1 s1) $S [ (s1: "<${s1}>") (builtins.replaceStrings [ "<" ] [ "((" ]) (s1: s1 + s1) (builtins.substring 1 40) ]`,
		`let bin = k1: if k1 < 2 then toString k1 else bin (k1 / 2) + toString (builtins.bitAnd k1 1); in bin $I`,
	},
	kindBool: {
		`let memo = { r1 = $B && !memo.s1; s1 = $B || memo.t1; t1 = $I == $I; }; in memo.r1`,
		`let same = p1: q1: p1 == q1; v1 = $V; in same v1 v1 || same [ v1 ] [ v1 ] || same { inherit v1; } { inherit v1; }`,
		`builtins.all (v1: v1 == builtins.elemAt (builtins.sort builtins.lessThan $L) 0) $L`,
	},
}

var holes = regexp.MustCompile(`\$[A-Z]`)

// algorithm writes one of the algorithms for a type.
func (g *valueGenerator) algorithm(t *typ) string {
	if len(algorithms[t.kind]) == 0 || t.kind == kindList && t.elem.kind != kindInt {
		return ""
	}
	return "(" + holes.ReplaceAllStringFunc(pick(g.Rand, algorithms[t.kind]...), func(hole string) string {
		switch hole {
		case "$I":
			return g.expr(typeInt)
		case "$N":
			return fmt.Sprint(g.IntN(13))
		case "$S":
			return g.expr(typeString)
		case "$B":
			return g.expr(typeBool)
		case "$L":
			return g.expr(listType(typeInt))
		case "$F":
			return g.expr(funcType(typeInt, typeInt))
		}
		return g.expr(g.anyType(2))
	}) + ")"
}

// pathArgs returns the argument of builtins.path.
func (g *valueGenerator) pathArgs() string {
	file := g.inStore()
	text := "{ path = " + file + ";"
	for _, attr := range []string{
		"name = " + g.mostly(`"n"`, `"other"`, `"x y"`, `""`) + ";",
		"recursive = true;", // the reference gets false wrong for some files
		"filter = " + pick(g.Rand, "(p: t: true)", "(p: t: false)", "(p: t: t == \"regular\")", g.throw(), "(p: t: "+g.throw()+")") + ";",
		"sha256 = " + pick(g.Rand, hashes...) + ";",
	} {
		if g.chance(0.3) {
			text += " " + attr
		}
	}
	return text + " }"
}
