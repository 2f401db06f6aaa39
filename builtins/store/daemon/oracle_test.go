package daemon_test

// This file compares with C++ Nix, if FIRN_ORACLE says how it is run: the client
// with its daemon, and its commands with the server.

import (
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/daemon"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/builtins/store/ssh"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/builtins/store/storetest"
	"github.com/firn-lang/firn/builtins/store/wire"
)

// oracle returns a command of C++ Nix, with a store of its own in dir.
func oracle(t *testing.T, dir, name string, args ...string) *exec.Cmd {
	words := strings.Fields(os.Getenv("FIRN_ORACLE"))
	if len(words) == 0 {
		t.Skipf("FIRN_ORACLE is not set: %s is not compared", name)
	}
	words[len(words)-1] = name
	cmd := exec.Command(words[0], append(words[1:], args...)...)
	cmd.Env = append(os.Environ(), "NIX_STORE_DIR="+dir+"/store", "NIX_STATE_DIR="+dir+"/var", "NIX_LOG_DIR="+dir+"/log",
		"NIX_LOCALSTATE_DIR="+dir, "NIX_CONF_DIR="+dir+"/conf", "NIX_REMOTE=", "NIX_CONFIG=extra-experimental-features = git-hashing")
	return cmd
}

// TestOracleDaemon runs the client on nix-daemon --stdio.
func TestOracleDaemon(t *testing.T) {
	dir := t.TempDir()
	cmd := oracle(t, dir, "nix-daemon", "--stdio")
	for _, env := range cmd.Env[len(cmd.Env)-7:] {
		key, value, _ := strings.Cut(env, "=")
		t.Setenv(key, value)
	}
	// env takes the place of ssh: what follows the program is not read.
	run := &ssh.Command{Host: "h", Argv: append([]string{"sh", "-c", `exec "$0" nix-daemon --stdio`}, cmd.Args[0])}
	s := daemon.New(daemon.Options{Dial: run.Dial, Dir: storepath.Dir(dir + "/store"), MaxConnections: 1})
	defer s.Close()
	h, err := s.Hello(ctx)
	require.NoError(t, err)
	assert.Equal(t, wire.Hello{Version: wire.Newest, Daemon: wire.NixVersion, Trust: wire.Trusted}, h)
	var paths []string
	for _, o := range storetest.Fixture() {
		p, _, err := s.Add(ctx, o.Source)
		require.NoError(t, err)
		info, err := s.Info(ctx, p)
		require.NoError(t, err)
		assert.Equal(t, o.CA, info.CA.String())
		paths = append(paths, p)
	}
	text, err := s.AddText(ctx, store.Text{Name: "x", Contents: paths[0], References: paths[:1]})
	require.NoError(t, err)
	referrers, err := s.Referrers(ctx, paths[0])
	require.NoError(t, err)
	assert.Equal(t, []string{text}, referrers)
	_, err = s.Info(ctx, text[:len(text)-1]+"y")
	assert.ErrorIs(t, err, store.ErrInvalid)
	faults, err := s.Keeper().Verify(ctx, store.Verification{Contents: true})
	require.NoError(t, err)
	assert.Empty(t, faults)
	live, err := s.Keeper().Collect(ctx, store.Collection{Action: store.Live})
	require.NoError(t, err)
	assert.Contains(t, live.Paths, text, "kept by a temporary root")

	start := time.Now()
	for range 5000 {
		_, err := s.IsValid(ctx, text)
		require.NoError(t, err)
	}
	t.Logf("5,000 IsValidPath: %v", time.Since(start))
}

// TestOracleClient runs commands of C++ Nix on the server.
func TestOracleClient(t *testing.T) {
	dir := t.TempDir()
	oracle(t, dir, "nix-store")
	socket := filepath.Join(dir, "socket")
	l, err := net.Listen("unix", socket)
	require.NoError(t, err)
	serving, cancel := context.WithCancel(ctx)
	ended := make(chan error)
	served := memory.New(store.Dummy(storepath.Dir(dir + "/store")))
	go func() { ended <- daemon.Serve(serving, l, served, trusting) }()
	defer func() {
		cancel()
		<-ended
	}()
	file := filepath.Join(dir, "a")
	require.NoError(t, os.WriteFile(file, []byte("hello\n"), 0o644))
	run := func(name string, args ...string) string {
		cmd := oracle(t, dir, name, args...)
		cmd.Env = append(cmd.Env, "NIX_REMOTE=unix://"+socket)
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, string(out))
		return strings.TrimSpace(string(out))
	}
	p := run("nix-store", "--add", file)
	valid, err := served.IsValid(ctx, p)
	require.NoError(t, err)
	assert.True(t, valid)
	assert.Equal(t, "sha256:04zwf782yjwnh3q6hz5izfd6jyip8kgw6g6yj43fiqhbyhdd0dqw", run("nix-store", "-q", "--hash", p))
	assert.Empty(t, run("nix-store", "-q", "--references", p))
	assert.Empty(t, run("nix-store", "--check-validity", p))
	assert.Contains(t, run("nix", "--extra-experimental-features", "nix-command", "path-info", "--store", "unix://"+socket, "-s", p), "120")
}
