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

	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
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
	p := &program{Program: &dropin.Program{}}
	flags := slices.Concat(p.own(), p.evaluation(), p.BuildFlags(), p.CommonFlags())
	assert.Len(t, flags, 41)
	for _, f := range flags {
		assert.True(t, used["--"+f.Name], f.Name)
		assert.True(t, f.Alias == "" || used["--"+f.Alias], f.Alias)
		short := "-" + string(rune(f.Short))
		bundled := func(word string) bool { return word[0] == '-' && strings.HasPrefix(word, short) && word[1] != '-' }
		if f.Short != 0 && !used[short] {
			found := false
			for word := range used {
				found = found || bundled(word)
			}
			assert.True(t, found, short)
		}
		assert.NotEmpty(t, f.Help, f.Name)
	}
}
