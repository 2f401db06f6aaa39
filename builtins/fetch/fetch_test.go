package fetch_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/fetch"
	"github.com/firn-lang/firn/builtins/fetch/fetchtest"
	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/eval/world"
)

// archiveOf returns a compressed archive with the file top/f.
func archiveOf(text string) string {
	var buf bytes.Buffer
	z := gzip.NewWriter(&buf)
	w := tar.NewWriter(z)
	_ = w.WriteHeader(&tar.Header{Name: "top/f", Mode: 0o644, Size: int64(len(text)), ModTime: time.Unix(1700000000, 0)})
	_, _ = w.Write([]byte(text))
	_ = w.Close()
	_ = z.Close()
	return buf.String()
}

// A bench is a Fetcher with servers and a clock.
type bench struct {
	*testing.T
	web   *fetchtest.Web
	f     *fetch.Fetcher
	now   time.Time
	warns []string
	files fstest.MapFS
}

func newBench(t *testing.T, opt fetch.Options, answers map[string]fetchtest.Answer) *bench {
	b := &bench{T: t, web: fetchtest.New(answers), now: time.Unix(1800000000, 0), files: fstest.MapFS{}}
	opt.HTTP, opt.Now = b.web, func() time.Time { return b.now }
	opt.TTL = time.Hour
	b.f = fetch.New(opt)
	return b
}

func (b *bench) env() *fetch.Env {
	return &fetch.Env{Host: world.FromFS(b.files, nil), Warn: func(format string, args ...any) {
		b.warns = append(b.warns, fmt.Sprintf(format, args...))
	}}
}

func (b *bench) ref(text string) *flakeref.Ref {
	b.Helper()
	ref, err := (&flakeref.Parser{}).FromURL(text)
	require.NoError(b, err)
	return ref
}

// tree fetches a reference, and returns the attributes and the text of f.
func (b *bench) tree(text string) (flakeref.Attrs, string) {
	b.Helper()
	tree, err := b.f.Fetch(b.Context(), b.ref(text), b.env())
	require.NoError(b, err)
	data, err := world.ReadFile(b.Context(), tree.Files, "/f", math.MaxInt64)
	require.NoError(b, err)
	return tree.Attrs, string(data)
}

// urls returns what the servers were asked since the last call.
func (b *bench) urls() (out []string) {
	for _, r := range b.web.Requests() {
		out = append(out, r.URL)
	}
	return out
}

// dirs are the two places that a cache can be in.
func dirs(t *testing.T) map[string]string {
	return map[string]string{"memory": "", "disk": t.TempDir()}
}

func TestTarball(t *testing.T) {
	const url, other = "https://h/t.tar.gz", "https://h/elsewhere"
	for name, dir := range dirs(t) {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, fetch.Options{CacheDir: dir}, map[string]fetchtest.Answer{
				url: {Redirect: other}, other: {Body: archiveOf("one"), ETag: `"1"`},
			})
			attrs, text := b.tree(url)
			assert.Equal(t, "one", text)
			assert.Equal(t, uint64(1700000000), attrs["lastModified"])
			assert.Equal(t, url, attrs["url"])
			hash := attrs["narHash"].(string)
			assert.Equal(t, []string{url}, b.urls())

			// Young enough, also where it was redirected to.
			b.now = b.now.Add(59 * time.Minute)
			b.tree(url)
			b.tree(other)
			assert.Empty(t, b.urls())

			// Old, and confirmed.
			b.now = b.now.Add(2 * time.Minute)
			b.tree(url)
			requests := b.web.Requests()
			require.Len(t, requests, 1)
			assert.Equal(t, `"1"`, requests[0].Validator)
			b.tree(url)
			assert.Empty(t, b.urls())

			// Old, and another one.
			b.now = b.now.Add(2 * time.Hour)
			b.web.Set(other, fetchtest.Answer{Body: archiveOf("two"), Modified: "then"})
			_, text = b.tree(url)
			assert.Equal(t, "two", text)
			b.urls()

			// A hash finds what was fetched before, whatever the URL is.
			b.now = b.now.Add(2 * time.Hour)
			_, text = b.tree("https://gone/x.tar.gz?narHash=" + hash)
			assert.Equal(t, "one", text)
			assert.Empty(t, b.urls())

			// The server fails: what there is, is used.
			b.web.Set(other, fetchtest.Answer{Err: errors.New("no way")})
			_, text = b.tree(url)
			assert.Equal(t, "two", text)
			assert.Equal(t, []string{"no way; using cached version"}, b.warns)
		})
	}
}

