package nixhash

// This file defines the tests of hashes and their texts. What is expected was recorded with Nix 2.34.8.

import (
	"bytes"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval/budget/budgettest"
)

// sums holds the hashes of "abc", in each format.
var sums = []struct {
	algo Algo
	text [4]string // by Format
}{
	{MD5, [4]string{"900150983cd24fb0d6963f7d28e17f72", "3jgzhjhz9zjvbb0kyj7jc500ch", "kAFQmDzST7DWlj99KOF/cg==", "md5-kAFQmDzST7DWlj99KOF/cg=="}},
	{SHA1, [4]string{"a9993e364706816aba3e25717850c26c9cd0d89d", "kpcd173cq987hw957sx6m0868wv3x6d9", "qZk+NkcGgWq6PiVxeFDCbJzQ2J0=",
		"sha1-qZk+NkcGgWq6PiVxeFDCbJzQ2J0="}},
	{SHA256, [4]string{"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "1b8m03r63zqhnjf7l5wnldhh7c134ap5vpj0850ymkq1iyzicy5s",
		"ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=", "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="}},
	{SHA512, [4]string{"ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
		"2gs8k559z4rlahfx0y688s49m2vvszylcikrfinm30ly9rak69236nkam5ydvly1ai7xac99vxfc4ii84hawjbk876blyk1jfhkbbyx",
		"3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw==",
		"sha512-3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw=="}},
	{BLAKE3, [4]string{"6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85", "11cxppanr71mzl1xnyax8rccaj5milx2fx9vnvzk6la672nb6dv4",
		"ZDezrDhGUTP/tjt1JzqNtUjFWEZdedsD/TWcbNW9nYU=", "blake3-ZDezrDhGUTP/tjt1JzqNtUjFWEZdedsD/TWcbNW9nYU="}},
}

func TestFormats(t *testing.T) {
	for _, test := range sums {
		h := Sum(test.algo, []byte("abc"))
		hasher := NewHasher(test.algo)
		hasher.Write([]byte("a"))
		hasher.Write([]byte("bc"))
		assert.Equal(t, h, hasher.Result())
		assert.Equal(t, h, hasher.Result(), "asked again")
		assert.EqualValues(t, 3, hasher.Len())
		hasher.Reset()
		hasher.Write([]byte("abc"))
		assert.Equal(t, h, hasher.Result())
		assert.Equal(t, test.text[SRI], h.String())
		assert.False(t, h.IsZero())

		for f, text := range test.text {
			assert.Equal(t, text, h.Text(Format(f)))
			if Format(f) == SRI {
				assert.Equal(t, text, h.Prefixed(SRI))
			} else {
				assert.Equal(t, test.algo.String()+":"+text, h.Prefixed(Format(f)))
			}
			for _, read := range []struct {
				text string
				algo Algo
			}{{text, test.algo}, {h.Prefixed(Format(f)), 0}, {h.Prefixed(Format(f)), test.algo}} {
				got, err := Parse(read.text, read.algo)
				if assert.NoError(t, err, read.text) {
					assert.Equal(t, h, got, read.text)
				}
			}
			assert.Equal(t, test.algo, AlgoOf(h.Prefixed(Format(f))))
		}
	}
}

func TestParse(t *testing.T) {
	abc := Sum(SHA256, []byte("abc"))
	for _, text := range []string{
		"sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0",     // no padding
		"sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa1",     // bits left over
		"sha256-ungWv48Bz+pBQU\nDeXa4iI7ADYaOWF3qctBD/YfIAFa0=é", // a newline, and something behind the padding
		"sha256:BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
	} {
		h, err := Parse(text, 0)
		require.NoError(t, err)
		assert.Equal(t, abc, h)
	}

	g64, e52, z52 := strings.Repeat("g", 64), strings.Repeat("e", 52), strings.Repeat("z", 52)
	for _, test := range []struct {
		text string
		algo Algo
		want string
	}{
		{"zz", SHA256, "hash 'zz' has wrong length for hash algorithm 'sha256'"},
		{"", SHA256, "hash '' has wrong length for hash algorithm 'sha256'"},
		{"zz", 0, "hash 'zz' does not include a type, nor is the type otherwise known from context"},
		{"", 0, "hash '' does not include a type, nor is the type otherwise known from context"},
		{"sha256:zz", 0, "hash 'zz' has wrong length for hash algorithm 'sha256'"},
		{"sha256:sha256-a", 0, "hash 'sha256-a' has wrong length for hash algorithm 'sha256'"},
		{"SHA256:a", 0, "unknown hash algorithm 'SHA256', expect 'blake3', 'md5', 'sha1', 'sha256', or 'sha512'"},
		{"sha256-zz", SHA256, "invalid SRI hash 'zz', length 1 != expected length 32"},
		{"sha256-", SHA256, "invalid SRI hash '', length 0 != expected length 32"},
		{"sha256-AAAA", SHA256, "invalid SRI hash 'AAAA', length 3 != expected length 32"},
		{"sha256-AAA*", SHA256, "invalid SRI hash 'AAA*', length 0 != expected length 32"},
		{"sha1-zz", SHA256, "hash 'sha1-zz' should have type 'sha256'"},
		{g64, SHA256, "invalid base16 hash '" + g64 + "', length 0 != expected length 32"},
		{e52, SHA256, "invalid nix32 hash '" + e52 + "', length 0 != expected length 32"},
		{z52, SHA256, "invalid nix32 hash '" + z52 + "', length 33 != expected length 32"},
	} {
		_, err := Parse(test.text, test.algo)
		assert.EqualError(t, err, test.want, test.text)
	}
}

