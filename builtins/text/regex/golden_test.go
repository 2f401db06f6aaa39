package regex

// This file defines the comparison with the answers of the reference.

import (
	"errors"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestGolden(t *testing.T) {
	data, err := os.ReadFile("testdata/golden.txt")
	require.NoError(t, err)
	rows := 0
	for i, line := range strings.Split(string(data), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		rows++
		op, rest, _ := strings.Cut(line, " ")
		pattern, rest := unquoteFirst(t, rest)
		text, want := unquoteFirst(t, rest)
		for _, free := range []int{freeSteps, 0} {
			got := answer(t, op, pattern, text, free)
			assert.Equal(t, want, got, "golden.txt:%d: %s with %d free steps", i+1, line, free)
		}
	}
	assert.Greater(t, rows, 1000)
}

// unquoteFirst splits a line into a Go string at its start and the rest.
func unquoteFirst(t *testing.T, s string) (string, string) {
	q, err := strconv.QuotedPrefix(s)
	require.NoError(t, err, s)
	v, err := strconv.Unquote(q)
	require.NoError(t, err, s)
	return v, strings.TrimPrefix(s[len(q):], " ")
}

// answer is what the builtin returns, in the form of golden.txt.
func answer(t *testing.T, op, pattern, text string, free int) string {
	re, err := Compile(pattern, nil)
	if err != nil {
		var e *Error
		require.ErrorAs(t, err, &e)
		if e.Space {
			return "space"
		}
		return "invalid"
	}
	re.freeSteps = free
	if op == "match" {
		groups, ok, err := re.Match(text, nil, nil)
		require.NoError(t, err)
		if !ok {
			return "null"
		}
		return "[" + quoteGroups(text, groups) + "]"
	}
	var b strings.Builder
	it := re.Iter(text, nil)
	for it.Next() {
		b.WriteString(quote(it.Prefix()) + " [" + quoteGroups(text, it.Groups()) + "] ")
	}
	require.NoError(t, it.Err())
	return "[" + b.String() + quote(it.Suffix()) + "]"
}

func quoteGroups(text string, groups []int) string {
	var words []string
	for g := 2; g < len(groups); g += 2 {
		if groups[g+1] < 0 {
			words = append(words, "null")
		} else {
			words = append(words, quote(text[groups[g]:groups[g+1]]))
		}
	}
	return strings.Join(words, " ")
}

// quote escapes bytes, not characters, unlike strconv.Quote.
func quote(s string) string {
	b := []byte{'"'}
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c == '\n':
			b = append(b, `\n`...)
		case c < ' ' || c > '~':
			b = append(b, `\x`...)
			b = append(b, "0123456789abcdef"[c>>4], "0123456789abcdef"[c&15])
		default:
			b = append(b, c)
		}
	}
	return string(append(b, '"'))
}

func TestErrors(t *testing.T) {
	for _, c := range []struct{ pattern, want string }{
		{`a\d`, `invalid regular expression 'a\d'`},
		{"a\x00b", "invalid regular expression 'a\x00b'"},
		{`(x{1000}){1000}`, `memory limit exceeded by regular expression '(x{1000}){1000}'`},
	} {
		_, err := Compile(c.pattern, nil)
		assert.EqualError(t, err, c.want)
		var e *Error
		require.True(t, errors.As(err, &e))
		assert.Equal(t, c.pattern, e.Pattern)
	}
}
