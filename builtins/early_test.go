package builtins_test

// This file defines the test of what is forced first.

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/world"
)

// TestEarly calls each builtin that declares which argument it forces first, in
// an evaluator that does not know it, with arguments that say that they are
// forced and fail.
func TestEarly(t *testing.T) {
	var forced []int64
	probe := &core.Builtin{Name: "probe", Global: "probe", Args: []string{"n"}, Impl: func(c *core.Call) (heap.Value, error) {
		n, err := c.Arg(0).Int()
		forced = append(forced, n)
		if err == nil {
			err = c.Errorf(core.CodeHost, "forced")
		}
		return 0, err
	}}
	st := memory.View("", world.None())
	list := builtins.All(st)
	early := map[string]int{}
	for i := range list {
		if list[i].Early > 0 {
			early[list[i].Name] = list[i].Early
			b := *list[i]
			b.Early = 0
			list[i] = &b
		}
	}
	require.NotEmpty(t, early)
	ev, err := core.New(core.Options{Builtins: append(list, probe), Copier: st, Host: st.Host()})
	require.NoError(t, err)
	for _, b := range list {
		if early[b.Name] == 0 {
			continue
		}
		var args strings.Builder
		for n := range b.Args {
			fmt.Fprintf(&args, " (probe %d)", n+1)
		}
		forced = nil
		_, err := ev.EvalString(context.Background(), "«string»", "builtins."+b.Name+args.String(), "/")
		assert.ErrorContains(t, err, "forced", b.Name)
		assert.Equal(t, []int64{int64(early[b.Name])}, forced, b.Name)
	}
}
