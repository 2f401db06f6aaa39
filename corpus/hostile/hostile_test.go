package hostile

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/lang"
)

var allKinds = []string{"cycle", "depth", "errors", "harmless", "host", "memory", "mutated", "output", "parse", "time"}

// globals are the names that programs use without builtins, and those that operators stand for.
var globals = []string{
	"abort", "baseNameOf", "builtins", "derivation", "dirOf", "false", "import", "map", "null", "removeAttrs", "throw", "toString", "true",
	"__sub", "__mul", "__div", "__lessThan",
}

func TestCollected(t *testing.T) {
	programs := Collected()
	assert.GreaterOrEqual(t, len(programs), 120)
	seen := map[string]bool{}
	for i, p := range programs {
		assert.False(t, seen[p.Name], "%s is there twice", p.Name)
		seen[p.Name] = true
		assert.True(t, i == 0 || programs[i-1].Name < p.Name, "%s is out of order", p.Name)
		assert.Contains(t, allKinds, p.Kind, "%s", p.Name)
		assert.Empty(t, p.Want, "%s", p.Name)
		if strings.HasPrefix(p.Name, "parse-") {
			assert.LessOrEqual(t, len(p.Source), maxBytes, "%s", p.Name)
			continue
		}
		assert.Regexp(t, `^# [a-z]+: .+\n[^#]`, p.Source, "%s", p.Name)
		assert.Less(t, len(p.Source), 2000, "%s", p.Name)
		assertParses(t, p)
	}
}

// TestGenerate looks at as many programs as the tests of the evaluator run.
func TestGenerate(t *testing.T) {
	const n = 10_000
	names, kinds, bytes := map[string]bool{}, map[string]int{}, 0
	for _, p := range Generate(1, n) {
		assert.False(t, names[p.Name], "%s is there twice", p.Name)
		names[p.Name] = true
		kinds[p.Kind]++
		bytes += len(p.Source)
		assert.LessOrEqual(t, len(p.Source), maxBytes, "%s", p.Name)
		assert.Equal(t, p.Kind == "harmless", p.Want != "", "%s", p.Name)
		if p.Kind == "harmless" {
			assert.True(t, json.Valid([]byte(p.Want)), "%s: %s", p.Name, p.Want)
			assert.NotContains(t, p.Want, "\n", "%s", p.Name)
		}
		if p.Kind != "mutated" && p.Kind != "parse" {
			assert.NotRegexp(t, `%!|\$[A-Z]`, p.Source, "%s has holes", p.Name)
			assertParses(t, p)
		}
	}
	assert.Less(t, bytes, 20_000_000)
	assert.InDelta(t, n/5, kinds["harmless"], n/50)
}

func TestKinds(t *testing.T) {
	kinds := map[string]bool{}
	for _, p := range Generate(2, 2000) {
		kinds[p.Kind] = true
	}
	assert.Equal(t, allKinds, slices.Sorted(maps.Keys(kinds)))
}

func TestDeterministic(t *testing.T) {
	programs := Generate(3, 1000)
	require.Equal(t, programs, Generate(3, 1000))
	assert.Equal(t, programs[:100], Generate(3, 100), "fewer are not the first of more")
	assert.NotEqual(t, programs, Generate(4, 1000))

	distinct := map[string]bool{}
	for _, p := range programs {
		distinct[p.Source] = true
	}
	assert.Greater(t, len(distinct), 900)
}

// TestTables finds holes that nothing fills, and templates that stand there twice.
func TestTables(t *testing.T) {
	assert.GreaterOrEqual(t, len(bombs)+len(loops), 60)
	seen := map[string]bool{}
	check := func(text string, own ...string) {
		assert.False(t, seen[text], "twice: %s", text)
		seen[text] = true
		for _, hole := range holes.FindAllString(text, -1) {
			_, filled := fillings[hole]
			assert.True(t, filled || slices.Contains(append(own, "$N", "$D", "$K"), hole), "%s in %s", hole, text)
		}
	}
	for _, b := range bombs {
		check(b.text)
		assert.Contains(t, allKinds, b.kind)
	}
	for _, l := range loops {
		check(l.text, "$F", "$I")
	}
	for _, s := range steps {
		check(s.step)
		assert.Contains(t, allKinds, s.kind)
	}
	for _, text := range wraps {
		check(text, "$X", "$Q")
	}
	for _, text := range mixes {
		check(text, "$X")
	}
	for _, text := range detours {
		check(text, "$E", "$A", "$C", "$X")
	}
}

// assertParses checks that all names are bound, too.
func assertParses(t *testing.T, p Program) {
	t.Helper()
	cfg := lang.NewConfig()
	tree, err := cfg.Parse(p.Name, p.Source)
	if err == nil {
		err = tree.Resolve(lang.NewScope(cfg.Symbols, globals...))
	}
	assert.NoError(t, err, "%s: %s", p.Name, p.Source)
}
