package jsontext

// This file defines tests of AppendString and AppendFloat.

import (
	"encoding/json"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }

// TestAppendFloatGolden compares with builtins.toJSON of the reference 2.34.8.
// Each line of the golden file has the quoted text of a float with 17 digits,
// and how the reference writes that float. About half of the lines are floats
// for which the shortest digits are others.
func TestAppendFloatGolden(t *testing.T) {
	notShortest := 0
	for _, c := range golden(t, "float.golden") {
		f, err := strconv.ParseFloat(c.src, 64)
		require.NoError(t, err)
		assert.Equal(t, c.want, string(AppendFloat(nil, f)), c.src)

		digits, _ := grisu2(nil, math.Abs(f))
		mantissa, _, _ := strings.Cut(strconv.FormatFloat(math.Abs(f), 'e', -1, 64), "e")
		if string(digits) != strings.Replace(mantissa, ".", "", 1) {
			notShortest++
		}
	}
	assert.GreaterOrEqual(t, notShortest, 400, "the reason why this is not strconv")
}

func TestAppendFloat(t *testing.T) {
	for _, c := range []struct {
		f    float64
		want string
	}{
		{0, "0.0"}, {math.Copysign(0, -1), "-0.0"}, {1, "1.0"}, {-1, "-1.0"}, {0.1, "0.1"}, {100, "100.0"},
		{1e14, "100000000000000.0"}, {999999999999999, "999999999999999.0"}, {1e15, "1e+15"}, {123456789012345.6, "123456789012345.6"},
		{1234567890123456, "1.234567890123456e+15"}, {0.001, "0.001"}, {0.0001, "0.0001"}, {0.00012, "0.00012"}, {0.00001, "1e-05"}, {1.5e-7, "1.5e-07"},
		{1e100, "1e+100"}, {5e-324, "5e-324"}, {math.MaxFloat64, "1.7976931348623157e+308"},
		{math.Inf(1), "null"}, {math.Inf(-1), "null"}, {math.NaN(), "null"},
	} {
		assert.Equal(t, c.want, string(AppendFloat([]byte("x"), c.f)[1:]))
	}
}

// TestAppendFloatRoundTrip checks the property that matters on floats of all
// sizes.
func TestAppendFloatRoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 100_000 {
		f := math.Float64frombits(r.Uint64())
		if math.IsInf(f, 0) || math.IsNaN(f) {
			continue
		}
		text := string(AppendFloat(nil, f))
		g, err := strconv.ParseFloat(text, 64)
		require.NoError(t, err, text)
		require.Equal(t, f, g, text)
	}
}

// TestAppendString has the reference's answers for each kind of byte.
func TestAppendString(t *testing.T) {
	for _, c := range []struct{ s, want string }{
		{"", `""`},
		{"abc", `"abc"`},
		{"a\"b\\c/d", `"a\"b\\c/d"`},
		{"\b\t\n\f\r", `"\b\t\n\f\r"`},
		{"\x01\x0b\x1f\x7f", "\"\\u0001\\u000b\\u001f\x7f\""},
		{"é€𝄞", `"é€𝄞"`},
		{"\u2028\u2029\ufeff\ufffd\uffff", "\"\u2028\u2029\ufeff\ufffd\uffff\""},
		{"<&>'", `"<&>'"`},
		{"x\n", `"x\n"`},
	} {
		got, err := AppendString([]byte("x"), c.s)
		require.NoError(t, err)
		assert.Equal(t, "x"+c.want, string(got))
	}
}

func TestAppendStringGolden(t *testing.T) {
	for _, c := range golden(t, "string.golden") {
		got, err := AppendString(nil, c.src)
		if c.kind == "ok" {
			require.NoError(t, err, "%q", c.src)
			assert.Equal(t, c.want, string(got))
			continue
		}
		var utf8Err *UTF8Error
		if assert.ErrorAs(t, err, &utf8Err, "%q", c.src) {
			assert.Equal(t, c.want, "JSON serialization error: "+err.Error(), "%q", c.src)
		}
	}
}

func FuzzAppendString(f *testing.F) {
	f.Add("a\"\\\n\u20ac\xff")
	f.Fuzz(func(t *testing.T, s string) {
		text, err := AppendString(nil, s)
		if err != nil {
			return
		}
		var back string
		require.NoError(t, json.Unmarshal(text, &back))
		require.Equal(t, s, back)
	})
}
