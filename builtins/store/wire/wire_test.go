package wire_test

// This file tests the codec: what is written is read again, and nonsense is an
// error.

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/builtins/store/wire"
)

const somePath = "/nix/store/lfngsssysp6h1v4ccqg23c52s9sjl779-x"

// written returns what write writes in a version.
func written(t testing.TB, v wire.Version, write func(*wire.Writer)) []byte {
	var b bytes.Buffer
	w := wire.NewWriter(&b)
	w.Version = v
	write(w)
	require.NoError(t, w.Flush())
	return b.Bytes()
}

// reader returns a reader of data.
func reader(v wire.Version, data []byte) *wire.Reader {
	r := wire.NewReader(bytes.NewReader(data), storepath.DefaultDir, 1<<20)
	r.Version = v
	return r
}

// TestBytes pins what is sent to the byte.
func TestBytes(t *testing.T) {
	assert.Equal(t, "\x2a\x00\x00\x00\x00\x00\x00\x00", string(written(t, 0, func(w *wire.Writer) { w.Uint64(42) })))
	assert.Equal(t, "\x03\x00\x00\x00\x00\x00\x00\x00abc\x00\x00\x00\x00\x00", string(written(t, 0, func(w *wire.Writer) { w.String("abc") })))
	assert.Equal(t, "\x02\x00\x00\x00\x00\x00\x00\x00"+"\x00\x00\x00\x00\x00\x00\x00\x00"+"\x08\x00\x00\x00\x00\x00\x00\x0012345678",
		string(written(t, 0, func(w *wire.Writer) { w.Strings([]string{"", "12345678"}) })))
	assert.Equal(t, "gmlo\x00\x00\x00\x00"+"\x02\x00\x00\x00\x00\x00\x00\x00a\n\x00\x00\x00\x00\x00\x00",
		string(written(t, 0, func(w *wire.Writer) { w.Message(wire.Message{Kind: wire.Text, Text: "a\n"}) })))
	assert.Equal(t, "\x03\x00\x00\x00\x00\x00\x00\x00abc"+"\x00\x00\x00\x00\x00\x00\x00\x00", string(written(t, 0, func(w *wire.Writer) {
		f := wire.NewFrameWriter(w)
		_, _ = f.Write([]byte("abc"))
		_, _ = f.Write(nil)
		_ = f.Close()
	})))
}

// TestRoundTrips reads what was written, in each version that differs.
func TestRoundTrips(t *testing.T) {
	second := time.Second
	info := &store.PathInfo{
		Path: somePath, NARHash: nixhash.Sum(nixhash.SHA256, nil), NARSize: 7, References: []string{somePath},
		Deriver: somePath + ".drv", CA: store.ContentAddress{Method: storepath.NAR, Hash: nixhash.Sum(nixhash.SHA256, nil)},
		Signatures: []string{"a:b"}, Registered: time.Unix(9, 0), Ultimate: true,
	}
	result := wire.BuildResult{
		Status: wire.TimedOut, Error: "late", TimesBuilt: 2, NonDeterministic: true, Start: time.Unix(1, 0), Stop: time.Unix(2, 0),
		CPUUser: &second, Outputs: []wire.Pair{{Key: "a", Value: "b"}},
	}
	derivation := &wire.Derivation{
		Outputs: []wire.Output{{"out", somePath, "", ""}, {"x", "", "r:sha256", "00"}}, Inputs: []string{somePath},
		Platform: "p", Builder: "b", Args: []string{"1"}, Env: []wire.Pair{{Key: "k", Value: "v"}},
	}
	settings := wire.Settings{KeepFailed: true, Verbosity: 3, MaxJobs: 4, QuietBuilds: true, Substitute: true, Overrides: []wire.Pair{{Key: "k", Value: "v"}}}
	for _, v := range []wire.Version{wire.Newest, wire.V(1, 28), wire.V(1, 18), wire.Serve, wire.V(2, 3)} {
		r := reader(v, written(t, v, func(w *wire.Writer) {
			w.BuildResult(result)
			w.Derivation(derivation)
			w.Settings(settings)
			w.BuildOptions(wire.BuildOptions{Timeout: 3})
		}))
		got := r.BuildResult()
		assert.Equal(t, result.Error, got.Error)
		if v == wire.Newest {
			assert.Equal(t, result, got)
		}
		assert.Equal(t, derivation, r.Derivation())
		assert.Equal(t, settings, r.Settings())
		assert.Equal(t, wire.BuildOptions{Timeout: 3}, r.BuildOptions())
		assert.True(t, r.AtEnd())
		require.NoError(t, r.Err())
	}
	assert.Equal(t, info, reader(wire.Newest, written(t, wire.Newest, func(w *wire.Writer) { w.Info(info) })).Info(somePath))
	served := *info
	served.Ultimate, served.Registered = false, time.Time{}
	assert.Equal(t, &served, reader(wire.Serve, written(t, wire.Serve, func(w *wire.Writer) { w.ServeInfo(info) })).ServeInfo(somePath))

	for _, m := range []wire.Message{
		{Kind: wire.Last}, {Kind: wire.Text, Text: "x"}, {Kind: wire.StopActivity, ID: 3}, {Kind: wire.Want, Size: 4},
		{Kind: wire.StartActivity, ID: 1, Parent: 2, Level: 3, Type: 105, Text: "x", Fields: []wire.Field{{Number: 7}, {IsText: true, Text: "y"}}},
		{Kind: wire.Result, ID: 1, Type: 101, Fields: []wire.Field{{IsText: true, Text: "y"}}},
		{Kind: wire.Failed, Err: &wire.Error{Msg: "bad", Traces: []string{"while"}}},
	} {
		assert.Equal(t, m, reader(wire.Newest, written(t, wire.Newest, func(w *wire.Writer) { w.Message(m) })).Message())
	}
	old := reader(wire.V(1, 25), written(t, wire.V(1, 25), func(w *wire.Writer) { w.Message(wire.Message{Kind: wire.Failed, Err: &wire.Error{Msg: "bad"}}) }))
	assert.Equal(t, &wire.Error{Msg: "bad", Status: 1}, old.Message().Err)

	err := &wire.Error{Msg: "path '\x1b[35;1m" + somePath + "\x1b[0m' is not valid"}
	assert.ErrorIs(t, err, store.ErrInvalid)
	assert.NotErrorIs(t, &wire.Error{Msg: "path 'x' is damaged, and the rest is not valid"}, store.ErrInvalid)
}

