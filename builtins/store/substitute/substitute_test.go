package substitute

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/cache"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/signature"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

var ctx = context.Background()

// folder makes a cache with two texts, of which the second refers to the first.
func folder(t *testing.T, params string) (c *cache.Store, dir string, paths []string) {
	t.Helper()
	dir = t.TempDir()
	c, err := cache.Open("file://"+filepath.ToSlash(dir)+params, cache.Options{})
	require.NoError(t, err)
	a, err := c.AddText(ctx, store.Text{Name: "a", Contents: "a"})
	require.NoError(t, err)
	b, err := c.AddText(ctx, store.Text{Name: "b", Contents: a, References: []string{a}})
	require.NoError(t, err)
	return c, dir, []string{a, b}
}

// unsigned adds an object to a store whose path follows from nothing.
func unsigned(t *testing.T, to store.Store, contents string) string {
	t.Helper()
	m := memory.New(store.Dummy(storepath.DefaultDir))
	p, err := m.AddText(ctx, store.Text{Name: "x", Contents: contents})
	require.NoError(t, err)
	var archive bytes.Buffer
	require.NoError(t, m.WriteNAR(ctx, p, &archive))
	path := storepath.DefaultDir.Text(storepath.Path(strings.Repeat("a", 32) + "-x"))
	require.NoError(t, to.AddNAR(ctx, &store.PathInfo{Path: path, NARHash: nixhash.Sum(nixhash.SHA256, archive.Bytes()), NARSize: int64(archive.Len())}, &archive))
	return path
}

func TestOrder(t *testing.T) {
	one, _, paths := folder(t, "?priority=30")
	two, _, _ := folder(t, "?priority=20&want-mass-query=true")
	three, _, _ := folder(t, "?priority=20")
	empty, err := cache.Open("file://"+filepath.ToSlash(t.TempDir())+"?priority=1&want-mass-query=true", cache.Options{})
	require.NoError(t, err)
	other, err := cache.Open("file:///nonesuch?store=/other/store", cache.Options{})
	require.NoError(t, err)
	s := New(Options{}, FromCache(one), FromCache(two), FromCache(three), FromCache(empty), FromCache(other))
	found, err := s.Find(ctx, paths[1])
	require.NoError(t, err)
	assert.Equal(t, two.URI(), found.From.Name)
	assert.Equal(t, paths[:1], found.Info.References)
	missing := strings.Replace(paths[0], "-a", "-c", 1)
	found, err = s.Find(ctx, missing)
	require.NoError(t, err)
	assert.Nil(t, found)
	valid, err := s.Valid(ctx, []string{paths[1], missing, paths[0]})
	require.NoError(t, err)
	assert.Equal(t, []string{paths[1], paths[0]}, valid)
	valid, err = New(Options{}, FromCache(one)).Valid(ctx, paths)
	require.NoError(t, err)
	assert.Empty(t, valid, "it does not want to be asked for many paths")
}

func TestTrust(t *testing.T) {
	c, _, _ := folder(t, "")
	path := unsigned(t, c, "x")
	var warnings []string
	warn := func(text string) { warnings = append(warnings, text) }
	s := New(Options{Warn: warn}, FromCache(c))
	found, err := s.Find(ctx, path)
	require.NoError(t, err)
	assert.Nil(t, found)
	assert.Equal(t, []string{"ignoring substitute for '" + path + "' from '" + c.URI() + "', as it's not signed by any of the keys in 'trusted-public-keys'"}, warnings)

	for _, s := range []*Set{New(Options{Unsigned: true}, FromCache(c)), New(Options{}, Source{Store: c, Trusted: true})} {
		found, err := s.Find(ctx, path)
		require.NoError(t, err)
		assert.NotNil(t, found)
	}

	key, err := signature.GenerateKey("k", nil)
	require.NoError(t, err)
	info, err := c.Info(ctx, path)
	require.NoError(t, err)
	require.NoError(t, c.AddSignatures(ctx, path, []string{key.Sign(info.Fingerprint())}))
	found, err = New(Options{Keys: signature.Keys{"k": key.Public()}}, FromCache(c)).Find(ctx, path)
	require.NoError(t, err)
	assert.NotNil(t, found)
}

