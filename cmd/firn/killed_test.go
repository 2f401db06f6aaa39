//go:build linux

package main

// This file defines the test of instantiations that end at a bad moment.

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/local"
)

// manyDerivations is an expression with 300 derivations, each of which needs earlier
// ones, a text and a file. They are others for each n.
const manyDerivations = `n: let
  drv = i: derivation {
    name = "d-${toString i}"; system = "s"; builder = "b"; src = ./src + "/${toString (i - i / 20 * 20)}";
    text = builtins.toFile "t-${toString i}" "${n} ${toString i}"; inputs = if i == 0 then [ ] else [ (at (i / 2)) (at (i - 1)) ];
  };
  all = builtins.genList drv 300; at = builtins.elemAt all;
in at 299`

// TestInstantiateKilled kills instantiations at random moments: FIRN_KILLS says how often.
// What is registered is whole after each, and the next one completes.
func TestInstantiateKilled(t *testing.T) {
	kills := 4
	if text := os.Getenv("FIRN_KILLS"); text != "" {
		var err error
		kills, err = strconv.Atoi(text)
		require.NoError(t, err)
	}
	dir := t.TempDir()
	root := filepath.Join(dir, "root")
	require.NoError(t, os.WriteFile(filepath.Join(dir, "default.nix"), []byte(manyDerivations), 0o644))
	for i := range 20 {
		src := filepath.Join(dir, "src", fmt.Sprint(i))
		require.NoError(t, os.MkdirAll(src, 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(src, "file"), []byte(strings.Repeat(fmt.Sprint(i), 5000)), 0o644))
	}
	instantiate := func(n int, flags ...string) *exec.Cmd {
		args := append([]string{"instantiate", "--store", root, "-E", fmt.Sprintf("import ./. %q", fmt.Sprint(n))}, flags...)
		cmd := exec.Command(os.Args[0], args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), asFirn+"=1", "NIX_CONF_DIR="+dir, "NIX_REMOTE=dummy://")
		return cmd
	}
	ctx := context.Background()
	check := func(collect bool) (paths int) {
		s, err := local.Open(ctx, local.Options{Root: root})
		require.NoError(t, err)
		if collect {
			_, err := s.Keeper().Collect(ctx, store.Collection{Action: store.Garbage})
			require.NoError(t, err)
		}
		faults, err := s.Keeper().Verify(ctx, store.Verification{Contents: true})
		require.NoError(t, err)
		require.Empty(t, faults)
		for _, err := range s.Paths(ctx) {
			require.NoError(t, err)
			paths++
		}
		require.NoError(t, s.Close())
		return paths
	}

	// How long one takes, to kill others within that time. What it writes is kept.
	begin := time.Now()
	out, err := instantiate(-1, "--add-root", filepath.Join(dir, "keep")).CombinedOutput()
	require.NoError(t, err, "%s", out)
	took := time.Since(begin)
	const perRun = 300 + 300 // derivations and texts; the 20 folders are shared
	const kept = perRun + 20
	before := check(false)
	require.Equal(t, kept, before)
	cut := 0
	for n := range kills {
		cmd := instantiate(n)
		require.NoError(t, cmd.Start())
		time.Sleep(time.Duration(rand.Int64N(int64(took) * 5 / 4)))
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		after := check(false)
		if after != before && after != before+perRun {
			cut++
		}
		before = after
		if n%5 == 4 {
			require.NoError(t, instantiate(n).Run(), "it completes what was cut")
			require.GreaterOrEqual(t, check(false), kept+perRun)
			before = check(true)
			require.Equal(t, kept, before)
		}
	}
	t.Logf("%d of %d were killed between two transactions", cut, kills)
	require.Equal(t, kept, check(true))
	names, err := os.ReadDir(filepath.Join(root, "nix/store"))
	require.NoError(t, err)
	assert.Len(t, names, kept+1, "besides it there is only .links")
}
