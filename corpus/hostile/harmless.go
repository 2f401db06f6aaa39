package hostile

// This file defines the harmless programs: first a value is chosen, then an
// expression that yields it. Values are int, float64 (not whole), bool, nil,
// string, []any and map[string]any, so that encoding/json writes them as Nix does.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

func (g *generator) harmless() Program {
	h := &harmless{generator: g, room: 3 + g.IntN(25)}
	v := h.value(3)
	return Program{Name: "harmless", Source: h.expr(v), Kind: "harmless", Want: encode(v)}
}

// encode returns a value as builtins.toJSON writes it.
func encode(v any) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic(err)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// A harmless writes one harmless program.
type harmless struct {
	*generator
	room int // how many more expressions may be other than literals
}

// value returns a value that nests at most so deeply.
func (h *harmless) value(depth int) any {
	n := 5
	if depth > 0 {
		n = 9
	}
	switch h.IntN(n) {
	case 0, 1:
		return h.int()
	case 2:
		return pick(h.generator, words)
	case 3:
		return h.IntN(2) == 0
	case 4:
		if h.IntN(2) == 0 {
			return nil
		}
		return float64(h.IntN(1000)) + 0.5
	case 5:
		xs := make([]any, h.IntN(30))
		for i := range xs {
			xs[i] = h.int()
		}
		return xs
	case 6:
		xs := make([]any, h.IntN(5))
		for i := range xs {
			xs[i] = h.value(depth - 1)
		}
		return xs
	}
	set := map[string]any{}
	for range h.IntN(6) {
		set[pick(h.generator, names)] = h.value(depth - 1)
	}
	return set
}

func (h *harmless) int() int { return h.IntN(2001) - 1000 }

var words = []string{
	"", "a", "ab", "hello, world", "a.b.c", "x y z", "1", "é", "🎉 ü", "\"", "\\", "a\nb", "\t", "${x}", "$", "''", "<&>", "/nix/store", "0123456789abcdef",
}

var names = []string{"a", "b", "c", "d", "ab", "x1", "foo-bar", "y'", "_", "with space", "é", "", "1", "a.b", "if"}

// expr returns an expression that yields v, and that can stand anywhere.
func (h *harmless) expr(v any) string {
	if h.room <= 0 {
		return h.literal(v)
	}
	h.room--
	if h.IntN(2) == 0 {
		return h.detour(v)
	}
	switch v := v.(type) {
	case int:
		return h.integer(v)
	case bool:
		return h.boolean(v)
	case string:
		return h.string(v)
	case []any:
		return h.list(v)
	case map[string]any:
		return h.set(v)
	}
	return h.literal(v)
}

// literal returns v written out, with expressions for its parts.
func (h *harmless) literal(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case int:
		if v < 0 {
			return fmt.Sprintf("(%d)", v)
		}
	case string:
		return quote(v)
	case []any:
		parts := []string{"["}
		for _, x := range v {
			parts = append(parts, h.expr(x))
		}
		return strings.Join(append(parts, "]"), " ")
	case map[string]any:
		parts := []string{"{"}
		for _, k := range h.keys(v) {
			parts = append(parts, fmt.Sprintf("%s = %s;", quote(k), h.expr(v[k])))
		}
		return strings.Join(append(parts, "}"), " ")
	}
	return fmt.Sprint(v)
}

// keys returns the names of a set in random order.
func (h *harmless) keys(set map[string]any) []string {
	keys := slices.Sorted(maps.Keys(set))
	h.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
	return keys
}

