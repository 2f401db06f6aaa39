package eval_test

// This file tests what Encode refuses, and what a call from Go takes.

import (
	"context"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval"
)

func TestEncodeRefuses(t *testing.T) {
	const path = "/nix/store/ffffffffffffffffffffffffffffffff-x"
	in := func(elem eval.ContextElem) eval.ContextString {
		return eval.ContextString{Text: "t", Context: []eval.ContextElem{elem}}
	}
	ev := evaluator(t, eval.Options{})
	for name, tt := range map[string]struct {
		x    any
		want string // part of the error; "" if there is none
	}{
		"NUL in a string":        {"a\x00b", "NUL byte at 1"},
		"NUL in a list":          {[]string{"a", "\x00"}, "element 1: the text has a NUL byte at 0"},
		"NUL in a name":          {map[string]int{"a\x00": 1}, "NUL byte at 1"},
		"NUL in an input":        {map[string]any{"a\x00": 1}, "NUL byte at 1"},
		"NUL in bytes":           {[]byte{0}, "NUL byte at 0"},
		"NUL in a path":          {eval.PathString("/a\x00"), "NUL byte at 2"},
		"no store path":          {in(eval.ContextElem{Path: "/etc/passwd"}), "/etc/passwd"},
		"no derivation":          {in(eval.ContextElem{Kind: eval.ContextDeep, Path: path}), "is not a derivation"},
		"no output":              {in(eval.ContextElem{Kind: eval.ContextOutput, Path: path + ".drv"}), "Output has to be set"},
		"an output too many":     {in(eval.ContextElem{Path: path, Output: "out"}), "Output has to be set"},
		"no kind":                {in(eval.ContextElem{Kind: 9, Path: path}), "no ContextKind: 9"},
		"a path":                 {in(eval.ContextElem{Path: path}), ""},
		"a derivation":           {in(eval.ContextElem{Kind: eval.ContextDeep, Path: path + ".drv"}), ""},
		"an output":              {in(eval.ContextElem{Kind: eval.ContextOutput, Path: path + ".drv", Output: "out"}), ""},
		"bytes that are no text": {"\xff", ""},
	} {
		_, err := ev.Encode(ctx, tt.x)
		if tt.want == "" {
			require.NoError(t, err, name)
		} else {
			require.ErrorContains(t, err, tt.want, name)
		}
	}
}

// TestCallAllocations holds what a call from Go takes: memory for the Value that it returns.
func TestCallAllocations(t *testing.T) {
	ev := evaluator(t, eval.Options{})
	f := evaluate(t, ev, "n: n + 1")
	p, err := ev.Compile(ctx, "program", "builtins.stringLength text + n", "n", "text")
	require.NoError(t, err)
	inputs := map[string]any{"n": 41, "text": strings.Repeat("x", 10)}
	cancelable, cancel := context.WithCancel(ctx)
	defer cancel()
	for name, call := range map[string]func() (eval.Value, error){
		"Call":                                 func() (eval.Value, error) { return f.Call(ctx, 41) },
		"Run":                                  func() (eval.Value, error) { return p.Run(ctx, inputs) },
		"Call with a context that can be done": func() (eval.Value, error) { return f.Call(cancelable, 41) },
	} {
		got := testing.AllocsPerRun(1000, func() {
			if _, err := call(); err != nil {
				t.Error(err)
			}
		})
		require.LessOrEqual(t, got, 3.0, name)
	}
}

// TestEvaluatorAllocations holds what one more evaluator takes of Go's memory.
func TestEvaluatorAllocations(t *testing.T) {
	evaluator(t, eval.Options{})
	const n = 100
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range n {
		evaluator(t, eval.Options{})
	}
	runtime.ReadMemStats(&after)
	require.LessOrEqual(t, (after.TotalAlloc-before.TotalAlloc)/n, uint64(64<<10))
}
