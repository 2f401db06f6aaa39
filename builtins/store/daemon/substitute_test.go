package daemon_test

import (
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/cache"
	"github.com/firn-lang/firn/builtins/store/daemon"
	"github.com/firn-lang/firn/builtins/store/substitute"
	"github.com/firn-lang/firn/builtins/store/wire"
)

// TestSubstitute: a daemon fetches what its clients need, says so, and leaves it if a client
// wants nothing from elsewhere.
func TestSubstitute(t *testing.T) {
	c, err := cache.Open("file://"+filepath.ToSlash(t.TempDir()), cache.Options{})
	require.NoError(t, err)
	a, err := c.AddText(ctx, store.Text{Name: "a", Contents: "a"})
	require.NoError(t, err)
	b, err := c.AddText(ctx, store.Text{Name: "b", Contents: a, References: []string{a}})
	require.NoError(t, err)
	so := trusting
	so.Substituter = substitute.New(substitute.Options{}, substitute.FromCache(c))
	targets := []store.Target{{Path: b}}

	alone := open(t, empty(), so, daemon.Options{Settings: &wire.Settings{}})
	require.NoError(t, alone.Substitute(ctx, []string{b}))
	m, err := alone.Missing(ctx, targets)
	require.NoError(t, err)
	assert.Equal(t, []string{b}, m.Unknown)
	require.ErrorContains(t, alone.Realise(ctx, targets, wire.BuildNormal), "there is no substituter that can build it")

	for name, fetch := range map[string]func(s *daemon.Store) error{
		"BuildPaths":      func(s *daemon.Store) error { return s.Realise(ctx, targets, wire.BuildNormal) },
		"QueryValidPaths": func(s *daemon.Store) error { return s.Substitute(ctx, []string{b}) },
	} {
		var log []string
		s := open(t, empty(), so, daemon.Options{
			Settings: &wire.Settings{Substitute: true},
			Log:      func(m wire.Message) { log = append(log, m.Text) },
		})
		m, err := s.Missing(ctx, targets)
		require.NoError(t, err)
		assert.ElementsMatch(t, []string{a, b}, m.Fetch)
		assert.EqualValues(t, 112+168, m.Unpacked)
		require.NoError(t, fetch(s), name)
		valid, err := s.IsValid(ctx, a)
		require.NoError(t, err)
		assert.True(t, valid, name)
		assert.Contains(t, log, "copying path '"+b+"' from '"+c.URI()+"'...\n", name)
		m, err = s.Missing(ctx, targets)
		require.NoError(t, err)
		assert.Empty(t, m.Fetch, name)
	}
}

// TestAddLog: clients that are trusted can hand over logs of builds, and others cannot.
func TestAddLog(t *testing.T) {
	logs := map[string]string{}
	so := trusting
	so.AddLog = func(_ context.Context, drvPath string, log io.Reader) error {
		text, err := io.ReadAll(log)
		logs[drvPath] = string(text)
		return err
	}
	drvPath := "/nix/store/00000000000000000000000000000001-x.drv"
	long := strings.Repeat("a line\n", 100_000)
	s := open(t, empty(), so, daemon.Options{})
	require.NoError(t, s.AddLog(ctx, drvPath, strings.NewReader(long)))
	assert.Equal(t, map[string]string{drvPath: long}, logs)
	require.Error(t, s.AddLog(ctx, "x.drv", strings.NewReader(long)))
	valid, err := s.IsValid(ctx, drvPath)
	require.NoError(t, err, "the connection goes on")
	assert.False(t, valid)

	so.Trust = nil
	require.ErrorContains(t, open(t, empty(), so, daemon.Options{}).AddLog(ctx, drvPath, strings.NewReader("x")), "you are not privileged to add logs")
	require.ErrorContains(t, open(t, empty(), trusting, daemon.Options{}).AddLog(ctx, drvPath, strings.NewReader("x")), "keeps no build logs")
}
