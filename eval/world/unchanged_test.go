package world

// This file tests what Unchanged relies on.

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// readsOf returns the reads of reading a file.
func readsOf(t *testing.T, host Host, path string) []Read {
	t.Helper()
	r := NewRecorder(host)
	_, err := ReadFile(ctx, r, path, NoLimit)
	require.NoError(t, err)
	return r.Reads()
}

// A file that others replace by one of the same size and time is another one, whether or not its
// stamp was relied on.
func TestUnchangedReplaced(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "f")
	require.NoError(t, os.WriteFile(file, []byte("1"), 0o600))
	before := readsOf(t, OS(), FromOSPath(file))
	assert.Zero(t, before[0].Stamp, "it was written just now")
	same, refreshed := Unchanged(ctx, OS(), before)
	assert.True(t, same)
	assert.False(t, refreshed)

	info, err := OS().Lstat(ctx, FromOSPath(file))
	require.NoError(t, err)
	before[0].Stamp = stampOf(info) // as if it were old
	same, _ = Unchanged(ctx, OS(), before)
	assert.True(t, same)

	other := filepath.Join(dir, "other")
	require.NoError(t, os.WriteFile(other, []byte("2"), 0o600))
	require.NoError(t, os.Chtimes(other, info.ModTime, info.ModTime))
	require.NoError(t, os.Rename(other, file))
	same, _ = Unchanged(ctx, OS(), before)
	assert.False(t, same)
}

// A file without a number may be another one of the same size and time: its contents decide.
func TestUnchangedWithoutID(t *testing.T) {
	old := time.Now().Add(-time.Hour)
	files := fstest.MapFS{"f": {Data: []byte("1"), ModTime: old}}
	before := readsOf(t, FromFS(files, nil), "/f")
	assert.NotZero(t, before[0].Stamp)
	files["f"] = &fstest.MapFile{Data: []byte("2"), ModTime: old}
	same, _ := Unchanged(ctx, FromFS(files, nil), before)
	assert.False(t, same)
}

// The stamps of a large list are refreshed where they were, by several goroutines.
func TestUnchangedRefreshes(t *testing.T) {
	host := numbered{fstest.MapFS{}}
	r := NewRecorder(host)
	for i := range 3000 {
		name := string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676))
		host.files[name] = &fstest.MapFile{Data: []byte(name), ModTime: time.Now()}
		_, err := ReadFile(ctx, r, "/"+name, NoLimit)
		require.NoError(t, err)
		host.files[name].ModTime = time.Now().Add(-time.Hour)
	}
	reads := r.Reads()
	same, refreshed := Unchanged(ctx, host, reads)
	assert.True(t, same)
	assert.True(t, refreshed)
	for _, read := range reads {
		require.NotZero(t, read.Stamp, read.Name)
		require.Equal(t, int64(len(read.Name)-1), read.Stamp.Size)
	}
	same, refreshed = Unchanged(ctx, host, reads)
	assert.True(t, same)
	assert.False(t, refreshed)
	host.files["aab"] = &fstest.MapFile{Data: []byte("xxx"), ModTime: time.Now()}
	same, _ = Unchanged(ctx, host, reads)
	assert.False(t, same)
	stopped, stop := context.WithCancel(ctx)
	stop()
	same, _ = Unchanged(stopped, host, reads)
	assert.False(t, same, "it is not known")
}

// A numbered is a world whose files have a FileID.
type numbered struct{ files fstest.MapFS }

func (n numbered) host() Host { return FromFS(n.files, nil) }

func (n numbered) Lstat(ctx context.Context, path string) (FileInfo, error) {
	info, err := n.host().Lstat(ctx, path)
	info.ID.Inode = 1
	return info, err
}

func (n numbered) Open(ctx context.Context, path string) (File, error) {
	f, err := n.host().Open(ctx, path)
	if err != nil {
		return nil, err
	}
	return numberedFile{f}, nil
}

func (n numbered) ReadDir(ctx context.Context, path string) ([]DirEntry, error) {
	return n.host().ReadDir(ctx, path)
}

func (n numbered) ReadLink(ctx context.Context, path string) (string, error) {
	return n.host().ReadLink(ctx, path)
}

func (n numbered) Getenv(context.Context, string) string { return "" }

type numberedFile struct{ File }

func (f numberedFile) Stat() (FileInfo, error) {
	info, err := f.File.Stat()
	info.ID.Inode = 1
	return info, err
}

// A failure is a read: it is the same only if it fails in the same way.
func TestFailedRead(t *testing.T) {
	dir := FromOSPath(t.TempDir())
	require.NoError(t, os.Mkdir(OSPath(Join(dir, "d")), 0o700))
	r := NewRecorder(OS())
	_, err := ReadFile(ctx, r, Join(dir, "d"), NoLimit)
	require.Error(t, err)
	_, err = r.ReadLink(ctx, Join(dir, "d"))
	require.Error(t, err)
	before := r.Reads()
	require.Len(t, before, 2)
	assert.Empty(t, Changed(ctx, OS(), before))
	require.NoError(t, os.Remove(OSPath(Join(dir, "d"))))
	require.NoError(t, os.Symlink("x", OSPath(Join(dir, "d"))))
	assert.Len(t, Changed(ctx, OS(), before), 2)
}

// Files that the kernel makes have times and numbers that never change.
func TestUnchangedOfKernel(t *testing.T) {
	const file = "/proc/uptime"
	if _, err := os.Stat(file); err != nil {
		t.Skip("there is no /proc")
	}
	before := readsOf(t, OS(), file)
	assert.Zero(t, before[len(before)-1].Stamp.ID)
	assert.Eventually(t, func() bool {
		same, _ := Unchanged(ctx, OS(), before)
		return !same
	}, time.Minute, 10*time.Millisecond)
}