// TestFailures shows that nothing is kept of a fetch that failed.
// TestDamaged cuts the objects of a cache off: they are fetched again.
func TestDamaged(t *testing.T) {
	dir := t.TempDir()
	url := "https://example.org/t.tar.gz"
	b := newBench(t, fetch.Options{CacheDir: dir}, map[string]fetchtest.Answer{url: {Body: archiveOf("one")}})
	_, text := b.tree(url)
	assert.Equal(t, "one", text)
	objects, err := filepath.Glob(filepath.Join(dir, "objects", "tree-*"))
	require.NoError(t, err)
	require.NotEmpty(t, objects)
	for _, file := range objects {
		require.NoError(t, os.Chmod(file, 0o600))
		require.NoError(t, os.Truncate(file, 3))
	}
	_, text = b.tree(url)
	assert.Equal(t, "one", text)
	assert.Len(t, b.urls(), 2)
}

func TestFailures(t *testing.T) {
	const url = "https://h/t.tar.gz"
	for name, dir := range dirs(t) {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, fetch.Options{CacheDir: dir}, map[string]fetchtest.Answer{})
			for _, tt := range []struct {
				answer fetchtest.Answer
				want   string
			}{
				{fetchtest.Answer{Status: 404}, "unable to download 'https://h/t.tar.gz': HTTP error 404"},
				{fetchtest.Answer{Status: 418, Body: "short and stout"}, "HTTP error 418\n\nresponse body:\n\nshort and stout"},
				{fetchtest.Answer{Body: archiveOf("one")[:60], Broken: true}, "the transfer broke"},
				{fetchtest.Answer{Body: archiveOf("one")[:60]}, "cannot unpack 'https://h/t.tar.gz': unexpected EOF"},
				{fetchtest.Answer{Body: "<html>Sign in"}, "cannot unpack 'https://h/t.tar.gz': the server sent a page (HTML)"},
			} {
				b.web.Set(url, tt.answer)
				_, err := b.f.Fetch(t.Context(), b.ref(url), b.env())
				assert.ErrorContains(t, err, tt.want)
			}
			if dir != "" {
				left := 0
				require.NoError(t, filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
					if err == nil && !d.IsDir() {
						left++
					}
					return err
				}))
				assert.Zero(t, left, "files in the cache")
			}
			b.web.Set(url, fetchtest.Answer{Body: archiveOf("one")})
			_, text := b.tree(url)
			assert.Equal(t, "one", text)
		})
	}
}

func TestMismatch(t *testing.T) {
	const url = "https://h/t.tar.gz"
	b := newBench(t, fetch.Options{}, map[string]fetchtest.Answer{url: {Body: archiveOf("one")}})
	want := nixhash.Sum(nixhash.SHA256, nil).String()
	_, err := b.f.Fetch(t.Context(), b.ref(url+"?narHash="+want), b.env())
	var bad *fetch.HashMismatchError
	require.ErrorAs(t, err, &bad)
	assert.ErrorContains(t, err, "NAR hash mismatch in input 'https://h/t.tar.gz?narHash=sha256-47DEQpj8HBSa%2B/TImW%2B5JCeuQeRkm5NMpJWZG3hSuFU%3D', expected '"+want+"' but got 'sha256-")
}

// TestImmutable shows what becomes of a Link header.
func TestImmutable(t *testing.T) {
	const url = "https://h/latest.tar.gz"
	b := newBench(t, fetch.Options{}, map[string]fetchtest.Answer{
		url: {Body: archiveOf("one"), Immutable: "https://h/v1.tar.gz?rev=0123456789012345678901234567890123456789&revCount=7"},
	})
	attrs, _ := b.tree(url)
	assert.Equal(t, "https://h/v1.tar.gz", attrs["url"])
	assert.Equal(t, "0123456789012345678901234567890123456789", attrs["rev"])
	assert.Equal(t, uint64(7), attrs["revCount"])
	b.web.Set("https://h/bad", fetchtest.Answer{Body: archiveOf("one"), Immutable: "git+https://h/r"})
	_, err := b.f.Fetch(t.Context(), b.ref("https://h/bad"), b.env())
	assert.ErrorContains(t, err, "non-tarball URLs")
}

