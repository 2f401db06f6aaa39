package daemon_test

// This file holds the fuzz target for whole conversations.

import (
	"bytes"
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store/daemon"
	"github.com/firn-lang/firn/builtins/store/storetest"
	"github.com/firn-lang/firn/builtins/store/wire"
)

// A played connection sends what it has, and takes all it is sent.
type played struct {
	io.Reader
	io.Writer
}

func (played) Close() error { return nil }

// FuzzServer plays what a client sends, without listening to the answers.
func FuzzServer(f *testing.F) {
	for _, v := range []wire.Version{wire.Newest, wire.V(1, 24), wire.V(1, 22), wire.V(1, 18)} {
		for op := wire.Op(1); op <= wire.AddPermRoot; op++ {
			b := bytes.NewBuffer(hello(v))
			w := wire.NewWriter(b)
			w.Uint64(uint64(op))
			w.String(storetest.TextPath)
			w.Strings([]string{storetest.TextPath})
			w.Uint64(0)
			w.Uint64(0)
			w.Uint64(0)
			require.NoError(f, w.Flush())
			f.Add(b.Bytes(), op%2 == 0)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte, trusted bool) {
		o := daemon.ServerOptions{Trust: func(io.ReadWriteCloser) (bool, error) { return trusted, nil }, Stall: time.Minute}
		_ = daemon.ServeConn(ctx, played{bytes.NewReader(data), io.Discard}, empty(), o)
	})
}

// FuzzClient plays what a daemon sends.
func FuzzClient(f *testing.F) {
	answers := func(v wire.Version, more func(w *wire.Writer)) []byte {
		var b bytes.Buffer
		w := wire.NewWriter(&b)
		w.Uint64(wire.DaemonMagic)
		w.Uint64(uint64(v))
		if v >= wire.V(1, 38) {
			w.Strings(nil)
		}
		if v >= wire.V(1, 35) {
			w.String("2.34.8")
			w.Uint64(1)
		}
		w.Message(wire.Message{Kind: wire.Last})
		more(w)
		_ = w.Flush()
		return b.Bytes()
	}
	for _, v := range []wire.Version{wire.Newest, wire.V(1, 21), wire.V(1, 18)} {
		f.Add(answers(v, func(w *wire.Writer) {
			w.Message(wire.Message{Kind: wire.Last})
			w.Bool(true)
			w.Message(wire.Message{Kind: wire.Last})
			w.Strings([]string{storetest.TextPath})
		}))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, use := range []func(s *daemon.Store){
			func(s *daemon.Store) { _, _ = s.Info(ctx, storetest.TextPath) },
			func(s *daemon.Store) { _ = s.WriteNAR(ctx, storetest.TextPath, io.Discard) },
			func(s *daemon.Store) { _, _, _ = s.Add(ctx, storetest.Fixture()[1].Source) },
			func(s *daemon.Store) { _, _ = s.Keeper().Roots(ctx) },
			func(s *daemon.Store) { _, _ = s.Referrers(ctx, storetest.TextPath) },
		} {
			c := played{bytes.NewReader(data), io.Discard}
			s := daemon.New(daemon.Options{Dial: only(c)})
			use(s)
			s.Close()
		}
	})
}