// detours yield $E, whatever that is. $X is a bomb that is never forced, $A
// any value, $C a condition that holds.
var detours = []string{
	`(let x = $E; in x)`,
	`(let x = y; y = $E; z = $X; in x)`,
	`((x: x) $E)`,
	`((a: b: a) $E $X)`,
	`(if $C then $E else $X)`,
	`(if !$C then $X else $E)`,
	`(assert $C; $E)`,
	`(builtins.head [ $E $X ])`,
	`(builtins.elemAt [ $X $E $X ] 1)`,
	`{ a = $E; b = $X; }.a`,
	`({ a = $X; } // { a = $E; }).a`,
	`(rec { a = b; b = $E; }).a`,
	`({ }.a.b or $E)`,
	`({ a = $E; }.a or $X)`,
	`(with { w = $E; y = $X; }; w)`, // no other w is in scope, or it would win
	`(with { w = $X; }; with { w = $E; }; w)`,
	`(({ a ? $E }: a) { })`,
	`(({ a ? $X, ... }: a) { a = $E; b = $X; })`,
	`((s@{ a, ... }: s.a) { a = $E; })`,
	`({ __functor = self: x: x; y = $X; } $E)`,
	`(let inherit ({ x = $E; y = $X; }) x; in x)`,
	`(builtins.seq $A $E)`,
	`(builtins.deepSeq $A $E)`,
	`(builtins.addErrorContext "not shown" $E)`,
	`(builtins.tryEval $E).value`,
	`(if (builtins.tryEval (throw "caught")).success then $X else $E)`,
	`(if (builtins.tryEval (assert !$C; $X)).success then $X else $E)`,
	`(builtins.fromJSON (builtins.toJSON $E))`,
	`(builtins.foldl' (a: f: f a) $E [ (x: x) (x: x) ])`,
	`(builtins.foldl' (a: x: x) $X [ $E ])`,
	`(let f = n: x: if n == 0 then x else f (n - 1) x; in f 30 $E)`,
	`(let y = f: (x: f (z: x x z)) (x: f (z: x x z)); in y (self: n: if n == 0 then $E else self (n - 1)) 5)`,
	`(let s = { h = $E; t = s // { h = $X; }; }; in s.h)`,
	`(builtins.getAttr "a" { a = $E; })`,
	`(builtins.elemAt (builtins.attrValues { a = $X; b = $E; }) 1)`,
	`(builtins.head (builtins.genericClosure { startSet = [ { key = 1; v = $E; } ]; operator = x: [ ]; })).v`,
	`(builtins.head (builtins.catAttrs "a" [ { b = $X; } { a = $E; } ]))`,
	`(builtins.mapAttrs (k: f: f $E) { a = x: x; b = $X; }).a`,
	`(builtins.listToAttrs [ { name = "a"; value = $E; } { name = "a"; value = $X; } ]).a`,
}

func (h *harmless) detour(v any) string {
	return holes.ReplaceAllStringFunc(pick(h.generator, detours), func(hole string) string {
		switch hole {
		case "$E":
			return h.expr(v)
		case "$A":
			return h.expr(h.value(1))
		case "$C":
			return h.boolean(true)
		}
		return h.unforced()
	})
}

// unforced returns a bomb, for places where it does not go off.
func (h *harmless) unforced() string { return inParentheses(h.bomb().text) }

