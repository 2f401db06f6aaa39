//go:build linux

package local_test

// This file defines the tests that use a store together with the reference. They
// need its command, for example
//
//	FIRN_ORACLE='/path/to/oracle nix-instantiate' go test ./builtins/store/local -run Oracle

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/local"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/builtins/store/storetest"
	"github.com/firn-lang/firn/eval/world"
)

// A reference is the reference's commands on a store of their own.
type reference struct {
	t    *testing.T
	root string
	cmd  []string
}

// newReference returns the commands for a store in a folder; without FIRN_ORACLE
// the test is skipped.
func newReference(t *testing.T) *reference {
	t.Helper()
	cmd := strings.Fields(os.Getenv("FIRN_ORACLE"))
	if len(cmd) == 0 {
		t.Skip("FIRN_ORACLE is not set: FIRN_ORACLE='/path/to/oracle nix-instantiate' go test ./builtins/store/local")
	}
	root, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	require.NoError(t, os.Mkdir(root+"/etc", 0o755))
	require.NoError(t, os.WriteFile(root+"/etc/nix.conf", []byte("build-users-group =\nexperimental-features = nix-command git-hashing\n"), 0o644))
	return &reference{t, root, cmd[:len(cmd)-1]}
}

// open opens the same store.
func (r *reference) open() *local.Store {
	r.t.Helper()
	s, err := local.Open(ctx, local.Options{Dir: storepath.Dir(r.root + "/store"), State: r.root + "/var", LogDir: r.root + "/log"})
	require.NoError(r.t, err)
	return s
}

// with calls fn with the store, which is closed afterwards.
func (r *reference) with(fn func(s *local.Store)) {
	r.t.Helper()
	s := r.open()
	fn(s)
	require.NoError(r.t, s.Close())
}

// command returns a command of the reference.
func (r *reference) command(name string, args ...string) *exec.Cmd {
	words := append(append(append([]string{}, r.cmd...), name), args...)
	if len(r.cmd) == 0 {
		words = words[1:]
	}
	cmd := exec.CommandContext(ctx, words[0], words[1:]...)
	cmd.Env = append(os.Environ(), "NIX_STORE_DIR="+r.root+"/store", "NIX_STATE_DIR="+r.root+"/var", "NIX_LOG_DIR="+r.root+"/log",
		"NIX_CONF_DIR="+r.root+"/etc", "NIX_REMOTE=", "HOME="+r.root)
	return cmd
}

