package compression

// This file tests what is written and read again, what other programs wrote, and
// what nobody should have written.

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// all returns the methods, sorted.
func all() []Method { return slices.Sorted(maps.Keys(methods)) }

// pack compresses data, in writes of a few sizes.
func pack(t testing.TB, m Method, o Options, data []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := NewWriter(m, &out, o)
	require.NoError(t, err)
	for i, rest := 1, data; len(rest) > 0; i *= 7 {
		n := min(i, len(rest))
		k, err := w.Write(rest[:n])
		require.NoError(t, err)
		require.Equal(t, n, k)
		rest = rest[n:]
	}
	require.NoError(t, w.Close())
	return out.Bytes()
}

// unpack returns what a stream holds.
func unpack(m Method, packed io.Reader, size int64) ([]byte, error) {
	r, err := NewReader(m, packed, size)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

// samples are things to compress.
func samples() map[string][]byte {
	random := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, 60_000)
	for i := range noise {
		noise[i] = byte(random.Uint32())
	}
	var text []byte
	for len(text) < 200_000 {
		text = fmt.Appendf(text, "/nix/store/%x-name-%d/bin/sh\n", random.Uint32N(5000), len(text)%97)
	}
	return map[string][]byte{
		"empty": {}, "one": {7}, "same": bytes.Repeat([]byte{'a'}, 200_000), "noise": noise, "text": text,
		"hello": []byte("hello hello hello\n"),
	}
}

func TestRoundTrip(t *testing.T) {
	for _, m := range all() {
		for name, data := range samples() {
			for _, size := range []int64{0, int64(len(data))} {
				packed := pack(t, m, Options{Size: size}, data)
				for _, r := range []io.Reader{bytes.NewReader(packed), iotest.HalfReader(bytes.NewReader(packed))} {
					got, err := unpack(m, r, size)
					require.NoError(t, err, "%s %s", m, name)
					assert.True(t, bytes.Equal(data, got), "%s %s", m, name)
				}
			}
		}
	}
}

func TestLevels(t *testing.T) {
	data := samples()["text"][:100_000]
	for _, m := range all() {
		for _, level := range []int{-1, 1, 3, 9} {
			got, err := unpack(m, bytes.NewReader(pack(t, m, Options{Level: level}, data)), 0)
			require.NoError(t, err, "%s %d", m, level)
			assert.True(t, bytes.Equal(data, got), "%s %d", m, level)
		}
	}
	for _, level := range []int{-5, 22} {
		pack(t, Zstd, Options{Level: level}, data)
	}
	for m, level := range map[Method]int{XZ: 19, Zstd: 23, Gzip: 10, Bzip2: 10} {
		_, err := NewWriter(m, io.Discard, Options{Level: level})
		assert.EqualError(t, err, "failed to compress (compression-level invalid)")
	}
}

func TestNames(t *testing.T) {
	for _, name := range []string{"", "zst", "GZIP", "deflate"} {
		_, err := Parse(name)
		assert.EqualError(t, err, "unknown compression method '"+name+"'")
		_, err = NewReader(Method(name), strings.NewReader(""), 0)
		assert.Error(t, err)
		_, err = NewWriter(Method(name), io.Discard, Options{})
		assert.Error(t, err)
	}
	m, err := Parse("lzop")
	require.NoError(t, err)
	_, err = NewWriter(m, io.Discard, Options{})
	assert.EqualError(t, err, "couldn't initialize compression (Using external lzop program for lzop compression)")
	for m, want := range map[Method]string{XZ: ".xz", Bzip2: ".bz2", Zstd: ".zst", Brotli: ".br", Lzip: ".lzip", LZ4: ".lz4", Gzip: "", None: ""} {
		assert.Equal(t, want, m.Suffix())
	}
}

// programs are what compresses to standard output, and decompresses with -d.
var programs = map[Method][][]string{
	XZ:    {{"xz", "-c"}, {"xz", "-c9", "--check=sha256"}, {"xz", "-c0", "--check=none", "--block-size=10000"}, {"xz", "-c", "--check=crc32", "-T2", "--block-size=50000"}},
	LZMA:  {{"lzma", "-c"}},
	Gzip:  {{"gzip", "-c"}},
	Bzip2: {{"bzip2", "-c"}},
	Zstd:  {{"zstd", "-c"}, {"zstd", "-c", "--ultra", "-22"}, {"zstd", "-c", "--long=27"}},
	LZ4:   {{"lz4", "-c"}, {"lz4", "-c", "-9"}},
	Lzip:  {{"lzip", "-c"}},
}

// TestPrograms exchanges streams with the programs that the methods come from.
func TestPrograms(t *testing.T) {
	run := func(in []byte, command ...string) []byte {
		c := exec.Command(command[0], command[1:]...)
		c.Stdin, c.Stderr = bytes.NewReader(in), os.Stderr
		out, err := c.Output()
		require.NoError(t, err, "%s", command)
		return out
	}
	for m, commands := range programs {
		if _, err := exec.LookPath(commands[0][0]); err != nil {
			t.Logf("%s is not installed", commands[0][0])
			continue
		}
		for name, data := range samples() {
			if name == "noise" || name == "same" {
				continue
			}
			for _, command := range commands {
				got, err := unpack(m, bytes.NewReader(run(data, command...)), 0)
				require.NoError(t, err, "%s %s", command, name)
				assert.True(t, bytes.Equal(data, got), "%s %s", command, name)
			}
			got := run(pack(t, m, Options{}, data), commands[0][0], "-dc")
			assert.True(t, bytes.Equal(data, got), "%s -dc %s", m, name)
		}
	}
	if _, err := exec.LookPath("uncompress"); err == nil {
		for name, data := range samples() {
			assert.True(t, bytes.Equal(data, run(pack(t, Compress, Options{}, data), "uncompress", "-c")), name)
		}
	}
}

