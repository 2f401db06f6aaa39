package budget_test

// This file tests what is done with texts, and reading and writing.

import (
	"bytes"
	"crypto/sha256"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/budget/budgettest"
)

// TestText compares with the functions of package strings.
func TestText(t *testing.T) {
	const part = budget.PartBytes
	long := strings.Repeat("a", 3*part)
	texts := []string{"", "a", "b", "ab", long, long + "b", long[:part], long[:part] + "b", long[:part+1], "b" + long, long[1:] + "b" + long}
	for _, x := range texts {
		for _, y := range texts {
			order, err := budget.Compare(nil, x, y)
			require.NoError(t, err)
			assert.Equal(t, strings.Compare(x, y), order)
			is, err := budget.HasPrefix(nil, x, y)
			require.NoError(t, err)
			assert.Equal(t, strings.HasPrefix(x, y), is)
		}
		for _, c := range []byte("ab") {
			i, err := budget.IndexByte(nil, x, c)
			require.NoError(t, err)
			assert.Equal(t, strings.IndexByte(x, c), i)
			i, err = budget.LastIndexByte(nil, x, c)
			require.NoError(t, err)
			assert.Equal(t, strings.LastIndexByte(x, c), i)
			s, err := budget.TrimRight(nil, x, c)
			require.NoError(t, err)
			assert.True(t, strings.TrimRight(x, string(c)) == s)
		}
		for _, y := range []string{"b", "ab", "ba", "aab", "c"} {
			is, err := budget.Contains(nil, x, y)
			require.NoError(t, err)
			assert.Equal(t, strings.Contains(x, y), is)
		}
		out := make([]byte, len(x))
		require.NoError(t, budget.CopyText(nil, out, x))
		assert.True(t, x == string(out))
	}
}

// TestTextStops shows that everything that is done with a long text ends with
// the error of the budget.
func TestTextStops(t *testing.T) {
	long := strings.Repeat("a", 3*budget.PartBytes)
	for name, do := range map[string]func(b budget.Budget) error{
		"Compare":       func(b budget.Budget) error { _, err := budget.Compare(b, long, strings.Clone(long)); return err },
		"HasPrefix":     func(b budget.Budget) error { _, err := budget.HasPrefix(b, long, strings.Clone(long)); return err },
		"IndexByte":     func(b budget.Budget) error { _, err := budget.IndexByte(b, long, 'b'); return err },
		"LastIndexByte": func(b budget.Budget) error { _, err := budget.LastIndexByte(b, long, 'b'); return err },
		"Contains":      func(b budget.Budget) error { _, err := budget.Contains(b, long, "b"); return err },
		"TrimRight":     func(b budget.Budget) error { _, err := budget.TrimRight(b, long, 'a'); return err },
		"Copy":          func(b budget.Budget) error { return budget.Copy(b, make([]byte, len(long)), []byte(long)) },
		"CopyText":      func(b budget.Budget) error { return budget.CopyText(b, make([]byte, len(long)), long) },
		"Write":         func(b budget.Budget) error { return budget.Write(b, io.Discard, "x", long) },
		"ReadAll":       func(b budget.Budget) error { _, err := budget.ReadAll(b, strings.NewReader(long), -1); return err },
	} {
		t.Run(name, func(t *testing.T) {
			var all budgettest.Budget
			require.NoError(t, do(&all))
			require.Greater(t, all.Ticks, 1)
			for _, n := range []int{1, all.Ticks} {
				b := budgettest.Budget{MaxTicks: n}
				assert.Equal(t, budgettest.ErrStop, do(&b))
				assert.Equal(t, n, b.Ticks, "nothing goes on")
			}
		})
	}
}

func TestCopy(t *testing.T) {
	for _, n := range sizes {
		from := make([]int, n)
		for i := range from {
			from[i] = i
		}
		to := make([]int, n)
		require.NoError(t, budget.Copy(nil, to, from))
		assert.True(t, slices.Equal(from, to))
	}
}

func TestWrite(t *testing.T) {
	text := strings.Repeat("0123456789", 10_000)
	h := sha256.New()
	require.NoError(t, budget.Write(nil, h, "", text[:7], text[7:]))
	assert.Equal(t, sha256.Sum256([]byte(text)), [32]byte(h.Sum(nil)))
	failing := iotest.ErrReader(io.ErrClosedPipe)
	r, w := io.Pipe()
	require.NoError(t, r.Close())
	assert.Equal(t, io.ErrClosedPipe, budget.Write(nil, w, text))
	_, err := budget.ReadAll(nil, failing, -1)
	assert.Equal(t, io.ErrClosedPipe, err)
}

func TestReadAll(t *testing.T) {
	for _, n := range []int{0, 1, 511, 512, 513, 100_000, 1 << 20} {
		want := bytes.Repeat([]byte{'x'}, n)
		for _, r := range []io.Reader{bytes.NewReader(want), iotest.DataErrReader(bytes.NewReader(want))} {
			got, err := budget.ReadAll(new(budgettest.Budget), r, int64(n))
			require.NoError(t, err)
			assert.True(t, bytes.Equal(want, got))
		}
		if n > 0 {
			_, err := budget.ReadAll(nil, bytes.NewReader(want), int64(n)-1)
			assert.Equal(t, budget.ErrTooLarge, err)
		}
	}
	// What never ends does in the end, and before much was read.
	var endless endless
	_, err := budget.ReadAll(&budgettest.Budget{MaxBytes: 1 << 20}, &endless, -1)
	assert.Equal(t, budgettest.ErrFull, err)
	assert.LessOrEqual(t, int(endless), 1<<20)
	_, err = budget.ReadAll(nil, &endless, 1000)
	assert.Equal(t, budget.ErrTooLarge, err)
}

// An endless counts the bytes that were read from it.
type endless int

func (e *endless) Read(p []byte) (int, error) {
	*e += endless(len(p))
	return len(p), nil
}
