package git

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/firn-lang/firn/builtins/fetch"
	"github.com/firn-lang/firn/builtins/fetch/git/gittest"
	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/eval/world"
	"github.com/stretchr/testify/require"
)

var ctx = context.Background()

// A setup is a Scheme with what it is told.
type setup struct {
	t        testing.TB
	scheme   *Scheme
	env      fetch.Env
	warnings []string
}

func newSetup(t testing.TB, opt Options) *setup {
	t.Helper()
	opt.Environ = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_COUNT=1",
		"GIT_CONFIG_KEY_0=protocol.file.allow", "GIT_CONFIG_VALUE_0=always")
	s := &setup{t: t, scheme: New(opt)}
	s.env = fetch.Env{Host: world.OS(), CacheDir: t.TempDir(), TTL: time.Hour, Warn: func(format string, args ...any) {
		s.warnings = append(s.warnings, fmt.Sprintf(format, args...))
	}}
	t.Cleanup(func() { require.NoError(t, s.scheme.Close()) })
	return s
}

// ref returns a reference with those attributes.
func (s *setup) ref(url string, attrs flakeref.Attrs) *flakeref.Ref {
	s.t.Helper()
	all := flakeref.Attrs{"type": "git", "url": url}
	for name, v := range attrs {
		all[name] = v
	}
	p := flakeref.Parser{}
	ref, err := p.FromAttrs(all, false)
	require.NoError(s.t, err)
	return ref
}

func (s *setup) fetch(url string, attrs flakeref.Attrs) *fetch.Tree {
	s.t.Helper()
	tree, err := s.scheme.Fetch(ctx, s.ref(url, attrs), &s.env)
	require.NoError(s.t, err)
	return tree
}

// fails returns the error of a fetch.
func (s *setup) fails(url string, attrs flakeref.Attrs) error {
	s.t.Helper()
	_, err := s.scheme.Fetch(ctx, s.ref(url, attrs), &s.env)
	require.Error(s.t, err)
	return err
}

// files returns the archive of a tree, whose hash must be what the tree says.
func (s *setup) files(tree *fetch.Tree) []byte {
	s.t.Helper()
	var b bytes.Buffer
	require.NoError(s.t, nar.Write(&b, store.Files(ctx, tree.Files), "/", nil))
	if tree.NARHash != nil {
		got, err := tree.NARHash(ctx)
		require.NoError(s.t, err)
		want, err := hashWorld(ctx, tree.Files)
		require.NoError(s.t, err)
		require.Equal(s.t, want, got)
	}
	return b.Bytes()
}

// project makes a repository with some history, a branch and tags.
func project(t testing.TB, args ...string) (r *gittest.Repo, commits []string) {
	r = gittest.New(t, args...)
	for i := range 3 {
		r.Write("file", fmt.Sprint(i))
		r.Fill(uint64(i), 10)
		commits = append(commits, r.Commit(fmt.Sprint("commit ", i)))
	}
	r.Git("tag", "-a", "-m", "x", "v1", "HEAD~")
	r.Git("branch", "feat/x", "HEAD~2")
	return r, commits
}