// computations are expressions of an integer below 20, with their value.
var computations = []struct {
	text  string
	value func(n int) int
}{
	{`(let fib = n: if n < 2 then n else fib (n - 1) + fib (n - 2); in fib %d)`, func(n int) int {
		a, b := 0, 1
		for range n {
			a, b = b, a+b
		}
		return a
	}},
	{`(let sum = n: if n == 0 then 0 else n + sum (n - 1); in sum %d)`, func(n int) int { return n * (n + 1) / 2 }},
	{`(builtins.foldl' (a: i: a + i * i) 0 (builtins.genList (i: i) %d))`, func(n int) int { return (n - 1) * n * (2*n - 1) / 6 }},
	{`(builtins.length (builtins.genList (i: throw "not forced") %d))`, func(n int) int { return n }},
	{`(builtins.stringLength (builtins.concatStringsSep ", " (builtins.genList (i: "x") (%d + 1))))`, func(n int) int { return 3*n + 1 }},
	{`(builtins.stringLength (builtins.foldl' (s: _: s + s) "a" (builtins.genList (i: i) (%d / 2))))`, func(n int) int { return 1 << (n / 2) }},
	{`(let gcd = a: b: if b == 0 then a else gcd b (a - a / b * b); in gcd (%d * 12) 18)`, func(n int) int {
		a, b := n*12, 18
		for b != 0 {
			a, b = b, a%b
		}
		return a
	}},
	{`(let collatz = n: if n == 1 then 0 else 1 + collatz (if builtins.bitAnd n 1 == 0 then n / 2 else 3 * n + 1); in collatz (%d + 1))`, func(n int) int {
		steps := 0
		for n++; n != 1; steps++ {
			if n%2 == 0 {
				n /= 2
			} else {
				n = 3*n + 1
			}
		}
		return steps
	}},
	{`(let two = f: x: f (f x); in two two two (x: x + 1) %d)`, func(n int) int { return n + 16 }},
	{`(builtins.length (builtins.filter (p: builtins.all (d: p - p / d * d != 0) (builtins.genList (i: i + 2) (p - 2))) (builtins.genList (i: i + 2) %d)))`, func(n int) int {
		primes := 0
		for p := 2; p < n+2; p++ {
			prime := 1
			for d := 2; d < p; d++ {
				if p%d == 0 {
					prime = 0
				}
			}
			primes += prime
		}
		return primes
	}},
	{`(builtins.length (builtins.genericClosure { startSet = [ { key = 0; } ]; operator = x: if x.key < %d then [ { key = x.key + 1; } ] else [ ]; }))`, func(n int) int { return n + 1 }},
}

func (h *harmless) integer(v int) string {
	switch h.IntN(7) {
	case 0:
		n := h.IntN(20)
		c := pick(h.generator, computations)
		return fmt.Sprintf("(%s + %s)", fmt.Sprintf(c.text, n), h.expr(v-c.value(n)))
	case 1:
		k := h.int()
		return fmt.Sprintf("(%s + %s)", h.expr(k), h.expr(v-k))
	case 2:
		k := h.int()
		return fmt.Sprintf("(%s - %s)", h.expr(v+k), h.expr(k))
	case 3:
		k := 2 + h.IntN(9)
		return fmt.Sprintf("(%s * %d + %s)", h.expr(v/k), k, h.expr(v%k))
	case 4:
		k := h.IntN(1000)
		return fmt.Sprintf("(builtins.bitXor %s %d)", h.expr(v^k), k)
	case 5:
		return fmt.Sprintf("(builtins.fromJSON (toString %s))", h.expr(v))
	}
	return fmt.Sprintf("(builtins.floor (%s + 0.5))", h.expr(v))
}

func (h *harmless) boolean(v bool) string {
	if h.room <= 0 {
		return h.literal(v)
	}
	h.room--
	not := ""
	if !v {
		not = "!"
	}
	switch h.IntN(7) {
	case 0:
		a, b := h.int(), h.int()
		text := fmt.Sprintf("%s < %s", h.expr(a), h.expr(b))
		if (a < b) != v {
			return "(!(" + text + "))"
		}
		return "(" + text + ")"
	case 1:
		x := h.value(2)
		return fmt.Sprintf("(%s(%s == %s))", not, h.expr(x), h.expr(x))
	case 2:
		return fmt.Sprintf("(%s(%s && %s))", not, h.expr(true), h.expr(true))
	case 3:
		return fmt.Sprintf("(%s(true || %s))", not, h.unforced())
	case 4:
		return fmt.Sprintf("(!%s)", h.expr(!v))
	case 5:
		x := h.int()
		return fmt.Sprintf("(%s(builtins.elem %s [ %s %s ]))", not, h.expr(x), h.expr(h.value(1)), h.expr(x))
	}
	return fmt.Sprintf("(%s({ a = %s; } ? a))", not, h.unforced())
}

