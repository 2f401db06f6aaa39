package lang_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/corpus"
	"github.com/firn-lang/firn/lang"
)

// wanted finds the errors that a line announces: ### "regexp" "regexp".
var wanted = regexp.MustCompile(`### (".*")\s*$`)

// Each file in corpus/errors is texts separated by lines of ---. Every error is
// announced on its line, and nothing else is an error.
func TestErrors(t *testing.T) {
	corpus.Run(t, "../corpus/errors", "", func(t *testing.T, c corpus.Case) {
		// The line numbers are the file's.
		line := 0
		for _, chunk := range strings.SplitAfter(c.Source, "\n---\n") {
			chunk, separator := strings.CutSuffix(chunk, "---\n")
			checkErrors(t, strings.Repeat("\n", line)+chunk)
			line += strings.Count(chunk, "\n")
			if separator {
				line++
			}
		}
	})
}

func checkErrors(t *testing.T, src string) {
	t.Helper()
	want := map[int][]*regexp.Regexp{}
	for i, text := range strings.Split(src, "\n") {
		m := wanted.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		for rest := m[1]; rest != ""; rest = strings.TrimLeft(rest, " ") {
			quoted, err := strconv.QuotedPrefix(rest)
			require.NoError(t, err, "line %d", i+1)
			rest = rest[len(quoted):]
			pattern, err := strconv.Unquote(quoted)
			require.NoError(t, err)
			want[i+1] = append(want[i+1], regexp.MustCompile(pattern))
		}
	}
	_, err := parse("a.nix", src)
	var list lang.ErrorList
	if err != nil {
		require.ErrorAs(t, err, &list)
	}
	for _, e := range list {
		line := e.Position().Line
		if assert.NotEmpty(t, want[line], "not expected: %s", e) {
			assert.Regexp(t, want[line][0], e.Msg, "line %d", line)
			want[line] = want[line][1:]
		}
	}
	for line, rest := range want {
		assert.Empty(t, rest, "line %d: no such error", line)
	}
}

func TestExcerpt(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"span", "let\n  x = 1;\nin foo.bar\n", `
            2|   x = 1;
            3| in foo.bar
             |    ^^^
            4|
`},
		{"tab", "\tfoo", `
            1| 	foo
             | 	^^^
`},
		{"wide characters", `"é" + foo`, `
            1| "é" + foo
             |       ^^^
`},
		{"end of text", "[ 1", `
            1| [ 1
             |    ^
`},
		{"control characters", "\x01", `
            1| ␁
             | ^
`},
		{"long line", strings.Repeat(" ", 150) + "foo" + strings.Repeat(" ", 150) + "#", `
            1| … ` + strings.Repeat(" ", 100) + "foo" + strings.Repeat(" ", 97) + ` …
             |   ` + strings.Repeat(" ", 100) + `^^^
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := parse("a.nix", c.src)
			var list lang.ErrorList
			require.ErrorAs(t, err, &list)
			require.Len(t, list, 1)
			assert.Equal(t, c.want, "\n"+list[0].Excerpt())
		})
	}
}

// Hostile texts end with an error, or none, and never with Go's stack.
func TestHostile(t *testing.T) {
	const million = 1_000_000
	for name, src := range map[string]string{
		"parentheses":         strings.Repeat("(", million),
		"lists":               strings.Repeat("[", million),
		"sets":                strings.Repeat("{a=", million),
		"braces":              strings.Repeat("{", million),
		"functions":           strings.Repeat("x: ", million) + "x",
		"not":                 strings.Repeat("!", million) + "true",
		"minus":               strings.Repeat("- ", million) + "1",
		"sum":                 strings.Repeat("1+", million) + "1",
		"implications":        strings.Repeat("1->", million) + "1",
		"let":                 strings.Repeat("let in ", million) + "1",
		"if":                  strings.Repeat("if 1 then 1 else ", million) + "1",
		"with":                strings.Repeat("with {}; ", million) + "1",
		"strings":             strings.Repeat(`"${`, million),
		"indented strings":    strings.Repeat("''${", million),
		"paths":               strings.Repeat("/a${", million),
		"defaults":            strings.Repeat("a.b or ", million) + "1",
		"attribute path":      "{ " + strings.Repeat("a.", million) + "a = 1; }",
		"pipes":               strings.Repeat("1 |> ", million) + "1",
		"left pipes":          strings.Repeat("f <| ", million) + "1",
		"NUL":                 strings.Repeat("\x00", million),
		"no UTF-8":            strings.Repeat("\xff", million),
		"open string":         `"` + strings.Repeat("x", million),
		"open comment":        strings.Repeat("/* ", million),
		"many errors":         "{" + strings.Repeat("a=;", million) + "}",
		"many duplicates":     "{" + strings.Repeat("a=1;", million/10) + "}",
		"alternating sets":    "{" + numbered(million/20, "a.x%d = 1; b.x%d = 1;") + "a = 1; }",
		"merged computed":     "{" + strings.Repeat("a = { ${true} = 1; };", million/20) + "a = 1; }",
		"merged inherits":     "{" + numbered(million/20, "a = { inherit (null) x%d; };") + "a = 1; }",
		"merged paths":        "{ a = { " + strings.Repeat("b.", million/10) + "c = 1; }; a = { " + strings.Repeat("b.", million/10) + "c = 1; }; }",
		"long integer":        strings.Repeat("9", million),
		"almost search paths": strings.Repeat("<a", million),
		"almost paths":        strings.Repeat("a+", million) + "/",
		"almost URLs":         strings.Repeat("a_+", million) + ":x",
	} {
		t.Run(name, func(t *testing.T) {
			cfg := lang.NewConfig()
			cfg.Pipes = true
			_, err := cfg.Parse("a.nix", src)
			requireErrors(t, src, err)
		})
	}
}

// numbered repeats format with every number below n for each %d in it.
func numbered(n int, format string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(format, "%d", strconv.Itoa(i)))
	}
	return b.String()
}

// Undefined variables are bounded, too.
func TestManyUndefined(t *testing.T) {
	_, err := parse("a.nix", "["+numbered(20_000, " x%d")+" ]")
	var list lang.ErrorList
	require.ErrorAs(t, err, &list)
	assert.Len(t, list, 100)
}

// What is just not too deep can be walked in every way.
func TestDeep(t *testing.T) {
	for name, src := range map[string]string{
		"parentheses": strings.Repeat("(", 100_000) + "1" + strings.Repeat(")", 100_000),
		"lists":       strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000),
		"functions":   strings.Repeat("x: ", 100_000) + "x",
		"sum":         strings.Repeat("1+", 100_000) + "1",
		"selections":  strings.Repeat("(", 50_000) + "true" + strings.Repeat(").a", 50_000),
	} {
		t.Run(name, func(t *testing.T) {
			tree, err := parse("a.nix", src)
			require.NoError(t, err)
			n := 0
			lang.Walk(tree.Root, func(lang.Expr) bool { n++; return true })
			assert.Positive(t, n)
			assert.NotEmpty(t, tree.Print(lang.PrintOptions{}))
			assert.NotEmpty(t, tree.Print(lang.PrintOptions{Desugar: true}))
			assert.NotEmpty(t, tree.JSON())
		})
	}
}