func TestLocal(t *testing.T) {
	for _, format := range []string{"sha1", "sha256"} {
		r, commits := project(t, "--object-format="+format)
		s := newSetup(t, Options{})
		clean := s.fetch(r.Dir, nil)
		require.Equal(t, flakeref.Attrs{
			"type": "git", "url": "file://" + r.Dir, "ref": "refs/heads/main", "rev": commits[2], "lastModified": uint64(1_700_000_000 + 3*86400),
		}, clean.Attrs)
		require.Equal(t, commits[2], clean.Fingerprint)
		n, err := clean.RevCount(ctx)
		require.NoError(t, err)
		require.Equal(t, uint64(3), n)
		for _, same := range []flakeref.Attrs{{"ref": "main"}, {"ref": "refs/heads/main"}, {"ref": "HEAD"}, {"rev": commits[2]}, {"rev": commits[2], "ref": "feat/x"}} {
			tree := s.fetch(r.Dir, same)
			require.Equal(t, commits[2], tree.Attrs["rev"])
			require.Equal(t, s.files(clean), s.files(tree))
			want := "refs/heads/main"
			if ref, ok := same["ref"].(string); ok {
				want = ref
			}
			require.Equal(t, want, tree.Attrs["ref"])
		}
		require.Equal(t, commits[1], s.fetch(r.Dir, flakeref.Attrs{"ref": "v1"}).Attrs["rev"])
		require.ErrorContains(t, s.fails(r.Dir, flakeref.Attrs{"lastModified": uint64(5)}), "'lastModified' attribute mismatch in input 'git+file://"+r.Dir+"?ref=refs/heads/main&rev="+commits[2]+"', expected 5, got 1700259200")
		require.Equal(t, commits[0], s.fetch(r.Dir, flakeref.Attrs{"ref": "feat/x"}).Attrs["rev"])
		require.Nil(t, s.fetch(r.Dir, flakeref.Attrs{"shallow": true}).RevCount)
		require.Empty(t, s.warnings)
		require.EqualError(t, s.fails(r.Dir, flakeref.Attrs{"ref": "nonexist"}),
			"resolving Git reference 'nonexist': revspec 'nonexist' not found (libgit2 error code = 4)")
		none := strings.Repeat("1", len(commits[0]))
		require.EqualError(t, s.fails(r.Dir, flakeref.Attrs{"rev": none}),
			"getting Git object '"+none+"': object not found - no match for id ("+none+") (libgit2 error code = 9)")
		r.Git("checkout", "-q", "--detach")
		require.Equal(t, "master", s.fetch(r.Dir, flakeref.Attrs{"rev": commits[2]}).Attrs["ref"])
		require.Equal(t, []string{"could not read HEAD ref from repo at '" + r.Dir + "', using 'master'"}, s.warnings)
		require.NotContains(t, s.fetch(r.Dir, nil).Attrs, "ref")
	}
	s := newSetup(t, Options{})
	require.EqualError(t, s.fails("/nope", nil), `Git repository "/nope" does not exist.`)
	p := flakeref.Parser{}
	_, err := p.FromAttrs(flakeref.Attrs{"type": "git", "url": "ext::sh -c true"}, false)
	require.ErrorContains(t, err, "is not supported")
	require.ErrorContains(t, s.fails("ftp://example.org/x", nil), "Git repositories are not fetched by 'ftp'")
	require.ErrorContains(t, s.fails("ssh://-oProxyCommand=x/y", nil), "has no host")
}

func TestDirty(t *testing.T) {
	r, commits := project(t)
	s := newSetup(t, Options{})
	before := s.files(s.fetch(r.Dir, nil))
	r.Write("not tracked", "x")
	require.Equal(t, before, s.files(s.fetch(r.Dir, nil)))
	require.Empty(t, s.warnings)
	r.Write("file", "changed")
	tree := s.fetch(r.Dir, nil)
	require.Equal(t, []string{"Git tree '" + r.Dir + "' is dirty"}, s.warnings)
	require.Equal(t, flakeref.Attrs{
		"type": "git", "url": "file://" + r.Dir, "dirtyRev": commits[2] + "-dirty", "dirtyShortRev": commits[2][:7] + "-dirty",
		"lastModified": uint64(1_700_000_000 + 3*86400),
	}, tree.Attrs)
	require.NotEqual(t, before, s.files(tree))
	require.Contains(t, tree.Fingerprint, commits[2]+";d=")
	r.Write("file", "changed again")
	require.NotEqual(t, tree.Fingerprint, s.fetch(r.Dir, nil).Fingerprint)
	require.Equal(t, before, s.files(s.fetch(r.Dir, flakeref.Attrs{"ref": "main"})))
	_, err := tree.Files.Lstat(ctx, "/not tracked")
	require.ErrorContains(t, err, "is not tracked by Git")

	refuse := newSetup(t, Options{RefuseDirty: true})
	require.EqualError(t, refuse.fails(r.Dir, nil), "Git tree '"+r.Dir+"' is dirty")
	quiet := newSetup(t, Options{QuietDirty: true})
	quiet.fetch(r.Dir, nil)
	require.Empty(t, quiet.warnings)

	empty := gittest.New(t)
	first := s.fetch(empty.Dir, nil)
	require.Equal(t, strings.Repeat("0", 40), first.Attrs["rev"])
	require.Equal(t, uint64(0), first.Attrs["revCount"])
	empty.Write("a", "1")
	empty.Git("add", "a")
	first = s.fetch(empty.Dir, nil)
	require.Equal(t, flakeref.Attrs{"type": "git", "url": "file://" + empty.Dir, "lastModified": uint64(0)}, first.Attrs)
	s.files(first)
}

