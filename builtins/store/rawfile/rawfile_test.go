package rawfile_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store/rawfile"
)

// TestFile writes a file and reads it, and looks at the errors in between.
func TestFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "f")
	_, err := rawfile.Open(path)
	assert.ErrorIs(t, err, fs.ErrNotExist)
	f, err := rawfile.Create(path, 0o600)
	require.NoError(t, err)
	_, err = io.WriteString(f, "text")
	require.NoError(t, err)
	require.NoError(t, f.Chmod(0o444))
	require.NoError(t, f.Close())
	assert.ErrorIs(t, f.Close(), fs.ErrClosed)
	_, err = rawfile.Create(path, 0o600)
	assert.ErrorIs(t, err, fs.ErrExist)

	f, err = rawfile.Open(path)
	require.NoError(t, err)
	data, err := io.ReadAll(f)
	require.NoError(t, err)
	assert.Equal(t, "text", string(data))
	_, err = f.Write([]byte("x"))
	var pathErr *fs.PathError
	require.True(t, errors.As(err, &pathErr))
	assert.Equal(t, path, pathErr.Path)
	require.NoError(t, f.Close())
	if runtime.GOOS == "windows" {
		return
	}
	info, err := os.Stat(path)
	require.NoError(t, err)
	assert.Equal(t, fs.FileMode(0o444), info.Mode())

	// A link that leads nowhere is a name that is taken.
	link := filepath.Join(dir, "link")
	require.NoError(t, os.Symlink(filepath.Join(dir, "target"), link))
	_, err = rawfile.Create(link, 0o600)
	assert.ErrorIs(t, err, fs.ErrExist)
	f, err = rawfile.Open(dir)
	if err == nil {
		_, err = f.Read(make([]byte, 1))
		require.NoError(t, f.Close())
	}
	assert.Error(t, err, "a directory")
}
