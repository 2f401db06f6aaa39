package world

// This file tests what a Recorder remembers, and when it says that something changed.

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func sum(text string) string {
	h := sha256.Sum256([]byte(text))
	return hex.EncodeToString(h[:])
}

// texts returns reads as lines.
func texts(reads []Read) []string {
	var out []string
	for _, r := range reads {
		out = append(out, string(r.Kind)+" "+r.Name+" "+r.Hash)
	}
	return out
}

func TestRecorder(t *testing.T) {
	files := fstest.MapFS{"a": {Data: []byte("text"), Mode: 0o755}, "d/x": {}, "store/p/x": {Data: []byte("x")}}
	r := NewRecorder(FromFS(files, func(name string) string { return "value of " + name }), "/store")
	_, err := ReadFile(ctx, r, "/a", NoLimit)
	require.NoError(t, err)
	_, err = ReadFile(ctx, r, "/store/p/x", NoLimit)
	require.NoError(t, err)
	_, err = r.Lstat(ctx, "/a")
	require.NoError(t, err)
	_, err = r.ReadDir(ctx, "/d")
	require.NoError(t, err)
	_, err = r.Lstat(ctx, "/none")
	require.ErrorIs(t, err, fs.ErrNotExist)
	_, err = r.Open(ctx, "/d/none")
	require.ErrorIs(t, err, fs.ErrNotExist)
	_, err = r.ReadLink(ctx, "/a")
	require.Error(t, err)
	assert.Equal(t, "value of X", r.Getenv(ctx, "X"))
	assert.Equal(t, []string{
		"failed /a link readlink a: invalid argument",
		"file /a " + sum("text"),
		"stat /a regular x",
		"directory /d " + hashListing([]DirEntry{{"x", Regular}}),
		"absent /d/none ",
		"absent /none ",
		"env X value of X",
	}, texts(r.Reads()))
	assert.Empty(t, r.Changed(ctx))

	files["a"] = &fstest.MapFile{Data: []byte("test"), Mode: 0o644}
	files["none"] = &fstest.MapFile{}
	files["d/y"] = &fstest.MapFile{}
	assert.Equal(t, []string{"/a", "/a", "/d", "/none"}, names(r.Changed(ctx)))
	r.Forget()
	assert.Empty(t, r.Reads())
}

func names(reads []Read) []string {
	var out []string
	for _, r := range reads {
		out = append(out, r.Name)
	}
	return out
}

// What was not read to its end has the hash of all of the file, however little was read of it.
func TestUnfinishedRead(t *testing.T) {
	text := strings.Repeat("text\n", 50_000)
	host := FromFS(fstest.MapFS{"f": {Data: []byte(text)}}, nil)
	for _, part := range []int{0, 1, 40_000, len(text)} {
		r := NewRecorder(host)
		f, err := r.Open(ctx, "/f")
		require.NoError(t, err)
		_, err = io.ReadFull(f, make([]byte, part))
		require.NoError(t, err)
		assert.Empty(t, r.Reads())
		require.NoError(t, f.Close())
		assert.Equal(t, []string{"file /f " + sum(text)}, texts(r.Reads()), part)
	}
	r := NewRecorder(host)
	_, err := ReadFile(ctx, r, "/f", 10)
	require.Equal(t, ErrTooLarge, err)
	assert.Equal(t, []string{"file /f " + sum(text)}, texts(r.Reads()))

	// If that cannot be known any more, the file counts as changed.
	r = NewRecorder(host)
	stopped, stop := context.WithCancel(ctx)
	f, err := r.Open(stopped, "/f")
	require.NoError(t, err)
	stop()
	require.NoError(t, f.Close())
	assert.Equal(t, []string{"file /f "}, texts(r.Reads()))
	assert.Equal(t, []string{"/f"}, names(r.Changed(ctx)))
}

// endless is a world whose only file has no end.
type endless struct{ none }

func (endless) Lstat(context.Context, string) (FileInfo, error) { return FileInfo{Type: Regular}, nil }

