package repo

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/firn-lang/firn/builtins/fetch/git/gittest"
	"github.com/firn-lang/firn/builtins/fetch/git/odb"
	"github.com/stretchr/testify/require"
)

var ctx = context.Background()

func open(t testing.TB, path string) *Repository {
	t.Helper()
	r, err := Open(path)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, r.Close()) })
	return r
}

// rest makes the files of a repository old enough for their times to tell whether they changed.
func rest(t testing.TB, r *gittest.Repo) {
	old := time.Now().Add(-time.Hour)
	for _, name := range strings.Split(r.Git("ls-files", "-z"), "\x00") {
		if info, err := os.Lstat(r.Path(name)); err == nil && info.Mode().IsRegular() {
			require.NoError(t, os.Chtimes(r.Path(name), old, old))
		}
	}
	time.Sleep(20 * time.Millisecond) // times of change are not to be set
	r.Git("update-index", "--refresh", "-q")
}

// gitStatus returns what git says of a working tree, in the form of a Status.
func gitStatus(r *gittest.Repo) (modified, deleted []string) {
	for _, line := range strings.Split(r.Git("status", "--porcelain=v1", "-z", "-uno", "--ignore-submodules=all", "--no-renames"), "\x00") {
		if len(line) < 4 {
			continue
		}
		if strings.Contains(line[:2], "D") {
			deleted = append(deleted, line[3:])
		} else {
			modified = append(modified, line[3:])
		}
	}
	slices.Sort(modified)
	slices.Sort(deleted)
	return modified, deleted
}

func checkStatus(t *testing.T, r *gittest.Repo) *Status {
	t.Helper()
	s, err := open(t, r.Dir).Status(ctx, nil)
	require.NoError(t, err)
	modified, deleted := gitStatus(r)
	require.Equal(t, modified, s.Modified)
	require.Equal(t, deleted, s.Deleted)
	return s
}

func TestStatus(t *testing.T) {
	for _, version := range []string{"2", "4"} {
		r := gittest.New(t)
		r.Fill(7, 60)
		r.Write("gone", "1")
		r.Write("dir/file", "1")
		r.Write("linked/file", "1")
		r.Write("mode", "1")
		r.Write("type", "1")
		r.Write("same size", "12345")
		r.Commit("one")
		r.Git("update-index", "--index-version", version)
		s := checkStatus(t, r)
		require.False(t, s.Dirty())
		require.Equal(t, "refs/heads/main", s.Branch)
		require.Equal(t, r.Git("rev-parse", "HEAD"), s.Head.String())
		rest(t, r)
		require.False(t, checkStatus(t, r).Dirty())

		r.Write("not tracked", "1")
		require.False(t, checkStatus(t, r).Dirty())
		r.Write("same size", "54321")
		require.Equal(t, []string{"same size"}, checkStatus(t, r).Modified)
		r.Executable("mode")
		r.Remove("gone")
		r.Remove("dir")
		r.Write("dir", "a file in the place of a folder")
		r.Remove("linked")
		r.Write("elsewhere/file", "1")
		r.Link("linked", "elsewhere")
		r.Remove("type")
		r.Link("type", "1")
		r.Touch(5)
		s = checkStatus(t, r)
		require.Contains(t, s.Modified, "type")
		require.Contains(t, s.Modified, "mode")
		require.Contains(t, s.Deleted, "linked/file")
		r.Write("staged/a", "1")
		r.Write("staged/b", "1")
		r.Git("add", "staged/a")
		r.Git("add", "-N", "staged/b")
		r.Git("rm", "-q", "--cached", "same size")
		s = checkStatus(t, r)
		require.Contains(t, s.Files, "staged/a")
		require.Contains(t, s.Files, "staged/b")
		require.NotContains(t, s.Files, "same size")
		r.Git("update-index", "--split-index")
		checkStatus(t, r)
	}
}

