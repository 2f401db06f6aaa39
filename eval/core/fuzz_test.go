package core_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/world"
)

// FuzzEval evaluates anything, in a world without files and with little memory
// and time. It must end with a value or an error, without a panic.
func FuzzEval(f *testing.F) {
	paths, err := filepath.Glob("../corpus/*/eval-*.nix")
	require.NoError(f, err)
	for _, path := range paths {
		text, err := os.ReadFile(path)
		require.NoError(f, err)
		if len(text) < 2000 {
			f.Add(string(text))
		}
	}
	f.Fuzz(func(t *testing.T, source string) {
		opt := core.Options{Limits: core.Limits{Memory: 64 << 20, CallDepth: 500}}
		st := memory.View("/nix/store", world.None())
		opt.Copier, opt.Host, opt.Builtins = st, st.Host(), builtins.All(st)
		ev, err := core.New(opt)
		require.NoError(t, err)
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		v, err := ev.EvalString(ctx, "«string»", source, "/")
		if err == nil {
			err = ev.Run(ctx, func(c *core.Call) error {
				if err := c.DeepForce(c.Lazy(v)); err != nil {
					return err
				}
				var out strings.Builder
				return c.Print(&out, v.Heap())
			})
		}
		var e *core.Error
		if errors.As(err, &e) {
			require.NotContains(t, e.Msg, "internal error")
			require.NotEmpty(t, e.Render(core.RenderOptions{ShowTrace: true}))
		}
	})
}
