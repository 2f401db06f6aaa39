package core_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval/core"
)

// evaluate returns what a text evaluates to without builtins, as it is printed,
// or the error.
func evaluate(t *testing.T, source string) string {
	t.Helper()
	ev, err := core.New(core.Options{})
	require.NoError(t, err)
	var out strings.Builder
	v, err := ev.EvalString(context.Background(), "«string»", source, "/")
	if err == nil {
		err = ev.Run(context.Background(), func(c *core.Call) error {
			if err := c.DeepForce(c.Lazy(v)); err != nil {
				return err
			}
			return c.Print(&out, v.Heap())
		})
	}
	if err != nil {
		return "error: " + err.Error()
	}
	return out.String()
}

func TestExpressions(t *testing.T) {
	for _, tt := range []struct{ source, want string }{
		{`1 + 2`, `3`},
		{`let x = 1; y = x + z; z = 5; in y`, `6`},
		{`(x: y: x - y) 5 3`, `2`},
		{`let f = x: y: z: x * y + z; g = f 2; h = g 3; in [ (h 4) (g 5 6) ]`, `[ 10 16 ]`},
		{`rec { a = 1; b = a + 1; inherit (c) d; c = { d = b; }; }`, `{ a = 1; b = 2; c = { d = 2; }; d = 2; }`},
		{`({ a, b ? a + 1, ... }@args: [ a b (args ? b) args.c ]) { a = 1; c = 3; }`, `[ 1 2 false 3 ]`},
		{`with { a = 1; b = 2; }; with { b = 3; }; a + b`, `4`},
		{`let a = { b.c = 1; }; in a.b.c + (a.b.d or 10) + (if a ? b.c then 100 else 0)`, `111`},
		{`{ a = 1; } // { b = 2; } // { a = 3; }`, `{ a = 3; b = 2; }`},
		{`[ 1 ] ++ [ 2 3 ] ++ [ ]`, `[ 1 2 3 ]`},
		{`"a${"b" + "c"}d"`, `"abcd"`},
		{`/a/b + "/c"`, `/a/b/c`},
		{`{ __functor = self: x: self.n + x; n = 3; } 4`, `7`},
		{`let fix = f: let x = f x; in x; in fix (self: { a = 1; b = self.a + 1; })`, `{ a = 1; b = 2; }`},
		{`let f = x: x; in [ (f == f) ([ f ] == [ f ]) (f == (y: y)) ]`, `[ false true false ]`},
		{`let x = x; in x`, `error: «string»:1:9: infinite recursion encountered`},
		{`1 + "a"`, `error: «string»:1:5: cannot add a string to an integer`},
		{`{ a = 1; }.b`, `error: «string»:1:1: attribute 'b' missing`},
		{`assert 1 == 2; 3`, `error: an integer with value '1' is not equal to an integer with value '2'`},
		{`let f = n: if n == 0 then 0 else 1 + f (n - 1); in f 5000`, `5000`},
		{`let f = n: 1 + f (n + 1); in f 0`, `error: «string»:1:16: stack overflow; max-call-depth exceeded`},
		{`9223372036854775807 + 1`, `error: «string»:1:23: integer overflow in adding 9223372036854775807 + 1`},
		{`-9223372036854775807 * 2`, `error: integer overflow in multiplying -9223372036854775807 * 2`},
		{`rec { ${"a" + "b"} = 1; c = 2; }`, `{ ab = 1; c = 2; }`},
		{`[ 1 2 ] < [ 1 3 ]`, `true`},
		{`let { x = 1; body = x; }`, `1`},
	} {
		t.Run(tt.source, func(t *testing.T) { require.Equal(t, tt.want, evaluate(t, tt.source)) })
	}
}