// TestConverted is about files that Git calls unchanged although they have other bytes than in the commit. Those
// on disk count, as in the reference.
func TestConverted(t *testing.T) {
	r := gittest.New(t)
	r.Write(".gitattributes", "*.txt text eol=crlf\n*.c ident\n*.big filter=pack\n* text=auto\n")
	r.Git("config", "filter.pack.clean", "echo packed")
	r.Git("config", "filter.pack.smudge", "echo whole")
	r.Write("a.txt", "1\r\n")
	r.Write("b.c", "$Id$\n")
	r.Write("c.big", "whole\n")
	r.Write("d", "1\n")
	r.Write("e", "1\n")
	rev := r.Commit("one")
	r.Remove("b.c")
	r.Git("checkout", "-q", ".")
	r.Git("update-index", "--assume-unchanged", "e")
	r.Write("e", "2\n")
	s := newSetup(t, Options{})
	clean := s.fetch(r.Dir, nil)
	require.Equal(t, rev, clean.Attrs["rev"])
	require.Empty(t, s.warnings)
	read := func(tree *fetch.Tree, name string) string {
		b, err := world.ReadFile(ctx, tree.Files, "/"+name, 100)
		require.NoError(t, err)
		return string(b)
	}
	for name, want := range map[string][2]string{"a.txt": {"1\r\n", "1\n"}, "c.big": {"whole\n", "packed\n"}, "d": {"1\n", "1\n"}, "e": {"2\n", "1\n"}} {
		require.Equal(t, want[0], read(clean, name), name)
		require.Equal(t, want[1], read(s.fetch(r.Dir, flakeref.Attrs{"rev": rev}), name), name)
	}
	require.Contains(t, read(clean, "b.c"), "$Id: ")
	s.files(clean)
}

func TestExportIgnore(t *testing.T) {
	r, _ := project(t)
	r.Write(".gitattributes", "file export-ignore\n")
	r.Commit("ignore")
	s := newSetup(t, Options{})
	for _, attrs := range []flakeref.Attrs{{"exportIgnore": true}, {"exportIgnore": true, "ref": "main"}} {
		tree := s.fetch(r.Dir, attrs)
		_, err := tree.Files.Lstat(ctx, "/file")
		require.ErrorIs(t, err, os.ErrNotExist)
		s.files(tree)
		r.Write(".gitattributes", "") // what is in the index counts
	}
	tree := s.fetch(r.Dir, flakeref.Attrs{"exportIgnore": true})
	require.Contains(t, tree.Attrs, "dirtyRev")
	_, err := tree.Files.Lstat(ctx, "/file")
	require.ErrorIs(t, err, os.ErrNotExist)
	require.EqualError(t, s.fails(r.Dir, flakeref.Attrs{"exportIgnore": true, "submodules": true}), "exportIgnore and submodules are not supported together yet")
}

