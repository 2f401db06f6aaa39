package core_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/world"
)

// TestColor compares errors in colour with what C++ Nix writes to a terminal. In
// testdata/color.txt a program follows its dashes; ␛ stands for ESC.
func TestColor(t *testing.T) {
	text, err := os.ReadFile("testdata/color.txt")
	require.NoError(t, err)
	for part := range strings.SplitSeq("\n"+string(text), "\n--- ") {
		source, want, ok := strings.Cut(part, "\n")
		if !ok {
			continue
		}
		t.Run(source, func(t *testing.T) {
			host := world.None()
			st := store.ReadOnlyView("/nix/store", host)
			ev, err := core.New(core.Options{Builtins: builtins.All(st), Host: host, Copier: st, Home: "/home/alice", Internal: builtins.InternalTexts()})
			require.NoError(t, err)
			err = ev.Run(context.Background(), func(c *core.Call) error {
				v, err := c.EvalText("«string»", source, "/")
				if err != nil {
					return err
				}
				return c.DeepForce(heap.Lazy(v))
			})
			var e *core.Error
			require.True(t, errors.As(err, &e))
			got := e.Render(core.RenderOptions{ShowTrace: true, Color: true})
			got = strings.ReplaceAll(strings.TrimRight(got, "\n"), "\x1b", "␛")
			require.Equal(t, strings.TrimRight(want, "\n"), got)
		})
	}
}
