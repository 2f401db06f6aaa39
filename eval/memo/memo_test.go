package memo

// This file tests the format of entries, and what a cache does about damage, size and strangers.

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval/world"
)

// entry returns an entry with n reads of files, and one of each other kind.
func entry(n int) *Entry {
	e := &Entry{Result: []byte("result"), Messages: []string{"trace: x\n", ""}}
	for i := range n {
		e.Reads = append(e.Reads, world.Read{
			Kind: world.ReadContents, Name: fmt.Sprintf("/nixpkgs/pkgs/by-name/%02d/package-%d/package.nix", i%100, i), Hash: strings.Repeat(fmt.Sprintf("%02x", i%256), 32),
			Stamp: world.Stamp{Size: int64(i), ModTime: 1e18 + int64(i), ID: world.FileID{Device: 1, Inode: uint64(i), Changed: -1}},
		})
	}
	for _, kind := range kinds {
		e.Reads = append(e.Reads, world.Read{Kind: kind, Name: "/x/" + string(kind), Hash: "text"})
	}
	return e
}

func TestRoundTrip(t *testing.T) {
	c := Open(filepath.Join(t.TempDir(), "a", "b"), Options{})
	key := KeyOf("a", "b")
	assert.NotEqual(t, key, KeyOf("ab", ""))
	assert.Nil(t, c.Get(key))
	want := entry(300)
	require.True(t, c.Put(key, want))
	assert.Equal(t, want, c.Get(key))
	want.Result = []byte("other")
	require.True(t, c.Put(key, want))
	assert.Equal(t, want, c.Get(key))
	assert.Nil(t, c.Get(KeyOf("b", "a")))
}

// No damaged entry is one: neither with any byte changed, nor cut short, nor at the place of another.
func TestDamage(t *testing.T) {
	key := KeyOf("a")
	text := encode(key, entry(3))
	for i := range text {
		bad := append([]byte(nil), text...)
		bad[i] ^= 0x40
		_, err := decode(key, bad)
		assert.Error(t, err, "byte %d", i)
		_, err = decode(key, text[:i])
		assert.Error(t, err, "length %d", i)
	}
	_, err := decode(KeyOf("b"), text)
	assert.Error(t, err)
	_, err = decode(key, append(text, 0))
	assert.Error(t, err)

	c := Open(t.TempDir(), Options{})
	require.True(t, c.Put(key, entry(3)))
	require.NoError(t, os.Truncate(c.path(key), 100))
	assert.Nil(t, c.Get(key))
	assert.True(t, c.Put(key, entry(3)))
	assert.NotNil(t, c.Get(key))
}

func TestPointless(t *testing.T) {
	c := Open(t.TempDir(), Options{})
	for _, r := range []world.Read{{Kind: world.ReadOnce, Name: "the clock"}, {Kind: world.ReadContents, Name: "/f"}} {
		assert.False(t, c.Put(KeyOf("a"), &Entry{Reads: []world.Read{r}}), r.Kind)
	}
	assert.False(t, (*Cache)(nil).Put(KeyOf("a"), &Entry{}))
	assert.Nil(t, (*Cache)(nil).Get(KeyOf("a")))
}

// The entries that were not used for longest go first.
func TestBound(t *testing.T) {
	dir := t.TempDir()
	c := Open(dir, Options{Bytes: 40 << 10})
	key := func(i int) Key { return KeyOf(fmt.Sprint(i)) }
	old := time.Now().Add(-2 * time.Hour)
	for i := range 100 {
		require.True(t, c.Put(key(i), &Entry{Result: make([]byte, 1000)}))
		at := old.Add(time.Duration(i) * time.Second)
		require.NoError(t, os.Chtimes(c.path(key(i)), at, at))
		require.NotNil(t, c.Get(key(0)), "in use, after %d", i)
		var total int64
		list, err := os.ReadDir(dir)
		require.NoError(t, err)
		for _, d := range list {
			info, err := d.Info()
			require.NoError(t, err)
			total += info.Size()
		}
		require.LessOrEqual(t, total, int64(40<<10))
	}
	assert.NotNil(t, c.Get(key(99)))
	assert.Nil(t, c.Get(key(1)))
	assert.False(t, c.Put(key(1), &Entry{Result: make([]byte, 20<<10)}), "half of all")

	left := filepath.Join(dir, tempPrefix+"1")
	require.NoError(t, os.WriteFile(left, nil, 0o600))
	require.NoError(t, os.Chtimes(left, old, old))
	require.True(t, c.Put(key(1), &Entry{}))
	assert.NoFileExists(t, left)
}

func TestPrivate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there are no permissions of this kind")
	}
	dir := filepath.Join(t.TempDir(), "cache")
	c := Open(dir, Options{})
	require.True(t, c.Put(KeyOf("a"), &Entry{}))
	info, err := os.Stat(dir)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o700), info.Mode().Perm())
	info, err = os.Stat(c.path(KeyOf("a")))
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	require.NoError(t, os.Chmod(dir, 0o777))
	assert.Nil(t, Open(dir, Options{}), "others can write")
}

func FuzzDecode(f *testing.F) {
	key := KeyOf("a")
	f.Add(encode(key, entry(3))[header:])
	f.Fuzz(func(t *testing.T, body []byte) {
		r := reader{rest: body}
		if e, err := r.entry(); err == nil {
			back, err := decode(key, encode(key, e))
			assert.NoError(t, err)
			assert.Equal(t, e, back)
		}
	})
}

// BenchmarkGet reads an entry of the size of a NixOS machine's, and BenchmarkUnchanged compares so
// many files with the disk.
func BenchmarkGet(b *testing.B) {
	c := Open(b.TempDir(), Options{})
	key := KeyOf("a")
	require.True(b, c.Put(key, entry(9000)))
	b.ReportAllocs()
	for b.Loop() {
		c.Get(key)
	}
}

func BenchmarkUnchanged(b *testing.B) {
	dir := b.TempDir()
	var reads []world.Read
	for i := range 1000 {
		name := filepath.Join(dir, fmt.Sprint(i))
		require.NoError(b, os.WriteFile(name, nil, 0o600))
		info, err := world.OS().Lstat(context.Background(), world.FromOSPath(name))
		require.NoError(b, err)
		reads = append(reads, world.Read{Kind: world.ReadContents, Name: world.FromOSPath(name), Hash: "x", Stamp: world.Stamp{Size: info.Size, ModTime: info.ModTime.UnixNano(), ID: info.ID}})
	}
	b.ReportAllocs()
	for b.Loop() {
		if same, _ := world.Unchanged(context.Background(), world.OS(), reads); !same {
			b.Fatal("changed")
		}
	}
}
