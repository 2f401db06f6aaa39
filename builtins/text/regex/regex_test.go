package regex

// This file defines the tests of what the reference cannot show: flags, time,
// interruption, sharing.

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval/budget/budgettest"
)

func mustCompile(t testing.TB, pattern string) *Regexp {
	re, err := Compile(pattern, nil)
	require.NoError(t, err)
	return re
}

func TestFind(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		from          int
		flags         Flag
		want          []int // nil for no match
	}{
		{"a", "bab", 0, 0, []int{1, 2}},
		{"a", "bab", 0, Continuous, nil},
		{"a", "bab", 1, Continuous, []int{1, 2}},
		{"a", "bab", 2, 0, nil},
		{"a*", "baa", 0, 0, []int{0, 0}},
		{"a*", "baa", 0, NotNull, []int{1, 3}},
		{"a*", "baa", 0, NotNull | Continuous, nil},
		{"a*", "baa", 3, 0, []int{3, 3}},
		{"^a", "aa", 0, 0, []int{0, 1}},
		{"^a", "aa", 0, PrevAvail, nil},
		{"^a", "aa", 1, 0, []int{1, 2}},
		{"^a|b", "aab", 1, PrevAvail, []int{2, 3}},
		{"(a)|(b)", "xb", 0, 0, []int{1, 2, -1, -1, 1, 2}},
		{".*b.*", "abc\x00", 0, 0, []int{0, 3}},
		{"$", "ab", 0, 0, []int{2, 2}},
	} {
		groups, ok, err := mustCompile(t, c.pattern).Find(c.text, c.from, c.flags, nil, nil)
		require.NoError(t, err)
		assert.Equal(t, c.want != nil, ok, "%v", c)
		if ok {
			assert.Equal(t, c.want, groups, "%v", c)
		}
	}
}

// Nix has no strings with the byte 0, but the package must not care.
func TestNul(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{".", "\x00", false},
		{"[^a]", "\x00", true},
		{"[[.NUL.]]", "\x00", true},
		{".*a.*", "a\x00", false},
		{".*a.*", "ba", true},
		{".*[[.NUL.]].*", "a\x00b", true},
		{"[\x00]", "\x00", true},
	} {
		_, ok, err := mustCompile(t, c.pattern).Match(c.text, nil, nil)
		require.NoError(t, err)
		assert.Equal(t, c.want, ok, "%q", c)
	}
}

func TestNumGroups(t *testing.T) {
	assert.Equal(t, 0, mustCompile(t, "a").NumGroups())
	assert.Equal(t, 3, mustCompile(t, "(a)((b)|c){0}").NumGroups())
}

// The result goes into the slice that the caller passes.
func TestGroupsReused(t *testing.T) {
	re := mustCompile(t, "(a)(b)?")
	buf := make([]int, 1, 16)
	groups, ok, err := re.Match("a", buf, nil)
	require.NoError(t, err)
	require.True(t, ok)
	assert.Equal(t, []int{0, 1, 0, 1, -1, -1}, groups)
	assert.Same(t, &buf[:1][0], &groups[0])
	for _, c := range []struct{ pattern, text string }{
		{`([a-z]+)-([0-9.]+)`, "hello-1.2"},
		{`.*linux.*`, "x86_64-linux"},
		{`(.*)\.nix`, "default.txt"},
	} {
		re := mustCompile(t, c.pattern)
		assert.Zero(t, testing.AllocsPerRun(100, func() {
			if groups, _, err = re.Match(c.text, groups, nil); err != nil {
				t.Error(err)
			}
		}))
	}
}

// countSteps counts the calls of the budget, which stand for time.
func countSteps(t *testing.T, op, pattern, text string) int {
	re := mustCompile(t, pattern)
	var b budgettest.Budget
	if op == "match" {
		_, _, err := re.Match(text, nil, &b)
		require.NoError(t, err)
		return b.Ticks
	}
	it := re.Iter(text, &b)
	for it.Next() {
	}
	require.NoError(t, it.Err())
	return b.Ticks
}

