package datatext

// This file defines tests of AppendJSONString and AppendJSONFloat.

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestAppendFloatGolden compares with builtins.toJSON of the reference 2.34.8.
// Each line of the golden file has the quoted text of a float with 17 digits,
// and how the reference writes that float. About half of the lines are floats
// for which the shortest digits are others.
func TestAppendFloatGolden(t *testing.T) {
	notShortest := 0
	for _, c := range golden(t, "float.golden") {
		f, err := strconv.ParseFloat(c.src, 64)
		require.NoError(t, err)
		assert.Equal(t, c.want, string(AppendJSONFloat(nil, f)), c.src)

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
		assert.Equal(t, c.want, string(AppendJSONFloat([]byte("x"), c.f)[1:]))
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
		text := string(AppendJSONFloat(nil, f))
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
		got, err := AppendJSONString([]byte("x"), c.s)
		require.NoError(t, err)
		assert.Equal(t, "x"+c.want, string(got))
	}
}

func TestAppendStringGolden(t *testing.T) {
	for _, c := range golden(t, "string.golden") {
		got, err := AppendJSONString(nil, c.src)
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
		text, err := AppendJSONString(nil, s)
		if err != nil {
			return
		}
		var back string
		require.NoError(t, json.Unmarshal(text, &back))
		require.Equal(t, s, back)
	})
}

// TestAppendPart writes strings in parts, and gets what AppendJSONString writes.
func TestAppendPart(t *testing.T) {
	for _, s := range []string{"abc€€€\n𝄞𝄞é\"x", "a€b\xff", "€€\x80\x80\x80\x80\x80", "ab\xe2\x82", "\xf0\x9d\x84", ""} {
		want, wantErr := AppendJSONString(nil, s)
		for n := utf8Max; n < 12; n++ {
			got, err := []byte(`"`), error(nil)
			for i := 0; i < len(s) && err == nil; {
				end := PartEnd(s, i, n)
				require.Greater(t, end, i)
				got, err = AppendJSONPart(got, s, i, end)
				i = end
			}
			assert.Equal(t, wantErr, err, "%q", s)
			if err == nil {
				assert.Equal(t, string(want), string(got)+`"`)
			}
		}
	}
}

const utf8Max = 5 // more than a character

func BenchmarkAppendString(b *testing.B) {
	s := strings.Repeat("plain text, mostly; é\n", 50)
	b.SetBytes(int64(len(s)))
	var buf []byte
	for b.Loop() {
		buf, _ = AppendJSONString(buf[:0], s)
	}
	assert.NotEmpty(b, buf)
}

func BenchmarkAppendFloat(b *testing.B) {
	var buf []byte
	for b.Loop() {
		buf = AppendJSONFloat(buf[:0], 3.141592653589793)
	}
	assert.NotEmpty(b, buf)
}

type goldenCase struct{ kind, src, want string }

func golden(t testing.TB, name string) []goldenCase {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	var cases []goldenCase
	for line := range strings.Lines(string(text)) {
		f := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		require.Len(t, f, 3, line)
		src, err := strconv.Unquote(f[1])
		require.NoError(t, err, line)
		want, err := strconv.Unquote(f[2])
		require.NoError(t, err, line)
		cases = append(cases, goldenCase{f[0], src, want})
	}
	require.NotEmpty(t, cases)
	return cases
}
