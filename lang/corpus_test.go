package lang_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/corpus"
	"github.com/firn-lang/firn/lang"
)

const corpusDir = "../corpus/lang"

// parse parses and resolves, as firn parse does.
func parse(name, src string, flags ...string) (*lang.Tree, error) {
	cfg := lang.NewConfig()
	cfg.Pipes = slices.Contains(flags, "pipe-operators")
	globals := lang.NewScope(cfg.Symbols, builtins.GlobalNames()...)
	tree, err := cfg.Parse(name, src)
	if err != nil {
		return nil, err
	}
	return tree, tree.Resolve(globals)
}

// The goldens were recorded from the reference.
func TestCorpusOkay(t *testing.T) {
	corpus.Run(t, corpusDir, "parse-okay-", func(t *testing.T, c corpus.Case) {
		tree, err := parse("«stdin»", c.Source, c.Flags...)
		require.NoError(t, err)
		c.Golden(t, ".exp", tree.Print(lang.PrintOptions{Desugar: true, Dir: "/pwd", Home: "/home/alice"})+"\n")
	})
}

// The reference stops at the first error; the others are in corpus/errors.
func TestCorpusFail(t *testing.T) {
	corpus.Run(t, corpusDir, "parse-fail-", func(t *testing.T, c corpus.Case) {
		_, err := parse("«stdin»", c.Source, c.Flags...)
		var list lang.ErrorList
		require.ErrorAs(t, err, &list)
		pos := list[0].Position()
		c.Golden(t, ".err.exp", fmt.Sprintf("%d:%d: %s\n", pos.Line, pos.Column, list[0].Msg))
		for _, e := range list {
			assert.NotContains(t, e.Msg, "internal error")
		}
	})
}