func TestLinear(t *testing.T) {
	for _, c := range []struct{ op, pattern, unit, end string }{
		{"match", `(a*)*b`, "a", ""},
		{"match", `(a|a)*b`, "a", ""},
		{"match", `(a|aa)+b`, "a", ""},
		{"match", `(.*)(.*)(.*)(.*)x`, "ab", ""},
		{"match", `([ab]*a)*[ab]{10}c`, "ab", ""},
		{"match", `(a?){20}a*b`, "a", ""},
		{"match", `.*a.*a.*a.*b`, "a", ""},
		{"split", `a*b`, "a", ""},
		{"split", `(a|aa)+b|a`, "a", ""},
		{"split", `(a*|b)*c`, "ab", ""},
		{"split", `a|a*b`, "a", ""},
		{"split", `x.*y|x`, "x", ""},
		{"split", `(a|ab|abc)*d`, "abc", "d"},
		{"split", ``, "a", ""},
	} {
		// The largest text takes about 16 times as long as the first one, not
		// 256 times.
		small := countSteps(t, c.op, c.pattern, strings.Repeat(c.unit, 20000)+c.end)
		large := countSteps(t, c.op, c.pattern, strings.Repeat(c.unit, 320000)+c.end)
		assert.LessOrEqual(t, large, 20*(small+1), "%v", c)
	}
}

// TestStops shows that whatever takes long asks the budget, and ends with its
// error, in the middle too.
func TestStops(t *testing.T) {
	long := strings.Repeat("a", 1<<20)
	for _, c := range []struct{ name, pattern, text string }{
		{"match", `(a|b)*c`, long},
		{"infix", `.*b.*`, long},
		{"one byte", `b`, long},
		{"no match", `[bc]d`, long},
		{"only byte", `b+c`, long},
		{"rows", `(a?){3000}` + strings.Repeat(`([^a-c]|[d-f])?`, 50), "x"},
		{"long set", "[" + long + "]", ""},
		{"templates", "a" + strings.Repeat("{0}", 10000), ""},
		{"clones", `((a{30}){30}){30}`, ""},
		{"sets", manySets(), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			run := func(b *budgettest.Budget) error {
				re, err := Compile(c.pattern, b)
				if err != nil {
					return err
				}
				it := re.Iter(c.text, b)
				for it.Next() {
				}
				if it.Err() == nil {
					_, _, err = re.Match(c.text, nil, b)
					return err
				}
				return it.Err()
			}
			var all budgettest.Budget
			require.NoError(t, run(&all))
			require.Greater(t, all.Ticks, 3)
			for _, n := range []int{1, 2, all.Ticks / 2, all.Ticks} {
				b := budgettest.Budget{MaxTicks: n}
				assert.Equal(t, budgettest.ErrStop, run(&b))
				assert.Equal(t, n, b.Ticks, "nothing goes on")
			}
		})
	}
}

// manySets returns a pattern with thousands of different sets.
func manySets() string {
	var b strings.Builder
	for i := 1; i < 4096; i++ {
		b.WriteByte('[')
		for j := range 12 {
			if i>>j&1 != 0 {
				b.WriteByte('a' + byte(j))
			}
		}
		b.WriteString("]?")
	}
	return b.String()
}

// TestStopsAtRow shows that a row that was not finished is made again.
func TestStopsAtRow(t *testing.T) {
	re := mustCompile(t, `(a?){3000}`)
	for n := 1; ; n++ {
		_, ok, err := re.Match("aaa", nil, &budgettest.Budget{MaxTicks: n})
		if err == nil {
			assert.True(t, ok)
			assert.Greater(t, n, 3)
			return
		}
		assert.Equal(t, budgettest.ErrStop, err)
	}
}

// TestMemory shows that the stack and what is remembered are asked for.
func TestMemory(t *testing.T) {
	text := strings.Repeat("a", 1<<18)
	for _, c := range []struct{ pattern, text string }{
		{`(a|b)*`, text},
		{`(a*)*b`, text},
		{`((a|ab)(a|ba))*c`, text},
	} {
		var b budgettest.Budget
		re := mustCompile(t, c.pattern)
		_, _, err := re.Match(c.text, nil, &b)
		require.NoError(t, err)
		assert.Greater(t, b.Bytes, uint64(1<<14), c.pattern)
		_, _, err = re.Match(c.text, nil, &budgettest.Budget{MaxBytes: b.Bytes / 2})
		assert.Equal(t, budgettest.ErrFull, err, c.pattern)
		_, _, err = re.Match(c.text, nil, nil)
		assert.NoError(t, err, "it can be used again")
	}
}