func TestFile(t *testing.T) {
	const url = "https://h/file"
	for name, dir := range dirs(t) {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, fetch.Options{CacheDir: dir}, map[string]fetchtest.Answer{url: {Body: "text"}})
			f, err := b.f.File(t.Context(), url, nixhash.Hash{}, b.env())
			require.NoError(t, err)
			assert.Equal(t, nixhash.Sum(nixhash.SHA256, []byte("text")), f.Hash)
			data, err := world.ReadFile(t.Context(), f, "/", 10)
			require.NoError(t, err)
			assert.Equal(t, "text", string(data))
			assert.Equal(t, []string{url}, b.urls())

			b.now = b.now.Add(2 * time.Hour)
			_, err = b.f.File(t.Context(), "https://gone/", f.Hash, b.env())
			require.NoError(t, err)
			assert.Empty(t, b.urls())

			tree, err := b.f.Fetch(t.Context(), b.ref("file+"+url), b.env())
			require.NoError(t, err)
			hash, err := tree.NARHash(t.Context())
			require.NoError(t, err)
			// nix hash path
			assert.Equal(t, "sha256-5wn2xiN7EfkiP7m1tx8ZlfoL6ig/uMMmSt6M9orR4/w=", hash.String())
		})
	}
}

// TestLocal fetches files of the world, which are read again when they have changed.
func TestLocal(t *testing.T) {
	dir := t.TempDir()
	b := newBench(t, fetch.Options{CacheDir: dir}, nil)
	set := func(text string, at int64) {
		b.files["a/t.tar.gz"] = &fstest.MapFile{Data: []byte(archiveOf(text)), ModTime: time.Unix(at, 0)}
	}
	set("one", 1000)
	_, text := b.tree("file:///a/t.tar.gz")
	assert.Equal(t, "one", text)
	set("two", 1001)
	_, text = b.tree("file:///a/t.tar.gz")
	assert.Equal(t, "two", text)
	b.files["repo/.git/HEAD"] = &fstest.MapFile{}
	for url, want := range map[string]string{
		"file:///none.tar":   `tarball "/none.tar" does not exist.`,
		"file:///a":          `tarball "/a" is a directory, not a file.`,
		"file:///repo":       "Please use `git+file` as the scheme.",
		"file+file:///none":  "unable to download 'file:///none': Could not read a file:// file (37) Could not open file /none",
		"tarball+file:x.tar": "must use an absolute path",
	} {
		_, err := b.f.Fetch(t.Context(), b.ref(url), b.env())
		assert.ErrorContains(t, err, want, url)
	}
	b.files["p/sub/f"] = &fstest.MapFile{Data: []byte("path"), ModTime: time.Unix(2000, 0)}
	b.files["p/f"] = &fstest.MapFile{Data: []byte("top"), ModTime: time.Unix(1000, 0)}
	attrs, text := b.tree("path:/p")
	assert.Equal(t, "top", text)
	assert.Equal(t, uint64(2000), attrs["lastModified"])
	_, err := b.f.Fetch(t.Context(), b.ref("path:p"), b.env())
	assert.ErrorContains(t, err, "cannot fetch input 'path:p' because it uses a relative path")
	assert.Empty(t, b.urls())
}

func TestOffline(t *testing.T) {
	f := fetch.New(fetch.Options{})
	b := newBench(t, fetch.Options{}, nil)
	_, err := f.Fetch(t.Context(), b.ref("https://h/t.tar"), b.env())
	var offline *fetch.OfflineError
	require.ErrorAs(t, err, &offline)
	assert.NoError(t, offline.Err)
	_, err = f.Fetch(t.Context(), b.ref("git+https://h/r"), b.env())
	assert.ErrorContains(t, err, "input 'git+https://h/r' is unsupported")
	_, err = f.Fetch(t.Context(), b.ref("flake:n"), b.env())
	assert.ErrorContains(t, err, "input 'flake:n' is unsupported")
}

