package stores

// This file defines tests of Mentions.

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Paths are found wherever the text is cut, also one behind another.
func TestMentions(t *testing.T) {
	const dir = "/nix/store/"
	a, b, c := strings.Repeat("a", 32), strings.Repeat("b", 32), strings.Repeat("c", 32)
	text := "[ " + dir + dir + a + "-x " + dir + b + "-y/bin " + dir + "short " + c + " " + dir + strings.Repeat("d", 31)
	for size := 1; size <= len(text); size++ {
		var out strings.Builder
		m := &Mentions{w: &out, dir: []byte(dir), hashes: map[string]bool{}}
		for rest := text; rest != ""; rest = rest[min(size, len(rest)):] {
			_, err := m.Write([]byte(rest[:min(size, len(rest))]))
			require.NoError(t, err)
		}
		assert.Equal(t, text, out.String())
		assert.True(t, m.has(dir+a+"-x"), size)
		assert.True(t, m.has(dir+b+"-y"), size)
		assert.False(t, m.has(dir+c+"-z"), size)
		assert.False(t, m.has(dir), size)
	}
}