// TestDown: a server that cannot be reached, and one that fails, stop nobody, and are
// not asked again.
func TestDown(t *testing.T) {
	c, _, paths := folder(t, "?priority=90")
	l, err := net.Listen("tcp", "localhost:0")
	require.NoError(t, err)
	nobody := l.Addr().String()
	require.NoError(t, l.Close())
	var requests atomic.Int32
	bad := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		if strings.HasSuffix(r.URL.Path, ".narinfo") {
			_, _ = io.WriteString(w, "<html>Log in to go on</html>")
			return
		}
		http.NotFound(w, r)
	}))
	defer bad.Close()
	var warnings []string
	var sources []Source
	for _, url := range []string{"http://" + nobody, bad.URL} {
		down, err := cache.Open(url, cache.Options{Client: http.DefaultClient})
		require.NoError(t, err)
		sources = append(sources, FromCache(down))
	}
	s := New(Options{Warn: func(text string) { warnings = append(warnings, text) }}, append(sources, FromCache(c))...)
	for range 3 {
		for _, path := range paths {
			found, err := s.Find(ctx, path)
			require.NoError(t, err)
			assert.Equal(t, c.URI(), found.From.Name)
		}
	}
	require.Len(t, warnings, 2)
	assert.Contains(t, warnings[0], nobody)
	assert.Contains(t, warnings[1], "corrupt")
	assert.EqualValues(t, 2, requests.Load(), "nix-cache-info and one .narinfo")

	ended, cancel := context.WithCancelCause(ctx)
	cancel(errors.New("enough"))
	_, err = s.Find(ended, paths[0])
	assert.EqualError(t, err, "enough")
}

// A folder or server that may be no cache is named once, if it lacks what is wanted.
func TestNoCache(t *testing.T) {
	_, dir, paths := folder(t, "")
	require.NoError(t, os.Remove(filepath.Join(dir, "nix-cache-info")))
	c, err := cache.Open("file://"+filepath.ToSlash(dir), cache.Options{})
	require.NoError(t, err)
	var warnings []string
	s := New(Options{Unsigned: true, Warn: func(text string) { warnings = append(warnings, text) }}, FromCache(c))
	found, err := s.Find(ctx, paths[0])
	require.NoError(t, err)
	assert.NotNil(t, found)
	assert.Empty(t, warnings)
	for range 2 {
		found, err = s.Find(ctx, storepath.DefaultDir.Text(storepath.Path(strings.Repeat("a", 32)+"-x")))
		require.NoError(t, err)
		assert.Nil(t, found)
	}
	assert.Equal(t, []string{"'" + c.URI() + "' has no file 'nix-cache-info': it does not appear to be a binary cache"}, warnings)
}

func TestFetch(t *testing.T) {
	good, _, paths := folder(t, "?priority=90")
	gone, dir, _ := folder(t, "?priority=10")
	require.NoError(t, os.RemoveAll(filepath.Join(dir, "nar")))
	damaged, dir, _ := folder(t, "?priority=20&compression=none")
	archives, err := filepath.Glob(filepath.Join(dir, "nar", "*.nar"))
	require.NoError(t, err)
	require.Len(t, archives, 2)
	for _, name := range archives {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(name, bytes.Replace(text, []byte("contents"), []byte("contentz"), 1), 0o644))
	}
	var warnings []string
	s := New(Options{Warn: func(text string) { warnings = append(warnings, text) }}, FromCache(good), FromCache(gone), FromCache(damaged))
	to := memory.New(store.Dummy(storepath.DefaultDir))
	_, err = s.Fetch(ctx, to, paths[1:], store.Copying{})
	require.NoError(t, err)
	for _, path := range paths {
		valid, err := to.IsValid(ctx, path)
		require.NoError(t, err)
		assert.True(t, valid, path)
	}
	assert.Len(t, warnings, 4, "two archives of each that is bad")

	_, err = s.Fetch(ctx, to, []string{strings.Replace(paths[0], "-a", "-c", 1)}, store.Copying{})
	assert.ErrorIs(t, err, store.ErrInvalid)
	_, err = New(Options{}, FromCache(damaged)).Fetch(ctx, memory.New(store.Dummy(storepath.DefaultDir)), paths, store.Copying{})
	assert.Error(t, err)
}

// TestContents: an object that is believed for its contents has them.
func TestContents(t *testing.T) {
	c, dir, paths := folder(t, "?compression=none")
	// The archive, and what the cache says of it, are those of another text.
	liar, otherDir, _ := func() (*cache.Store, string, string) {
		dir := t.TempDir()
		l, err := cache.Open("file://"+filepath.ToSlash(dir)+"?compression=none", cache.Options{})
		require.NoError(t, err)
		return l, dir, unsigned(t, l, "b")
	}()
	info, err := liar.NARInfo(ctx, storepath.DefaultDir.Text(storepath.Path(strings.Repeat("a", 32)+"-x")))
	require.NoError(t, err)
	mine, err := c.NARInfo(ctx, paths[0])
	require.NoError(t, err)
	mine.URL, mine.NARHash, mine.NARSize, mine.FileHash, mine.FileSize = info.URL, info.NARHash, info.NARSize, info.FileHash, info.FileSize
	text, err := mine.Append(nil, c.Dir())
	require.NoError(t, err)
	p, err := c.Dir().Parse(paths[0])
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, p.Hash()+".narinfo"), text, 0o644))
	archive, err := os.ReadFile(filepath.Join(otherDir, info.URL))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, info.URL), archive, 0o644))
	c.Forget(paths[0])
	to := memory.New(store.Dummy(storepath.DefaultDir))
	_, err = New(Options{}, FromCache(c)).Fetch(ctx, to, paths[:1], store.Copying{})
	assert.ErrorContains(t, err, "hash mismatch")
	valid, err := to.IsValid(ctx, paths[0])
	require.NoError(t, err)
	assert.False(t, valid)
}

