package hg

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/firn-lang/firn/builtins/fetch"
	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/eval/world"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var ctx = context.Background()

// environ is the environment of hg in tests, in which the user's settings do not matter.
var environ = append(os.Environ(), "HGRCPATH=", "HGUSER=test", "HGPLAIN=")

// A setup is a Fetcher with the scheme of Mercurial.
type setup struct {
	t        *testing.T
	fetcher  *fetch.Fetcher
	now      time.Time
	cache    string
	warnings []string
}

func newSetup(t *testing.T, opt Options) *setup {
	t.Helper()
	if _, err := exec.LookPath("hg"); err != nil {
		t.Skip("there is no Mercurial; apt-get install mercurial enables this test")
	}
	opt.Environ = environ
	s := New(opt)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	out := &setup{t: t, now: time.Now(), cache: t.TempDir()}
	out.fetcher = fetch.New(fetch.Options{
		Schemes: map[string]fetch.Scheme{"hg": s}, CacheDir: out.cache, TTL: time.Hour, Now: func() time.Time { return out.now },
	})
	return out
}

// fetch fetches url, such as "hg+file:///x".
func (s *setup) fetch(url string) (*fetch.Tree, error) {
	s.t.Helper()
	ref, err := (&flakeref.Parser{Require: func(string) error { return nil }}).FromURL(url)
	require.NoError(s.t, err)
	return s.fetcher.Fetch(ctx, ref, &fetch.Env{Host: world.OS(), Warn: func(format string, args ...any) {
		s.warnings = append(s.warnings, fmt.Sprintf(format, args...))
	}})
}

// read returns a file of the tree at url.
func (s *setup) read(url, file string) string {
	s.t.Helper()
	tree, err := s.fetch(url)
	require.NoError(s.t, err)
	data, err := world.ReadFile(ctx, tree.Files, file, 1<<20)
	require.NoError(s.t, err)
	return string(data)
}

// hg runs hg in a repository.
func (s *setup) hg(dir string, args ...string) {
	s.t.Helper()
	cmd := exec.Command("hg", args...)
	cmd.Dir, cmd.Env = dir, environ
	out, err := cmd.CombinedOutput()
	require.NoError(s.t, err, "hg %q: %s", args, out)
}

