package lang

// This file defines tests of how names and strings are written.

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestQuoteName(t *testing.T) {
	for name, want := range map[string]string{
		"a": "a", "_": "_", "a-b'9_": "a-b'9_", "or": "or", "iff": "iff",
		"": `""`, "9a": `"9a"`, "-a": `"-a"`, "'a": `"'a"`, "a.b": `"a.b"`, "ä": `"ä"`,
		"if": `"if"`, "then": `"then"`, "else": `"else"`, "assert": `"assert"`, "with": `"with"`,
		"let": `"let"`, "in": `"in"`, "rec": `"rec"`, "inherit": `"inherit"`,
	} {
		assert.Equal(t, want, QuoteName(name))
		assert.Equal(t, "x"+want, string(AppendName([]byte("x"), name)))
		assert.Equal(t, want == name, IsIdentifier(name), name)
	}
}

// TestQuote also reads back what was written.
func TestQuote(t *testing.T) {
	for s, want := range map[string]string{
		"":                `""`,
		"a\"b\\c":         `"a\"b\\c"`,
		"\n\r\t":          `"\n\r\t"`,
		"$":               `"$"`,
		"${a} $$ $${ $a{": `"\${a} $$ $\${ $a{"`,
		"\x01\xff ä":      "\"\x01\xff ä\"",
	} {
		assert.Equal(t, want, Quote(s))
		tree, err := NewConfig().Parse("", want)
		require.NoError(t, err)
		assert.Equal(t, s, tree.Root.(*String).Value)
	}
}

// TestAppendEscaped checks that a text can be escaped in parts.
func TestAppendEscaped(t *testing.T) {
	const s = "a${b}\n$"
	for i := range len(s) {
		out := AppendEscaped(nil, s, 0, i)
		out = AppendEscaped(out, s, i, len(s))
		assert.Equal(t, `a\${b}\n$`, string(out), i)
	}
}
