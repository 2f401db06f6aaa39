package tree

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/firn-lang/firn/builtins/fetch/git/gittest"
	"github.com/firn-lang/firn/builtins/fetch/git/odb"
	"github.com/firn-lang/firn/builtins/fetch/git/repo"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/eval/world"
	"github.com/stretchr/testify/require"
)

var ctx = context.Background()

func open(t testing.TB, path string) *repo.Repository {
	t.Helper()
	r, err := repo.Open(path)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, r.Close()) })
	return r
}

// head returns the files of the last commit.
func head(t testing.TB, r *repo.Repository) *Tree {
	t.Helper()
	id, err := r.Resolve(ctx, "HEAD")
	require.NoError(t, err)
	c, err := r.Commit(ctx, id)
	require.NoError(t, err)
	return New(r, c.Tree)
}

// archive returns the archive of a world.
func archive(t testing.TB, host world.Host) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, nar.Write(&b, store.Files(ctx, host), "/", nil))
	return b.Bytes()
}

// checkout returns the archive of what git itself writes to disk.
func checkout(t testing.TB, r *gittest.Repo, how ...string) []byte {
	t.Helper()
	dir := t.TempDir()
	r.Git(append([]string{"archive", "-o", filepath.Join(dir, "x.tar"), "HEAD"}, how...)...)
	require.NoError(t, os.Mkdir(filepath.Join(dir, "x"), 0o755))
	unpack(t, filepath.Join(dir, "x.tar"), filepath.Join(dir, "x"))
	var b bytes.Buffer
	require.NoError(t, nar.Write(&b, nar.OS{}, filepath.Join(dir, "x"), nil))
	return b.Bytes()
}

// unpack writes the files of an archive below dir.
func unpack(t testing.TB, name, dir string) {
	t.Helper()
	f, err := os.Open(name)
	require.NoError(t, err)
	defer f.Close()
	for r := tar.NewReader(f); ; {
		e, err := r.Next()
		if err == io.EOF {
			return
		}
		require.NoError(t, err)
		path := filepath.Join(dir, e.Name)
		switch e.Typeflag {
		case tar.TypeDir:
			require.NoError(t, os.MkdirAll(path, 0o755))
		case tar.TypeSymlink:
			require.NoError(t, os.Symlink(e.Linkname, path))
		case tar.TypeReg:
			data, err := io.ReadAll(r)
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(path, data, e.FileInfo().Mode()&0o755))
		}
	}
}

func TestTree(t *testing.T) {
	for seed := range uint64(4) {
		for _, format := range []string{"sha1", "sha256"} {
			r := gittest.New(t, "--object-format="+format)
			r.Fill(seed, 100)
			r.Commit("one")
			r.Touch(seed)
			r.Commit("two")
			if seed%2 == 1 {
				r.Git("repack", "-adfq")
			}
			want := checkout(t, r)
			tree := head(t, open(t, r.Dir))
			require.True(t, bytes.Equal(want, archive(t, tree)))
			var b bytes.Buffer
			require.NoError(t, tree.WriteNAR(ctx, &b))
			require.True(t, bytes.Equal(want, b.Bytes()))
			hash, size, err := tree.HashNAR(ctx)
			require.NoError(t, err)
			require.Equal(t, int64(len(want)), size)
			h := nixhash.NewHasher(nixhash.SHA256)
			h.Write(want)
			require.Equal(t, h.Result(), hash)
		}
	}
}

func TestTreeAsWorld(t *testing.T) {
	r := gittest.New(t)
	r.Write("a/b", "text")
	r.Write("run", "x")
	r.Executable("run")
	r.Link("link", "a/b")
	r.Commit("one")
	tree := head(t, open(t, r.Dir))
	info, err := tree.Lstat(ctx, "/run")
	require.NoError(t, err)
	require.Equal(t, world.FileInfo{Type: world.Regular, Executable: true, Size: 1}, info)
	f, err := tree.Open(ctx, "/a/b")
	require.NoError(t, err)
	info, err = f.Stat()
	require.NoError(t, err)
	require.Equal(t, int64(4), info.Size)
	text, err := io.ReadAll(f)
	require.NoError(t, err)
	require.Equal(t, "text", string(text))
	require.NoError(t, f.Close())
	target, err := tree.ReadLink(ctx, "/link")
	require.NoError(t, err)
	require.Equal(t, "a/b", target)
	entries, err := tree.ReadDir(ctx, "/")
	require.NoError(t, err)
	require.Equal(t, []world.DirEntry{{Name: "a", Type: world.Directory}, {Name: "link", Type: world.Symlink}, {Name: "run", Type: world.Regular}}, entries)
	for _, path := range []string{"/none", "/a/none", "/run/x", "/link/x", "/.git"} {
		_, err := tree.Lstat(ctx, path)
		require.ErrorIs(t, err, fs.ErrNotExist, path)
	}
	_, err = tree.ReadDir(ctx, "/run")
	require.Error(t, err)
	_, err = tree.Open(ctx, "/a")
	require.Error(t, err)
	_, err = tree.ReadLink(ctx, "/run")
	require.Error(t, err)
	require.Empty(t, tree.Getenv(ctx, "HOME"))
}

