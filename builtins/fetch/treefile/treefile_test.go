package treefile_test

import (
	"bytes"
	"context"
	"io/fs"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/fetch/treefile"
	"github.com/firn-lang/firn/eval/world"
)

// write returns the tree that fill adds.
func write(t *testing.T, strip bool, fill func(w *treefile.Writer) error) (*treefile.Tree, []byte) {
	t.Helper()
	var buf bytes.Buffer
	w, err := treefile.NewWriter(&buf)
	require.NoError(t, err)
	require.NoError(t, fill(w))
	require.NoError(t, w.Close(strip))
	assert.Equal(t, int64(buf.Len()), w.Size())
	tree, err := treefile.Open(bytes.NewReader(buf.Bytes()), int64(buf.Len()))
	require.NoError(t, err)
	return tree, buf.Bytes()
}

func text(s string) *strings.Reader { return strings.NewReader(s) }

// list returns what is in a tree, one line a file.
func list(t *testing.T, tree world.Host, dir string) string {
	t.Helper()
	ctx := t.Context()
	entries, err := tree.ReadDir(ctx, dir)
	require.NoError(t, err)
	var b strings.Builder
	for _, e := range entries {
		p := world.Join(dir, e.Name)
		info, err := tree.Lstat(ctx, p)
		require.NoError(t, err)
		assert.Equal(t, e.Type, info.Type)
		switch e.Type {
		case world.Directory:
			b.WriteString(p + "/\n" + list(t, tree, p))
		case world.Symlink:
			target, err := tree.ReadLink(ctx, p)
			require.NoError(t, err)
			b.WriteString(p + " -> " + target + "\n")
		default:
			data, err := world.ReadFile(ctx, tree, p, math.MaxInt64)
			require.NoError(t, err)
			assert.Equal(t, int64(len(data)), info.Size)
			mark := ""
			if info.Executable {
				mark = "*"
			}
			b.WriteString(p + mark + " " + string(data) + "\n")
		}
	}
	return b.String()
}

func TestTree(t *testing.T) {
	tree, _ := write(t, true, func(w *treefile.Writer) error {
		assert.NoError(t, w.File("top/b/run", true, text("#!")))
		assert.NoError(t, w.File("top/a", false, text("")))
		assert.NoError(t, w.Symlink("top/link", "../../etc/passwd"))
		assert.NoError(t, w.Directory("top/empty"))
		assert.NoError(t, w.Link("top/hard", "top/b/run"))
		assert.NoError(t, w.Directory("top"))
		return nil
	})
	assert.Equal(t, "/a \n/b/\n/b/run* #!\n/empty/\n/hard* #!\n/link -> ../../etc/passwd\n", list(t, tree, "/"))
	ctx := t.Context()
	for _, p := range []string{"/none", "/a/below", "/b/none", "/link/x"} {
		_, err := tree.Lstat(ctx, p)
		assert.ErrorIs(t, err, fs.ErrNotExist, p)
	}
	_, err := tree.Open(ctx, "/b")
	assert.Error(t, err)
	_, err = tree.ReadDir(ctx, "/a")
	assert.Error(t, err)
	_, err = tree.ReadLink(ctx, "/a")
	assert.Error(t, err)
}

// TestReplaced shows what becomes of names that come more than once: as when an archive is
// unpacked over what is there.
func TestReplaced(t *testing.T) {
	tree, _ := write(t, true, func(w *treefile.Writer) error {
		assert.NoError(t, w.File("f", false, text("first")))
		assert.NoError(t, w.File("./x/../f", true, text("second")))
		assert.NoError(t, w.Directory("d"))
		assert.NoError(t, w.Symlink("d", "f")) // an empty folder gives way
		assert.NoError(t, w.File("full/x", false, text("x")))
		assert.ErrorContains(t, w.File("full", false, text("")), "conflicting non-empty directory")
		assert.ErrorContains(t, w.File("d/below", false, text("")), "parent of 'd/below' is not a directory")
		assert.ErrorContains(t, w.File("..", false, text("")), "cannot be the name of a file")
		assert.ErrorContains(t, w.File("a\x00b", false, text("")), "NUL")
		assert.NoError(t, w.File("../../out", false, text("stays in")))
		assert.NoError(t, w.File("Case", false, text("1")))
		assert.NoError(t, w.File("case", false, text("2")))
		return nil
	})
	assert.Equal(t, "/Case 1\n/case 2\n/d -> f\n/f* second\n/full/\n/full/x x\n/out stays in\n", list(t, tree, "/"))
}

func TestHardLinks(t *testing.T) {
	for _, target := range []string{"none", "dir"} {
		w, err := treefile.NewWriter(&bytes.Buffer{})
		require.NoError(t, err)
		require.NoError(t, w.Directory("dir"))
		require.NoError(t, w.Link("l", target))
		assert.ErrorContains(t, w.Close(true), "hard link to '"+target+"'")
	}
}

// TestStrip shows which folder is left out.
func TestStrip(t *testing.T) {
	only := func(w *treefile.Writer) error { return w.File("top/f", false, text("1")) }
	tree, _ := write(t, false, only)
	assert.Equal(t, "/top/\n/top/f 1\n", list(t, tree, "/"))
	tree, _ = write(t, true, only)
	assert.Equal(t, "/f 1\n", list(t, tree, "/"))
	tree, _ = write(t, true, func(w *treefile.Writer) error { return w.File("f", false, text("1")) })
	assert.Equal(t, "/f 1\n", list(t, tree, "/"))
}

// TestCut opens all beginnings of a tree file: none is a tree.
func TestCut(t *testing.T) {
	_, data := write(t, false, func(w *treefile.Writer) error { return w.File("dir/f", false, text("text")) })
	for n := range data {
		_, err := treefile.Open(bytes.NewReader(data[:n]), int64(n))
		assert.Error(t, err, "%d bytes", n)
	}
}

// FuzzOpen reads all of a damaged file: it ends, and says errors.
func FuzzOpen(f *testing.F) {
	var buf bytes.Buffer
	w, err := treefile.NewWriter(&buf)
	require.NoError(f, err)
	require.NoError(f, w.File("a/b/c", true, text("text")))
	require.NoError(f, w.Symlink("a/l", "b"))
	require.NoError(f, w.Close(false))
	f.Add(buf.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		tree, err := treefile.Open(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return
		}
		files := 0
		walk(t.Context(), tree, "/", &files)
	})
}

// walk reads a tree, as far as it can, up to a thousand files.
func walk(ctx context.Context, tree world.Host, dir string, files *int) {
	entries, _ := tree.ReadDir(ctx, dir)
	for _, e := range entries {
		if *files++; *files > 1000 {
			return
		}
		p := world.Join(dir, e.Name)
		_, _ = tree.ReadLink(ctx, p)
		_, _ = world.ReadFile(ctx, tree, p, 1<<20)
		if e.Type == world.Directory {
			walk(ctx, tree, p, files)
		}
	}
}
