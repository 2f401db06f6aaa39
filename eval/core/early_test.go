package core_test

// This file defines the test of arguments that are evaluated before the call,
// and of how often what fails is forced.

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/firn-lang/firn/eval/core"
)

// TestEarlyOrder has functions that look at two arguments first. The second one
// must not be evaluated before a variable that is the first one.
func TestEarlyOrder(t *testing.T) {
	for _, tt := range []struct{ source, trace, err string }{
		{`let x = builtins.trace "x" 1; f = a: b: a == b; in f x (builtins.trace "y" 1)`, "trace: x\ntrace: y\n", ""},
		{`let x = builtins.trace "x" 1; f = a: b: b < a; in f (builtins.trace "y" 1) x`, "trace: x\ntrace: y\n", ""},
		{`let x = builtins.trace "x" 1; f = a: b: a == b; in f (builtins.trace "y" 1) x`, "trace: y\ntrace: x\n", ""},
		{`let x = (builtins.tryEval (f 1 (throw "inner"))).success; f = a: b: a == b; in f x (throw "outer")`, "", "outer"},
		{`let x = (builtins.tryEval (f 1 (throw "inner"))).success; f = a: b: a == b; in builtins.tryEval (f x (abort "outer"))`, "", "outer"},
	} {
		var trace bytes.Buffer
		ev := evaluator(t, core.Options{Stderr: &trace})
		_, err := ev.EvalString(context.Background(), "«string»", tt.source, "/")
		if tt.err == "" {
			assert.NoError(t, err, tt.source)
		} else {
			assert.ErrorContains(t, err, tt.err, tt.source)
		}
		assert.Equal(t, tt.trace, trace.String(), tt.source)
	}
}

// TestForceOnce has recursions that come to a limit, which thunks do not keep.
// Whatever forces one twice on its way out takes time exponential in the depth.
func TestForceOnce(t *testing.T) {
	for _, source := range []string{
		`let go = n: let x = go (n + 1); in builtins.compareVersions "a" x; in go 0`,
		`let go = n: let x = go (n + 1); in builtins.getAttr x { }; in go 0`,
		`let go = n: let x = go (n + 1); in builtins.match x ""; in go 0`,
		`let go = n: let x = go (n + 1); in { a = { }; }.a.${x}; in go 0`,
		`let go = n: let x = go (n + 1); in { a = x; }.a.${x}; in go 0`,
		`let go = n: let x = go (n + 1); in { ${x} = 1; }; in go 0`,
		`let go = n: let x = go (n + 1); in "${x}" + toString x; in go 0`,
		`let go = n: let x = go (n + 1); in assert x == 1; x; in go 0`,
	} {
		ev := evaluator(t, core.Options{Limits: core.Limits{CallDepth: 1000, Steps: 1_000_000}})
		_, err := ev.EvalString(context.Background(), "«string»", source, "/")
		assert.ErrorContains(t, err, "stack overflow", source)
	}
}