// TestNonsense checks that lies are errors, and need no memory.
func TestNonsense(t *testing.T) {
	n := func(numbers ...uint64) (data []byte) {
		for _, n := range numbers {
			data = binary.LittleEndian.AppendUint64(data, n)
		}
		return data
	}
	for name, c := range map[string]struct {
		data []byte
		read func(r *wire.Reader)
	}{
		"no number":      {[]byte("abc"), func(r *wire.Reader) { r.Uint64() }},
		"long string":    {n(1 << 40), func(r *wire.Reader) { _ = r.String() }},
		"longest string": {n(1<<64 - 1), func(r *wire.Reader) { _ = r.String() }},
		"half a string":  {n(1<<20-8, 0), func(r *wire.Reader) { _ = r.String() }},
		"padding":        {append(n(1), "a      b"...), func(r *wire.Reader) { _ = r.String() }},
		"long list":      {n(1 << 40), func(r *wire.Reader) { r.Strings() }},
		"empty strings":  {append(n(1<<17), make([]byte, 1<<20)...), func(r *wire.Reader) { r.Strings() }},
		"path":           {written(t, 0, func(w *wire.Writer) { w.String("/nix/store/x") }), func(r *wire.Reader) { r.Path() }},
		"field":          {n(uint64(wire.Result), 1, 1, 1, 2), func(r *wire.Reader) { r.Message() }},
		"message":        {n(7), func(r *wire.Reader) { r.Message() }},
		"status":         {n(99, 0), func(r *wire.Reader) { r.BuildResult() }},
		"huge archive":   {n(1 << 63), func(r *wire.Reader) { r.Int64() }},
	} {
		r := reader(wire.Newest, c.data)
		allocated := testing.AllocsPerRun(1, func() { c.read(reader(wire.Newest, c.data)) })
		assert.Less(t, allocated, 1e5, name)
		c.read(r)
		assert.Error(t, r.Err(), name)
		before := r.Err()
		assert.Empty(t, r.String()+r.Path(), name)
		assert.Zero(t, r.Uint64(), name)
		assert.Equal(t, before, r.Err(), name)
	}
	f := wire.NewFrameReader(reader(0, append(n(8), "abc"...)))
	_, err := io.ReadAll(f)
	assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
	f = wire.NewFrameReader(reader(0, append(n(3), "abc"...)))
	_, err = io.ReadAll(f)
	assert.ErrorIs(t, err, io.ErrUnexpectedEOF, "without the last frame")
	text := strings.Repeat("x", 1<<17)
	assert.Equal(t, text, reader(0, written(t, 0, func(w *wire.Writer) { w.String(text) })).String())
}

// FuzzReader reads records from nonsense.
func FuzzReader(f *testing.F) {
	for _, v := range []wire.Version{wire.Newest, wire.Serve, wire.Oldest} {
		f.Add(uint16(v), written(f, v, func(w *wire.Writer) { w.Info(&store.PathInfo{NARHash: nixhash.Sum(nixhash.SHA256, nil)}) }))
		f.Add(uint16(v), written(f, v, func(w *wire.Writer) { w.BuildResult(wire.BuildResult{}) }))
		f.Add(uint16(v), written(f, v, func(w *wire.Writer) { w.Message(wire.Message{Kind: wire.Failed, Err: &wire.Error{Msg: "x"}}) }))
	}
	f.Fuzz(func(t *testing.T, version uint16, data []byte) {
		v := wire.Version(version)
		for _, read := range []func(r *wire.Reader){
			func(r *wire.Reader) { r.Info(somePath) },
			func(r *wire.Reader) { r.ServeInfo(somePath) },
			func(r *wire.Reader) { r.BuildResult() },
			func(r *wire.Reader) { r.Derivation() },
			func(r *wire.Reader) { r.Settings() },
			func(r *wire.Reader) { r.BuildOptions() },
			func(r *wire.Reader) { _ = r.Answer(func(wire.Message) {}, nil) },
			func(r *wire.Reader) { _ = wire.NewFrameReader(r).Drain() },
			func(r *wire.Reader) { _, _ = wire.Client(r, wire.NewWriter(io.Discard), wire.Newest) },
			func(r *wire.Reader) { _, _ = wire.Daemon(r, wire.NewWriter(io.Discard), wire.Trusted) },
			func(r *wire.Reader) { _, _ = wire.ServeClient(r, wire.NewWriter(io.Discard)) },
			func(r *wire.Reader) { _, _ = wire.Server(r, wire.NewWriter(io.Discard)) },
		} {
			read(reader(v, data))
		}
		r := reader(v, data)
		if b := r.BuildResult(); r.Err() == nil {
			again := reader(v, written(t, v, func(w *wire.Writer) { w.BuildResult(b) })).BuildResult()
			assert.Equal(t, b, again)
		}
	})
}
