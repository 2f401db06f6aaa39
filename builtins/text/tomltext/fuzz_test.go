package tomltext

// This file defines the fuzz test, the benchmark, and small tests of Decode.

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// FuzzDecode checks that Decode does not panic, fails with its own errors, and
// gives no key twice.
func FuzzDecode(f *testing.F) {
	for i, c := range golden(f) {
		if i%7 == 0 {
			f.Add(c.src)
		}
	}
	f.Fuzz(func(t *testing.T, src string) {
		var p printer
		if err := Decode(src, Options{Timestamps: true}, &p); err != nil {
			var tomlErr *Error
			require.ErrorAs(t, err, &tomlErr)
			return
		}
		assert.Empty(t, p.stack)
		assert.True(t, strings.HasPrefix(p.out, "{"))
	})
}

func TestDecodeTimestampsOff(t *testing.T) {
	var p printer
	assert.EqualError(t, Decode("a = 1979-05-27", Options{}, &p), "while parsing TOML: Dates and times are not supported")
	// Mistakes anywhere come first.
	err := Decode("a = 1979-05-27\nb = 1\nb = 2", Options{}, &p)
	assert.EqualError(t, err, `while parsing TOML: [error] toml::insert_value: failed to insert a value, value already exists
 --> fromTOML
   |
 3 | b = 2
   | ^-- inserting this
`)
}

func TestDecodeDepth(t *testing.T) {
	var p printer
	nested := func(n int) string { return "a = " + strings.Repeat("[", n) + strings.Repeat("]", n) }
	assert.NoError(t, Decode(nested(10_000), Options{}, &p))
	var tomlErr *Error
	assert.ErrorAs(t, Decode(nested(1_000_000), Options{}, &p), &tomlErr)
	assert.ErrorAs(t, Decode("a = "+strings.Repeat("{a=", 1_000_000), Options{}, &p), &tomlErr)
}

// TestDecodeLong shows that the time is linear where rules of this package
// look back.
func TestDecodeLong(t *testing.T) {
	var p printer
	var b strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&b, "k%d = 1 [t%d]\n", i, i)
	}
	require.NoError(t, Decode(b.String(), Options{}, &p))
}

func BenchmarkDecode(b *testing.B) {
	var text strings.Builder
	for i := range 5_000 {
		fmt.Fprintf(&text, "[[package]]\nname = \"p%d\"\nversion = \"1.%d.0\"\nsource = \"registry+https://example.org/index\"\nchecksum = \"%064d\"\ndependencies = [\n \"a\",\n \"b %d\",\n]\n\n", i, i, i, i)
	}
	src := text.String()
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		var c counter
		require.NoError(b, Decode(src, Options{}, &c))
	}
}

// A counter is a Handler that only counts.
type counter struct{ n int }

func (c *counter) Bool(bool) error     { c.n++; return nil }
func (c *counter) Int(int64) error     { c.n++; return nil }
func (c *counter) Float(float64) error { c.n++; return nil }
func (c *counter) String(string) error { c.n++; return nil }
func (c *counter) BeginArray() error   { c.n++; return nil }
func (c *counter) EndArray() error     { c.n++; return nil }
func (c *counter) BeginObject() error  { c.n++; return nil }
func (c *counter) Key(string) error    { c.n++; return nil }
func (c *counter) EndObject() error    { c.n++; return nil }
