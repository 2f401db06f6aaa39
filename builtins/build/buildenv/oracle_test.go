//go:build linux

package buildenv_test

// This file defines the test that compares user environments with those of the reference. It
// needs its command, for example
//
//	FIRN_ORACLE='/path/to/oracle nix-instantiate' go test ./builtins/build/buildenv -run Oracle

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/build/buildenv"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/eval/world"
)

// A machine is a place with a store of its own, where commands of the reference run.
type machine struct {
	t    *testing.T
	root string
	cmd  []string
}

// run runs a command and returns what it prints, and what it says.
func (m *machine) run(name string, args ...string) (out, said string, err error) {
	words := slices.Concat(m.cmd, []string{name}, args)
	cmd := exec.Command(words[0], words[1:]...)
	cmd.Env = append(os.Environ(), "NIX_STORE_DIR="+m.root+"/store", "NIX_STATE_DIR="+m.root+"/var", "NIX_LOG_DIR="+m.root+"/log",
		"NIX_CONF_DIR="+m.root+"/etc", "NIX_REMOTE=", "HOME="+m.root)
	var stdout, stderr strings.Builder
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err = cmd.Run()
	return strings.TrimSpace(stdout.String()), stderr.String(), err
}

// tree makes a random package below a folder; older ones may be named in it.
func (m *machine) tree(r *rand.Rand, dir string, older []string, depth int) {
	require.NoError(m.t, os.MkdirAll(dir, 0o755))
	for range 1 + r.IntN(4) {
		name := []string{"bin", "lib", "share", "a", "b", "info", "dir", "log", ".x", "nix-support", "manifest.nix"}[r.IntN(11)]
		at := filepath.Join(dir, name)
		if _, err := os.Lstat(at); err == nil {
			continue
		}
		switch n := r.IntN(10); {
		case n < 5 && depth < 3:
			m.tree(r, at, older, depth+1)
		case n < 6:
			require.NoError(m.t, os.Symlink("../nowhere", at))
		case n < 7 && len(older) > 0:
			require.NoError(m.t, os.Symlink(older[r.IntN(len(older))], at))
		default:
			require.NoError(m.t, os.WriteFile(at, []byte(dir), 0o644))
		}
	}
	if depth == 0 && len(older) > 0 && r.IntN(3) == 0 {
		if os.Mkdir(filepath.Join(dir, "nix-support"), 0o755) == nil {
			text := older[r.IntN(len(older))] + "\n" + older[r.IntN(len(older))]
			require.NoError(m.t, os.WriteFile(filepath.Join(dir, "nix-support", "propagated-user-env-packages"), []byte(text), 0o644))
		}
	}
}

// TestOracle lets the reference build user environments of random packages, and compares trees
// and errors.
func TestOracle(t *testing.T) {
	cmd := strings.Fields(os.Getenv("FIRN_ORACLE"))
	if len(cmd) == 0 {
		t.Skip("FIRN_ORACLE is not set: FIRN_ORACLE='/path/to/oracle nix-instantiate' go test ./builtins/build/buildenv")
	}
	root, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	m := &machine{t, root, cmd[:len(cmd)-1]}
	require.NoError(t, os.Mkdir(root+"/etc", 0o755))
	require.NoError(t, os.WriteFile(root+"/etc/nix.conf", []byte("build-users-group =\nsandbox = false\nsubstituters =\nbuild-hook =\n"), 0o644))
	built, failed := 0, 0
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 1))
		var pkgs []buildenv.Package
		var paths, words []string
		for i := range 2 + r.IntN(3) {
			dir := fmt.Sprintf("%s/w/%d/p%d", root, seed, i)
			m.tree(r, dir, paths, 0)
			out, said, err := m.run("nix-store", "--add", dir)
			require.NoError(t, err, said)
			paths = append(paths, out)
			p := buildenv.Package{Path: out, Priority: r.IntN(6), Inactive: r.IntN(8) == 0}
			pkgs = append(pkgs, p)
			words = append(words, fmt.Sprintf(`"%t" %d 1 (builtins.storePath "%s")`, !p.Inactive, p.Priority, out))
		}
		out, said, err := m.run("nix-build", "--no-out-link", "-E", fmt.Sprintf(
			`derivation { name = "e"; system = "builtin"; builder = "builtin:buildenv"; manifest = "/m"; derivations = [ %s ]; }`, strings.Join(words, " ")))
		var warns []string
		opt := buildenv.Options{Files: world.OS(), Out: out, Warn: func(text string) { warns = append(warns, "warning: "+text) }}
		tree, ours := buildenv.Plan(context.Background(), pkgs, opt)
		if err != nil {
			require.Error(t, ours, "seed %d: %s", seed, said)
			// Which one of several it is depends on the file system.
			kind := strings.Fields(ours.Error())[0]
			assert.Contains(t, said, kind, "seed %d", seed)
			failed++
			continue
		}
		require.NoError(t, ours, "seed %d", seed)
		tree.AddLink("manifest.nix", "/m")
		var theirs, we strings.Builder
		require.NoError(t, nar.Write(&theirs, nar.OS{}, out, nil))
		require.NoError(t, nar.Write(&we, tree, "/", nil))
		if theirs.String() != we.String() {
			reference, _, _ := m.run("nix-store", "--query", out)
			assert.Fail(t, "another tree", "seed %d: %s\n%s", seed, reference, list(t, tree))
		}
		for _, w := range warns {
			assert.Contains(t, said, w, "seed %d", seed)
		}
		built++
	}
	t.Logf("%d user environments, %d errors", built, failed)
	assert.Greater(t, built, 5)
	assert.Greater(t, failed, 1)
}
