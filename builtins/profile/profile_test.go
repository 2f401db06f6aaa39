package profile_test

// This file defines the tests of the package.

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/profile"
)

// numbers returns the numbers of generations.
func numbers(list []profile.Generation) []int {
	out := []int{}
	for _, g := range list {
		out = append(out, g.Number)
	}
	return out
}

// TestGenerations makes a profile of eleven generations, the current one being an
// old one, as after a rollback.
func TestGenerations(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(dir, "per-user"), 0o755))
	p := filepath.Join(dir, "per-user", "profile")
	for n := 1; n <= 11; n++ {
		require.NoError(t, os.Symlink("/nix/store/x", fmt.Sprintf("%s-%d-link", p, n)))
	}
	for _, other := range []string{"profile-x-link", "profile-2-links", "other-3-link", "5-link", "profile--4-link", "profile-0-link"} {
		require.NoError(t, os.Symlink("/nix/store/x", filepath.Join(dir, "per-user", other)))
	}
	require.NoError(t, os.Symlink("profile-9-link", p))
	list, current, err := profile.Generations(p)
	require.NoError(t, err)
	assert.Equal(t, 9, current)
	assert.Equal(t, []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, numbers(list))
	assert.WithinDuration(t, time.Now(), list[0].Created, time.Minute)
	assert.Equal(t, []int{1, 2, 3, 4, 5, 6, 7, 8, 10, 11}, numbers(profile.Old(list, current)))

	profiles, err := profile.Below(dir, filepath.Join(dir, "per-user"), filepath.Join(dir, "missing"))
	require.NoError(t, err)
	assert.Equal(t, []string{p}, profiles)

	require.NoError(t, profile.Delete(list[0]))
	require.NoError(t, profile.Delete(list[0]), "which is gone")
	again, _, err := profile.Generations(p)
	require.NoError(t, err)
	assert.Len(t, again, 10)
	require.NoError(t, os.Remove(p))
	_, current, err = profile.Generations(p)
	require.NoError(t, err)
	assert.Zero(t, current)
}

// TestOlderThan keeps what was current at a time, and what is current now.
func TestOlderThan(t *testing.T) {
	now := time.Unix(1_000_000_000, 0)
	var list []profile.Generation
	for i, days := range []int{30, 20, 10, 5, 1} {
		list = append(list, profile.Generation{Number: i + 1, Created: now.Add(-time.Duration(days) * 24 * time.Hour)})
	}
	for _, test := range []struct {
		days    int
		current int
		want    []int
	}{
		{7, 5, []int{2, 1}},
		{7, 1, []int{2}},
		{0, 5, []int{4, 3, 2, 1}},
		{25, 5, []int{}},
		{100, 5, []int{}},
	} {
		got := profile.OlderThan(list, test.current, now.Add(-time.Duration(test.days)*24*time.Hour))
		assert.Equal(t, test.want, numbers(got), "%d days", test.days)
	}
}

func TestParseDays(t *testing.T) {
	d, err := profile.ParseDays("14d")
	require.NoError(t, err)
	assert.Equal(t, 14*24*time.Hour, d)
	for _, bad := range []string{"", "d", "14", "0d", "-1d", "1w", "x14d", "99999999999d"} {
		_, err := profile.ParseDays(bad)
		assert.ErrorContains(t, err, "invalid number of days specifier '"+bad+"'")
	}
}