func TestStatusBeforeFirstCommit(t *testing.T) {
	r := gittest.New(t)
	s := checkStatus(t, r)
	require.True(t, s.Head.IsZero())
	r.Write("a", "1")
	r.Git("add", "a")
	require.Equal(t, []string{"a"}, checkStatus(t, r).Modified)
}

func TestStatusOfLines(t *testing.T) {
	r := gittest.New(t)
	r.Write(".gitattributes", "*.txt text eol=crlf\n*.auto text=auto\n*.bin -text\n")
	for _, name := range []string{"a.txt", "b.auto", "c.bin", "d"} {
		r.Write(name, "one\ntwo\n")
	}
	r.Commit("one")
	for _, name := range []string{"a.txt", "b.auto", "c.bin", "d"} {
		r.Write(name, "one\r\ntwo\r\n")
	}
	r.Git("add", "a.txt", "b.auto") // with other sizes, which the index gets to know
	later := time.Now().Add(time.Hour)
	require.NoError(t, os.Chtimes(r.Path("a.txt"), later, later))
	require.NoError(t, os.Chtimes(r.Path("b.auto"), later, later))
	require.Equal(t, []string{"c.bin", "d"}, checkStatus(t, r).Modified)
}

func TestStatusOfSubmodules(t *testing.T) {
	sub := gittest.New(t)
	sub.Write("x", "1")
	sub.Commit("one")
	r := gittest.New(t)
	r.Write("a", "1")
	r.Git("submodule", "add", "-q", sub.Dir, "b")
	r.Commit("one")
	gittest.Existing(t, r.Path("b")).Write("x", "2")
	s := checkStatus(t, r)
	require.False(t, s.Dirty())
	require.Equal(t, []string{"b"}, s.Submodules)
	require.Equal(t, []string{".gitmodules", "a"}, s.Files)
	inner := open(t, r.Path("b"))
	require.Equal(t, filepath.Join(r.Dir, ".git/modules/b"), inner.Dir)
	require.Equal(t, r.Path("b"), inner.WorkTree)
	st, err := inner.Status(ctx, nil)
	require.NoError(t, err)
	require.Equal(t, []string{"x"}, st.Modified)
}

func TestStatusOfSparseTree(t *testing.T) {
	r := gittest.New(t)
	for _, name := range []string{"a/x", "a/y", "b/c/x", "b/d", "c"} {
		r.Write(name, name)
	}
	r.Commit("one")
	for _, sparse := range []string{"--no-sparse-index", "--sparse-index"} {
		r.Git("sparse-checkout", "set", "--cone", sparse, "a")
		s, err := open(t, r.Dir).Status(ctx, nil)
		require.NoError(t, err)
		require.Equal(t, []string{"a/x", "a/y", "c"}, s.Files)
		require.Empty(t, s.Modified)
		if sparse == "--sparse-index" {
			require.Equal(t, []string{"b/"}, s.Deleted)
		} else {
			require.Equal(t, []string{"b/c/x", "b/d"}, s.Deleted)
		}
	}
}

func TestStatusOfFlags(t *testing.T) {
	r := gittest.New(t)
	for _, name := range []string{"a", "b", "c", "d"} {
		r.Write(name, "1")
	}
	r.Commit("one")
	r.Git("update-index", "--assume-unchanged", "a", "b")
	r.Git("update-index", "--skip-worktree", "c")
	r.Write("a", "changed")
	r.Remove("b")
	r.Write("c", "changed")
	require.False(t, checkStatus(t, r).Dirty())
}

func TestLinkedWorkTree(t *testing.T) {
	r := gittest.New(t)
	r.Write("a", "1")
	r.Commit("one")
	dir := filepath.Join(t.TempDir(), "linked")
	r.Git("worktree", "add", "-q", "-b", "side", dir)
	l := gittest.Existing(t, dir)
	l.Write("a", "2")
	s := checkStatus(t, l)
	require.Equal(t, "refs/heads/side", s.Branch)
	repo := open(t, dir)
	require.Equal(t, dir, repo.WorkTree)
	require.Equal(t, r.Path(".git"), repo.Common)
	id, err := repo.Resolve(ctx, "main")
	require.NoError(t, err)
	require.Equal(t, r.Git("rev-parse", "main"), id.String())
	found, err := Discover(dir + "/x/y")
	require.NoError(t, err)
	require.Equal(t, dir, found)
}

