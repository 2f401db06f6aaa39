// Package corpus holds the cases that say what firn does, and walks them.
//
// See README.md in this folder for what each set is for. The cases of a set
// are files of one name: NAME.nix, the golden NAME.exp or NAME.err.exp, and
// NAME.flags for options, one a line.
package corpus

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// A Case is one source text with its golden file.
type Case struct {
	Name   string // without prefix and extension
	Path   string // of the .nix file
	Source string
	Flags  []string
}

// Run calls fn in a subtest for each case in dir whose name starts with prefix.
func Run(t *testing.T, dir, prefix string, fn func(t *testing.T, c Case)) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, prefix+"*.nix"))
	require.NoError(t, err)
	require.NotEmpty(t, paths, "no cases %s*.nix in %s", prefix, dir)
	for _, path := range paths {
		src, err := os.ReadFile(path)
		require.NoError(t, err)
		c := Case{
			Name:   strings.TrimSuffix(strings.TrimPrefix(filepath.Base(path), prefix), ".nix"),
			Path:   path,
			Source: string(src),
		}
		if flags, err := os.ReadFile(strings.TrimSuffix(path, ".nix") + ".flags"); err == nil {
			c.Flags = strings.Split(strings.TrimRight(string(flags), "\n"), "\n")
		}
		t.Run(c.Name, func(t *testing.T) { fn(t, c) })
	}
}

// Golden compares got with the golden file of the case with that extension,
// ".exp" for one, or rewrites it with -update.
func (c Case) Golden(t *testing.T, ext, got string) {
	t.Helper()
	File(t, strings.TrimSuffix(c.Path, ".nix")+ext, got)
}

// File compares got with a golden file, or rewrites it with -update.
func File(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		old, _ := os.ReadFile(path)
		if !bytes.Equal(old, []byte(got)) {
			require.NoError(t, os.WriteFile(path, []byte(got), 0o666))
		}
		return
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err, "run with -update to make it")
	require.Equal(t, string(want), got)
}
