package lang_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/lang"
)

func TestPlaces(t *testing.T) {
	parse := func(source string) *lang.Tree {
		tree, err := lang.NewConfig().Parse("a.nix", source)
		require.NoError(t, err, source)
		return tree
	}
	for _, tt := range []struct {
		source      string
		left, right int // offsets of the operands
	}{
		{`1 + 2`, 0, 4},
		{`(1) + (2)`, 0, 6},
		{`((1)) + # (
 /* ) */ ((2))`, 0, 21},
		{`(f 1).a + x`, 0, 10},
	} {
		tree := parse(tt.source)
		x := tree.Root.(*lang.Binary)
		require.Equal(t, tt.left, tree.File.Offset(x.Span().Start), tt.source)
		require.Equal(t, tt.right, tree.File.Offset(x.RightPos(tree.File)), tt.source)
	}
	for _, tt := range []struct {
		source string
		want   []int // offsets of the interpolated parts
	}{
		{`"${a}"`, []int{1}},
		{`"a${b}${/* ${ */ (c) /* } */ }${(d.e)}"`, []int{2, 6, 30}},
		{`"\${${a}$${${b}"`, []int{4, 11}},
		{"''\n  ${a}\n  ${b}''", []int{5, 12}},
		{`./a/${b}/${c}`, []int{4, 9}},
	} {
		tree := parse(tt.source)
		x := tree.Root.(*lang.Interp)
		var got []int
		for i, part := range x.Parts {
			switch part.(type) {
			case *lang.String, *lang.Path:
			default:
				got = append(got, tree.File.Offset(x.PartPos(tree.File, i)))
			}
		}
		require.Equal(t, tt.want, got, tt.source)
	}
}