// TestJoined reads streams that stand one behind the other.
func TestJoined(t *testing.T) {
	for _, m := range []Method{XZ, Gzip, Zstd, Bzip2, Lzip} {
		a, b := pack(t, m, Options{}, []byte("hello ")), pack(t, m, Options{}, []byte("world"))
		got, err := unpack(m, io.MultiReader(bytes.NewReader(a), bytes.NewReader(b)), 0)
		require.NoError(t, err, m)
		assert.Equal(t, "hello world", string(got), m)
	}
	a := slices.Concat(pack(t, XZ, Options{}, []byte("hello ")), make([]byte, 8), pack(t, XZ, Options{}, []byte("world")), make([]byte, 4))
	got, err := unpack(XZ, bytes.NewReader(a), 0)
	require.NoError(t, err)
	assert.Equal(t, "hello world", string(got), "padding")
}

// TestCutShort shows that a stream without its end is an error, and
// so is one with other bytes, where there are checksums.
func TestCutShort(t *testing.T) {
	data := samples()["text"][:1000]
	for _, m := range all() {
		if m == None || m == Compress { // which do not know their end
			continue
		}
		packed := pack(t, m, Options{}, data)
		for n := 1; n < len(packed); n += 1 + n/16 {
			got, err := unpack(m, bytes.NewReader(packed[:n]), 0)
			if m == Zstd && err == nil {
				assert.Less(t, len(got), len(data)) // which hash and size of the archive tell
				continue
			}
			require.Error(t, err, "%s, %d bytes", m, n)
		}
	}
	for _, m := range []Method{XZ, Lzip, Zstd, Bzip2, Gzip} {
		packed := pack(t, m, Options{}, data)
		for n := 0; n < len(packed); n += 1 + n/8 {
			bad := slices.Clone(packed)
			bad[n] ^= 0x10
			got, err := unpack(m, bytes.NewReader(bad), 0)
			if err == nil { // the name or time of gzip
				require.Equal(t, data, got, "%s, byte %d", m, n)
			}
		}
	}
}

// TestWindows shows that a header that claims much memory gets none.
func TestWindows(t *testing.T) {
	data := []byte("hello hello hello\n")
	lzma := pack(t, LZMA, Options{}, data)
	binary.LittleEndian.PutUint32(lzma[1:], 1<<31)
	lzip := pack(t, Lzip, Options{}, data)
	lzip[5] = 29
	for m, packed := range map[Method][]byte{LZMA: lzma, Lzip: lzip} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		got, err := unpack(m, bytes.NewReader(packed), int64(len(data)))
		require.NoError(t, err, m)
		assert.Equal(t, data, got, m)
		_, err = unpack(m, bytes.NewReader(packed), 1<<40)
		assert.ErrorContains(t, err, "which is more than 134217728", m)
		runtime.ReadMemStats(&after)
		assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(1<<20), m)
	}
	// Of xz, such a block header has a checksum, which xz itself can make.
	if _, err := exec.LookPath("xz"); err == nil {
		c := exec.Command("xz", "-c", "--lzma2=dict=512MiB")
		c.Stdin = bytes.NewReader(data)
		packed, err := c.Output()
		require.NoError(t, err)
		got, err := unpack(XZ, bytes.NewReader(packed), int64(len(data)))
		require.NoError(t, err)
		assert.Equal(t, data, got)
		_, err = unpack(XZ, bytes.NewReader(packed), 0)
		assert.ErrorContains(t, err, "which is more than 134217728")
	}
}

// TestBombs shows that reading a little of what holds gigabytes takes little.
func TestBombs(t *testing.T) {
	for _, m := range all() {
		packed := pack(t, m, Options{}, make([]byte, 4<<20))
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		r, err := NewReader(m, bytes.NewReader(packed), 100)
		require.NoError(t, err)
		n, err := io.CopyN(io.Discard, r, 1000)
		require.NoError(t, err)
		assert.EqualValues(t, 1000, n)
		require.NoError(t, r.Close())
		runtime.ReadMemStats(&after)
		assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(20<<20), m)
	}
}

// TestCloseBroken shows that closing a reader of a broken stream is no error.
func TestCloseBroken(t *testing.T) {
	for _, m := range all() {
		if m == None {
			continue
		}
		packed := pack(t, m, Options{}, []byte("hello hello hello\n"))
		for _, n := range []int{len(packed) / 2, len(packed) - 1} {
			r, err := NewReader(m, bytes.NewReader(packed[:n]), 0)
			if err != nil {
				continue
			}
			_, _ = io.ReadAll(r)
			require.NoError(t, r.Close(), "%s of %d bytes", m, n)
		}
	}
}

func FuzzReader(f *testing.F) {
	names := all()
	for i, m := range names {
		f.Add(uint8(i), pack(f, m, Options{}, []byte("hello hello hello\n")))
		f.Add(uint8(i), pack(f, m, Options{}, nil))
	}
	f.Fuzz(func(t *testing.T, i uint8, packed []byte) {
		m := names[int(i)%len(names)]
		r, err := NewReader(m, bytes.NewReader(packed), 1<<16)
		if err != nil {
			return
		}
		data, err := io.ReadAll(io.LimitReader(r, 1<<20))
		require.NoError(t, r.Close())
		if err != nil || len(data) > 1<<16 {
			return
		}
		got, err := unpack(m, bytes.NewReader(pack(t, m, Options{}, data)), 0)
		require.NoError(t, err)
		assert.True(t, bytes.Equal(data, got))
	})
}