// run runs a command, which must succeed, and returns its standard output.
func (r *reference) run(name string, args ...string) string {
	r.t.Helper()
	cmd := r.command(name, args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	require.NoError(r.t, cmd.Run(), "%s %v: %s", name, args, errs.String())
	return out.String()
}

// verify checks the store with both programs, and compares their texts of the
// database.
func (r *reference) verify() {
	r.t.Helper()
	cmd := r.command("nix-store", "--verify", "--check-contents")
	out, err := cmd.CombinedOutput()
	require.NoError(r.t, err, string(out))
	assert.NotContains(r.t, string(out), "not all store errors")
	assert.NotContains(r.t, string(out), "disappeared")
	r.with(func(s *local.Store) {
		faults, err := s.Keeper().Verify(ctx, store.Verification{Contents: true})
		require.NoError(r.t, err)
		assert.Empty(r.t, faults)
		var dump bytes.Buffer
		require.NoError(r.t, local.DumpDB(ctx, s, &dump))
		assert.Equal(r.t, r.run("nix-store", "--dump-db"), dump.String())
	})
	check, err := exec.Command("sqlite3", r.root+"/var/db/db.sqlite", "pragma integrity_check").Output()
	if err == nil {
		assert.Equal(r.t, "ok\n", string(check))
	}
}

// TestOracleReads shows that the reference takes a store of ours for its own.
func TestOracleReads(t *testing.T) {
	r := newReference(t)
	var tree, top string
	r.with(func(s *local.Store) {
		var err error
		for _, o := range storetest.Fixture() {
			tree, _, err = s.Add(ctx, o.Source)
			require.NoError(t, err)
		}
		top = text(t, s, "top", tree, tree)
	})
	assert.Equal(t, tree+"\n", r.run("nix-store", "-q", "--references", top))
	assert.Equal(t, top+"\n", r.run("nix-store", "-q", "--referrers", tree))
	assert.Equal(t, "10", readFile(t, r.root+"/var/db/schema"))
	r.verify()

	// It adds what we read, and collects all.
	file := filepath.Join(r.root, "file")
	require.NoError(t, os.WriteFile(file, []byte("theirs"), 0o644))
	theirs := strings.TrimSpace(r.run("nix-store", "--add", file))
	r.with(func(s *local.Store) {
		info, err := s.Info(ctx, theirs)
		require.NoError(t, err)
		added, _, err := s.Add(ctx, store.Source{Name: "file", Method: storepath.NAR, Host: world.OS(), Path: file})
		require.NoError(t, err)
		assert.Equal(t, theirs, added)
		assert.False(t, info.Ultimate)
	})
	assert.Contains(t, r.run("nix-store", "--gc"), "7 store paths deleted")
	r.with(func(s *local.Store) { assert.Empty(t, paths(t, s)) })
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(data)
}

// TestOracleWrites shows that we take a store of the reference for our own.
func TestOracleWrites(t *testing.T) {
	r := newReference(t)
	expr := `let d = derivation { name = "d"; system = "x"; builder = "b"; src = ./store-src; };
in derivation { name = "e"; system = "x"; builder = "b"; inherit d; t = builtins.toFile "t" "text"; }`
	dir := filepath.Join(r.root, "w")
	require.NoError(t, os.MkdirAll(dir+"/store-src/sub", 0o755))
	require.NoError(t, os.WriteFile(dir+"/store-src/sub/run", []byte("#!/bin/sh\n"), 0o755))
	require.NoError(t, os.WriteFile(dir+"/e.nix", []byte(expr), 0o644))
	drvPath := strings.TrimSpace(r.run("nix-instantiate", "--add-root", dir+"/root", dir+"/e.nix"))
	drvPath, err := os.Readlink(drvPath)
	require.NoError(t, err)
	r.verify()
	before := r.run("nix-store", "--dump-db")
	r.with(func(s *local.Store) {
		// What is made of the same derivations is valid already.
		texts := map[string]string{}
		for path, err := range s.Paths(ctx) {
			require.NoError(t, err)
			if strings.HasSuffix(path, ".drv") {
				texts[path] = readFile(t, path)
			}
		}
		require.Len(t, texts, 2)
		for path, contents := range texts {
			refs, err := s.References(ctx, path)
			require.NoError(t, err)
			added, err := s.AddText(ctx, store.Text{Name: path[len(r.root)+len("/store/")+33:], Contents: contents, References: refs})
			require.NoError(t, err)
			assert.Equal(t, path, added)
		}
		roots, err := s.Keeper().Roots(ctx)
		require.NoError(t, err)
		assert.Contains(t, roots, store.Root{Link: dir + "/root", Path: drvPath})
		// A derivation that lies about its output is refused.
		lie := strings.Replace(texts[drvPath], `"x"`, `"y"`, 1)
		refs, err := s.References(ctx, drvPath)
		require.NoError(t, err)
		_, err = s.AddText(ctx, store.Text{Name: "e.drv", Contents: lie, References: refs})
		assert.ErrorContains(t, err, "has incorrect output")
	})
	assert.Equal(t, before, r.run("nix-store", "--dump-db"))
	r.with(func(s *local.Store) {
		got, err := s.Keeper().Collect(ctx, store.Collection{Action: store.Garbage})
		require.NoError(t, err)
		assert.Empty(t, got.Paths, "the root keeps all")
		require.NoError(t, os.Remove(dir+"/root"))
		got, err = s.Keeper().Collect(ctx, store.Collection{Action: store.Garbage})
		require.NoError(t, err)
		assert.Len(t, got.Paths, 4)
	})
	assert.Empty(t, r.run("nix-store", "--dump-db"))
}

// TestOracleTogether lets both programs add, and both collect, at the same time.
func TestOracleTogether(t *testing.T) {
	r := newReference(t)
	s := r.open()
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := range 40 {
			path, err := s.AddText(ctx, store.Text{Name: "ours", Contents: strings.Repeat("o", i)})
			assert.NoError(t, err)
			valid, err := s.IsValid(ctx, path)
			assert.NoError(t, err)
			assert.True(t, valid)
			_, err = os.Lstat(path)
			assert.NoError(t, err, "a temporary root keeps it")
		}
	})
	wg.Go(func() {
		for i := range 6 {
			file := filepath.Join(r.root, "theirs")
			assert.NoError(t, os.WriteFile(file, []byte(strings.Repeat("t", i)), 0o644))
			out, err := r.command("nix-store", "--add", file).CombinedOutput()
			assert.NoError(t, err, string(out))
		}
	})
	wg.Go(func() {
		for range 3 {
			out, err := r.command("nix-store", "--gc").CombinedOutput()
			assert.NoError(t, err, string(out))
			_, err = s.Keeper().Collect(ctx, store.Collection{Action: store.Garbage})
			assert.NoError(t, err)
		}
	})
	wg.Wait()
	assert.GreaterOrEqual(t, len(paths(t, s)), 40)
	require.NoError(t, s.Close())
	r.verify()
}
