package fetch_test

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/fetch"
	"github.com/firn-lang/firn/builtins/fetch/fetchtest"
	"github.com/firn-lang/firn/builtins/fetch/lockfile"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/eval/world"
)

// spoil replaces a text in the only object of a cache.
func spoil(t *testing.T, dir, old, text string) {
	names, err := filepath.Glob(filepath.Join(dir, "objects", "*"))
	require.NoError(t, err)
	require.Len(t, names, 1)
	data, err := os.ReadFile(names[0])
	require.NoError(t, err)
	require.True(t, bytes.Contains(data, []byte(old)))
	require.NoError(t, os.WriteFile(names[0], bytes.Replace(data, []byte(old), []byte(text), 1), 0o600))
}

// TestDamagedTree is about a tree of the cache of which a byte has changed: of the contents of a file, of a name and of
// the end, without which it is no tree.
func TestDamagedTree(t *testing.T) {
	const url = "https://h/t.tar.gz"
	for _, part := range [][2]string{{"contents", "cantents"}, {"\x01f", "\x01g"}, {"firn tree 2\n", "firn tree 9\n"}} {
		dir := t.TempDir()
		answers := map[string]fetchtest.Answer{url: {Body: archiveOf("contents")}}
		b := newBench(t, fetch.Options{CacheDir: dir}, answers)
		attrs, _ := b.tree(url)
		spoil(t, dir, part[0], part[1])

		locked := url + "?narHash=" + attrs["narHash"].(string)
		b = newBench(t, fetch.Options{CacheDir: dir}, answers)
		_, text := b.tree(locked)
		assert.Equal(t, "contents", text)
		assert.Equal(t, []string{url}, b.urls())

		b = newBench(t, fetch.Options{CacheDir: dir}, answers)
		_, text = b.tree(locked)
		assert.Equal(t, "contents", text)
		assert.Empty(t, b.urls())
	}
}

// A server that has another version by now does not take the place of the one that was damaged.
func TestDamagedTreeChanged(t *testing.T) {
	const url = "https://h/t.tar.gz"
	dir := t.TempDir()
	b := newBench(t, fetch.Options{CacheDir: dir}, map[string]fetchtest.Answer{url: {Body: archiveOf("contents")}})
	b.tree(url)
	tree, err := b.f.Fetch(t.Context(), b.ref(url), b.env())
	require.NoError(t, err)
	spoil(t, dir, "contents", "cantents")
	b.web.Set(url, fetchtest.Answer{Body: archiveOf("others")})
	_, err = world.ReadFile(t.Context(), tree.Files, "/f", math.MaxInt64)
	require.ErrorContains(t, err, "file '/f' of a fetched tree: the file of the cache that has it is damaged; fetching it again failed: NAR hash mismatch")
	assert.Contains(t, b.warns[0], "the copy of 'https://h/t.tar.gz?narHash=")
}

func TestDamagedFile(t *testing.T) {
	const url = "https://h/f"
	dir := t.TempDir()
	answers := map[string]fetchtest.Answer{url: {Body: "contents", ETag: `"1"`}}
	read := func(b *bench) string {
		f, err := b.f.File(t.Context(), url, nixhash.Hash{}, b.env())
		require.NoError(t, err)
		data, err := world.ReadFile(t.Context(), f, "/", math.MaxInt64)
		require.NoError(t, err)
		return string(data)
	}
	read(newBench(t, fetch.Options{CacheDir: dir}, answers))
	spoil(t, dir, "contents", "cantents")
	for _, requests := range [][]string{{url}, nil} {
		b := newBench(t, fetch.Options{CacheDir: dir}, answers)
		assert.Equal(t, "contents", read(b))
		assert.Equal(t, requests, b.urls())
	}
}

// What processes that were killed have left behind goes with the next fetch, and what is being written stays.
func TestLeftBehind(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("temporary files go when they are old")
	}
	const url = "https://h/t.tar.gz"
	dir := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(dir, "tmp"), 0o700))
	left, err := os.Create(filepath.Join(dir, "tmp", "left"))
	require.NoError(t, err)
	require.NoError(t, left.Close())
	used, err := os.Create(filepath.Join(dir, "tmp", "used"))
	require.NoError(t, err)
	defer used.Close()
	require.True(t, lockfile.Use(used))
	newBench(t, fetch.Options{CacheDir: dir}, map[string]fetchtest.Answer{url: {Body: archiveOf("contents")}}).tree(url)
	entries, err := os.ReadDir(filepath.Join(dir, "tmp"))
	require.NoError(t, err)
	require.Len(t, entries, 1)
	assert.Equal(t, "used", entries[0].Name())
}
