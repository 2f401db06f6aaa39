package lang_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/lang"
)

// The place that is asked for is marked with @.
func TestCommentBefore(t *testing.T) {
	for _, tt := range [][2]string{
		{"{\n  # one\n  # two\n  @f = x: x; }", "# one\n  # two"},
		{"{\n  # one\n  # two\n  f = @x: x; }", "# one\n  # two"},
		{"{\n  # other\n\n  # one\n  a.\"b\".c = @x: x; }", "# one"},
		{"{ /* block\n  more */ f = @x: x; }", "/* block\n  more */"},
		{"{ f = /* own */ @x: x; }", "/* own */"},
		{"{ a = 1; # of a\n  f = @x: x; }", ""},
		{"{\n  # far\n\n  f = @x: x; }", ""},
		{"{ a = \"\n # text\n\"; f = @x: x; }", ""},
		{"let\n  # in let\n  f = @x: x; in f", "# in let"},
		{"# file\n@x: x", "# file"},
		{"/* a */\n# b\n@x: x", "# b"},
		{"@x: x", ""},
		{"[ (@x: x) ]", ""},
	} {
		at := strings.IndexByte(tt[0], '@')
		source := tt[0][:at] + tt[0][at+1:]
		tree, err := lang.NewConfig().Parse("a.nix", source)
		require.NoError(t, err)
		assert.Equal(t, tt[1], tree.File.CommentBefore(tree.File.Pos(at)), tt[0])
	}
}
