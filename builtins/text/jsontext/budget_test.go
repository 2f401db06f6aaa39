package jsontext

// This file defines the tests of what is read piece by piece.

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval/budget/budgettest"
)

// TestStops shows that everything that can be long ends with the error of the
// budget, in the middle too.
func TestStops(t *testing.T) {
	const n = 1 << 18
	for name, src := range map[string]string{
		"blanks":        strings.Repeat(" \n", n) + "1",
		"string":        `"` + strings.Repeat("ab", n) + `"`,
		"escapes":       `"` + strings.Repeat(`\n`, n) + `"`,
		"long escapes":  `"` + strings.Repeat("\\t"+strings.Repeat("x", 1<<10), n>>9) + `"`,
		"other letters": `"` + strings.Repeat("é", n) + `"`,
		"key":           `{"` + strings.Repeat("ab", n) + `": 1}`,
		"digits":        strings.Repeat("9", n) + "e-262144",
		"fraction":      "0." + strings.Repeat("9", n),
		"exponent":      "1e" + strings.Repeat("0", n) + "1",
		"nesting":       strings.Repeat("[", n) + strings.Repeat("]", n),
		"elements":      "[" + strings.Repeat("1,", n) + "1]",
	} {
		t.Run(name, func(t *testing.T) {
			var all budgettest.Budget
			require.NoError(t, Decode(src, new(counter), &all))
			require.Greater(t, all.Ticks, 2)
			for _, n := range []int{1, 2, all.Ticks} {
				b := budgettest.Budget{MaxTicks: n}
				assert.Equal(t, budgettest.ErrStop, Decode(src, new(counter), &b))
				assert.Equal(t, n, b.Ticks, "nothing goes on")
			}
		})
	}
	// Where the mistake is has to be found out, too.
	for _, src := range []string{strings.Repeat("\n", n) + "x", `"` + strings.Repeat("ab", n)} {
		var all budgettest.Budget
		var syntax *SyntaxError
		require.ErrorAs(t, Decode(src, new(counter), &all), &syntax)
		for n := range all.Ticks {
			assert.Equal(t, budgettest.ErrStop, Decode(src, new(counter), &budgettest.Budget{MaxTicks: n + 1}))
		}
	}
}

func TestFull(t *testing.T) {
	const n = 1 << 18
	for _, src := range []string{`"` + strings.Repeat(`\n`, n) + `"`, strings.Repeat("[", n) + strings.Repeat("]", n)} {
		assert.NoError(t, Decode(src, new(counter), &budgettest.Budget{MaxBytes: 8 * n}))
		assert.Equal(t, budgettest.ErrFull, Decode(src, new(counter), &budgettest.Budget{MaxBytes: n / 2}))
	}
}

// A keeper keeps the last string and float.
type keeper struct {
	counter
	text  string
	float float64
}

func (k *keeper) String(s string) error    { k.text = s; return nil }
func (k *keeper) Float(f float64) error    { k.float = f; return nil }
func (k *keeper) EndObject() error         { return nil }
func (k *keeper) Key(s string) (err error) { k.text = s; return nil }

// TestLongString reads strings that are put together of parts.
func TestLongString(t *testing.T) {
	for n := window - 40; n < window+40; n += 7 {
		for _, unit := range []string{`\n`, "é", `x\u20ac`, "a\\t€"} {
			src := `"` + strings.Repeat(unit, n) + `"`
			want, err := strconv.Unquote(src)
			require.NoError(t, err)
			var k keeper
			require.NoError(t, Decode(src, &k, nil))
			assert.True(t, want == k.text)
			k = keeper{}
			require.NoError(t, Decode("["+src+`, "x\n"]`, &k, new(budgettest.Budget)))
			assert.Equal(t, "x\n", k.text)
			require.NoError(t, Decode(src, &k, new(budgettest.Budget)))
			assert.True(t, want == k.text)
			k = keeper{}
			require.NoError(t, Decode(`{`+src+": 1}", &k, new(budgettest.Budget)))
			assert.True(t, want == k.text)
		}
	}
}

// TestLongNumber compares with numbers that are not made shorter.
func TestLongNumber(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	digits := func(n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = '0' + byte(r.IntN(10))
		}
		return string(b)
	}
	// Halfway between 1 and the next float: the digits behind decide.
	half := new(big.Float).SetPrec(200).SetMantExp(big.NewFloat(1), -53)
	half.Add(half, big.NewFloat(1))
	tie := half.Text('f', 53)
	list := []string{
		tie + strings.Repeat("0", 5000) + "1", tie + strings.Repeat("0", 5000), "1" + strings.Repeat("0", 5000),
		"0." + strings.Repeat("0", 5000) + "1", strings.Repeat("9", 5000) + "e-4999", "0." + strings.Repeat("0", 5000) + "123e5001",
		"1e-" + strings.Repeat("0", 5000) + "10", "1e+" + strings.Repeat("0", 5000) + "10", "0.0e" + strings.Repeat("0", 5000), "0." + strings.Repeat("0", 5000),
	}
	for range 200 {
		list = append(list, fmt.Sprintf("1%s.%se-%d", digits(r.IntN(4000)), digits(2000+r.IntN(4000)), r.IntN(4000)))
		list = append(list, fmt.Sprintf("0.%s%s", strings.Repeat("0", r.IntN(300)), digits(5000)))
	}
	for _, text := range list {
		for _, text := range []string{text, "-" + text} {
			exact, _, err := big.ParseFloat(text, 10, 40_000, big.ToNearestEven)
			require.NoError(t, err)
			want, _ := exact.Float64()
			var s scanner
			got, _ := strconv.ParseFloat(s.shortNumber(text), 64)
			require.Equal(t, want, got, "%s", text[:20]+"…"+text[len(text)-20:])
		}
	}
	var s scanner
	assert.Equal(t, "1e134217728", s.shortNumber("1e"+strings.Repeat("9", 5000)))
	assert.Equal(t, "-1e-134217728", s.shortNumber("-1e-"+strings.Repeat("9", 5000)))
}
