package lang

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParseBindings(t *testing.T) {
	for _, test := range []struct{ src, want string }{
		{"x = 1", "{ x = 1; }"},
		{"x = 1;", "{ x = 1; }"},
		{"a.b = 1; a.c = y; inherit (builtins) map", "{ inherit (builtins) map; a = { b = 1; c = y; }; }"},
		{"inherit a b", "{ inherit a b ; }"},
		{`"a b" = 1; ${"c"} = 2`, `{ "a b" = 1; "c" = 2; }`},
		{"", "{ }"},
		{"x = {\n  y = 1; # }\n}", "{ x = { y = 1; }; }"},
	} {
		tree, err := NewConfig().ParseBindings("«string»", test.src, nil)
		if assert.NoError(t, err, test.src) {
			whole, err := NewConfig().Parse("", test.want)
			require.NoError(t, err)
			assert.Equal(t, whole.Print(PrintOptions{}), tree.Print(PrintOptions{}), test.src)
		}
	}
	for _, test := range []struct{ src, want string }{
		{"x = ", "«string»:1:5: syntax error, unexpected end of file"},
		{"x", "«string»:1:2: syntax error, unexpected end of file, expecting '.' or '='"},
		{"x = 1 +", "«string»:1:8: syntax error, unexpected end of file"},
		{"x = 1 }", "«string»:1:7: syntax error, unexpected '}', expecting ';'"},
		{"x = { y = 1;", "«string»:1:13: syntax error, unexpected end of file"},
		{"x = 1; x = 2", "«string»:1:8: attribute 'x' already defined at «string»:1:1"},
		{"x = 1; }", "«string»:1:8: syntax error, unexpected '}'"},
	} {
		_, err := NewConfig().ParseBindings("«string»", test.src, nil)
		if assert.Error(t, err, test.src) {
			assert.Contains(t, err.Error(), test.want, test.src)
		}
	}
}
