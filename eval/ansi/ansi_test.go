package ansi_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval/ansi"
)

func TestPlain(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"plain\ntext ä", "plain\ntext ä"},
		{"a\tb", "a       b"},
		{"12345678\tb", "12345678        b"},
		{"ab\n\tc", "ab\n      c"}, // counted from the start
		{"日\tb", "日      b"},
		{"\x1b[31mred\x1b[0m\r\a", "red"},
		{"\x1b]8;;http://a\x1b\\link\x1b]8;;\a", "link"},
		{"a\x1b", "a"},
		{"a\x1b[", "a"},
		{"a\x1b]8", "a"},
		{"a\x1bMb", "ab"},
	} {
		require.Equal(t, tt.want, ansi.Plain(tt.text), "%q", tt.text)
	}
}

func TestOnlyColors(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"\x1b[31mred\x1b[0m", "\x1b[31mred\x1b[0m"},
		{"\x1b[2J\x1b[1;31mred\x1b[0m\x1b]0;title\a", "\x1b[1;31mred\x1b[0m"},
		{ansi.Paint(ansi.Green, "a\tb"), "\x1b[32;1ma       b\x1b[0m"},
	} {
		require.Equal(t, tt.want, ansi.OnlyColors(tt.text), "%q", tt.text)
	}
}
