package core_test

// This file defines tests of how errors are printed.

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval/core"
)

// TestLongLines prints what is near the mark of lines that are very long, and other
// lines as they are.
func TestLongLines(t *testing.T) {
	ev := evaluator(t, core.Options{})
	render := func(source string) []string {
		_, err := ev.EvalString(context.Background(), "«string»", source, "/")
		var e *core.Error
		require.ErrorAs(t, err, &e)
		return strings.Split(e.Render(core.RenderOptions{}), "\n")
	}
	spaces := func(n int) string { return strings.Repeat(" ", n) }
	long := "/* " + strings.Repeat("ä", 1<<19) + " */"
	want := []string{
		"error: undefined variable 'x'",
		"       at «string»:2:1048584:",
		"            1| # short",
		"            2| …" + strings.Repeat("ä", 98) + " */ x " + long[:len("/* ")+196] + "…",
		"             |" + spaces(1+1+200) + "^",
		"            3| …" + strings.Repeat("ä", 98) + " */ 1",
		"",
	}
	got := render("# short\n" + long + " x " + long + "\n" + long + " 1\n")
	// Columns are bytes, so the mark stands too far to the right, as the reference's does.
	require.Equal(t, want[:3], got[:3])
	for i := 3; i < len(want); i++ {
		assert.Equal(t, want[i], got[i])
	}
	whole := strings.Repeat(" ", 1999)
	got = render(whole + "x")
	require.Equal(t, "            1| "+whole+"x", got[2])
	require.Equal(t, "             |"+spaces(2000)+"^", got[3])
}
