package builtins_test

// This file defines the test of what several evaluators share.

import (
	"context"
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/world"
)

// TestShared has builtins and a store that outlive the evaluators that use them,
// whose memory is given back.
func TestShared(t *testing.T) {
	st := memory.View("", world.None())
	list := builtins.All(st)
	var want string
	for i := range 60 {
		ev, err := core.New(core.Options{Builtins: list, Copier: st, Host: st.Host()})
		require.NoError(t, err)
		v, err := ev.EvalString(context.Background(), "«string»", fmt.Sprintf(`
			let
			  file = builtins.toFile ("a-" + "file") ("text that is" + " made");
			  drv = derivation { name = "a" + "-name"; system = "s" + "-t"; builder = "b-" + "uilder"; args = [ ("x" + "y") file ]; };
			  parts = builtins.map (k: builtins.match ("(a+)" + "%d-${toString k}") "aa%d-${toString k}") (builtins.genList (k: k) 20);
			in builtins.seq (builtins.deepSeq parts null) (builtins.readFile file + drv.drvPath)`, i%30, i%30), "/")
		require.NoError(t, err)
		require.NoError(t, ev.Run(context.Background(), func(c *core.Call) error {
			got := c.Heap().Text(v.Heap())
			if i == 0 {
				want = string([]byte(got))
			}
			assert.Equal(t, want, got)
			return nil
		}))
		if i%10 == 9 {
			v, ev = core.Value{}, nil
			for range 3 {
				runtime.GC()
				time.Sleep(2 * time.Millisecond)
			}
		}
	}
}
