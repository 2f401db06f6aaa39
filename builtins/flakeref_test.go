package builtins

// This file tests references to flakes against recorded answers.

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/eval/core"
)

// flakeRef calls a builtin of flake references, and returns what is printed:
// warnings, and the value or the message of the error.
func flakeRef(t *testing.T, fn, arg string) string {
	t.Helper()
	st := memory.View("", memHost{})
	var out strings.Builder
	ev, err := core.New(core.Options{
		Builtins: All(st), Host: st.Host(), Copier: st, Stderr: &out, Features: map[string]bool{"flakes": true},
	})
	require.NoError(t, err)
	err = ev.Run(context.Background(), func(c *core.Call) error {
		v, err := c.EvalText("«string»", "builtins."+fn+" "+arg, "/")
		if err != nil {
			return err
		}
		return c.Print(&out, v)
	})
	if err != nil {
		var e *core.Error
		require.ErrorAs(t, err, &e)
		out.WriteString("error: " + e.Msg)
	}
	return out.String()
}

func TestFlakeRefs(t *testing.T) {
	data, err := os.ReadFile("testdata/flakerefs.txt")
	require.NoError(t, err)
	_, text, _ := strings.Cut(string(data), "\n\n")
	n := 0
	for entry := range strings.SplitSeq(strings.TrimSuffix(text, "\n"), "\n\n") {
		src, want, ok := strings.Cut(entry, "\n\t")
		require.True(t, ok, entry)
		kind, src, _ := strings.Cut(src, " ")
		fn, arg := "flakeRefToString", src
		if kind == "parse" {
			fn, arg = "parseFlakeRef", `"`+strings.NewReplacer(`\`, `\\`, `"`, `\"`, "${", `\${`).Replace(src)+`"`
		}
		assert.Equal(t, strings.ReplaceAll(want, "\n\t", "\n"), flakeRef(t, fn, arg), src)
		n++
	}
	assert.Greater(t, n, 100)
}