// TestMissing: outputs of a derivation are fetched if all of them can be had, and it allows
// that; otherwise it is built, and what it needs is looked at.
func TestMissing(t *testing.T) {
	c, _, paths := folder(t, "?trusted=1")
	set := New(Options{}, FromCache(c))
	to := memory.New(store.Dummy(storepath.DefaultDir))
	write := func(name, out, env string, inputs ...string) string {
		var in strings.Builder
		for i, p := range inputs {
			if i > 0 {
				in.WriteByte(',')
			}
			in.WriteString(`("` + p + `",["out"])`)
		}
		text := `Derive([("out","` + out + `","","")],[` + in.String() + `],[],"x","/b",[],[` + env + `("out","` + out + `")])`
		p, err := to.AddText(ctx, store.Text{Name: name + ".drv", Contents: text, References: inputs})
		require.NoError(t, err)
		return p
	}
	unknown := strings.Replace(paths[0], "-a", "-c", 1)
	can := write("b", paths[1], "")
	must := write("c", unknown, "", can)
	local := write("b", paths[1], `("allowSubstitutes",""),`)

	m, err := store.FindMissing(ctx, to, set, []store.Target{{Path: must, Built: true}, {Path: unknown}, {Path: must + "x", Built: true}})
	require.NoError(t, err)
	assert.Equal(t, []string{must}, m.Build)
	assert.Equal(t, paths[1:], m.Wanted)
	assert.ElementsMatch(t, paths, m.Fetch)
	assert.ElementsMatch(t, []string{unknown, must + "x"}, m.Unknown)
	assert.Positive(t, m.Download)
	assert.EqualValues(t, 112+168, m.Unpacked)

	m, err = store.FindMissing(ctx, to, set, []store.Target{{Path: local, Built: true}})
	require.NoError(t, err)
	assert.Equal(t, []string{local}, m.Build)
	m, err = store.Finding{AllowSubstitutes: true}.Missing(ctx, to, set, []store.Target{{Path: local, Built: true}})
	require.NoError(t, err)
	assert.Empty(t, m.Build)
	m, err = store.FindMissing(ctx, to, nil, []store.Target{{Path: can, Built: true}, {Path: paths[0]}})
	require.NoError(t, err)
	assert.Equal(t, []string{can}, m.Build)
	assert.Equal(t, paths[:1], m.Unknown)

	require.NoError(t, store.FetchMissing(ctx, to, set, append(paths, unknown, must+"x"), store.Copying{}))
	m, err = store.FindMissing(ctx, to, set, []store.Target{{Path: can, Built: true}, {Path: paths[0]}})
	require.NoError(t, err)
	assert.Equal(t, &store.Missing{}, m)
}

// TestIgnoredOnce: that an object is not taken is said once, however often it is asked for.
func TestIgnoredOnce(t *testing.T) {
	c, _, _ := folder(t, "")
	path := unsigned(t, c, "x")
	warnings := 0
	s := New(Options{Warn: func(string) { warnings++ }}, FromCache(c))
	for range 3 {
		found, err := s.Find(ctx, path)
		require.NoError(t, err)
		assert.Nil(t, found)
	}
	assert.Equal(t, 1, warnings)
}

// What no store could give, although one has it, is an error, and not something that no store has.
func TestBrokenArchive(t *testing.T) {
	c, dir, paths := folder(t, "")
	archives, err := filepath.Glob(filepath.Join(dir, "nar", "*"))
	require.NoError(t, err)
	require.NotEmpty(t, archives)
	for _, file := range archives {
		require.NoError(t, os.WriteFile(file, nil, 0o644))
	}
	s := New(Options{Unsigned: true}, FromCache(c))
	_, err = s.Fetch(ctx, memory.New(store.Dummy(storepath.DefaultDir)), paths, store.Copying{})
	require.Error(t, err)
	assert.NotErrorIs(t, err, store.ErrInvalid)
}