const rev = "0123456789abcdef0123456789abcdef01234567"

func TestForges(t *testing.T) {
	tokens := map[string]string{
		"own.host": "T1", "own.host/o": "T2", "github.com/secret": "T3", "gitlab.com": "PAT:T4", "gitlab.com/oauth": "OAuth2:T5", "git.sr.ht/~t": "T6",
	}
	one := fetchtest.Answer{Body: archiveOf("one")}
	sha := fetchtest.Answer{Body: `{"sha":"` + rev + `","commit":{}}`}
	answers := map[string]fetchtest.Answer{
		"https://api.github.com/repos/o/r/commits/HEAD":                                       sha,
		"https://api.github.com/repos/o/r/commits/feat/x":                                     sha,
		"https://api.github.com/repos/o/r/commits/odd":                                        {Body: "{}"},
		"https://github.com/o/r/archive/" + rev + ".tar.gz":                                   one,
		"https://api.github.com/repos/secret/r/tarball/" + rev:                                one,
		"https://own.host/api/v3/repos/o/r/commits/HEAD":                                      sha,
		"https://own.host/api/v3/repos/o/r/tarball/" + rev:                                    one,
		"https://own.host/api/v3/repos/other/r/tarball/" + rev:                                one,
		"https://gitlab.com/api/v4/projects/o%2Fsub%2Fr/repository/commits?ref_name=main":     {Body: `[{"id":"` + rev + `"},{"id":"x"}]`},
		"https://gitlab.com/api/v4/projects/o%2Fsub%2Fr/repository/commits?ref_name=none":     {Body: `[]`},
		"https://gitlab.com/api/v4/projects/o%2Fsub%2Fr/repository/commits?ref_name=odd":      {Body: `{"message":"no"}`},
		"https://gitlab.com/api/v4/projects/o%2Fsub%2Fr/repository/archive.tar.gz?sha=" + rev: one,
		"https://gitlab.com/api/v4/projects/oauth%2Fr/repository/archive.tar.gz?sha=" + rev:   one,
		"https://git.sr.ht/~o/r/HEAD":                                                         {Body: "ref: refs/heads/trunk\n"},
		"https://git.sr.ht/~o/r/info/refs":                                                    {Body: rev[:39] + "0\trefs/heads/other\n" + rev + "\trefs/heads/trunk\n" + rev + "\trefs/tags/v1\n"},
		"https://git.sr.ht/~o/r/archive/" + rev + ".tar.gz":                                   one,
		"https://git.sr.ht/~t/r/archive/" + rev + ".tar.gz":                                   one,
	}
	for _, tt := range []struct {
		ref    string
		urls   string // that are asked, without https://, with "…" for the revision
		header string
	}{
		{"github:o/r", "api.github.com/repos/o/r/commits/HEAD github.com/o/r/archive/….tar.gz", "map[]"},
		{"github:o/r/feat/x", "api.github.com/repos/o/r/commits/feat/x github.com/o/r/archive/….tar.gz", "map[]"},
		{"github:o/r/" + rev, "github.com/o/r/archive/….tar.gz", "map[]"},
		{"github:secret/r/" + rev, "api.github.com/repos/secret/r/tarball/…", "map[Authorization:token T3]"},
		{"github:o/r?host=own.host", "own.host/api/v3/repos/o/r/commits/HEAD own.host/api/v3/repos/o/r/tarball/…", "map[Authorization:token T2]"},
		{"github:other/r/" + rev + "?host=own.host", "own.host/api/v3/repos/other/r/tarball/…", "map[Authorization:token T1]"},
		{"gitlab:o%2Fsub/r/main", "gitlab.com/api/v4/projects/o%2Fsub%2Fr/repository/commits?ref_name=main gitlab.com/api/v4/projects/o%2Fsub%2Fr/repository/archive.tar.gz?sha=…", "map[Private-token:T4]"},
		{"gitlab:oauth/r/" + rev, "gitlab.com/api/v4/projects/oauth%2Fr/repository/archive.tar.gz?sha=…", "map[Authorization:Bearer T5]"},
		{"sourcehut:~o/r", "git.sr.ht/~o/r/HEAD git.sr.ht/~o/r/info/refs git.sr.ht/~o/r/archive/….tar.gz", "map[]"},
		{"sourcehut:~o/r/v1", "git.sr.ht/~o/r/info/refs git.sr.ht/~o/r/archive/….tar.gz", "map[]"},
		{"sourcehut:~t/r/" + rev, "git.sr.ht/~t/r/archive/….tar.gz", "map[Authorization:Bearer T6]"},
	} {
		b := newBench(t, fetch.Options{Tokens: tokens}, answers)
		attrs, text := b.tree(tt.ref)
		assert.Equal(t, "one", text)
		assert.Equal(t, rev, attrs["rev"], tt.ref)
		assert.NotContains(t, attrs, "ref")
		assert.Equal(t, uint64(1700000000), attrs["lastModified"])
		var urls []string
		for _, r := range b.web.Requests() {
			urls = append(urls, strings.ReplaceAll(strings.TrimPrefix(r.URL, "https://"), rev, "…"))
			assert.Equal(t, tt.header, fmt.Sprint(r.Header), tt.ref)
		}
		assert.Equal(t, tt.urls, strings.Join(urls, " "))
		// What a branch is at is asked again after a while; a revision stays.
		b.now = b.now.Add(2 * time.Hour)
		b.tree(tt.ref)
		assert.Len(t, b.urls(), len(urls)-1, tt.ref)
	}
	for ref, want := range map[string]string{
		"github:o/r/none":       "unable to download 'https://api.github.com/repos/o/r/commits/none': HTTP error 404",
		"github:o/r/odd":        "in 'github:o/r/odd', the server of GitHub said nothing about ref 'odd'",
		"gitlab:o%2Fsub/r/none": "couldn't find ref 'none'",
		"gitlab:o%2Fsub/r/odd":  `Unexpected response received from GitLab: {"message":"no"}`,
		"sourcehut:~o/r/none":   "in 'sourcehut:~o/r/none', couldn't find ref 'none'",
	} {
		b := newBench(t, fetch.Options{}, answers)
		_, err := b.f.Fetch(t.Context(), b.ref(ref), b.env())
		assert.ErrorContains(t, err, want)
	}
}