func (endless) Open(context.Context, string) (File, error) {
	return NewFile(zeros{}, FileInfo{Type: Regular}), nil
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { return len(b), nil }

func TestEndlessFile(t *testing.T) {
	r := NewRecorder(endless{})
	_, err := ReadFile(ctx, r, "/f", 1<<20)
	assert.Equal(t, ErrTooLarge, err)
	assert.Equal(t, []string{"file /f "}, texts(r.Reads()))
}

// A timed file system says that its files were last written at a time of our choice, and counts how
// often they are opened.
type timed struct {
	fstest.MapFS
	opened int
}

func (f *timed) Open(name string) (fs.File, error) {
	f.opened++
	return f.MapFS.Open(name)
}

func (f *timed) Stat(name string) (fs.FileInfo, error)  { return f.MapFS.Stat(name) }
func (f *timed) Lstat(name string) (fs.FileInfo, error) { return f.MapFS.Lstat(name) }

func TestStamps(t *testing.T) {
	old := time.Now().Add(-time.Hour)
	for _, test := range []struct {
		name    string
		at      time.Time
		reads   int // how often the file is opened to see whether it changed, twice
		changed bool
	}{
		{"at rest", old, 0, false}, // that it was changed cannot be seen: its time was set back
		{"written just now", time.Now().Add(-time.Second), 2, true},
		{"written in the future", time.Now().Add(time.Hour), 2, true},
		{"at an unknown time", time.Time{}, 2, true},
	} {
		files := &timed{MapFS: fstest.MapFS{"f": {Data: []byte("1"), ModTime: test.at}}}
		r := NewRecorder(FromFS(files, nil))
		_, err := ReadFile(ctx, r, "/f", NoLimit)
		require.NoError(t, err)
		files.opened = 0
		assert.Empty(t, r.Changed(ctx), test.name)
		assert.Empty(t, r.Changed(ctx), test.name)
		assert.Equal(t, test.reads, files.opened, test.name)
		files.MapFS["f"].Data = []byte("2") // the same size and time
		assert.Equal(t, test.changed, len(r.Changed(ctx)) > 0, test.name)
	}
}

// A file that is touched is read once more.
func TestTouched(t *testing.T) {
	files := &timed{MapFS: fstest.MapFS{"f": {Data: []byte("1"), ModTime: time.Now().Add(-time.Hour)}}}
	r := NewRecorder(FromFS(files, nil))
	_, err := ReadFile(ctx, r, "/f", NoLimit)
	require.NoError(t, err)
	files.MapFS["f"].ModTime = time.Now().Add(-time.Minute)
	files.opened = 0
	for range 3 {
		assert.Empty(t, r.Changed(ctx))
	}
	assert.Equal(t, 1, files.opened)
}

// On a machine that knows files by number, one that takes the place of another is noticed whatever
// its size and time are.
func TestReplaced(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "f")
	write(t, file, "1")
	old := time.Now().Add(-time.Hour)
	require.NoError(t, os.Chtimes(file, old, old))
	info, err := OS().Lstat(ctx, FromOSPath(file))
	require.NoError(t, err)
	if info.ID == (FileID{}) {
		t.Skip("files have no number here")
	}
	read := Read{Kind: ReadContents, Name: FromOSPath(file), Hash: sum("1"), Stamp: stampOf(info)}
	assert.Empty(t, Changed(ctx, OS(), []Read{read}))
	write(t, filepath.Join(dir, "g"), "2")
	require.NoError(t, os.Chtimes(filepath.Join(dir, "g"), old, old))
	require.NoError(t, os.Rename(filepath.Join(dir, "g"), file))
	assert.Equal(t, []Read{read}, Changed(ctx, OS(), []Read{read}))
}

func TestLogOfContext(t *testing.T) {
	r := NewRecorder(FromFS(fstest.MapFS{"a": {}, "b": {}}, nil))
	var a, b Log
	var wg sync.WaitGroup
	for name, log := range map[string]*Log{"/a": &a, "/b": &b} {
		wg.Go(func() {
			_, err := ReadFile(WithLog(ctx, log), r, name, NoLimit)
			assert.NoError(t, err)
		})
	}
	wg.Wait()
	assert.Equal(t, []string{"/a"}, names(a.Reads()))
	assert.Equal(t, []string{"/b"}, names(b.Reads()))
	assert.Equal(t, []string{"/a", "/b"}, names(r.Reads()))
}
