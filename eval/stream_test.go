package eval_test

// This file tests that large files pass through a buffer, whatever the world is made of.

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/world"
)

const (
	largeSize = 1200 << 20
	mayTake   = 64 << 20 // bytes, for all that is allocated while the file is read
)

// sparseFile makes a large file that takes no room on the disk, and returns the folder that it is in.
func sparseFile(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "large")
	require.NoError(t, os.WriteFile(file, nil, 0o666))
	if err := os.Truncate(file, largeSize); err != nil {
		t.Skipf("there are no sparse files: %v", err)
	}
	if blocks, ok := blocksOf(file); !ok || blocks > 1<<16 {
		t.Skip("there are no sparse files")
	}
	return dir
}

func TestLargeFilesAreStreamed(t *testing.T) {
	dir := sparseFile(t)
	machine, at := eval.Options{Host: eval.OS()}, world.FromOSPath(dir)+"/large"
	restricted := machine
	restricted.Allowed = []string{world.FromOSPath(dir)}
	recorded := restricted
	recorded.Record, recorded.Store = true, eval.Memory("")
	layers := eval.Overlay(fstest.MapFS{"other": {}}, os.DirFS(dir))
	for name, test := range map[string]struct {
		opt eval.Options
		at  string
	}{
		"restricted": {restricted, at},
		"recorded":   {recorded, at},
		"fs":         {eval.Options{FS: os.DirFS(dir)}, "/large"},
		"overlay":    {eval.Options{FS: layers, Record: true, Allowed: []string{"/large"}}, "/large"},
	} {
		t.Run(name, func(t *testing.T) {
			ev := evaluator(t, test.opt)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			v, err := ev.EvalString(ctx, `builtins.path { path = `+test.at+`; name = "x"; }`)
			require.NoError(t, err)
			runtime.ReadMemStats(&after)
			text, _ := v.Text()
			assert.Equal(t, "/nix/store/w26kzf6w2n80plxxcm7jmm0vq2hc8l0m-x", text)
			assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(mayTake), "bytes")
		})
	}
}

// A mounted file system is no exception.
func TestLargeFilesOfMountsAreStreamed(t *testing.T) {
	dir := sparseFile(t)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "main.nix"), []byte(`builtins.path { path = ./large; recursive = false; name = "x"; }`), 0o666))
	ev := evaluator(t, eval.Options{Pure: true, Record: true})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	v, err := ev.EvalFS(ctx, os.DirFS(dir), "main.nix")
	require.NoError(t, err)
	runtime.ReadMemStats(&after)
	text, _ := v.Text()
	assert.Equal(t, "/nix/store/36kka3n1npdhwx4za1d7l0yrkaaxvgnn-x", text)
	assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(mayTake), "bytes")
}