// TestTogether fetches one archive by many goroutines, and by two Fetchers with one folder:
// each asks once.
func TestTogether(t *testing.T) {
	const url = "https://h/t.tar.gz"
	dir := t.TempDir()
	b := newBench(t, fetch.Options{CacheDir: dir}, map[string]fetchtest.Answer{url: {Body: archiveOf("one")}})
	second := fetch.New(fetch.Options{CacheDir: dir, HTTP: b.web, TTL: time.Hour, Now: func() time.Time { return b.now }})
	ref := b.ref(url)
	var group sync.WaitGroup
	for i := range 20 {
		f := b.f
		if i%2 == 0 {
			f = second
		}
		group.Go(func() {
			tree, err := f.Fetch(t.Context(), ref, &fetch.Env{})
			if assert.NoError(t, err) {
				data, err := world.ReadFile(t.Context(), tree.Files, "/f", 10)
				assert.NoError(t, err)
				assert.Equal(t, "one", string(data))
			}
		})
	}
	group.Wait()
	assert.LessOrEqual(t, len(b.urls()), 2)
}

// TestBounded shows that the cache drops what was not used for the longest time.
func TestBounded(t *testing.T) {
	dir := t.TempDir()
	answers := map[string]fetchtest.Answer{}
	url := func(i int) string { return fmt.Sprintf("https://h/%d", i) }
	for i := range 20 {
		answers[url(i)] = fetchtest.Answer{Body: archiveOf(strings.Repeat(fmt.Sprint(i), 10000))}
	}
	b := newBench(t, fetch.Options{CacheDir: dir, CacheBytes: 100_000}, answers)
	for i := range 20 {
		b.now = b.now.Add(2 * time.Hour)
		_, text := b.tree(url(i))
		assert.NotEmpty(t, text)
		b.tree(url(0))
	}
	objects, err := os.ReadDir(filepath.Join(dir, "objects"))
	require.NoError(t, err)
	total := int64(0)
	for _, o := range objects {
		info, err := o.Info()
		require.NoError(t, err)
		total += info.Size()
	}
	assert.Less(t, total, int64(120_000))
	assert.Greater(t, len(objects), 1)
}