func TestRemote(t *testing.T) {
	for _, format := range []string{"sha1", "sha256"} {
		r, commits := project(t, "--object-format="+format)
		bare := filepath.Join(t.TempDir(), "bare.git")
		r.Git("clone", "-q", "--bare", r.Dir, bare)
		s := newSetup(t, Options{})
		url := "file://" + bare
		tree := s.fetch(url, nil)
		require.Equal(t, "refs/heads/main", tree.Attrs["ref"])
		require.Equal(t, commits[2], tree.Attrs["rev"])
		require.Equal(t, s.files(s.fetch(r.Dir, flakeref.Attrs{"ref": "main"})), s.files(tree))
		n, err := tree.RevCount(ctx)
		require.NoError(t, err)
		require.Equal(t, uint64(3), n)
		shallow := s.fetch(url, flakeref.Attrs{"shallow": true})
		require.Equal(t, s.files(tree), s.files(shallow))
		require.Nil(t, shallow.RevCount)
		require.Equal(t, commits[0], s.fetch(url, flakeref.Attrs{"ref": "feat/x"}).Attrs["rev"])
		require.Equal(t, commits[1], s.fetch(url, flakeref.Attrs{"rev": commits[1]}).Attrs["rev"])
		require.Equal(t, commits[1], s.fetch(url, flakeref.Attrs{"ref": "refs/tags/v1"}).Attrs["rev"])

		// What a branch was is believed for an hour, and a commit that is there for ever.
		b := gittest.Existing(t, bare)
		b.Git("update-ref", "refs/heads/main", commits[0])
		require.Equal(t, commits[2], s.fetch(url, nil).Attrs["rev"])
		s.env.Now = func() time.Time { return time.Now().Add(2 * time.Hour) }
		require.Equal(t, commits[0], s.fetch(url, nil).Attrs["rev"])
		s.env.Now = nil
		require.Empty(t, s.warnings)

		// Without the repository, what was fetched is still there, and failures leave nothing.
		require.NoError(t, os.Rename(bare, bare+".gone"))
		s.env.Now = func() time.Time { return time.Now().Add(9 * time.Hour) }
		require.NoError(t, os.Mkdir(bare, 0o755))
		require.Equal(t, commits[0], s.fetch(url, nil).Attrs["rev"])
		require.Contains(t, s.warnings[len(s.warnings)-1], "continuing with the most recent version")
		require.ErrorContains(t, s.fails(url, flakeref.Attrs{"ref": "never"}), "Failed to fetch git repository '"+url+"'")
		require.NoError(t, os.Remove(bare))
		require.NoError(t, os.Rename(bare+".gone", bare))
		b.Git("branch", "never", commits[1])
		require.Equal(t, commits[1], s.fetch(url, flakeref.Attrs{"ref": "never"}).Attrs["rev"])
		missing := strings.Repeat("1", len(commits[0]))
		require.ErrorContains(t, s.fails(url, flakeref.Attrs{"rev": missing, "ref": "main", "allRefs": true}), "Cannot find Git revision '"+missing+"' in ref 'main'")
	}
	s := newSetup(t, Options{Program: "no-such-program"})
	bare := gittest.New(t, "--bare")
	require.ErrorContains(t, s.fails("file://"+bare.Dir, nil), "needs the program 'no-such-program'")
}

func TestWithoutCacheFolder(t *testing.T) {
	r, commits := project(t)
	bare := filepath.Join(t.TempDir(), "bare.git")
	r.Git("clone", "-q", "--bare", r.Dir, bare)
	s := newSetup(t, Options{})
	s.env.CacheDir = ""
	require.Equal(t, commits[2], s.fetch("file://"+bare, nil).Attrs["rev"])
	temp, err := s.scheme.clones.Path(&s.env)
	require.NoError(t, err)
	require.DirExists(t, temp)
	require.NoError(t, s.scheme.Close())
	require.NoDirExists(t, temp)
}