func TestResolve(t *testing.T) {
	for _, format := range []string{"sha1", "sha256"} {
		r := gittest.New(t, "--object-format="+format)
		r.Write("a", "1")
		r.Commit("one")
		r.Git("tag", "light")
		r.Git("tag", "-a", "-m", "x", "annotated")
		r.Git("tag", "-a", "-m", "x", "twice", "annotated")
		r.Git("branch", "feat/x")
		r.Git("tag", "tree", "HEAD^{tree}")
		r.Git("update-ref", "refs/remotes/origin/main", "HEAD")
		r.Git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
		r.Write("a", "2")
		head := r.Commit("two")
		for _, pack := range []bool{false, true} {
			if pack {
				r.Git("pack-refs", "--all")
			}
			repo := open(t, r.Dir)
			for _, name := range []string{
				"HEAD", "main", "heads/main", "refs/heads/main", "light", "annotated", "twice", "tags/annotated", "feat/x", "origin", "origin/main",
				"remotes/origin/main", head, head[:7],
			} {
				id, err := repo.Resolve(ctx, name)
				require.NoError(t, err, name)
				require.Equal(t, r.Git("rev-parse", name+"^{commit}"), id.String(), name)
			}
			for _, name := range []string{"none", "../HEAD", "refs/heads", "feat", "-x", "main~1", "", "/etc/passwd", "a\x00b", "1234567"} {
				_, err := repo.Resolve(ctx, name)
				require.ErrorIs(t, err, odb.ErrNotFound, name)
			}
			_, err := repo.Resolve(ctx, "tree")
			require.ErrorContains(t, err, "is a tree, and not a commit")
		}
	}
	r := gittest.New(t)
	r.Git("symbolic-ref", "refs/heads/a", "refs/heads/b")
	r.Git("symbolic-ref", "refs/heads/b", "refs/heads/a")
	_, err := open(t, r.Dir).Resolve(ctx, "a")
	require.ErrorContains(t, err, "leads to too many others")
}

func TestRevCount(t *testing.T) {
	r := gittest.New(t)
	for i := range 5 {
		r.Write("a", fmt.Sprint(i))
		r.Commit("x")
	}
	r.Git("checkout", "-qb", "side", "HEAD~3")
	r.Write("b", "1")
	r.Commit("side")
	r.Git("checkout", "-q", "main")
	r.Git("merge", "-q", "-m", "merge", "side")
	check := func(want string) {
		t.Helper()
		repo := open(t, r.Dir)
		id, err := repo.Resolve(ctx, "HEAD")
		require.NoError(t, err)
		n, err := repo.RevCount(ctx, id)
		require.NoError(t, err)
		require.Equal(t, want, fmt.Sprint(n))
	}
	check(r.Git("rev-list", "--count", "HEAD"))
	r.Git("commit-graph", "write", "--reachable")
	check(r.Git("rev-list", "--count", "HEAD"))
	r.Commit("one more, which is not in the graph")
	n := r.Git("rev-list", "--count", "HEAD")
	check(n)
	graph := r.Path(".git/objects/info/commit-graph")
	data, err := os.ReadFile(graph)
	require.NoError(t, err)
	for i := len(data) / 2; i < len(data); i++ {
		data[i] = 0xff
	}
	require.NoError(t, os.Chmod(graph, 0o644))
	require.NoError(t, os.WriteFile(graph, data, 0o644))
	check(n)

	dir := filepath.Join(t.TempDir(), "shallow")
	r.Git("clone", "-q", "--depth=1", "file://"+r.Dir, dir)
	repo := open(t, dir)
	shallow, err := repo.IsShallow()
	require.NoError(t, err)
	require.True(t, shallow)
	id, err := repo.Resolve(ctx, "HEAD")
	require.NoError(t, err)
	one, err := repo.RevCount(ctx, id)
	require.NoError(t, err)
	require.Equal(t, uint64(1), one)
}