func TestParseAllowEmpty(t *testing.T) {
	h, empty, err := ParseAllowEmpty("", SHA512)
	require.NoError(t, err)
	assert.True(t, empty)
	assert.True(t, h.IsZero())
	assert.Equal(t, SHA512, h.Algo)
	_, _, err = ParseAllowEmpty("", 0)
	assert.EqualError(t, err, "empty hash requires explicit hash algorithm")
	_, _, err = ParseAllowEmpty("zz", SHA1)
	assert.EqualError(t, err, "hash 'zz' has wrong length for hash algorithm 'sha1'")
}

func TestNames(t *testing.T) {
	_, err := ParseAlgo("sha3")
	assert.EqualError(t, err, "unknown hash algorithm 'sha3', expect 'blake3', 'md5', 'sha1', 'sha256', or 'sha512'")
	_, err = ParseAlgo("")
	assert.Error(t, err)
	assert.Empty(t, Algo(0).String()+Algo(99).String()+Format(99).String())
	for f := Base16; f <= SRI; f++ {
		got, old, err := ParseFormat(f.String())
		require.NoError(t, err)
		assert.Equal(t, f, got)
		assert.False(t, old)
	}
	f, old, err := ParseFormat("base32")
	require.NoError(t, err)
	assert.Equal(t, Nix32, f)
	assert.True(t, old)
	_, _, err = ParseFormat("sr")
	assert.EqualError(t, err, "unknown hash format 'sr', expect 'base16', 'base32', 'base64', or 'sri'")
}

func TestNix32(t *testing.T) {
	_, err := DecodeNix32("a*")
	assert.EqualError(t, err, "invalid character in Nix32 (Nix's Base32 variation) string: '*'")
	bad, ok := IsNix32("0to")
	assert.False(t, ok)
	assert.Equal(t, byte('t'), bad)
}

func TestCompress(t *testing.T) {
	folded := Compress([]byte("abcdefghijklmnopqrstabcdefghijklmnopqrstA"))
	assert.Equal(t, [20]byte{0: 'A'}, folded)
}

func FuzzNix32(f *testing.F) {
	for _, s := range sums {
		data, err := hex.DecodeString(s.text[Base16])
		require.NoError(f, err)
		f.Add(data, s.text[Nix32])
	}
	f.Fuzz(func(t *testing.T, data []byte, text string) {
		encoded := EncodeNix32(data)
		require.Len(t, encoded, Nix32Len(len(data)))
		decoded, err := DecodeNix32(encoded)
		require.NoError(t, err)
		require.True(t, bytes.Equal(data, decoded))

		decoded, err = DecodeNix32(text)
		_, ok := IsNix32(text)
		require.Equal(t, ok, err == nil)
		if n := len(decoded); err == nil && Nix32Len(n) == len(text) {
			require.Equal(t, text, EncodeNix32(decoded))
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range sums {
		for _, text := range s.text {
			f.Add(text, uint8(s.algo))
		}
	}
	f.Fuzz(func(t *testing.T, text string, algo uint8) {
		h, err := Parse(text, Algo(algo%6))
		if err != nil {
			return
		}
		for format := Base16; format <= SRI; format++ {
			again, err := Parse(h.Prefixed(format), 0)
			require.NoError(t, err)
			require.Equal(t, h, again)
		}
	})
}

func TestSumText(t *testing.T) {
	for _, n := range []int{0, 1, 1 << 10, 1<<10 + 1, 1 << 14, 5<<14 + 3} {
		text := strings.Repeat("abcdefgh", n/8+1)[:n]
		for algo := MD5; algo <= BLAKE3; algo++ {
			want := Sum(algo, []byte(text))
			got, err := SumText(nil, algo, text)
			require.NoError(t, err)
			assert.Equal(t, want, got)
			got, err = SumText(&budgettest.Budget{MaxTicks: 100}, algo, text[:n/3], text[n/3:])
			require.NoError(t, err)
			assert.Equal(t, want, got)
		}
	}
	for n := range 4 {
		b := budgettest.Budget{MaxTicks: n + 1}
		_, err := SumText(&b, SHA256, strings.Repeat("x", 4<<14))
		assert.Equal(t, budgettest.ErrStop, err)
		assert.Equal(t, n+1, b.Ticks, "nothing goes on")
	}
}