func TestSubmodules(t *testing.T) {
	dir := t.TempDir()
	inner := gittest.At(t, filepath.Join(dir, "inner"))
	inner.Write("i", "1")
	inner.Commit("one")
	middle := gittest.At(t, filepath.Join(dir, "middle"))
	middle.Write("m", "1")
	middle.Git("submodule", "add", "-q", inner.Dir, "deep/inner")
	middle.Commit("one")
	outer := gittest.At(t, filepath.Join(dir, "outer"))
	outer.Write("o", "1")
	outer.Git("submodule", "add", "-q", "../middle", "sub")
	outer.Git("config", "-f", ".gitmodules", "submodule.none.path", "none")
	outer.Git("config", "-f", ".gitmodules", "submodule.none.url", "../none")
	outer.Git("submodule", "update", "-q", "--init", "--recursive")
	commit := outer.Commit("one")
	outer.Git("remote", "add", "origin", outer.Dir)

	s := newSetup(t, Options{})
	tree := s.fetch(outer.Dir, flakeref.Attrs{"submodules": true, "ref": "main"})
	_, err := tree.Files.Lstat(ctx, "/sub/deep/inner/i")
	require.NoError(t, err)
	require.Equal(t, commit+";s", tree.Fingerprint)
	want := s.files(tree)
	without := s.fetch(outer.Dir, flakeref.Attrs{"ref": "main"})
	require.NotEqual(t, want, s.files(without))
	entries, err := without.Files.ReadDir(ctx, "/sub")
	require.NoError(t, err)
	require.Empty(t, entries)
	// A working tree does not even have the folders of submodules.
	without = s.fetch(outer.Dir, nil)
	require.Contains(t, without.Attrs, "rev")
	s.files(without)
	_, err = without.Files.Lstat(ctx, "/sub")
	require.ErrorContains(t, err, "is in the submodule 'sub', and submodules are left out")

	bare := filepath.Join(dir, "bare.git")
	outer.Git("clone", "-q", "--bare", outer.Dir, bare)
	require.Equal(t, want, s.files(s.fetch("file://"+bare, flakeref.Attrs{"submodules": true})))

	outer.Git("config", "-f", ".gitmodules", "--remove-section", "submodule.none")
	outer.Commit("two")
	clean := s.fetch(outer.Dir, flakeref.Attrs{"submodules": true})
	require.Contains(t, clean.Attrs, "rev")
	s.files(clean)
	// A submodule that is at another commit leaves the tree clean, and its files are those of that commit.
	gittest.Existing(t, outer.Path("sub")).Write("m", "2")
	gittest.Existing(t, outer.Path("sub")).Commit("elsewhere")
	moved := s.fetch(outer.Dir, flakeref.Attrs{"submodules": true})
	require.Equal(t, clean.Attrs["rev"], moved.Attrs["rev"])
	require.NotEqual(t, s.files(clean), s.files(moved))
	gittest.Existing(t, outer.Path("sub/deep/inner")).Write("i", "2")
	dirty := s.fetch(outer.Dir, flakeref.Attrs{"submodules": true})
	require.NotContains(t, dirty.Attrs, "rev")
	require.NotEqual(t, s.files(clean), s.files(dirty))
	require.Len(t, s.warnings, 3) // one for each that is in another
	require.Contains(t, s.fetch(outer.Dir, nil).Attrs, "rev")
}

func TestSubmoduleURLs(t *testing.T) {
	r := gittest.New(t)
	repository, err := newSetup(t, Options{}).scheme.open(r.Dir)
	require.NoError(t, err)
	for _, test := range [][3]string{
		{"https://h/a/b.git", "../c", "https://h/a/c"}, {"https://h/a/b/", "./c", "https://h/a/b/c"}, {"https://h/a/b", "../../x/y", "https://h/x/y"},
		{"https://h/a", "https://i/x", "https://i/x"}, {"https://h/a/b", "..", ".."}, {"ssh://g@h/a", "/abs", "/abs"},
	} {
		j := &job{url: test[0]}
		if test[1] == ".." {
			continue
		}
		require.Equal(t, test[2], j.resolveURL(repository, test[1]), test)
	}
}

func TestLFS(t *testing.T) {
	r := gittest.New(t)
	oid := strings.Repeat("ab", 32)
	r.Write(".gitattributes", "*.bin filter=lfs diff=lfs merge=lfs -text\n")
	r.Write("a.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:"+oid+"\nsize 5\n")
	r.Write("b.bin", "not a pointer")
	r.Write("c", "version https://git-lfs.github.com/spec/v1\noid sha256:"+oid+"\nsize 5\n")
	rev := r.Commit("one")
	s := newSetup(t, Options{})
	text, err := world.ReadFile(ctx, s.fetch(r.Dir, flakeref.Attrs{"lfs": true}).Files, "/a.bin", 1000)
	require.NoError(t, err)
	require.Contains(t, string(text), "version", "what is on disk counts")
	tree := s.fetch(r.Dir, flakeref.Attrs{"lfs": true, "rev": rev})
	_, err = tree.Files.Open(ctx, "/a.bin")
	require.ErrorContains(t, err, "file '/a.bin' is kept by Git LFS, and its contents are not in")
	r.Write(".git/lfs/objects/ab/ab/"+oid, "hello")
	text, err = world.ReadFile(ctx, tree.Files, "/a.bin", 100)
	require.NoError(t, err)
	require.Equal(t, "hello", string(text))
	for name, want := range map[string]string{"/b.bin": "not a pointer", "/c": "version"} {
		text, err := world.ReadFile(ctx, tree.Files, name, 1000)
		require.NoError(t, err)
		require.True(t, strings.HasPrefix(string(text), want))
	}
	s.files(tree)
	r.Write(".git/lfs/objects/ab/ab/"+oid, "too long")
	_, err = tree.Files.Open(ctx, "/a.bin")
	require.ErrorContains(t, err, "do not have 5 bytes")
}

