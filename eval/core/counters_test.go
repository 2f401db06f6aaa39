package core_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/world"
)

// TestCounters tells how much work programs are, so that more of it shows.
func TestCounters(t *testing.T) {
	type counters struct{ calls, builtins, thunks, copied uint64 }
	for _, tt := range []struct {
		source string
		want   counters
	}{
		// An argument that the body looks at first needs no thunk.
		{`(x: if x == null then 1 else 2) (1 + 1)`, counters{calls: 1}},
		{`(x: [ x ]) (1 + 1)`, counters{calls: 1, thunks: 1}},
		{`({ a }: a) { a = 1 + 1; }`, counters{calls: 1, thunks: 1}},
		{`builtins.length (if true then [ ] else [ 1 ])`, counters{builtins: 1}},
		// Curried functions are called once, which counts as each of them; literals and
		// variables are shared.
		{`let f = a: b: c: a + b + c; in f 1 2 3`, counters{calls: 3}},
		{`let f = a: b: c: a + b + c; g = f 1; in g 2 3 + g 3 4`, counters{calls: 5, thunks: 1}},
		{`let x = 1; in [ x 2 "a" [ ] ]`, counters{}},
		// A small right side is a layer: the left one is not copied.
		{`{ a = 1; b = 2; c = 3; } // { c = 4; }`, counters{copied: 1}},
	} {
		t.Run(tt.source, func(t *testing.T) {
			st := memory.View("/nix/store", world.None())
			ev, err := core.New(core.Options{Builtins: builtins.All(st), Host: st.Host(), Copier: st})
			require.NoError(t, err)
			calls, called, thunks, copied := ev.Counters()
			require.Zero(t, calls+called+copied)
			_, err = ev.EvalString(context.Background(), "«string»", tt.source, "/")
			require.NoError(t, err)
			got := counters{}
			got.calls, got.builtins, got.thunks, got.copied = ev.Counters()
			got.thunks -= thunks
			require.Equal(t, tt.want, got)
		})
	}
}