func (h *harmless) string(v string) string {
	letters := []rune(v)
	cut := len(string(letters[:h.IntN(len(letters)+1)]))
	switch h.IntN(6) {
	case 0:
		return fmt.Sprintf("(%s + %s)", h.expr(v[:cut]), h.expr(v[cut:]))
	case 1:
		return fmt.Sprintf(`"${%s}${%s}"`, h.expr(v[:cut]), h.expr(v[cut:]))
	case 2:
		return fmt.Sprintf("(builtins.substring %d %d (%s + %s))", cut, len(v), h.expr(strings.Repeat("-", cut)), h.expr(v+"tail"))
	case 3:
		return fmt.Sprintf("(builtins.concatStringsSep %s [ %s %s ])", quote(v[:cut]), quote(""), h.expr(v[cut:]))
	case 4:
		return fmt.Sprintf("(builtins.replaceStrings [ \"%%\" ] [ %s ] %s)", h.expr(v[:cut]), h.expr("%"+v[cut:]))
	}
	return fmt.Sprintf("(builtins.head (builtins.match \"x(.*)y\" %s))", h.expr("x"+v+"y"))
}

func (h *harmless) list(v []any) string {
	cut := h.IntN(len(v) + 1)
	switch h.IntN(8) {
	case 0:
		return fmt.Sprintf("(%s ++ %s)", h.expr(v[:cut]), h.expr(v[cut:]))
	case 1:
		return fmt.Sprintf("(map (f: f 1) [ %s ])", h.each(v, func(x any) string { return "(_: " + h.expr(x) + ")" }))
	case 2:
		return fmt.Sprintf("(builtins.genList (builtins.elemAt %s) %d)", h.expr(v), len(v))
	case 3:
		return fmt.Sprintf("(builtins.concatLists [ %s [ ] %s ])", h.expr(v[:cut]), h.expr(v[cut:]))
	case 4:
		return fmt.Sprintf("(builtins.filter (x: x != \"gone\") (%s ++ [ \"gone\" ]))", h.expr(v))
	case 5:
		return fmt.Sprintf("(builtins.tail ([ %s ] ++ %s))", h.unforced(), h.expr(v))
	case 6:
		return fmt.Sprintf("(builtins.concatMap (x: [ x ]) %s)", h.expr(v))
	}
	// Sorted by its place, which each element carries.
	order := h.Perm(len(v))
	var parts []string
	for _, i := range order {
		parts = append(parts, fmt.Sprintf("{ i = %d; v = %s; }", i, h.expr(v[i])))
	}
	return fmt.Sprintf("(map (x: x.v) (builtins.sort (a: b: a.i < b.i) [ %s ]))", strings.Join(parts, " "))
}

func (h *harmless) each(v []any, text func(any) string) string {
	parts := make([]string, len(v))
	for i, x := range v {
		parts[i] = text(x)
	}
	return strings.Join(parts, " ")
}

func (h *harmless) set(v map[string]any) string {
	a, b := map[string]any{}, map[string]any{}
	for _, k := range slices.Sorted(maps.Keys(v)) {
		if h.IntN(2) == 0 {
			a[k] = v[k]
		} else {
			b[k] = v[k]
		}
	}
	switch h.IntN(7) {
	case 0:
		return fmt.Sprintf("(%s // %s)", h.expr(a), h.expr(b))
	case 1:
		var parts []string
		for _, k := range h.keys(v) {
			parts = append(parts, fmt.Sprintf("{ name = %s; value = %s; }", h.expr(k), h.expr(v[k])))
		}
		return fmt.Sprintf("(builtins.listToAttrs [ %s ])", strings.Join(parts, " "))
	case 2:
		return fmt.Sprintf("(builtins.mapAttrs (k: x: x) %s)", h.expr(v))
	case 3:
		return fmt.Sprintf("(removeAttrs (%s // { gone = %s; }) [ \"gone\" ])", h.expr(v), h.unforced())
	case 4:
		return fmt.Sprintf("(builtins.zipAttrsWith (k: builtins.head) [ %s %s ])", h.expr(a), h.expr(b))
	case 5:
		return fmt.Sprintf("(builtins.intersectAttrs %s %s)", h.expr(v), h.expr(v))
	}
	var parts []string
	for _, k := range h.keys(v) {
		parts = append(parts, fmt.Sprintf("${%s} = %s;", h.expr(k), h.expr(v[k])))
	}
	return "{ " + strings.Join(parts, " ") + " }"
}