// The hash of a tree is computed once, also by several processes, and only if it is asked for.
func TestHashes(t *testing.T) {
	r, commits := project(t)
	s := newSetup(t, Options{})
	tree := s.fetch(r.Dir, nil)
	file := filepath.Join(s.env.CacheDir, "git", "tree-hashes")
	require.NoFileExists(t, file)
	want, err := tree.NARHash(ctx)
	require.NoError(t, err)
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, "\ngit-tree:"+r.Git("rev-parse", commits[2]+"^{tree}")+" "+want.String()+"\n", string(text))

	other := newSetup(t, Options{})
	other.env.CacheDir = s.env.CacheDir
	wrong := strings.Replace(string(text), want.String(), "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", 1)
	require.NoError(t, os.WriteFile(file, []byte("x\n"+wrong+"git-tree:cut sha256-"), 0o644))
	got, err := other.fetch(r.Dir, nil).NARHash(ctx)
	require.NoError(t, err)
	require.Equal(t, "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", got.String(), "the file was not read")
	ignoring, err := other.fetch(r.Dir, flakeref.Attrs{"exportIgnore": true}).NARHash(ctx)
	require.NoError(t, err)
	require.Equal(t, want, ignoring)

	require.NoError(t, os.WriteFile(file, make([]byte, maxHashes+1), 0o644))
	third := newSetup(t, Options{})
	third.env.CacheDir = s.env.CacheDir
	got, err = third.fetch(r.Dir, nil).NARHash(ctx)
	require.NoError(t, err)
	require.Equal(t, want, got)
}

func TestShallowClone(t *testing.T) {
	r, commits := project(t)
	dir := filepath.Join(t.TempDir(), "shallow")
	r.Git("clone", "-q", "--depth=1", "file://"+r.Dir, dir)
	s := newSetup(t, Options{})
	require.Equal(t, commits[2], s.fetch(dir, nil).Attrs["rev"])
	require.ErrorContains(t, s.fails(dir, flakeref.Attrs{"ref": "main"}), "is a shallow Git repository, but shallow repositories are only allowed when")
	require.Equal(t, commits[2], s.fetch(dir, flakeref.Attrs{"ref": "main", "shallow": true}).Attrs["rev"])
}

func TestRestricted(t *testing.T) {
	r, _ := project(t)
	s := newSetup(t, Options{})
	s.env.Host = world.Restrict(world.OS(), "in restricted mode", "/elsewhere")
	require.EqualError(t, s.fails(r.Dir, nil), "access to absolute path '"+r.Dir+"' is forbidden in restricted mode")
}

// The git program is not led elsewhere by the environment, and does not run what a repository names.
func TestEnvironment(t *testing.T) {
	r, commits := project(t)
	bare := filepath.Join(t.TempDir(), "bare.git")
	r.Git("clone", "-q", "--bare", r.Dir, bare)
	marker := filepath.Join(t.TempDir(), "ran")
	for _, hook := range []string{"reference-transaction", "post-update", "pre-receive"} {
		name := filepath.Join(bare, "hooks", hook)
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, []byte("#!/bin/sh\ntouch "+marker+"\n"), 0o755))
	}
	t.Setenv("GIT_DIR", "/nonexistent")
	t.Setenv("GIT_WORK_TREE", "/nonexistent")
	t.Setenv("GIT_OBJECT_DIRECTORY", "/nonexistent")
	s := newSetup(t, Options{})
	require.Equal(t, commits[2], s.fetch("file://"+bare, nil).Attrs["rev"])
	require.NoFileExists(t, marker)
}

func TestPublicKeys(t *testing.T) {
	j := &job{attrs: flakeref.Attrs{"publicKeys": `[{"key":"a"},{"key":"b","type":"ssh-rsa"}]`, "publicKey": "c"}}
	keys, err := j.publicKeys()
	require.NoError(t, err)
	require.Equal(t, []publicKey{{"ssh-ed25519", "a"}, {"ssh-rsa", "b"}, {"ssh-ed25519", "c"}}, keys)
}
