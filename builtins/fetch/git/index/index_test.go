package index

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/firn-lang/firn/builtins/fetch/git/gittest"
	"github.com/firn-lang/firn/builtins/fetch/git/odb"
	"github.com/stretchr/testify/require"
)

// check compares an index with what git says of it.
func check(t *testing.T, r *gittest.Repo, format odb.Format) *Index {
	t.Helper()
	ix, err := Open(r.Path(".git/index"), format)
	require.NoError(t, err)
	var got []string
	for _, e := range ix.Entries {
		tag := "H"
		switch {
		case e.Stage > 0:
			tag = "M"
		case e.Flags&SkipWorktree != 0:
			tag = "S"
		}
		if e.Flags&AssumeUnchanged != 0 {
			tag = strings.ToLower(tag)
		}
		got = append(got, fmt.Sprintf("%s %06o %s %d\t%s", tag, e.Mode, e.ID, e.Stage, e.Name))
	}
	require.Equal(t, strings.Split(strings.TrimSuffix(r.Git("ls-files", "--sparse", "-v", "-s", "-z"), "\x00"), "\x00"), got)
	require.False(t, ix.Written.IsZero())
	return ix
}

func TestIndexes(t *testing.T) {
	for _, format := range []odb.Format{odb.SHA1, odb.SHA256} {
		r := gittest.New(t, "--object-format="+format.String())
		r.Fill(5, 80)
		r.Commit("one")
		ix := check(t, r, format)
		require.Equal(t, r.Git("rev-parse", "HEAD^{tree}"), ix.Tree.ID.String())
		require.Equal(t, len(ix.Entries), ix.Tree.Entries)
		for _, version := range []string{"4", "3", "2"} {
			r.Git("update-index", "--index-version", version)
			check(t, r, format)
		}
		names := strings.Split(r.Git("ls-files", "-z"), "\x00")
		r.Git("update-index", "--assume-unchanged", names[3])
		r.Git("update-index", "--skip-worktree", names[5])
		r.Write("new", "new")
		r.Git("add", "-N", "new")
		ix = check(t, r, format)
		found := false
		for _, e := range ix.Entries {
			found = found || e.Name == "new" && e.Flags&IntentToAdd != 0
		}
		require.True(t, found)
		require.True(t, ix.Tree.ID.IsZero())
		r.Git("update-index", "--index-version", "4")
		check(t, r, format)
		// A split index, with entries that are gone, replaced and new.
		r.Git("update-index", "--split-index")
		r.Touch(3)
		r.Write("zzz", "new")
		r.Write("000", "new")
		r.Git("add", "-A")
		r.Git("rm", "-qf", "--cached", names[8], names[9])
		data, err := os.ReadFile(r.Path(".git/index"))
		require.NoError(t, err)
		require.Contains(t, string(data), "link")
		check(t, r, format)
	}
}

func TestSparseIndex(t *testing.T) {
	r := gittest.New(t)
	for _, name := range []string{"a/x", "a/y", "b/c/x", "b/d", "c"} {
		r.Write(name, name)
	}
	r.Commit("one")
	r.Git("sparse-checkout", "set", "--cone", "--sparse-index", "a")
	ix := check(t, r, odb.SHA1)
	folders := 0
	for _, e := range ix.Entries {
		if e.Mode == odb.ModeTree {
			folders++
			require.Equal(t, "b/", e.Name)
			require.NotZero(t, e.Flags&SkipWorktree)
		}
	}
	require.Equal(t, 1, folders)
}

func TestConflict(t *testing.T) {
	r := gittest.New(t)
	r.Write("f", "1")
	r.Commit("one")
	r.Git("checkout", "-qb", "other")
	r.Write("f", "2")
	r.Commit("two")
	r.Git("checkout", "-q", "main")
	r.Write("f", "3")
	r.Commit("three")
	r.Git("merge-tree", "--write-tree", "main~0", "main")
	r.Git("read-tree", "-m", "main~", "main", "other")
	require.Len(t, check(t, r, odb.SHA1).Entries, 3)
}

func TestDamage(t *testing.T) {
	ix, err := Open(filepath.Join(t.TempDir(), "none"), odb.SHA1)
	require.NoError(t, err)
	require.Empty(t, ix.Entries)
	r := gittest.New(t)
	r.Fill(1, 5)
	r.Commit("one")
	name := r.Path(".git/index")
	good, err := os.ReadFile(name)
	require.NoError(t, err)
	for _, bad := range [][]byte{nil, good[:20], good[:len(good)-1], append([]byte("x"), good[1:]...)} {
		require.NoError(t, os.WriteFile(name, bad, 0o644))
		_, err := Open(name, odb.SHA1)
		require.ErrorContains(t, err, "index '")
	}
	for _, name := range []string{"../x", "a//b", "/a", ".git/config", "a/.GIT/b", "./a", "a/"} {
		require.Error(t, checkName(&Entry{Name: name, Mode: odb.ModeFile}), name)
	}
}

func FuzzIndex(f *testing.F) {
	r := gittest.New(f)
	r.Fill(1, 10)
	r.Commit("one")
	for _, version := range []string{"2", "3", "4"} {
		r.Git("update-index", "--index-version", version)
		data, err := os.ReadFile(r.Path(".git/index"))
		if err != nil {
			f.Fatal(err)
		}
		clear(data[len(data)-20:]) // no checksum, so that changes get through
		f.Add(data)
	}
	r.Git("update-index", "--split-index")
	r.Touch(1)
	r.Git("add", "-A")
	data, err := os.ReadFile(r.Path(".git/index"))
	if err != nil {
		f.Fatal(err)
	}
	clear(data[len(data)-20:])
	f.Add(data)
	base, err := Open(r.Path(".git/index"), odb.SHA1)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		ix, err := read(data, odb.SHA1, func(odb.ID) (*Index, error) {
			return &Index{Entries: append([]Entry(nil), base.Entries...)}, nil
		})
		if err == nil && len(ix.Entries) > len(data)+len(base.Entries) {
			t.Fatal("more entries than bytes")
		}
	})
}