// write writes a file.
func (s *setup) write(dir, name, text string) {
	s.t.Helper()
	path := filepath.Join(dir, name)
	require.NoError(s.t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(s.t, os.WriteFile(path, []byte(text), 0o644))
}

// project makes a repository with two revisions on default and one on feat, between them.
func (s *setup) project() string {
	dir := filepath.Join(s.t.TempDir(), "repo")
	require.NoError(s.t, os.Mkdir(dir, 0o755))
	s.hg(dir, "init")
	s.write(dir, "a", "one\n")
	s.write(dir, "d/x", "x\n")
	s.write(dir, ".hg_archival.txt", "not in archives\n")
	s.hg(dir, "add", "-q")
	s.hg(dir, "commit", "-q", "-d", "1700000000 0", "-m", "one")
	s.hg(dir, "branch", "-q", "feat")
	s.write(dir, "b", "feat\n")
	s.hg(dir, "add", "-q", "b")
	s.hg(dir, "commit", "-q", "-d", "1700000001 0", "-m", "two")
	s.hg(dir, "update", "-q", "default")
	s.write(dir, "a", "three\n")
	s.hg(dir, "commit", "-q", "-d", "1700000002 0", "-m", "three")
	return dir
}

func TestLocal(t *testing.T) {
	s := newSetup(t, Options{})
	dir := s.project()
	url := "hg+file://" + dir

	tree, err := s.fetch(url)
	require.NoError(t, err)
	assert.Equal(t, "default", tree.Attrs["ref"])
	assert.Equal(t, uint64(2), tree.Attrs["revCount"])
	assert.NotContains(t, tree.Attrs, "lastModified")
	assert.Equal(t, "three\n", s.read(url, "/a"))
	entries, err := tree.Files.ReadDir(ctx, "/")
	require.NoError(t, err)
	var names []string
	for _, e := range entries {
		names = append(names, e.Name)
	}
	slices.Sort(names)
	assert.Equal(t, []string{"a", "d"}, names) // and not what hg says of the archive

	tree, err = s.fetch(url + "?ref=feat")
	require.NoError(t, err)
	assert.Equal(t, "feat", tree.Attrs["ref"])
	rev := tree.Attrs["rev"].(string)
	assert.Len(t, rev, 40)
	assert.Equal(t, "feat\n", s.read(url+"?rev="+rev, "/b"))

	// What is checked out does not matter, as in the reference.
	s.hg(dir, "update", "-q", "feat")
	assert.Equal(t, "three\n", s.read(url, "/a"))

	_, err = s.fetch(url + "?ref=nope")
	assert.ErrorContains(t, err, "hg log: abort: unknown revision 'nope'")
	_, err = s.fetch("hg+file://" + dir + "/nope")
	assert.ErrorContains(t, err, "not found")
}

func TestWorkTree(t *testing.T) {
	s := newSetup(t, Options{})
	dir := s.project()
	url := "hg+file://" + dir
	s.write(dir, "untracked", "u\n")
	assert.Equal(t, "three\n", s.read(url, "/a"))
	assert.Empty(t, s.warnings) // files that are not tracked do not count

	s.write(dir, "a", "changed\n")
	s.write(dir, "e/new", "n\n")
	s.hg(dir, "add", "-q", "e/new")
	require.NoError(t, os.Remove(filepath.Join(dir, ".hg_archival.txt")))
	tree, err := s.fetch(url)
	require.NoError(t, err)
	assert.Equal(t, []string{`Mercurial tree '"` + dir + `"' is unclean`}, s.warnings)
	assert.NotContains(t, tree.Attrs, "rev")
	assert.NotContains(t, tree.Attrs, "revCount")
	assert.Empty(t, tree.Fingerprint)
	assert.Equal(t, "changed\n", s.read(url, "/a"))
	assert.Equal(t, "n\n", s.read(url, "/e/new"))
	_, err = tree.Files.Lstat(ctx, "/untracked")
	assert.ErrorIs(t, err, os.ErrNotExist)
	assert.ErrorContains(t, err, "is not tracked by Mercurial")
	_, err = tree.Files.Lstat(ctx, "/nowhere")
	assert.ErrorContains(t, err, "does not exist in Mercurial repository")

	strict := newSetup(t, Options{RefuseDirty: true})
	_, err = strict.fetch(url)
	assert.ErrorContains(t, err, "is unclean")
	quiet := newSetup(t, Options{QuietDirty: true})
	assert.Equal(t, "changed\n", quiet.read(url, "/a"))
	assert.Empty(t, quiet.warnings)
}

// TestElsewhere fetches from a server: what was pulled is believed for a while, revisions that are
// there need no server, and a failed pull falls back on what is known.
func TestElsewhere(t *testing.T) {
	s := newSetup(t, Options{})
	dir := s.project()
	base, stop := serve(t, s, dir)
	url := "hg+" + base

	tree, err := s.fetch(url)
	require.NoError(t, err)
	rev := tree.Attrs["rev"].(string)
	assert.Equal(t, uint64(2), tree.Attrs["revCount"])

	s.write(dir, "a", "four\n")
	s.hg(dir, "commit", "-q", "-d", "1700000003 0", "-m", "four")
	assert.Equal(t, "three\n", s.read(url, "/a"))
	s.now = s.now.Add(2 * time.Hour)
	assert.Equal(t, "four\n", s.read(url, "/a"))

	stop()
	assert.Equal(t, "three\n", s.read(url+"?rev="+rev, "/a"))
	assert.Empty(t, s.warnings)
	s.now = s.now.Add(2 * time.Hour)
	assert.Equal(t, "four\n", s.read(url, "/a"))
	require.Len(t, s.warnings, 2)
	assert.Contains(t, s.warnings[1], "continuing with the most recent version")
	_, err = s.fetch(url + "?rev=" + "0123456789012345678901234567890123456789")
	assert.ErrorContains(t, err, "hg pull")

	// A clone that failed leaves nothing.
	_, err = s.fetch(url + "/other")
	assert.ErrorContains(t, err, "hg clone")
	left, err := filepath.Glob(filepath.Join(s.cache, "hg", "new-*"))
	require.NoError(t, err)
	assert.Empty(t, left)
}

// serve serves a repository by HTTP until stop is called.
func serve(t *testing.T, s *setup, dir string) (url string, stop func()) {
	t.Helper()
	cmd := exec.Command("hg", "serve", "--address", "127.0.0.1", "--port", "0", "--print-url", "--accesslog", os.DevNull, "--errorlog", os.DevNull)
	cmd.Dir, cmd.Env = dir, environ
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	done := false
	stop = func() {
		if !done {
			done = true
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
		}
	}
	t.Cleanup(stop)
	_, err = fmt.Fscanln(out, &url)
	require.NoError(t, err)
	return url[:len(url)-1], stop // without the slash at its end
}

func TestNoProgram(t *testing.T) {
	s := fetch.New(fetch.Options{Schemes: map[string]fetch.Scheme{"hg": New(Options{Program: "firn-no-such-hg"})}})
	ref, err := (&flakeref.Parser{}).FromURL("hg+https://example.org/r")
	require.NoError(t, err)
	_, err = s.Fetch(ctx, ref, &fetch.Env{Host: world.OS()})
	assert.ErrorContains(t, err, "fetching Mercurial repositories needs the program 'firn-no-such-hg'")
}

// TestRestricted: a world that does not show the repository forbids fetching it.
func TestRestricted(t *testing.T) {
	s := fetch.New(fetch.Options{Schemes: map[string]fetch.Scheme{"hg": New(Options{})}})
	ref, err := (&flakeref.Parser{}).FromURL("hg+file:///etc")
	require.NoError(t, err)
	_, err = s.Fetch(ctx, ref, &fetch.Env{Host: world.Restrict(world.OS(), "in restricted mode", "/usr")})
	assert.ErrorContains(t, err, "access to absolute path '/etc' is forbidden in restricted mode")
}