// TestLongMessage shows that a message has not all of a very long pattern.
func TestLongMessage(t *testing.T) {
	for _, pattern := range []string{strings.Repeat("a", 2*maxShown) + "(", strings.Repeat("a", maxPattern+1)} {
		_, err := Compile(pattern, nil)
		assert.Less(t, len(err.Error()), 2*maxShown)
	}
}

// TestCacheForgets shows that the cache has a bound, and that what is used stays.
func TestCacheForgets(t *testing.T) {
	var cache Cache
	used, err := cache.Get("used", nil)
	require.NoError(t, err)
	const n = 6000
	for i := range n {
		_, err := cache.Get(fmt.Sprintf("%s%d", strings.Repeat("a", 1000), i), nil)
		require.NoError(t, err)
		if i%100 == 0 {
			re, err := cache.Get("used", nil)
			require.NoError(t, err)
			assert.Same(t, used, re)
		}
	}
	kept := 0
	for _, s := range []*shelf{cache.recent.Load(), cache.older} {
		s.compiled.Range(func(any, any) bool { kept++; return true })
	}
	assert.Less(t, kept, n)
	first, err := cache.Get("first", nil)
	require.NoError(t, err)
	for range 2 {
		// A pattern that has got large.
		re, err := cache.Get("large", nil)
		require.NoError(t, err)
		re.used.Add(maxShelf + 1)
		cache.grown(maxShelf + 1)
	}
	again, err := cache.Get("first", nil)
	require.NoError(t, err)
	assert.NotSame(t, first, again)
}

// Patterns that need more rows or more memory than allowed fail; they do not
// take all memory.
func TestMemoryLimit(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a second")
	}
	re := mustCompile(t, `(x?){15000}y`)
	_, _, err := re.Match(strings.Repeat("x", 14000), nil, nil)
	var e *Error
	require.ErrorAs(t, err, &e)
	assert.True(t, e.Space)
}

func TestConcurrent(t *testing.T) {
	var cache Cache
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				re, err := cache.Get(`(a|b)*c(d*|e)+`, nil)
				if !assert.NoError(t, err) {
					return
				}
				groups, ok, err := re.Match("ababcdde", nil, nil)
				assert.NoError(t, err)
				assert.True(t, ok)
				assert.Equal(t, []int{0, 8, 3, 4, 8, 8}, groups)
			}
		})
	}
	wg.Wait()
	_, err := cache.Get("(", nil)
	assert.Error(t, err)
}

// FuzzRun checks that no pattern and text cause a panic or a hang, that
// offsets are in order, and that remembering outcomes changes no result.
func FuzzRun(f *testing.F) {
	for _, s := range [][2]string{
		{`(a*)*`, "aa"}, {`(a|ab)(c|bcd)(d*)`, "abcd"}, {`[[:alpha:]]+|[^a-z]`, "a1"},
		{`(x?){3}y{2,}`, "xxyy"}, {`a|ab`, "ab"}, {`^$`, ""}, {`[]-a]\.`, "]."},
	} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, pattern, text string) {
		if len(pattern) > 200 || len(text) > 200 {
			return
		}
		re, err := Compile(pattern, nil)
		if err != nil {
			return
		}
		remembers := mustCompile(t, pattern)
		remembers.freeSteps = 0
		if len(re.nodes) > 2000 {
			return // takes long, but not for ever
		}
		groups, ok, err := re.Match(text, nil, nil)
		groups2, ok2, err2 := remembers.Match(text, nil, nil)
		assert.Equal(t, err == nil, err2 == nil)
		assert.Equal(t, ok, ok2)
		assert.Equal(t, groups, groups2)
		if ok {
			assert.Len(t, groups, 2+2*re.NumGroups())
		}
		it, it2 := re.Iter(text, nil), remembers.Iter(text, nil)
		end := 0
		for it.Next() {
			require.True(t, it2.Next())
			g := it.Groups()
			require.Equal(t, g, it2.Groups())
			require.GreaterOrEqual(t, g[0], end)
			require.GreaterOrEqual(t, g[1], g[0])
			end = g[1]
			for i := 2; i < len(g); i += 2 {
				require.True(t, g[i+1] < 0 || g[0] <= g[i] && g[i] <= g[i+1] && g[i+1] <= g[1])
			}
		}
		require.False(t, it2.Next())
		require.Equal(t, it.Err() == nil, it2.Err() == nil)
	})
}
