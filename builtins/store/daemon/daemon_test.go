package daemon_test

// This file tests clients and servers with each other.

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/daemon"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/signature"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/builtins/store/storetest"
	"github.com/firn-lang/firn/builtins/store/wire"
)

var ctx = context.Background()

// trusting are the options of a server that trusts all.
var trusting = daemon.ServerOptions{Trust: func(io.ReadWriteCloser) (bool, error) { return true, nil }}

// empty returns an empty store.
func empty() store.Store { return memory.New(store.Dummy("")) }

// dial returns a function that connects with a new server of s. The servers end
// with the test.
func dial(t testing.TB, s store.Store, o daemon.ServerOptions) func(context.Context) (io.ReadWriteCloser, error) {
	ctx, cancel := context.WithCancel(context.Background())
	var all sync.WaitGroup
	t.Cleanup(all.Wait)
	t.Cleanup(cancel)
	return func(context.Context) (io.ReadWriteCloser, error) {
		client, server := net.Pipe()
		all.Go(func() { _ = daemon.ServeConn(ctx, server, s, o) })
		return client, nil
	}
}

// open returns a client of a new server of s.
func open(t testing.TB, s store.Store, so daemon.ServerOptions, o daemon.Options) *daemon.Store {
	o.Dial = dial(t, s, so)
	c := daemon.New(o)
	t.Cleanup(func() { c.Close() })
	return c
}

// TestStore checks the contract of stores, in all dialects that differ.
func TestStore(t *testing.T) {
	for _, v := range []wire.Version{wire.Newest, wire.V(1, 37), wire.V(1, 25), wire.V(1, 24), wire.V(1, 22), wire.V(1, 18)} {
		t.Run(v.String(), func(t *testing.T) {
			storetest.Test(t, func(t *testing.T) store.Store {
				return open(t, empty(), trusting, daemon.Options{Version: v})
			})
		})
	}
}

// TestUnix checks that a server serves several clients at a socket, and ends.
func TestUnix(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("there are no sockets")
	}
	path := filepath.Join(t.TempDir(), "socket")
	l, err := net.Listen("unix", path)
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan error)
	go func() { ended <- daemon.Serve(ctx, l, empty(), trusting) }()
	var clients sync.WaitGroup
	for range 8 {
		clients.Go(func() {
			c := daemon.New(daemon.Options{Dial: daemon.Unix(path), MaxConnections: 2})
			defer c.Close()
			for range 20 {
				p, err := c.AddText(ctx, store.Text{Name: "x", Contents: "y"})
				assert.NoError(t, err)
				assert.Equal(t, storetest.TextPath, p)
			}
		})
	}
	clients.Wait()
	cancel()
	assert.ErrorIs(t, <-ended, context.Canceled)
	_, err = daemon.New(daemon.Options{Dial: daemon.Unix(path)}).IsValid(context.Background(), storetest.TextPath)
	assert.Error(t, err)
}

// TestHello checks what both sides say of themselves.
func TestHello(t *testing.T) {
	h, err := open(t, empty(), trusting, daemon.Options{}).Hello(ctx)
	require.NoError(t, err)
	assert.Equal(t, wire.Hello{Version: wire.Newest, Daemon: wire.NixVersion, Trust: wire.Trusted}, h)
	h, err = open(t, empty(), daemon.ServerOptions{}, daemon.Options{Version: wire.V(1, 35)}).Hello(ctx)
	require.NoError(t, err)
	assert.Equal(t, wire.Hello{Version: wire.V(1, 35), Daemon: wire.NixVersion, Trust: wire.NotTrusted}, h)
	h, err = open(t, empty(), trusting, daemon.Options{Version: wire.V(1, 20)}).Hello(ctx)
	require.NoError(t, err)
	assert.Equal(t, wire.Hello{Version: wire.V(1, 20)}, h)
	_, err = open(t, empty(), trusting, daemon.Options{Version: wire.V(1, 17)}).Hello(ctx)
	assert.Error(t, err)
}