func TestWorking(t *testing.T) {
	r := gittest.New(t)
	r.Fill(2, 50)
	r.Write("gone", "1")
	r.Write("kept", "1")
	r.Write("dir/in", "1")
	r.Commit("one")
	r.Write("kept", "2")
	r.Remove("gone")
	r.Write("dir/out", "1")
	r.Write("new", "1")
	r.Git("add", "-N", "new")
	status, err := open(t, r.Dir).Status(ctx, nil)
	require.NoError(t, err)
	w := Working(world.OS(), r.Dir, status)
	for path, want := range map[string]string{"/kept": "2", "/new": "1", "/dir/in": "1"} {
		text, ok, err := ReadFile(ctx, w, path, 100)
		require.NoError(t, err)
		require.True(t, ok)
		require.Equal(t, want, text)
	}
	for path, want := range map[string]string{
		"/dir/out": "Path 'dir/out' in the repository \"" + r.Dir + "\" is not tracked by Git.",
		"/gone":    "Path 'gone' does not exist in Git repository \"" + r.Dir + "\".",
		"/.git":    "Path '.git' does not exist",
		"/.git/x":  "Path '.git/x' does not exist",
	} {
		for _, err := range hostErrors(w, path) {
			require.ErrorIs(t, err, fs.ErrNotExist)
			require.ErrorContains(t, err, want)
		}
	}
	entries, err := w.ReadDir(ctx, "/dir")
	require.NoError(t, err)
	require.Equal(t, []world.DirEntry{{Name: "in", Type: world.Regular}}, entries)
	// What is left is what git would commit.
	r.Git("add", "-u")
	r.Git("commit", "-q", "-m", "all")
	require.True(t, bytes.Equal(checkout(t, r), archive(t, w)))
}

func TestReasons(t *testing.T) {
	sub := gittest.New(t)
	sub.Write("in", "1")
	sub.Commit("one")
	r := gittest.New(t)
	r.Write(".gitignore", "*.log\n!kept.log\n/out/\n# out\nsecret\\ \n")
	r.Write("dir/.gitignore", "!again.log")
	r.Write("there", "1")
	r.Git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", sub.Dir, "sub")
	r.Commit("one")
	for _, name := range []string{"new", "dir/new", "x.log", "kept.log", "dir/x.log", "dir/again.log", "out/new", "dir/out/new", "secret ", "excluded"} {
		r.Write(name, "1")
	}
	require.NoError(t, os.WriteFile(r.Dir+"/.git/info/exclude", []byte("excluded\n"), 0o644))
	repository := open(t, r.Dir)
	for _, dirty := range []bool{false, true} {
		if dirty {
			r.Write("there", "2")
		}
		status, err := repository.Status(ctx, nil)
		require.NoError(t, err)
		require.Equal(t, dirty, status.Dirty())
		w := Working(world.OS(), r.Dir, status)
		if !dirty {
			w = Explained(WithoutSubmodules(head(t, repository), status), world.OS(), r.Dir, status)
		}
		for name, want := range map[string]world.HideReason{
			"none": world.Missing, ".git": world.Missing, "there/none": world.Missing,
			"new": world.NotTracked, "dir/new": world.NotTracked, "kept.log": world.NotTracked, "dir/again.log": world.NotTracked, "dir/out/new": world.NotTracked,
			"x.log": world.Ignored, "dir/x.log": world.Ignored, "out": world.Ignored, "out/new": world.Ignored, "secret ": world.Ignored, "excluded": world.Ignored,
			"sub": world.InSubmodule, "sub/in": world.InSubmodule,
		} {
			for _, err := range hostErrors(w, "/"+name) {
				e, ok := errors.AsType[*world.HiddenError](err)
				require.True(t, ok, "%s: %v", name, err)
				require.Equal(t, want, e.Reason, name)
				require.Equal(t, r.Dir, e.Repository)
				require.Equal(t, name, e.Path)
				require.ErrorIs(t, err, fs.ErrNotExist)
			}
		}
		_, err = w.Lstat(ctx, "/there")
		require.NoError(t, err)
	}
}

