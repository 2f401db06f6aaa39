package odb

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/firn-lang/firn/builtins/fetch/git/gittest"
	"github.com/stretchr/testify/require"
)

// history makes a repository with some commits that change the same files.
func history(t testing.TB, args ...string) *gittest.Repo {
	r := gittest.New(t, args...)
	r.Fill(1, 60)
	for i := range 6 {
		r.Touch(uint64(i))
		r.Commit(fmt.Sprint("commit ", i))
	}
	r.Git("tag", "-a", "-m", "a tag", "v1")
	return r
}

// checkAll compares all objects of a repository with what git says of them.
func checkAll(t *testing.T, r *gittest.Repo, dir string, format Format) *Database {
	t.Helper()
	db, err := Open(dir, format)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	n := 0
	for _, line := range strings.Split(r.Git("cat-file", "--batch-all-objects", "--batch-check"), "\n") {
		fields := strings.Fields(line)
		id, err := ParseID(fields[0])
		require.NoError(t, err)
		kind, size, err := db.Stat(context.Background(), id)
		require.NoError(t, err)
		require.Equal(t, fields[1:], []string{kind.String(), fmt.Sprint(size)})
		o, err := db.Open(context.Background(), id)
		require.NoError(t, err)
		data, err := io.ReadAll(o)
		require.NoError(t, err)
		require.NoError(t, o.Close())
		require.Equal(t, id, format.Hash(kind, data))
		kind2, data2, err := db.Read(context.Background(), id, 1<<30)
		require.NoError(t, err)
		require.Equal(t, kind, kind2)
		require.True(t, bytes.Equal(data, data2))
		found, err := db.WithPrefix(fields[0][:9])
		require.NoError(t, err)
		require.Equal(t, []ID{id}, found)
		n++
	}
	require.Greater(t, n, 50)
	return db
}

func TestObjects(t *testing.T) {
	for _, format := range []Format{SHA1, SHA256} {
		original := history(t, "--object-format="+format.String())
		for name, pack := range map[string]func(r *gittest.Repo){
			"loose":  func(*gittest.Repo) {},
			"packed": func(r *gittest.Repo) { r.Git("repack", "-adfq", "--depth=50") },
			"partly packed": func(r *gittest.Repo) {
				r.GitIn("HEAD~4\n", "pack-objects", "-q", "--revs", ".git/objects/pack/pack")
				r.Git("prune-packed", "-q")
			},
			"deltas by name": func(r *gittest.Repo) { r.Git("-c", "repack.useDeltaBaseOffset=false", "repack", "-adfq") },
			"multi-pack-index": func(r *gittest.Repo) {
				r.GitIn("HEAD~4\n", "pack-objects", "-q", "--revs", ".git/objects/pack/pack")
				r.Git("repack", "-dq")
				r.Git("multi-pack-index", "write")
			},
			"multi-pack-index with large offsets": func(r *gittest.Repo) {
				r.GitIn("HEAD~4\n", "pack-objects", "-q", "--index-version=2,0x40", "--revs", ".git/objects/pack/pack")
				r.Git("repack", "-dq")
				r.Git("multi-pack-index", "write")
			},
			"large offsets": func(r *gittest.Repo) {
				r.GitIn("HEAD\n", "pack-objects", "-q", "--index-version=2,0x40", "--revs", ".git/objects/pack/pack")
				r.Git("prune-packed", "-q")
			},
			"index version 1": func(r *gittest.Repo) { r.Git("-c", "pack.indexVersion=1", "repack", "-adfq") },
		} {
			if format == SHA256 && (name == "index version 1" || strings.HasPrefix(name, "large") || strings.HasPrefix(name, "deltas")) {
				continue // the first is not there, and the others are no different
			}
			t.Run(format.String()+" "+name, func(t *testing.T) {
				dir := filepath.Join(t.TempDir(), "copy")
				require.NoError(t, os.CopyFS(filepath.Join(dir, ".git"), os.DirFS(original.Path(".git"))))
				r := gittest.Existing(t, dir)
				pack(r)
				checkAll(t, r, r.Path(".git/objects"), format)
			})
		}
	}
}

func TestAlternates(t *testing.T) {
	r := history(t)
	r.Git("repack", "-adq")
	dir := filepath.Join(t.TempDir(), "b")
	r.Git("clone", "-q", "--shared", r.Dir, dir)
	b := gittest.Existing(t, dir)
	b.Write("new", "a file that only the second repository has\n")
	b.Commit("more")
	c := filepath.Join(t.TempDir(), "c")
	b.Git("clone", "-q", "--shared", "--bare", dir, c)
	checkAll(t, gittest.Existing(t, c), filepath.Join(c, "objects"), SHA1)
	// Folders that lead to each other.
	require.NoError(t, os.WriteFile(r.Path(".git/objects/info/alternates"), []byte("# a comment\n\""+dir+"/.git/objects\"\n"), 0o644))
	checkAll(t, gittest.Existing(t, c), filepath.Join(c, "objects"), SHA1)
}

