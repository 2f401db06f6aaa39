package builtins

// This file tests the world of the operating system.

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/core"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestOSHost(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "f"), []byte("hi\n"), 0o644))
	require.NoError(t, os.Mkdir(filepath.Join(dir, "sub"), 0o755))
	h := OSHost()
	p := portable(dir)

	info, err := h.Lstat(context.Background(), p+"/f")
	require.NoError(t, err)
	assert.False(t, info.ModTime.IsZero())
	info.ModTime = time.Time{}
	assert.Equal(t, core.FileInfo{Type: core.Regular, Size: 3}, info)
	info, err = h.Lstat(context.Background(), p)
	require.NoError(t, err)
	assert.Equal(t, core.Directory, info.Type)
	b, err := h.ReadFile(context.Background(), p+"/f")
	require.NoError(t, err)
	assert.Equal(t, "hi\n", string(b))
	list, err := h.ReadDir(context.Background(), p)
	require.NoError(t, err)
	assert.ElementsMatch(t, []core.DirEntry{{Name: "f", Type: core.Regular}, {Name: "sub", Type: core.Directory}}, list)

	for _, missing := range []string{"/none", "/f/below", "/none/below"} {
		_, err = h.Lstat(context.Background(), p+missing)
		assert.ErrorIs(t, err, fs.ErrNotExist, missing)
		_, err = h.ReadFile(context.Background(), p+missing)
		assert.ErrorIs(t, err, fs.ErrNotExist, missing)
		_, err = h.ReadDir(context.Background(), p+missing)
		assert.ErrorIs(t, err, fs.ErrNotExist, missing)
	}
	_, err = h.ReadDir(context.Background(), p+"/f")
	assert.NotErrorIs(t, err, fs.ErrNotExist)
	assert.Error(t, err)

	st := store.New("", h)
	out, err := st.CopyPath(context.Background(), p+"/f", "f")
	require.NoError(t, err)
	assert.Equal(t, "/nix/store/ab3li50xq0nl4q5lxdyinb8w8y13my9s-f", out)
	out, err = st.CopyPath(context.Background(), p+"/sub", "sub")
	require.NoError(t, err)
	assert.True(t, st.In(context.Background()).Valid(out))

	_, err = st.In(context.Background()).AddPath(p+"/sub", "sub", store.Import{Method: storepath.Flat})
	assert.Error(t, err)

	t.Setenv("SOME_VARIABLE", "x")
	assert.Equal(t, "x", h.Getenv(context.Background(), "SOME_VARIABLE"))
}

func TestNative(t *testing.T) {
	// The names of drives matter on Windows only.
	if filepath.Separator == '\\' {
		assert.Equal(t, `c:\x\y`, OSPath("/c/x/y"))
		assert.Equal(t, `c:\`, OSPath("/c"))
		assert.Equal(t, "/C/x", portable(`C:\x`))
		return
	}
	assert.Equal(t, "/c/x", OSPath("/c/x"))
	assert.Equal(t, `a\b`, portable(`a\b`))
}
