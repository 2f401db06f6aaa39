package lang_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/lang"
)

// benchFiles returns the .nix files below $FIRN_BENCH (files or folders,
// separated as in $PATH), or the inputs in corpus/bench.
func benchFiles(b *testing.B) map[string]string {
	roots := filepath.SplitList(os.Getenv("FIRN_BENCH"))
	if len(roots) == 0 {
		roots = []string{"../corpus/bench"}
	}
	files := map[string]string{}
	for _, root := range roots {
		require.NoError(b, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || !d.Type().IsRegular() || filepath.Ext(path) != ".nix" {
				return err
			}
			src, err := os.ReadFile(path)
			files[path] = string(src)
			return err
		}))
	}
	require.NotEmpty(b, files)
	return files
}

// BenchmarkParse parses and resolves all files once per round, as one
// evaluation would: with one Config.
func BenchmarkParse(b *testing.B) {
	files := benchFiles(b)
	size := int64(0)
	for _, src := range files {
		size += int64(len(src))
	}
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		cfg := lang.NewConfig()
		globals := lang.NewScope(cfg.Symbols, builtins.GlobalNames()...)
		for name, src := range files {
			tree, err := cfg.Parse(name, src)
			require.NoError(b, err)
			// An undefined variable is no reason to stop.
			_ = tree.Resolve(globals)
		}
	}
}
