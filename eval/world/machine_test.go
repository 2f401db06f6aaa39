package world

// This file tests the world of the machine.

import (
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var ctx = context.Background()

// write writes a file of the machine, and returns its path as a Host has it.
func write(t *testing.T, file, text string) string {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o777))
	require.NoError(t, os.WriteFile(file, []byte(text), 0o666))
	return FromOSPath(file)
}

func TestMachine(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "f"), "hi\n")
	require.NoError(t, os.Mkdir(filepath.Join(dir, "sub"), 0o755))
	h, p := OS(), FromOSPath(dir)

	info, err := h.Lstat(ctx, p+"/f")
	require.NoError(t, err)
	assert.WithinDuration(t, time.Now(), info.ModTime, time.Hour)
	if runtime.GOOS == "linux" || runtime.GOOS == "darwin" {
		assert.NotZero(t, info.ID.Inode)
	}
	assert.Equal(t, FileInfo{Type: Regular, Size: 3, ModTime: info.ModTime, ID: info.ID}, info)
	f, err := h.Open(ctx, p+"/f")
	require.NoError(t, err)
	opened, err := f.Stat()
	require.NoError(t, err)
	assert.Equal(t, info, opened)
	require.NoError(t, f.Close())
	_, err = f.Read(make([]byte, 1))
	assert.ErrorIs(t, err, fs.ErrClosed)

	info, err = h.Lstat(ctx, p)
	require.NoError(t, err)
	assert.Equal(t, Directory, info.Type)
	text, err := ReadFile(ctx, h, p+"/f", 3)
	require.NoError(t, err)
	assert.Equal(t, "hi\n", string(text))
	_, err = ReadFile(ctx, h, p+"/f", 2)
	assert.Equal(t, ErrTooLarge, err)
	list, err := h.ReadDir(ctx, p)
	require.NoError(t, err)
	assert.ElementsMatch(t, []DirEntry{{Name: "f", Type: Regular}, {Name: "sub", Type: Directory}}, list)

	for _, missing := range []string{"/none", "/f/below", "/none/below"} {
		_, err = h.Lstat(ctx, p+missing)
		assert.ErrorIs(t, err, fs.ErrNotExist, missing)
		_, err = h.Open(ctx, p+missing)
		assert.ErrorIs(t, err, fs.ErrNotExist, missing)
		_, err = h.ReadDir(ctx, p+missing)
		assert.ErrorIs(t, err, fs.ErrNotExist, missing)
		_, err = h.ReadLink(ctx, p+missing)
		assert.ErrorIs(t, err, fs.ErrNotExist, missing)
	}
	_, err = h.ReadDir(ctx, p+"/f")
	assert.NotErrorIs(t, err, fs.ErrNotExist)
	assert.Error(t, err)
	_, err = ReadFile(ctx, h, p+"/sub", NoLimit)
	assert.NotErrorIs(t, err, fs.ErrNotExist)
	assert.Error(t, err)

	t.Setenv("SOME_VARIABLE", "x")
	assert.Equal(t, "x", h.Getenv(ctx, "SOME_VARIABLE"))
}

func TestOSPath(t *testing.T) {
	if runtime.GOOS == "windows" {
		assert.Equal(t, `c:\x\y`, OSPath("/c/x/y"))
		assert.Equal(t, `c:\`, OSPath("/c"))
		assert.Equal(t, "/c/x", FromOSPath(`c:\x`))
		return
	}
	assert.Equal(t, "/c/x", OSPath("/c/x"))
	assert.Equal(t, `c:\x`, FromOSPath(`c:\x`))
}

// Files of /proc have the size 0, and reads of them come short before their end.
func TestFilesWithoutSize(t *testing.T) {
	const file = "/proc/self/smaps"
	want, err := os.ReadFile(file)
	if err != nil || len(want) < 4096 {
		t.Skip("there is no large file in /proc")
	}
	got, err := ReadFile(ctx, OS(), file, NoLimit)
	require.NoError(t, err)
	assert.Greater(t, len(got), len(want)/2)
	assert.True(t, strings.HasSuffix(string(got), "\n"))
}

func TestNotRegular(t *testing.T) {
	for file, want := range map[string]string{"/dev/zero": "is a device", "/dev/urandom": "is a device", "/dev/null": ""} {
		if _, err := os.Stat(file); err != nil {
			continue
		}
		f, err := OS().Open(ctx, file)
		if want != "" {
			assert.ErrorContains(t, err, want, file)
			assert.ErrorIs(t, err, ErrNotRegular, file)
			continue
		}
		require.NoError(t, err)
		text, err := io.ReadAll(f)
		assert.NoError(t, err)
		assert.Empty(t, text)
		assert.NoError(t, f.Close())
	}
}
