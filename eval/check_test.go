package eval_test

// This file tests which options are refused, and that errors say what to write instead.

import (
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval"
)

func TestOptionsAreChecked(t *testing.T) {
	for _, test := range []struct {
		opt  eval.Options
		want string // part of the error; "" if there is none
	}{
		{eval.Options{Allowed: []string{""}}, `the path "" of Options.Allowed does not begin with a slash; for all files write "/", for none []string{}`},
		{eval.Options{Allowed: []string{"/a", "lib"}}, `the path "lib" of Options.Allowed`},
		{eval.Options{Allowed: []string{"/a/../b/"}}, ""},
		{eval.Options{Pure: true, Host: eval.OS()}, "name those that may be looked at in Options.Allowed"},
		{eval.Options{Pure: true, Host: eval.OS(), Allowed: []string{}}, ""},
		{eval.Options{Pure: true, Host: eval.OS(), Allowed: []string{"/"}}, ""},
		{eval.Options{Pure: true}, ""},
		{eval.Options{Pure: true, FS: fstest.MapFS{}}, ""},
		{eval.Options{FS: fstest.MapFS{}, Host: eval.OS()}, "give one or the other"},
		{eval.Options{Dir: "lib"}, `the path "lib" of Options.Dir`},
		{eval.Options{Home: "~"}, `the path "~" of Options.Home`},
		{eval.Options{StoreDir: "nix"}, `the path "nix" of Options.StoreDir`},
		{eval.Options{Features: []string{"pipe-operators", "flakes"}}, ""},
		{eval.Options{Features: []string{"pipe-operator"}}, `"pipe-operator" of Options.Features is no experimental feature of Nix; did you mean "pipe-operators"?`},
		{eval.Options{Workers: -1}, "Options.Workers is -1"},
		{eval.Options{Workers: 65}, "Options.Workers is 65"},
		{eval.Options{Limits: eval.Limits{Time: -1}}, "the time -1ns is negative"},
		{eval.Options{Limits: eval.Limits{CallDepth: -1}}, "the call depth -1 is negative"},
	} {
		_, err := eval.New(test.opt)
		if test.want == "" {
			assert.NoError(t, err)
			continue
		}
		assert.ErrorContains(t, err, test.want)
	}
	ev := evaluator(t, eval.Options{})
	_, err := ev.EvalString(eval.WithLimits(ctx, eval.Limits{Time: -time.Second}), "1")
	assert.ErrorContains(t, err, "the time -1s is negative")
}

// An allowed path is meant as the file that it leads to, however it is written.
func TestAllowedIsCleaned(t *testing.T) {
	files := fstest.MapFS{"a/f": {Data: []byte("1")}, "b/f": {Data: []byte("2")}}
	ev := evaluator(t, eval.Options{FS: files, Allowed: []string{"/x/../a/"}})
	_, err := ev.EvalFile(ctx, "/a/f")
	require.NoError(t, err)
	_, err = ev.EvalFile(ctx, "/b/f")
	assert.ErrorContains(t, err, "is forbidden")
}
