package tomltext

// This file defines the tests of what is read piece by piece.

import (
	"fmt"
	"hash/maphash"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval/budget/budgettest"
)

// long are texts of which one part is long.
func long(n int) map[string]string {
	s := func(unit string) string { return strings.Repeat(unit, n/len(unit)) }
	return map[string]string{
		"blanks":        "a = " + s(" ") + "1",
		"lines":         s("\n") + "a = 1",
		"comment":       "# " + s("x"),
		"letters":       "# " + s("é"),
		"key":           s("k") + " = 1",
		"quoted key":    `"` + s("k") + `" = 1`,
		"path":          s("k.") + "k = 1",
		"header":        "[" + s("k.") + "k]",
		"headers":       s("[[t]]\n"),
		"string":        `a = "` + s("x") + `"`,
		"escapes":       `a = "` + s(`\n`) + `"`,
		"few escapes":   `a = "\n` + s("x") + `"`,
		"literal":       "a = '" + s("x") + "'",
		"long string":   `a = """` + s("x\n") + `"""`,
		"joined lines":  "a = \"\"\"x\\\n" + s("\n ") + `y"""`,
		"quotes":        `a = """` + s(`"x`) + `"""`,
		"long literal":  "a = '''" + s("x\r\n") + "'''",
		"float":         "a = 0." + s("1"),
		"exponent":      "a = 1e" + s("0") + "1",
		"underscores":   "a = 1" + s("_1") + "e-999999",
		"integer":       "a = 0x" + s("0") + "1",
		"array":         "a = [" + s("1,") + "]",
		"inline":        "a = [" + s("{b=1},") + "]",
		"comments":      "a = [" + s("#\n") + "]",
		"many keys":     keys(n / 16),
		"inline tables": "a = {" + strings.TrimSuffix(strings.ReplaceAll(keys(n/16), "\n", ","), ",") + "}",
	}
}

func keys(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "k%d = %d\n", i, i)
	}
	return b.String()
}

// TestStops shows that everything that can be long ends with the error of the
// budget, in the middle too.
func TestStops(t *testing.T) {
	for name, src := range long(1 << 19) {
		t.Run(name, func(t *testing.T) {
			var all budgettest.Budget
			require.NoError(t, Decode(src, Options{Budget: &all}, new(counter)))
			require.Greater(t, all.Ticks, 5)
			for _, n := range []int{1, 2, 4, all.Ticks / 2, all.Ticks} {
				b := budgettest.Budget{MaxTicks: n}
				assert.Equal(t, budgettest.ErrStop, Decode(src, Options{Budget: &b}, new(counter)))
				assert.Equal(t, n, b.Ticks, "nothing goes on")
			}
		})
	}
	// Where the mistake is has to be found out, too.
	for _, src := range []string{strings.Repeat("\n", 1<<18) + "x", "a = [" + strings.Repeat("1,\n", 1<<16), `a = "` + strings.Repeat("x", 1<<18)} {
		var all budgettest.Budget
		var mistake *Error
		require.ErrorAs(t, Decode(src, Options{Budget: &all}, new(counter)), &mistake)
		assert.Less(t, len(mistake.Msg), 4*maxShown)
		for n := range all.Ticks {
			assert.Equal(t, budgettest.ErrStop, Decode(src, Options{Budget: &budgettest.Budget{MaxTicks: n + 1}}, new(counter)))
		}
	}
}

// A hasher is a Handler that hashes what it hears.
type hasher struct{ maphash.Hash }

func (h *hasher) put(s string) error    { _, err := h.WriteString(s + "\x00"); return err }
func (h *hasher) Bool(b bool) error     { return h.put(fmt.Sprint(b)) }
func (h *hasher) Int(n int64) error     { return h.put(fmt.Sprint(n)) }
func (h *hasher) Float(f float64) error { return h.put(fmt.Sprint(f)) }
func (h *hasher) String(s string) error { return h.put(s) }
func (h *hasher) BeginArray() error     { return h.put("[") }
func (h *hasher) EndArray() error       { return h.put("]") }
func (h *hasher) BeginObject() error    { return h.put("{") }
func (h *hasher) Key(s string) error    { return h.put(s) }
func (h *hasher) EndObject() error      { return h.put("}") }

// TestSame shows that the budget changes nothing, wherever it is asked.
func TestSame(t *testing.T) {
	for n := range 8 {
		for name, src := range long(window - 4 + n) {
			var p, q hasher
			q.SetSeed(p.Seed())
			require.NoError(t, Decode(src, Options{}, &p), name)
			require.NoError(t, Decode(src, Options{Budget: new(budgettest.Budget)}, &q), name)
			assert.Equal(t, p.Sum64(), q.Sum64(), name)
		}
	}
}

// TestFull shows that what the tree takes is asked for.
func TestFull(t *testing.T) {
	for _, name := range []string{"array", "inline", "many keys", "path", "headers", "escapes"} {
		src := long(1 << 19)[name]
		var all budgettest.Budget
		require.NoError(t, Decode(src, Options{Budget: &all}, new(counter)))
		assert.Greater(t, all.Bytes, uint64(1<<15), name)
		assert.Equal(t, budgettest.ErrFull, Decode(src, Options{Budget: &budgettest.Budget{MaxBytes: all.Bytes / 2}}, new(counter)), name)
	}
}

// TestDeepTables shows that tables in tables take no stack.
func TestDeepTables(t *testing.T) {
	const n = 1 << 20
	var c counter
	require.NoError(t, Decode(strings.Repeat("a.", n)+"a = 1", Options{}, &c))
	assert.Equal(t, 3*n+4, c.n)
}