func TestOpen(t *testing.T) {
	dir := t.TempDir()
	_, err := Open(filepath.Join(dir, "none"))
	require.ErrorIs(t, err, os.ErrNotExist)
	_, err = Open(dir)
	require.ErrorIs(t, err, ErrNotRepository)
	require.NoError(t, os.WriteFile(filepath.Join(dir, ".git"), []byte("gitdir: elsewhere\n"), 0o644))
	_, err = Open(dir)
	require.ErrorIs(t, err, ErrNotRepository)

	bare := gittest.New(t, "--bare")
	r := open(t, bare.Dir)
	require.Empty(t, r.WorkTree)
	_, err = r.Status(ctx, nil)
	require.ErrorIs(t, err, ErrBare)

	for text, want := range map[string]string{
		"[core]\nrepositoryformatversion = 2\n":                                    "version '2' of repositories is not known",
		"[core]\nrepositoryformatversion = 1\n[extensions]\nx = y\n":               "the extension 'x' is not known",
		"[core]\nrepositoryformatversion = 1\n[extensions]\nobjectFormat=x\n":      "unknown object format 'x'",
		"[core]\nrepositoryformatversion = 1\n[extensions]\nrefStorage=reftable\n": "its references are stored as 'reftable'",
		"[core\n": "line 1: the name of a section is damaged",
	} {
		require.NoError(t, os.WriteFile(filepath.Join(bare.Dir, "config"), []byte(text), 0o644))
		_, err := Open(bare.Dir)
		require.ErrorContains(t, err, want)
	}
}

func TestConfig(t *testing.T) {
	text := "\ufeff# comment\n[core]\n\tBare = yes ; comment\n\tquoted = \" a;b \" c  # x\n\tescaped = a\\tb\\\\c\\\"\n\tlong = one \\\n  two\n\tflag\n" +
		"[Submodule \"A b\\\"c\"] path = x\r\n\turl = ../y\n[submodule \"second\"]\n\tpath = z\n[a.B]\n\tc = d\n[core] bare = no\n"
	c, err := ParseConfig(text)
	require.NoError(t, err)
	for _, test := range [][4]string{
		{"core", "", "bare", "no"}, {"core", "", "quoted", " a;b  c"}, {"core", "", "escaped", "a\tb\\c\""}, {"core", "", "long", "one   two"},
		{"core", "", "flag", "true"}, {"submodule", "A b\"c", "path", "x"}, {"submodule", "A b\"c", "url", "../y"}, {"a", "b", "c", "d"},
	} {
		got, ok := c.Get(test[0], test[1], test[2])
		require.True(t, ok, test)
		require.Equal(t, test[3], got, test)
	}
	require.Equal(t, []string{"A b\"c", "second"}, c.Subsections("submodule"))
	require.True(t, c.Bool("core", "flag", false))
	require.False(t, c.Bool("core", "bare", true))
	for _, bad := range []string{"[", "[]", "[a", "[a \"b]", "[a] = x", "x = y", "[a]\nb ? c", "[a]\nb = \"", "[a]\nb = \\q"} {
		_, err := ParseConfig(bad)
		require.Error(t, err, bad)
	}
}

func FuzzConfig(f *testing.F) {
	f.Add("[core]\n\tbare = \"x\\n\" ; y\n[a \"b\"] c\n")
	f.Fuzz(func(t *testing.T, text string) {
		if c, err := ParseConfig(text); err == nil {
			c.Subsections("a")
			c.Get("core", "", "bare")
		}
	})
}

func FuzzRefName(f *testing.F) {
	f.Add("refs/heads/main")
	f.Add("../x")
	f.Fuzz(func(t *testing.T, name string) {
		if CheckRefName(name) == nil && !filepath.IsLocal(filepath.FromSlash(name)) {
			t.Fatalf("%q leads out of the repository", name)
		}
	})
}
