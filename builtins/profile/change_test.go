//go:build linux || darwin || freebsd

package profile_test

// This file defines the tests of changes.

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/profile"
	"github.com/firn-lang/firn/builtins/store/filelock"
)

var ctx = context.Background()

// link stands in for the keeper of a store: it makes a link, and no root.
func link(_ context.Context, link, path string) error { return os.Symlink(path, link) }

// state returns the links of a folder, one after the other.
func state(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	var out []string
	for _, e := range entries {
		target, err := os.Readlink(filepath.Join(dir, e.Name()))
		require.NoError(t, err)
		out = append(out, e.Name()+"="+target)
	}
	return strings.Join(out, " ")
}

// TestChange takes a profile through its life.
func TestChange(t *testing.T) {
	dir := t.TempDir()
	var said []string
	c := profile.Change{Profile: filepath.Join(dir, "p"), Say: func(text string) { said = append(said, text) }}
	require.EqualError(t, c.Rollback(ctx), "no profile version older than the current (0) exists")
	for _, path := range []string{"/s/a", "/s/b", "/s/b", "/s/c"} {
		require.NoError(t, c.Set(ctx, path, nil, link))
	}
	assert.Equal(t, "p=p-3-link p-1-link=/s/a p-2-link=/s/b p-3-link=/s/c", state(t, dir), "the same path again is no new generation")
	require.NoError(t, c.Rollback(ctx))
	require.NoError(t, c.Rollback(ctx))
	require.EqualError(t, c.Rollback(ctx), "no profile version older than the current (1) exists")
	require.EqualError(t, c.SwitchTo(ctx, 7), "profile version 7 does not exist")
	require.NoError(t, c.Set(ctx, "/s/c", nil, link))
	assert.Equal(t, "p=p-3-link p-1-link=/s/a p-2-link=/s/b p-3-link=/s/c", state(t, dir), "the newest one is used again")
	require.NoError(t, c.SwitchTo(ctx, 2))
	require.NoError(t, c.Set(ctx, "/s/a", nil, link))
	assert.Equal(t, "p=p-4-link p-1-link=/s/a p-2-link=/s/b p-3-link=/s/c p-4-link=/s/a", state(t, dir))

	dry := c
	dry.DryRun = true
	require.NoError(t, dry.Rollback(ctx))
	require.NoError(t, dry.Delete(ctx, profile.Old))
	assert.Contains(t, state(t, dir), "p=p-4-link p-1-link")
	require.EqualError(t, c.Delete(ctx, func(list []profile.Generation, _ int) []profile.Generation {
		return profile.Numbered(list, []int{1, 4})
	}), `cannot delete current version of profile "`+c.Profile+`"`)
	require.NoError(t, c.Delete(ctx, func(list []profile.Generation, current int) []profile.Generation {
		return profile.Beyond(list, current, 2)
	}))
	assert.Equal(t, "p=p-4-link p-3-link=/s/c p-4-link=/s/a", state(t, dir))
	assert.Equal(t, []string{
		"switching profile from version 3 to 2", "switching profile from version 2 to 1", "switching profile from version 3 to 2",
		"switching profile from version 4 to 3", "would remove profile version 1", "would remove profile version 2", "would remove profile version 3",
		"removing profile version 2", "removing profile version 1",
	}, said)
}

// TestChanged gives up a change that was computed for another state of the profile.
func TestChanged(t *testing.T) {
	c := profile.Change{Profile: filepath.Join(t.TempDir(), "p")}
	seen, err := profile.Target(c.Profile)
	require.NoError(t, err)
	require.NoError(t, c.Set(ctx, "/s/a", &seen, link))
	assert.ErrorIs(t, c.Set(ctx, "/s/b", &seen, link), profile.ErrChanged)
	seen, err = profile.Target(c.Profile)
	require.NoError(t, err)
	assert.Equal(t, "p-1-link", seen)
	require.NoError(t, c.Set(ctx, "/s/b", &seen, link))
}

// TestChangeWaits waits for another process that changes the profile.
func TestChangeWaits(t *testing.T) {
	c := profile.Change{Profile: filepath.Join(t.TempDir(), "p")}
	lock, err := filelock.Acquire(ctx, c.Profile, nil)
	require.NoError(t, err)
	told := make(chan string, 1)
	c.Log = func(text string) { told <- text; time.AfterFunc(10*time.Millisecond, lock.Release) }
	require.NoError(t, c.Set(ctx, "/s/a", nil, link))
	assert.Equal(t, `waiting for lock on profile "`+c.Profile+`"`, <-told)
}

// TestBeyond keeps generations, the current one first, and those that are newer.
func TestBeyond(t *testing.T) {
	var list []profile.Generation
	for n := 1; n <= 6; n++ {
		list = append(list, profile.Generation{Number: n})
	}
	assert.Equal(t, []int{4, 3, 2, 1}, numbers(profile.Beyond(list, 6, 2)))
	assert.Equal(t, []int{2, 1}, numbers(profile.Beyond(list, 3, 1)))
	assert.Empty(t, profile.Beyond(list, 3, 9))
	assert.Empty(t, profile.Beyond(list, 0, 1), "there is no current one")
}

// TestDefault makes the links to a user's profile, and leaves those that are there.
func TestDefault(t *testing.T) {
	dir := t.TempDir()
	p := profile.Places{Home: dir + "/home", StateHome: dir + "/home/state", State: dir + "/var"}
	assert.Equal(t, dir+"/home/state/profiles/profile", p.Default())
	target, err := os.Readlink(dir + "/home/.nix-profile")
	require.NoError(t, err)
	assert.Equal(t, dir+"/home/state/profiles/profile", target)
	require.NoError(t, profile.Replace(dir+"/home/.nix-profile", dir+"/elsewhere/p"))
	assert.Equal(t, dir+"/elsewhere/p", p.Default())

	p.Root, p.XDG = true, true
	assert.Equal(t, dir+"/var/profiles/per-user/root/profile", p.Default())
	target, err = os.Readlink(dir + "/var/profiles/default")
	require.NoError(t, err)
	assert.Equal(t, dir+"/var/profiles/per-user/root/profile", target)
	require.NoError(t, os.Remove(dir+"/home/state/profile"))
	require.NoError(t, os.Mkdir(dir+"/home/state/profile", 0o755))
	assert.Equal(t, dir+"/home/state/profile", p.Default(), "which is no link")
}
