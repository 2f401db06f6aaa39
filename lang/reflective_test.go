//go:build reflective

package lang

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/corpus"
)

// The two forms of the grammar make the same trees, and fail on the same texts.
func TestReflective(t *testing.T) {
	for _, dir := range []string{"../corpus/lang", "../corpus/bench", "../corpus/errors"} {
		corpus.Run(t, dir, "", func(t *testing.T, c corpus.Case) {
			trees := make([]*Tree, 2)
			errs := make([]error, 2)
			for i := range trees {
				cfg := NewConfig()
				cfg.Pipes = len(c.Flags) > 0
				cfg.compiled = i == 1
				trees[i], errs[i] = cfg.Parse(c.Name, c.Source)
			}
			if errs[1] != nil {
				require.Error(t, errs[0])
				return
			}
			require.NoError(t, errs[0])
			assert.Equal(t, string(trees[1].JSON()), string(trees[0].JSON()))
			assert.Equal(t, trees[1].Warnings, trees[0].Warnings)
		})
	}
}

// A change of syntax shows in review: the grammar as text is a golden file.
func TestGrammarText(t *testing.T) {
	corpus.File(t, "../corpus/grammar.txt", GrammarText())
}