func TestPackThatCameSince(t *testing.T) {
	r := history(t)
	db := checkAll(t, r, r.Path(".git/objects"), SHA1)
	r.Write("x", "new\n")
	id, err := ParseID(r.Commit("new"))
	require.NoError(t, err)
	r.Git("repack", "-adq")
	_, _, err = db.Read(context.Background(), id, MaxText)
	require.NoError(t, err)
}

func TestNotFound(t *testing.T) {
	r := history(t)
	db, err := Open(r.Path(".git/objects"), SHA1)
	require.NoError(t, err)
	id, err := ParseID(strings.Repeat("12", 20))
	require.NoError(t, err)
	_, _, err = db.Read(context.Background(), id, 10)
	require.ErrorIs(t, err, ErrNotFound)
	ok, err := db.Has(id)
	require.NoError(t, err)
	require.False(t, ok)
	_, err = Open(r.Path("none"), SHA1)
	require.ErrorIs(t, err, os.ErrNotExist)
}

func TestDamage(t *testing.T) {
	ctx := context.Background()
	r := history(t)
	head, err := ParseID(r.Git("rev-parse", "HEAD"))
	require.NoError(t, err)
	loose := r.Path(".git/objects/" + head.String()[:2] + "/" + head.String()[2:])
	good, err := os.ReadFile(loose)
	require.NoError(t, err)
	other, err := os.ReadFile(r.Path(".git/objects/" + r.Git("rev-parse", "HEAD~")[:2] + "/" + r.Git("rev-parse", "HEAD~")[2:]))
	require.NoError(t, err)
	db, err := Open(r.Path(".git/objects"), SHA1)
	require.NoError(t, err)
	require.NoError(t, os.Chmod(loose, 0o644))
	for name, data := range map[string][]byte{
		"empty": nil, "short": good[:len(good)-5], "not compressed": []byte("commit 5\x00hello"), "another object": other,
	} {
		require.NoError(t, os.WriteFile(loose, data, 0o644))
		_, _, err := db.Read(ctx, head, MaxText)
		var damage *FileError
		require.ErrorAs(t, err, &damage, name)
		require.Equal(t, head, damage.ID)
	}
	require.NoError(t, os.WriteFile(loose, good, 0o644))
	_, _, err = db.Read(ctx, head, 10)
	var large *TooLargeError
	require.ErrorAs(t, err, &large)

	// A pack that becomes shorter while it is in use.
	r.Git("repack", "-adq")
	_, _, err = db.Read(ctx, head, MaxText)
	require.NoError(t, err)
	packs, err := filepath.Glob(r.Path(".git/objects/pack/*.pack"))
	require.NoError(t, err)
	require.NoError(t, os.Chmod(packs[0], 0o644))
	require.NoError(t, os.Truncate(packs[0], 0))
	_, _, err = db.Read(ctx, head, MaxText)
	require.ErrorIs(t, err, errShort)
}

func TestCancel(t *testing.T) {
	r := history(t)
	r.Git("repack", "-adfq")
	db, err := Open(r.Path(".git/objects"), SHA1)
	require.NoError(t, err)
	ctx, cancel := context.WithCancelCause(context.Background())
	why := errors.New("enough")
	cancel(why)
	failed := 0
	for _, line := range strings.Split(r.Git("cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(deltabase)"), "\n") {
		id, err := ParseID(line[:40])
		require.NoError(t, err)
		if _, _, err := db.Read(ctx, id, 1<<30); err != nil {
			require.ErrorIs(t, err, why)
			failed++
		}
	}
	require.NotZero(t, failed)
}

func TestGraph(t *testing.T) {
	for _, format := range []Format{SHA1, SHA256} {
		r := history(t, "--object-format="+format.String())
		r.Git("checkout", "-qb", "side", "HEAD~3")
		r.Write("side", "1")
		r.Commit("side")
		r.Git("checkout", "-qb", "side2", "HEAD~3")
		r.Write("side2", "1")
		r.Commit("side2")
		r.Git("checkout", "-q", "main")
		r.Git("commit-graph", "write", "--reachable", "--split")
		r.Git("merge", "-q", "-m", "octopus", "side", "side2")
		for _, write := range [][]string{{"--split=no-merge"}, {}} {
			r.Git(append([]string{"commit-graph", "write", "--reachable"}, write...)...)
			g, err := OpenGraph(r.Path(".git/objects"), format)
			require.NoError(t, err)
			n := 0
			for _, line := range strings.Split(r.Git("log", "--all", "--format=%H %T %ct %P"), "\n") {
				fields := strings.Fields(line)
				id, err := ParseID(fields[0])
				require.NoError(t, err)
				pos, ok, err := g.Find(id)
				require.NoError(t, err)
				require.True(t, ok)
				c, err := g.Commit(pos, nil)
				require.NoError(t, err)
				got := []string{id.String(), c.Tree.String(), fmt.Sprint(c.Time)}
				for _, p := range c.Parents {
					parent, err := g.ID(p)
					require.NoError(t, err)
					got = append(got, parent.String())
				}
				require.Equal(t, fields, got)
				n++
			}
			require.Equal(t, n, g.Len())
			require.NoError(t, g.Close())
			os.RemoveAll(r.Path(".git/objects/info/commit-graphs"))
		}
	}
	g, err := OpenGraph(t.TempDir(), SHA1)
	require.NoError(t, err)
	require.Zero(t, g.Len())
}

