package repo

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/firn-lang/firn/builtins/fetch/git/gittest"
	"github.com/stretchr/testify/require"
)

// A facts is a Memo in memory that counts what it knew.
type facts struct {
	all   map[string]bool
	asked []string // what was asked for and known
}

func (f *facts) Known(fact string) bool {
	if f.all[fact] {
		f.asked = append(f.asked, strings.Split(fact, ":")[0])
	}
	return f.all[fact]
}

func (f *facts) Remember(fact string) { f.all[fact] = true }

// TestStatusRemembers is about what a second status does not look at again, and that it sees all changes.
func TestStatusRemembers(t *testing.T) {
	r := gittest.New(t)
	r.Write(".gitattributes", "* text=auto\n")
	for _, name := range []string{"a/b/c/file", "a/b/d/file", "a/other", "e/file", "top"} {
		r.Write(name, "line\n")
	}
	r.Commit("one")
	rest(t, r)
	memo := &facts{all: map[string]bool{}}
	status := func() *Status {
		memo.asked = nil
		s, err := open(t, r.Dir).Status(ctx, memo)
		require.NoError(t, err)
		modified, deleted := gitStatus(r)
		require.Equal(t, modified, s.Modified)
		require.Equal(t, deleted, s.Deleted)
		return s
	}
	status()
	require.Len(t, memo.all, 1) // the folders were changed just now
	time.Sleep(settling + time.Second)
	r.Git("update-index", "--refresh", "-q")
	require.False(t, status().Dirty())
	require.Len(t, memo.all, 2)
	require.False(t, status().Dirty())
	require.Equal(t, []string{"folders", "unconverted"}, memo.asked)

	r.Write("top", "lines\n") // in place, so that no folder changes
	require.Equal(t, []string{"top"}, status().Modified)
	require.Equal(t, []string{"folders"}, memo.asked)
	require.NoError(t, os.Rename(r.Path("a/b/c"), r.Path("elsewhere")))
	r.Link("a/b/c", "../../elsewhere")
	require.Equal(t, []string{"a/b/c/file"}, status().Deleted)
	require.Empty(t, memo.asked)

	// What was added with other ends of lines is as Git has it, and is not on disk.
	require.NoError(t, os.Remove(r.Path("a/b/c")))
	require.NoError(t, os.Rename(r.Path("elsewhere"), r.Path("a/b/c")))
	r.Write("top", "line\r\n")
	r.Write("new", "other\r\n")
	r.Commit("two")
	rest(t, r)
	for range 2 {
		require.Equal(t, []string{"new", "top"}, status().Converted)
		require.NotContains(t, memo.asked, "unconverted")
	}
}
