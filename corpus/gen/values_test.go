package gen

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/lang"
)

func TestValueProgram(t *testing.T) {
	cfg := lang.NewConfig()
	distinct := map[string]bool{}
	total := 0
	const n = 3000
	for seed := range n {
		src := ValueProgram(seeded(seed), ValueOptions{})
		require.Equal(t, src, ValueProgram(seeded(seed), ValueOptions{}), "seed %d", seed)
		require.NotContains(t, src, "\n", "seed %d", seed)
		_, err := cfg.Parse("p.nix", src)
		require.NoError(t, err, "seed %d: %s", seed, src)
		distinct[src] = true
		total += len(src)
	}
	assert.Greater(t, len(distinct), n*9/10)
	assert.Less(t, total/n, 2000, "bytes in a program, on average")
}

// TestEveryValueRule fails if something in the tables cannot be reached.
func TestEveryValueRule(t *testing.T) {
	used := map[string]bool{}
	for seed := range 20000 {
		g := newValueGenerator(seeded(seed), ValueOptions{Fail: 0.03})
		g.program()
		for name := range g.used {
			used[name] = true
		}
	}
	var want []string
	for _, rows := range append([][]valueRule{exprForms}, kindForms[kindInt], kindForms[kindFloat], kindForms[kindBool], kindForms[kindString],
		kindForms[kindPath], kindForms[kindList], kindForms[kindAttrs], kindForms[kindSet], kindForms[kindFunc]) {
		for _, row := range rows {
			want = append(want, row.name)
		}
	}
	for _, table := range [][]signature{signatures, constants} {
		for _, s := range table {
			want = append(want, "builtins."+s.name)
		}
	}
	for _, f := range failures {
		want = append(want, "failure "+f.name)
	}
	for _, name := range append(want, "wrong type") {
		assert.True(t, used[name], "never written: %s", name)
	}
}

// TestFailures parses every text that fails, which are too many to be met by
// chance.
func TestFailures(t *testing.T) {
	cfg := lang.NewConfig()
	for _, f := range failures {
		for seed := range 200 {
			src := f.write(newValueGenerator(seeded(seed), ValueOptions{}))
			_, err := cfg.Parse("p.nix", src)
			require.NoError(t, err, "%s: %s", f.name, src)
		}
	}
}

// TestNeverFail checks that there are no failures where none are wanted. What
// is left throws only where that is not forced.
func TestNeverFail(t *testing.T) {
	cfg := lang.NewConfig()
	scope := lang.NewScope(cfg.Symbols, ValueGlobals()...)
	for seed := range 2000 {
		g := newValueGenerator(seeded(seed), ValueOptions{Fail: -1})
		src := g.program()
		tree, err := cfg.Parse("p.nix", src)
		require.NoError(t, err, src)
		require.NoError(t, tree.Resolve(scope), src)
		for name := range g.used {
			require.False(t, name == "wrong type" || strings.HasPrefix(name, "failure "), name)
		}
	}
}

func BenchmarkValueProgram(b *testing.B) {
	n := 0
	for i := 0; b.Loop(); i++ {
		n += len(ValueProgram(seeded(i), ValueOptions{}))
	}
	b.ReportMetric(float64(n)/float64(b.N), "bytes/op")
}
