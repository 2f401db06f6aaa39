//go:build linux || darwin

package serving

import (
	"bytes"
	"context"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/daemon"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/builtins/store/wire"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
)

func TestGate(t *testing.T) {
	for _, tt := range []struct {
		allowed, trusted string
		user, group      string
		groups           string
		want             string
	}{
		{"*", "root", "root", "root", "root", "trusted"},
		{"*", "root", "alice", "users", "users", "allowed"},
		{"*", "", "root", "root", "", "allowed"},
		{"bob", "root", "alice", "users", "users", "denied"},
		{"", "", "", "", "", "denied"},
		{"*", "*", "", "", "", "trusted"},
		{"bob", "alice", "alice", "users", "users", "trusted"},
		{"@users", "@wheel", "alice", "users", "users", "allowed"},
		{"@users", "@wheel", "alice", "users", "users wheel", "trusted"},
		{"@users", "@wheel", "alice", "wheel", "", "trusted"},
		{"users", "wheel", "alice", "users", "users wheel", "denied"},
		{"@alice", "@alice", "alice", "users", "users", "denied"},
		{"*", "*", "builder", "nixbld", "nixbld", "denied"},
	} {
		var notes []string
		g := &gate{strings.Fields(tt.allowed), strings.Fields(tt.trusted), "nixbld", func(text string) { notes = append(notes, text) }}
		trusted, err := g.decide(tt.user, tt.group, strings.Fields(tt.groups), 7)
		switch tt.want {
		case "denied":
			require.ErrorContains(t, err, "is not allowed to connect to the Nix daemon", "%+v", tt)
			assert.Empty(t, notes)
		default:
			require.NoError(t, err, "%+v", tt)
			assert.Equal(t, tt.want == "trusted", trusted, "%+v", tt)
			assert.Len(t, notes, 1)
		}
	}
}

func TestPeer(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s")
	l, err := net.Listen("unix", path)
	require.NoError(t, err)
	defer l.Close()
	client, err := net.Dial("unix", path)
	require.NoError(t, err)
	defer client.Close()
	conn, err := l.Accept()
	require.NoError(t, err)
	defer conn.Close()
	c, err := peer(conn)
	require.NoError(t, err)
	assert.Equal(t, credentials{uint32(os.Getuid()), uint32(os.Getgid()), int32(os.Getpid())}, c)
	name, group, _ := identify(c)
	assert.NotEmpty(t, name)
	assert.NotEmpty(t, group)
	_, err = peer(stdio{})
	assert.ErrorIs(t, err, errUnknownPeer)
}

// world returns the streams of a machine with a store in a temporary folder. Unix
// sockets have short names.
func world(t *testing.T, conf string) (*setup.Streams, map[string]string) {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "firn")
	require.NoError(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	require.NoError(t, os.Mkdir(filepath.Join(dir, "conf"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "conf/nix.conf"), []byte(conf), 0o644))
	env := map[string]string{
		"NIX_STORE_DIR": filepath.Join(dir, "store"), "NIX_STATE_DIR": filepath.Join(dir, "var"),
		"NIX_LOG_DIR": filepath.Join(dir, "log"), "NIX_CONF_DIR": filepath.Join(dir, "conf"), "NIX_USER_CONF_FILES": "",
		"HOME": dir,
	}
	s := setup.System()
	s.Home, s.Out, s.Err = dir, io.Discard, io.Discard
	s.LookupEnv = func(name string) (string, bool) { v, ok := env[name]; return v, ok }
	return s, env
}

// start runs a daemon until the test ends it, and returns a client of it and what the
// daemon returns.
func start(t *testing.T, s *setup.Streams, env map[string]string) (*daemon.Store, chan int) {
	t.Helper()
	done := make(chan int, 1)
	go func() { done <- Main(nil, s) }()
	socket := daemon.SocketPath(s.Getenv)
	require.Eventually(t, func() bool { _, err := os.Stat(socket); return err == nil }, 10*time.Second, time.Millisecond)
	c := daemon.New(daemon.Options{Dial: daemon.Unix(socket), Dir: storepath.Dir(env["NIX_STORE_DIR"])})
	t.Cleanup(func() { _ = c.Close() })
	return c, done
}

// end ends a daemon with a signal.
func end(t *testing.T, done chan int) {
	t.Helper()
	require.NoError(t, syscall.Kill(os.Getpid(), syscall.SIGTERM))
	select {
	case status := <-done:
		assert.Zero(t, status)
	case <-time.After(10 * time.Second):
		t.Fatal("the daemon does not end")
	}
}