// TestNotTrusted checks what a client may do that nobody vouches for.
func TestNotTrusted(t *testing.T) {
	key, err := signature.GenerateKey("test", strings.NewReader(strings.Repeat("s", 64)))
	require.NoError(t, err)
	keys, err := signature.ParseKeys(key.Public().String())
	require.NoError(t, err)
	var lines []string
	s := open(t, empty(), daemon.ServerOptions{Keys: keys}, daemon.Options{
		Settings: &wire.Settings{Overrides: []wire.Pair{{Key: "sandbox", Value: "false"}, {Key: "timeout", Value: "1"}}},
		Log:      func(m wire.Message) { lines = append(lines, m.Text) },
	})
	info, archive, err := daemon.Object(ctx, s.Dir(), storetest.Fixture()[1].Source)
	require.NoError(t, err)
	data, err := io.ReadAll(archive)
	require.NoError(t, err)

	own := *info
	own.Path, own.CA = "/nix/store/"+strings.Repeat("1", 32)+"-x", store.ContentAddress{}
	err = s.AddNAR(ctx, &own, bytes.NewReader(data))
	assert.EqualError(t, err, "cannot add path '"+own.Path+"' because it lacks a signature by a trusted key")
	own.Signatures = []string{key.Sign(own.Fingerprint())}
	own.Ultimate = true
	require.NoError(t, s.AddNAR(ctx, &own, bytes.NewReader(data)))
	got, err := s.Info(ctx, own.Path)
	require.NoError(t, err)
	assert.False(t, got.Ultimate)
	require.NoError(t, s.AddNAR(ctx, info, bytes.NewReader(data)), "content-addressed")

	// Contents that are not those of the address.
	for _, m := range []storepath.Method{storepath.Flat, storepath.Text, storepath.NAR, storepath.Git} {
		lie := *info
		lie.CA = store.ContentAddress{Method: m, Hash: nixhash.Sum(nixhash.SHA256, []byte("other"))}
		p, err := s.Dir().MakeFixed("lie", m, lie.CA.Hash, storepath.References{})
		require.NoError(t, err)
		lie.Path = s.Dir().Text(p)
		assert.Error(t, s.AddNAR(ctx, &lie, bytes.NewReader(data)), m)
		valid, err := s.IsValid(ctx, lie.Path)
		require.NoError(t, err)
		assert.False(t, valid, m)
	}
	for _, src := range []store.Source{storetest.Fixture()[0].Source, {Name: "t", Method: storepath.Text, Reader: strings.NewReader("text")}} {
		info, archive, err := daemon.Object(ctx, s.Dir(), src)
		require.NoError(t, err)
		require.NoError(t, s.AddNAR(ctx, info, archive), src.Name)
	}

	_, err = s.Keeper().Verify(ctx, store.Verification{Repair: true})
	assert.EqualError(t, err, "you are not privileged to repair paths")
	err = s.Keeper().AddRoot(ctx, "/x", info.Path)
	assert.ErrorContains(t, err, "you are not privileged to create perm roots")
	_, err = s.Keeper().Collect(ctx, store.Collection{Action: store.Specific, IgnoreLiveness: true})
	assert.EqualError(t, err, "you are not allowed to ignore liveness")
	assert.Equal(t, []string{"\x1b[35;1mwarning:\x1b[0m ignoring the client-specified setting 'sandbox', because it is a restricted setting and you are not a trusted user\n"}, lines)
}

// slow is a store in which asking for a path takes until the context ends.
type slow struct {
	store.Store
	asked, ended chan struct{}
}

func (s slow) Info(ctx context.Context, _ string) (*store.PathInfo, error) {
	close(s.asked)
	<-ctx.Done()
	close(s.ended)
	return nil, ctx.Err()
}

// TestCancel checks that an operation ends with its context, at both sides, and
// that the client can go on.
func TestCancel(t *testing.T) {
	below := slow{empty(), make(chan struct{}), make(chan struct{})}
	s := open(t, below, trusting, daemon.Options{MaxConnections: 1})
	ctx, cancel := context.WithCancelCause(ctx)
	why := errors.New("enough")
	go func() {
		<-below.asked
		cancel(why)
	}()
	_, err := s.Info(ctx, storetest.TextPath)
	assert.ErrorIs(t, err, why)
	_, err = s.IsValid(ctx, storetest.TextPath)
	assert.ErrorIs(t, err, why)
	_, err = s.IsValid(context.Background(), storetest.TextPath)
	assert.NoError(t, err)
	<-below.ended // which takes a second: then the server looks
}

// TestStall checks that a server does not wait for a client that stops in the
// middle of a message, or does not read.
func TestStall(t *testing.T) {
	for name, play := range map[string]func(c net.Conn){
		"at once":         func(net.Conn) {},
		"in the hello":    func(c net.Conn) { _, _ = c.Write([]byte("cxin")) },
		"does not listen": func(c net.Conn) { _, _ = c.Write(hello(wire.Newest)[:16]) },
		"in a message": func(c net.Conn) {
			go func() { _, _ = io.Copy(io.Discard, c) }()
			_, _ = c.Write(append(hello(wire.Newest), 1, 0, 0))
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := trusting
			o.Stall = 50 * time.Millisecond
			client, server := net.Pipe()
			defer client.Close()
			ended := make(chan error)
			go func() { ended <- daemon.ServeConn(ctx, server, empty(), o) }()
			play(client)
			assert.Error(t, <-ended)
		})
	}
}

// hello returns what a client says first.
func hello(v wire.Version) []byte {
	var b bytes.Buffer
	w := wire.NewWriter(&b)
	w.Uint64(wire.ClientMagic)
	w.Uint64(uint64(v))
	if v >= wire.V(1, 38) {
		w.Strings(nil)
	}
	w.Uint64(0)
	w.Uint64(0)
	_ = w.Flush()
	return b.Bytes()
}

// TestSilence checks that a client does not wait for ever for a daemon.
func TestSilence(t *testing.T) {
	client, server := net.Pipe()
	defer server.Close()
	s := daemon.New(daemon.Options{
		Dial:          func(context.Context) (io.ReadWriteCloser, error) { return client, nil },
		HandshakeTime: 20 * time.Millisecond,
	})
	_, err := s.IsValid(ctx, storetest.TextPath)
	assert.EqualError(t, err, "the daemon does not answer")
}

// TestGone checks that a daemon that was restarted is found again.
func TestGone(t *testing.T) {
	var conns []io.Closer
	below := dial(t, empty(), trusting)
	s := daemon.New(daemon.Options{Dial: func(ctx context.Context) (io.ReadWriteCloser, error) {
		c, err := below(ctx)
		conns = append(conns, c)
		return c, err
	}})
	defer s.Close()
	for range 3 {
		_, err := s.IsValid(ctx, storetest.TextPath)
		require.NoError(t, err)
		conns[len(conns)-1].Close()
	}
	assert.Len(t, conns, 3)
}

// only returns a function that connects once, with c.
func only(c io.ReadWriteCloser) func(context.Context) (io.ReadWriteCloser, error) {
	used := false
	return func(context.Context) (io.ReadWriteCloser, error) {
		if used {
			return nil, errors.New("connected already")
		}
		used = true
		return c, nil
	}
}