func TestTreeEntries(t *testing.T) {
	r := history(t)
	_, data, err := checkAll(t, r, r.Path(".git/objects"), SHA1).Read(context.Background(), mustID(t, r.Git("rev-parse", "HEAD^{tree}")), MaxTree)
	require.NoError(t, err)
	entries, err := TreeEntries(data, SHA1)
	require.NoError(t, err)
	var got []string
	for _, e := range entries {
		kind := "blob"
		if e.Mode == ModeTree {
			kind = "tree"
		}
		got = append(got, fmt.Sprintf("%06o %s %s\t%s", e.Mode, kind, e.ID, e.Name))
	}
	require.Equal(t, strings.Split(strings.TrimSuffix(r.Git("ls-tree", "-z", "HEAD"), "\x00"), "\x00"), got)
	id := strings.Repeat("x", 20)
	for _, bad := range []string{
		"100644 a\x00short", "100644 \x00" + id, "100644 ..\x00" + id, "40000 a/b\x00" + id, "100644a\x00" + id, "888 a\x00" + id,
		"010000 pipe\x00" + id, "100644 a\x00" + id + "100644 a\x00" + id, " a\x00" + id,
	} {
		_, err := TreeEntries([]byte(bad), SHA1)
		require.Error(t, err, "%q", bad)
	}
}

func mustID(t testing.TB, text string) ID {
	id, err := ParseID(text)
	require.NoError(t, err)
	return id
}

func TestCommitsAndTags(t *testing.T) {
	id := strings.Repeat("ab", 20)
	c, err := ParseCommit([]byte("tree " + id + "\nparent " + id + "\nauthor A <a> 1 +0000\ncommitter A > B <a> 1700000000 +0100\n\nx"))
	require.NoError(t, err)
	require.Equal(t, &Commit{Tree: mustID(t, id), Parents: []ID{mustID(t, id)}, Time: 1700000000}, c)
	for _, bad := range []string{"", "tree x\n", "tree " + id, "tree " + id + "\nparent x\n", "tree " + id + "\nauthor a\n"} {
		_, err := ParseCommit([]byte(bad))
		require.Error(t, err, bad)
	}
	of, kind, err := ParseTag([]byte("object " + id + "\ntype tree\ntag v1\n"))
	require.NoError(t, err)
	require.Equal(t, mustID(t, id), of)
	require.Equal(t, KindTree, kind)
	_, _, err = ParseTag([]byte("object " + id + "\ntype thing\n"))
	require.Error(t, err)
}

// A region that is read piece by piece says the same as one in memory.
func TestRegion(t *testing.T) {
	name := filepath.Join(t.TempDir(), "f")
	data := []byte("0123456789abcdef")
	require.NoError(t, os.WriteFile(name, data, 0o644))
	f, err := os.Open(name)
	require.NoError(t, err)
	defer f.Close()
	mapped, err := openRegion(name)
	require.NoError(t, err)
	defer mapped.close()
	for _, r := range []*region{memoryRegion(name, data), {name: name, size: 16, file: f}, mapped} {
		b, err := r.bytes(3, 4)
		require.NoError(t, err)
		require.Equal(t, "3456", string(b))
		for _, bad := range [][2]int64{{-1, 1}, {3, -1}, {17, 0}, {10, 7}, {1 << 62, 1 << 62}} {
			_, err := r.bytes(bad[0], bad[1])
			require.ErrorIs(t, err, errShort)
		}
		b, err = r.upTo(14, 10)
		require.NoError(t, err)
		require.Equal(t, "ef", string(b))
		s, err := r.reader(4, 8)
		require.NoError(t, err)
		b, err = io.ReadAll(s)
		require.NoError(t, err)
		require.Equal(t, "4567", string(b))
	}
}

func TestDeltas(t *testing.T) {
	base := []byte("the quick brown fox")
	got, err := applyDelta(base, []byte{19, 11, 0x90, 4, 3, 'r', 'e', 'd', 0x91, 15, 4})
	require.NoError(t, err)
	require.Equal(t, "the red fox", string(got))
	for _, bad := range [][]byte{
		{}, {19}, {18, 1, 1, 'x'}, {19, 1, 0}, {19, 1}, {19, 1, 2, 'x'}, {19, 3, 0x91, 18, 3}, {19, 5, 0x90, 4}, {19, 1, 1},
		{19, 0xff, 0xff, 0xff, 0xff, 0x7f, 0x90, 1}, {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1},
	} {
		_, err := applyDelta(base, bad)
		require.Error(t, err, "%x", bad)
	}
}