// TestRoots: temporary roots last as long as the connection that made them, and not as
// long as the daemon.
func TestRoots(t *testing.T) {
	ctx := context.Background()
	s, env := world(t, "trusted-users = *\n")
	first, done := start(t, s, env)
	path, err := first.AddText(ctx, store.Text{Name: "x", Contents: "x"})
	require.NoError(t, err)
	second, err := daemon.New(daemon.Options{Dial: daemon.Unix(daemon.SocketPath(s.Getenv)), Dir: first.Dir()}), error(nil)
	require.NoError(t, err)
	defer second.Close()
	garbage := store.Collection{Action: store.Garbage}
	collected, err := second.Keeper().Collect(ctx, garbage)
	require.NoError(t, err)
	assert.Empty(t, collected.Paths, "it is a root of the first connection")
	require.NoError(t, first.Close())
	require.Eventually(t, func() bool {
		collected, err = second.Keeper().Collect(ctx, garbage)
		return err == nil && len(collected.Paths) > 0
	}, 10*time.Second, 10*time.Millisecond)
	assert.Equal(t, []string{path}, collected.Paths)
	end(t, done)
	_, err = net.Dial("unix", daemon.SocketPath(s.Getenv))
	assert.ErrorIs(t, err, syscall.ECONNREFUSED, "the socket stays")
	left, err := os.ReadDir(filepath.Join(env["NIX_STATE_DIR"], "temproots"))
	require.NoError(t, err)
	assert.Empty(t, left)

	require.NoError(t, first.Close())
	_, done = start(t, s, env) // at the socket that was left
	require.Eventually(t, func() bool { _, err := second.IsValid(ctx, path); return err == nil }, 10*time.Second, time.Millisecond)
	end(t, done)
}

// TestTrust: settings decide what a client may do.
func TestTrust(t *testing.T) {
	ctx := context.Background()
	unsigned := func(c *daemon.Store) error {
		archive := "\x0d\x00\x00\x00\x00\x00\x00\x00nix-archive-1\x00\x00\x00"
		return c.AddNAR(ctx, &store.PathInfo{Path: c.Dir().Text(storepath.Path(strings.Repeat("a", 32) + "-x")), NARSize: int64(len(archive)), NARHash: nixhash.Sum(nixhash.SHA256, []byte(archive))}, strings.NewReader(archive))
	}
	s, env := world(t, "trusted-users =\n")
	c, done := start(t, s, env)
	h, err := c.Hello(ctx)
	require.NoError(t, err)
	assert.Equal(t, wire.NotTrusted, h.Trust)
	assert.ErrorContains(t, unsigned(c), "lacks a signature by a trusted key")
	end(t, done)

	s, env = world(t, "trusted-users =\nallowed-users =\n")
	log, err := os.Create(filepath.Join(env["HOME"], "log"))
	require.NoError(t, err)
	defer log.Close()
	s.Err = log
	c, done = start(t, s, env)
	_, err = c.Hello(ctx)
	require.Error(t, err)
	require.NoError(t, c.Close())
	require.Eventually(t, func() bool {
		said, err := os.ReadFile(log.Name())
		return err == nil && strings.Contains(string(said), "is not allowed to connect to the Nix daemon")
	}, 10*time.Second, time.Millisecond)
	end(t, done)

	s, env = world(t, "trusted-users = *\n")
	c, done = start(t, s, env)
	h, err = c.Hello(ctx)
	require.NoError(t, err)
	assert.Equal(t, wire.Trusted, h.Trust)
	end(t, done)
}

// TestStdio: a signal, and the end of the input, end it.
func TestStdio(t *testing.T) {
	s, env := world(t, "")
	in, ours := net.Pipe()
	s.In, s.Out = in, in
	done := make(chan int, 1)
	go func() { done <- Main([]string{"--stdio"}, s) }()
	c := daemon.New(daemon.Options{Dial: func(context.Context) (io.ReadWriteCloser, error) { return ours, nil }, Dir: storepath.Dir(env["NIX_STORE_DIR"])})
	h, err := c.Hello(context.Background())
	require.NoError(t, err)
	assert.Equal(t, wire.Trusted, h.Trust)
	require.NoError(t, c.Close())
	assert.Zero(t, <-done)
}

func TestUsage(t *testing.T) {
	for args, want := range map[string]string{
		"--nonesuch":              "error: unrecognised flag '--nonesuch'\n",
		"x":                       "error: unexpected argument 'x'\n",
		"--force-trusted --stdio": "error: experimental Nix feature 'daemon-trust-override' is disabled",
		"--stdio --option trusted-public-keys xx": " is corrupt\n",
	} {
		s, _ := world(t, "")
		var log bytes.Buffer
		s.In, s.Err = strings.NewReader(""), &log
		assert.Equal(t, 1, Main(strings.Fields(args), s), args)
		assert.Contains(t, log.String(), want, args)
	}
}
