package instantiate

// This file defines a test of the table of flags.

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Every flag, in every spelling, is used in a session.
func TestFlagsInSessions(t *testing.T) {
	files, err := filepath.Glob("../../testdata/script/instantiate-*.txtar")
	require.NoError(t, err)
	used := map[string]bool{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for line := range strings.Lines(string(text)) {
			if strings.HasPrefix(line, "inst ") || strings.HasPrefix(line, "exec nix-instantiate ") {
				for _, word := range strings.Fields(line) {
					used[word] = true
				}
			}
		}
	}
	flags := slices.Concat(own, evaluation, building, common)
	assert.Len(t, flags, 41)
	for _, f := range flags {
		assert.True(t, used["--"+f.name], f.name)
		assert.True(t, f.alias == "" || used["--"+f.alias], f.alias)
		short := "-" + string(rune(f.short))
		bundled := func(word string) bool { return word[0] == '-' && strings.HasPrefix(word, short) && word[1] != '-' }
		if f.short != 0 && !used[short] {
			found := false
			for word := range used {
				found = found || bundled(word)
			}
			assert.True(t, found, short)
		}
		assert.NotEmpty(t, f.help, f.name)
	}
}