// hostErrors returns the errors of all questions about a path.
func hostErrors(w world.Host, path string) []error {
	_, lstat := w.Lstat(ctx, path)
	_, open := w.Open(ctx, path)
	_, dir := w.ReadDir(ctx, path)
	_, link := w.ReadLink(ctx, path)
	return []error{lstat, open, dir, link}
}

func TestExportIgnored(t *testing.T) {
	r := gittest.New(t)
	for _, name := range []string{"a", "b", "docs/x", "docs/y/z", "lib/test/a", "lib/a.test", "keep/docs"} {
		r.Write(name, name)
	}
	r.Write(".gitattributes", "b export-ignore\n/docs export-ignore\n*.test export-ignore\n")
	r.Write("lib/.gitattributes", "test export-ignore\n.gitattributes export-ignore\n")
	r.Commit("one")
	tree := head(t, open(t, r.Dir))
	w := ExportIgnored(tree, nil)
	require.True(t, bytes.Equal(checkout(t, r), archive(t, w)))
	require.False(t, bytes.Equal(archive(t, tree), archive(t, w)))
	for _, path := range []string{"/b", "/docs", "/docs/y/z", "/lib/a.test"} {
		for _, err := range hostErrors(w, path) {
			require.ErrorIs(t, err, fs.ErrNotExist)
			require.ErrorContains(t, err, "'"+path+"' does not exist because it was fetched with exportIgnore enabled")
		}
	}
	_, err := w.Lstat(ctx, "/none")
	require.ErrorIs(t, err, fs.ErrNotExist)
	broken := errors.New("broken")
	w = ExportIgnored(tree, func(context.Context, string) (string, bool, error) { return "", false, broken })
	_, err = w.ReadDir(ctx, "/")
	require.ErrorIs(t, err, broken)
}

func TestSubmodules(t *testing.T) {
	sub := gittest.New(t)
	sub.Write("x/y", "1")
	commit := sub.Commit("one")
	r := gittest.New(t)
	r.Write("a", "1")
	r.Git("submodule", "add", "-q", sub.Dir, "deep/sub")
	r.Commit("one")
	tree := head(t, open(t, r.Dir))
	info, err := tree.Lstat(ctx, "/deep/sub")
	require.NoError(t, err)
	require.Equal(t, world.Directory, info.Type)
	entries, err := tree.ReadDir(ctx, "/deep/sub")
	require.NoError(t, err)
	require.Empty(t, entries)
	id, ok, err := tree.Submodule(ctx, "/deep/sub")
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, commit, id.String())
	for _, path := range []string{"/a", "/none"} {
		_, ok, err = tree.Submodule(ctx, path)
		require.NoError(t, err)
		require.False(t, ok)
	}
	var b bytes.Buffer
	require.NoError(t, tree.WriteNAR(ctx, &b))
	require.True(t, bytes.Equal(archive(t, tree), b.Bytes()))
	m := Mounted(tree, map[string]world.Host{"deep/sub": head(t, open(t, sub.Dir))})
	text, ok, err := ReadFile(ctx, m, "/deep/sub/x/y", 10)
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, "1", text)
	status, err := open(t, r.Dir).Status(ctx, nil)
	require.NoError(t, err)
	_, err = Working(world.OS(), r.Dir, status).Lstat(ctx, "/deep/sub/x")
	require.ErrorContains(t, err, "is in the submodule 'deep/sub', and submodules are left out")
	require.True(t, strings.HasSuffix(err.Error(), "submodules = true"))
}

// A tree whose entry leads to an object of another kind, as a repository of somebody else may have it.
func TestWrongKinds(t *testing.T) {
	r := gittest.New(t)
	r.Write("a/b", "1")
	commit := r.Commit("one")
	raw := func(name string) string {
		id, err := odb.ParseID(r.Git("rev-parse", name))
		require.NoError(t, err)
		return string(id.Bytes())
	}
	data := "40000 dir\x00" + raw("HEAD:a/b") + "100644 file\x00" + raw("HEAD:a") + "120000 link\x00" + raw(commit)
	root, err := odb.ParseID(r.GitIn(data, "hash-object", "-t", "tree", "--literally", "-w", "--stdin"))
	require.NoError(t, err)
	w := New(open(t, r.Dir), root)
	_, err = w.Lstat(ctx, "/file")
	require.ErrorContains(t, err, "file 'file' in a Git tree is a tree, and not a blob")
	_, err = w.Open(ctx, "/file")
	require.ErrorContains(t, err, "is a tree, and not a blob")
	_, err = w.ReadLink(ctx, "/link")
	require.ErrorContains(t, err, "is a commit, and not a blob")
	_, err = w.ReadDir(ctx, "/dir")
	require.ErrorContains(t, err, "is a blob, and not a tree")
	require.Error(t, w.WriteNAR(ctx, io.Discard))
}
