package serve_test

// This file tests both sides of the serve protocol with each other, also through a
// program in the place of ssh.

import (
	"bytes"
	"context"
	"io"
	"net"
	"os"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/daemon"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/builtins/store/serve"
	"github.com/firn-lang/firn/builtins/store/ssh"
	"github.com/firn-lang/firn/builtins/store/storetest"
	"github.com/firn-lang/firn/builtins/store/wire"
)

var ctx = context.Background()

// stdio is the connection of a program that serves its input and output.
type stdio struct {
	io.Reader
	io.Writer
}

func (stdio) Close() error { return os.Stdin.Close() }

// TestMain plays the programs of the other machine.
func TestMain(m *testing.M) {
	s := memory.New(store.Dummy(""))
	c := stdio{os.Stdin, os.Stdout}
	switch os.Getenv("FIRN_TEST_SERVE") {
	case "serve":
		if serve.Serve(ctx, c, s, serve.Options{Write: true}) != nil {
			os.Exit(1)
		}
	case "daemon":
		o := daemon.ServerOptions{Trust: func(io.ReadWriteCloser) (bool, error) { return true, nil }}
		if daemon.ServeConn(ctx, c, s, o) != nil {
			os.Exit(1)
		}
	default:
		os.Exit(m.Run())
	}
}

// use adds objects to a store, and looks at them.
func use(t *testing.T, s store.Store) {
	for _, o := range storetest.Fixture() {
		path, h, err := s.Add(ctx, o.Source)
		require.NoError(t, err)
		assert.Equal(t, o.Path, path)
		assert.NotZero(t, h.Algo)
		info, err := s.Info(ctx, path)
		require.NoError(t, err)
		assert.Equal(t, o.CA, info.CA.String())
		var archive bytes.Buffer
		require.NoError(t, s.WriteNAR(ctx, path, &archive))
		assert.EqualValues(t, info.NARSize, archive.Len())
	}
	path, err := s.AddText(ctx, store.Text{Name: "x", Contents: "y"})
	require.NoError(t, err)
	assert.Equal(t, storetest.TextPath, path)
	valid, err := s.IsValid(ctx, path)
	require.NoError(t, err)
	assert.True(t, valid)
	_, err = s.Info(ctx, path[:len(path)-1]+"z")
	assert.ErrorIs(t, err, store.ErrInvalid)
	assert.ErrorIs(t, s.WriteNAR(ctx, path[:len(path)-1]+"z", io.Discard), store.ErrInvalid)
	info, err := s.Info(ctx, path)
	require.NoError(t, err)
	info.Path = path[:len(path)-1] + "w"
	assert.Error(t, s.AddNAR(ctx, info, bytes.NewReader([]byte("short"))))
	valid, err = s.IsValid(ctx, info.Path)
	require.NoError(t, err)
	assert.False(t, valid, "and the connection is a new one")
}

// piped returns a function that connects with a server of s.
func piped(s store.Store, write bool) func(context.Context) (io.ReadWriteCloser, error) {
	return func(context.Context) (io.ReadWriteCloser, error) {
		client, server := net.Pipe()
		go func() { _ = serve.Serve(ctx, server, s, serve.Options{Write: write}) }()
		return client, nil
	}
}

func TestServe(t *testing.T) {
	s := serve.New(piped(memory.New(store.Dummy("")), true), "")
	defer s.Close()
	use(t, s)
}

// TestReadOnly checks that nothing is added without leave.
func TestReadOnly(t *testing.T) {
	s := serve.New(piped(memory.New(store.Dummy("")), false), "")
	defer s.Close()
	_, err := s.AddText(ctx, store.Text{Name: "x", Contents: "y"})
	assert.Error(t, err)
	valid, err := s.IsValid(ctx, storetest.TextPath)
	require.NoError(t, err)
	assert.False(t, valid)
}

// TestSSH reaches both kinds of servers through a program in the place of ssh.
func TestSSH(t *testing.T) {
	if runtime.GOOS == "windows" || runtime.GOOS == "js" {
		t.Skip("there is no sh")
	}
	exe, err := os.Executable()
	require.NoError(t, err)
	// Of the arguments -x HOST -- PROGRAM, only the last counts.
	program := func(kind string) *ssh.Command {
		return &ssh.Command{Host: "h", Remote: []string{kind}, Argv: []string{"sh", "-c", `FIRN_TEST_SERVE="$4" exec "$0"`, exe}}
	}
	s := serve.New(program("serve").Dial, "")
	use(t, s)
	require.NoError(t, s.Close())
	d := daemon.New(daemon.Options{Dial: program("daemon").Dial, MaxConnections: 1})
	use(t, d)
	require.NoError(t, d.Close())

	for _, host := range []string{"", "-oProxyCommand=x"} {
		_, err := (&ssh.Command{Host: host}).Dial(ctx)
		assert.ErrorContains(t, err, "invalid SSH host name")
	}
}

// A played connection sends what it has, and takes all it is sent.
type played struct {
	io.Reader
	io.Writer
}

func (played) Close() error { return nil }

// FuzzServe plays what a client sends, and what a server does.
func FuzzServe(f *testing.F) {
	for c := wire.ServeQueryValidPaths; c <= wire.ServeAddToStoreNar; c++ {
		for _, magic := range []uint64{wire.ServeClientMagic, wire.ServeMagic} {
			var b bytes.Buffer
			w := wire.NewWriter(&b)
			w.Uint64(magic)
			w.Uint64(uint64(wire.Serve))
			w.Uint64(uint64(c))
			w.String(storetest.TextPath)
			w.Strings([]string{storetest.TextPath})
			_ = w.Flush()
			f.Add(b.Bytes())
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c := played{bytes.NewReader(data), io.Discard}
		_ = serve.Serve(ctx, c, memory.New(store.Dummy("")), serve.Options{Write: true})
		s := serve.New(func(context.Context) (io.ReadWriteCloser, error) {
			return played{bytes.NewReader(data), io.Discard}, nil
		}, "")
		_, _ = s.Info(ctx, storetest.TextPath)
		_ = s.WriteNAR(ctx, storetest.TextPath, io.Discard)
		_ = s.Close()
	})
}
