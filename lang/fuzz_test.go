package lang_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/lang"
)

// addSeeds adds the corpus.
func addSeeds(f *testing.F) {
	paths, err := filepath.Glob(filepath.Join(corpusDir, "*.nix"))
	require.NoError(f, err)
	require.NotEmpty(f, paths)
	for _, path := range paths {
		src, err := os.ReadFile(path)
		require.NoError(f, err)
		f.Add(string(src))
	}
}

// FuzzParse: no panic; every error has a place in the text and words of its
// own; and what parses prints as text that parses to the same tree.
func FuzzParse(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, src string) {
		cfg := lang.NewConfig()
		cfg.Pipes = true
		tree, err := cfg.Parse("a.nix", src)
		if err != nil {
			requireErrors(t, src, err)
			return
		}
		text := tree.Print(lang.PrintOptions{})
		again, err := cfg.Parse("b.nix", text)
		require.NoError(t, err, "printed as %q", text)
		require.Equal(t, text, again.Print(lang.PrintOptions{}))
		// What the reference prints depends on more of the tree.
		desugar := lang.PrintOptions{Desugar: true, Dir: "/pwd", Home: "/home/alice"}
		require.Equal(t, tree.Print(desugar), again.Print(desugar), "printed as %q", text)
		requireSpans(t, src, tree)
		_ = tree.Resolve(lang.NewScope(cfg.Symbols, "true"))
		_ = tree.JSON()
	})
}

func requireErrors(t *testing.T, src string, err error) {
	t.Helper()
	var list lang.ErrorList
	require.ErrorAs(t, err, &list)
	for _, e := range list {
		require.NotContains(t, e.Msg, "internal error")
		start, end := e.File.Offset(e.Span.Start), e.File.Offset(e.Span.End)
		require.True(t, 0 <= start && start <= end && end <= len(src), "%s: %d-%d", e.Msg, start, end)
		require.NotEmpty(t, e.Excerpt())
	}
}

// requireSpans checks that every node lies in the text, and in the one around it.
func requireSpans(t *testing.T, src string, tree *lang.Tree) {
	t.Helper()
	var check func(x lang.Expr, outer lang.Span)
	check = func(x lang.Expr, outer lang.Span) {
		span := x.Span()
		require.True(t, outer.Start <= span.Start && span.Start <= span.End && span.End <= outer.End,
			"%T: %d-%d is not in %d-%d of %q", x, span.Start, span.End, outer.Start, outer.End, src)
		for _, child := range lang.Children(x) {
			if _, isSet := x.(*lang.Attrs); isSet {
				// Merged from elsewhere, perhaps.
				check(child, lang.Span{Start: tree.File.Pos(0), End: tree.File.Pos(len(src))})
			} else {
				check(child, span)
			}
		}
	}
	check(tree.Root, lang.Span{Start: tree.File.Pos(0), End: tree.File.Pos(len(src))})
}

// FuzzTokens: the tokens cover the text but for white space and comments, in
// order, and end.
func FuzzTokens(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, src string) {
		last := 0
		for i, tok := range lang.Tokens(src) {
			require.LessOrEqual(t, i, 2*len(src)+1, "no end of tokens")
			require.GreaterOrEqual(t, tok.Offset, last)
			require.LessOrEqual(t, tok.Offset+len(tok.Text), len(src))
			assert.Equal(t, src[tok.Offset:tok.Offset+len(tok.Text)], tok.Text)
			last = tok.Offset
		}
	})
}
